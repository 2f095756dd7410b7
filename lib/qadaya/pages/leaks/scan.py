"""The leaks of a page, judged one by one.

A page is compared with the edition it was made from and with the unprotected one: a
vector of numbers that the second holds and the first does not is a leak. What is found
is named by its place; its numbers are never repeated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qadaya.editions.edition import Edition
from qadaya.pages.leaks.carried import Carried
from qadaya.pages.leaks.carriers import carried
from qadaya.pages.leaks.labelled import tells_counts
from qadaya.pages.leaks.telltales import told_by
from qadaya.pages.leaks.vectors import (
    is_even,
    is_few,
    is_telling,
    key_of,
    variants,
    vectors_of,
)
from qadaya.vocabulary import SHARED

_OWN_STATE = re.compile(r"<script id=(?:explorer-\d+-state|qadaya-explorer)>")
_BESIDE_A_CHART = re.compile(r", (?:customdata|ids|meta)\b")


@dataclass(frozen=True)
class Leak:
    """One thing that a page gives away: `where` in the page, and `what` it is."""

    where: str
    what: str


def scan(
    page_text: str, *, protected: Edition | None, unprotected: Edition | None
) -> list[Leak]:
    """The leaks of a page; an empty list when there is none.

    `protected`: the edition the page was made from, None when it is not at hand.
    `unprotected`: the internal edition with the true counts, None when not at hand;
    vectors that no reader sees are then leaks unless the edition holds them.
    """
    found: dict[Leak, None] = {}
    for one in carried(page_text):
        for what in (*told_by(one), *_of_numbers(one, protected, unprotected)):
            found[Leak(one.where, what)] = None
    return list(found)


def _of_numbers(
    one: Carried, protected: Edition | None, unprotected: Edition | None
) -> Iterator[str]:
    if one.numbers is None:
        return
    if one.labels is not None:
        if unprotected and tells_counts(one, protected, unprotected):
            yield f"{len(one.numbers)} true counts that are not published, by name"
        return
    telling = is_telling(one.numbers, hidden=one.hidden)
    unseen = _is_unseen(one, protected, telling=telling)
    if unprotected is None and not unseen:
        return
    if unprotected and not telling and not _few_aside(one, protected):
        return
    keys = list(variants(one.numbers))
    published = vectors_of(protected) if protected else frozenset()
    if any(key in published for key in keys):
        return
    if unprotected is None:
        yield f"{len(key_of(one.numbers))} numbers that no reader sees"
    elif any(key in vectors_of(unprotected) for key in keys):
        yield f"{len(key_of(one.numbers))} true counts that are not published"


def _is_unseen(one: Carried, protected: Edition | None, *, telling: bool) -> bool:
    """Numbers that nobody sees, where the true counts are not at hand.

    An internal page may show every count; only what hides beside a shared one, or
    beside one that nothing is known of, is looked at without the true counts.
    """
    if protected is not None and protected.audience != SHARED:
        return False
    numbers = one.numbers or ()
    # The filters of our own pages show what their state holds, count by count.
    if protected is None and _OWN_STATE.search(one.where):
        return False
    if one.aside:
        few = is_few(numbers, below=max(numbers, default=0) + 1)
        return few and not is_even(numbers)
    return telling and one.hidden and not one.guessed and len(numbers) > 2


def _few_aside(one: Carried, protected: Edition | None) -> bool:
    """A few small counts where a chart keeps what it does not draw, or out of sight.

    Counts below the base are in no table of a rounded edition.
    """
    if protected is None or protected.audience != SHARED or one.numbers is None:
        return False
    rule = protected.manifest.rule
    base = rule.base if rule is not None and rule.method == "rounding" else 0
    if not is_few(one.numbers, below=base):
        return False
    # A French interval, "1,2 to 3,4", is words that would read as four counts.
    beside_a_chart = _BESIDE_A_CHART.search(one.where) and not one.spelled
    # What is packed in our own programs is code, which counts its own things.
    plain = not one.guessed and "<script id=qadaya-" not in one.where
    out_of_sight = one.hidden and plain and not is_even(one.numbers)
    return bool(beside_a_chart or out_of_sight)
