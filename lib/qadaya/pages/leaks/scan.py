"""The leaks of a page, judged one by one.

A page is compared with the edition it was made from and with the unprotected one: a
vector of numbers that the second holds and the first does not is a leak. What is found
is named by its place; its numbers are never repeated.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from qadaya.editions.edition import Edition
from qadaya.pages.leaks.carried import Carried
from qadaya.pages.leaks.carriers import carried
from qadaya.pages.leaks.chance import rarity_of
from qadaya.pages.leaks.decimals import has_decimal_commas
from qadaya.pages.leaks.derived import counts_behind, is_in_proportion
from qadaya.pages.leaks.explained import published_vectors
from qadaya.pages.leaks.labelled import tells_counts
from qadaya.pages.leaks.sentences import tells_a_count
from qadaya.pages.leaks.telltales import told_by
from qadaya.pages.leaks.vectors import (
    Key,
    is_even,
    is_few,
    is_telling,
    key_of,
    variants,
    vectors_of,
)
from qadaya.vocabulary import SHARED

_OWN_STATE = re.compile(
    r"<script id=(?:explorer-\d+-state|qadaya-(?:explorer|published))>"
)
_TRUE = "true count that is not published"
_TRUES = "true counts that are not published"
# How rare true counts in plain sight must be, in bits: of a hundred reports fewer than
# one has such numbers by chance (see `chance`).
_LEAST_BITS = 10.0
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
    judge = _judge_without_truth(protected)
    if unprotected is not None:
        commas = has_decimal_commas(page_text)
        judge = _judge_by_truth(protected, unprotected, commas)
    leaks: dict[Leak, None] = {}
    for passage in carried(page_text):
        for what in (*told_by(passage), *judge(passage)):
            leaks[Leak(passage.where, what)] = None
    return list(leaks)


Judge = Callable[[Carried], Iterator[str]]


def _judge_by_truth(
    protected: Edition | None, unprotected: Edition, commas: bool
) -> Judge:
    # The same numbers stand in a chart, its table and its words: judged once.
    known: dict[Carried, str] = {}

    def judge(one: Carried) -> Iterator[str]:
        kind = replace(one, where=_kind_of_place(one), key="")
        if kind not in known:
            known[kind] = _told(one, protected, unprotected, commas)
        if known[kind]:
            yield known[kind]

    return judge


def _told(
    one: Carried, protected: Edition | None, unprotected: Edition, commas: bool
) -> str:
    """What something tells of the true counts; an empty text for nothing."""
    if one.text is not None:
        by_name = tells_a_count(one.text, protected, unprotected, commas=commas)
        return f"a sentence with a {_TRUE}" if by_name else ""
    numbers = one.numbers or ()
    if one.labels is not None:
        by_name = tells_counts(one, protected, unprotected)
        return f"{len(numbers)} {_TRUES}, by name" if by_name else ""
    telling = is_telling(numbers, hidden=one.hidden) or _few_aside(one, protected)
    if telling and _is_true(numbers, one.hidden, protected, unprotected):
        return f"{len(key_of(numbers))} {_TRUES}"
    if _is_made(one, protected, unprotected):
        return f"{len(key_of(numbers))} numbers made from {_TRUES}"
    return ""


def _is_true(
    counts: tuple[float, ...],
    hidden: bool,
    protected: Edition | None,
    unprotected: Edition,
) -> bool:
    """Whether counts are true ones and none that is published.

    In plain sight a report holds two thousand other vectors: there they must be rare.
    """
    keys = set(variants(counts))
    if keys & (published_vectors(protected) if protected else frozenset()):
        return False
    true = keys & vectors_of(unprotected)
    return any(hidden or _is_rare(key, unprotected) for key in true)


def _is_rare(key: Key, unprotected: Edition) -> bool:
    telling = is_telling(key, hidden=False)
    return telling and rarity_of(unprotected).bits(key) >= _LEAST_BITS


def _is_made(one: Carried, protected: Edition | None, unprotected: Edition) -> bool:
    """Whether numbers were made from true counts, one by one or all at one scale."""
    numbers = one.numbers or ()
    return any(
        is_telling(counts, hidden=one.hidden)
        and _is_true(counts, one.hidden, protected, unprotected)
        for counts in counts_behind(numbers)
    ) or any(
        is_in_proportion(numbers, protected, unprotected, drawn=drawn)
        for drawn in {False, one.drawn}
    )


def _kind_of_place(one: Carried) -> str:
    """All of its place that judging asks for."""
    own = "<script id=qadaya-" if "<script id=qadaya-" in one.where else ""
    return f"{own}, meta" if _BESIDE_A_CHART.search(one.where) else own


def _judge_without_truth(protected: Edition | None) -> Judge:
    published = published_vectors(protected) if protected else frozenset()

    def judge(one: Carried) -> Iterator[str]:
        if one.numbers is None or one.labels is not None:
            return
        known = not published.isdisjoint(variants(one.numbers))
        if not known and _is_unseen(one, protected):
            yield f"{len(key_of(one.numbers))} numbers that no reader sees"

    return judge


def _is_unseen(one: Carried, protected: Edition | None) -> bool:
    """Numbers that nobody sees, where the true counts are not at hand.

    An internal page may show every count; only what hides beside a shared one, or
    beside one that nothing is known of, is looked at without the true counts.
    """
    if protected is not None and protected.audience != SHARED:
        return False
    numbers = one.numbers or ()
    # The filters of our own pages show what their state holds, count by count, and
    # what they were made from lay on this side of the border.
    if _OWN_STATE.search(one.where):
        return False
    if one.aside:
        few = is_few(numbers, below=max(numbers, default=0) + 1)
        return few and not is_even(numbers)
    telling = is_telling(numbers, hidden=one.hidden)
    return telling and one.hidden and not one.guessed and len(numbers) > 2


def _few_aside(one: Carried, protected: Edition | None) -> bool:
    """A few small counts where a chart keeps what it does not draw, or out of sight.

    Counts below the base are in no table of a rounded edition.
    """
    if protected is None or protected.audience != SHARED or one.numbers is None:
        return False
    below = protected.notice.never_shown_below(protected.manifest.rule)
    if not is_few(one.numbers, below=below):
        return False
    # A French interval, "1,2 to 3,4", is words that would read as four counts.
    beside_a_chart = _BESIDE_A_CHART.search(one.where) and not one.spelled
    # What is packed in our own programs is code, which counts its own things.
    plain = not one.guessed and "<script id=qadaya-" not in one.where
    out_of_sight = one.hidden and plain and not is_even(one.numbers)
    return bool(beside_a_chart or out_of_sight)
