"""What a page gives away: true counts, paths, user names, tracebacks, widget state.

A page is compared with the edition it was made from and with the unprotected one: a
vector of numbers that the second holds and the first does not is a leak. What is found
is named by its place; its numbers are never repeated.
"""

import getpass
import os
import re
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qadaya.pages.carriers import carried
from qadaya.pages.payloads import Carried
from qadaya.pages.vectors import (
    is_even,
    is_few,
    is_telling,
    key_of,
    variants,
    vectors_of,
)
from qadaya.tables.edition import Edition

_PATHS = re.compile(
    r"file:///|/home/[\w.-]+|/Users/[\w.-]+|/root/[\w.-]+|/tmp/[\w.-]+|"
    r"/var/(?:folders|tmp)/|[A-Za-z]:\\\\?(?:Users|Documents|Temp)\\|/site-packages/|"
    r"\bipykernel_\d+"
)
_TRACEBACK = re.compile(
    r"Traceback \(most recent call last\)|\x1b\[[0-9;]*m|"
    r"-{20,}\s*\n?\s*\w+(?:Error|Exception)\b|Cell In\[\d+\], line \d+"
)
_WIDGETS = re.compile(
    r"application/vnd\.jupyter\.widget-(?:state|view)\+json|"
    r'"model_(?:id|module|name)"\s*:'
)
_BESIDE_A_CHART = re.compile(r", (?:customdata|ids|meta)\b")
_USER_KEYS = {"user", "username", "user_name", "author", "authors", "owner", "hostname"}
_PATH_KEYS = {"input_path", "output_path", "cwd", "working_directory"}
_ERROR_KEYS = {"traceback", "evalue", "ename"}
# Names that are also ordinary words: finding them in a page says nothing.
_COMMON = {"root", "user", "admin", "jovyan", "ubuntu", "runner", "localhost", "main"}
_HARMLESS_METADATA = {"software", "creation time"}


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
        for what in (*_of_text(one), *_of_numbers(one, protected, unprotected)):
            found[Leak(one.where, what)] = None
    return list(found)


def _of_text(one: Carried) -> Iterator[str]:
    if one.key == "widget" or (one.text and _WIDGETS.search(one.text)):
        yield "widget state"
    if one.text is None:
        return
    if one.key in _PATH_KEYS or _names_a_path(one.text):
        yield "the path of a file on the machine that made it"
    if one.key.lower() in _USER_KEYS or _names_a_user(one.text):
        yield "the name of a user or of a machine"
    if one.key in _ERROR_KEYS or _TRACEBACK.search(one.text):
        yield "a traceback"
    if one.where.startswith("the picture") and one.key not in ("", *_HARMLESS_METADATA):
        yield f"metadata of a picture ({one.key})"


def _of_numbers(
    one: Carried, protected: Edition | None, unprotected: Edition | None
) -> Iterator[str]:
    if one.numbers is None:
        return
    telling = is_telling(one.numbers, hidden=one.hidden)
    if not telling and not (unprotected and _few_aside(one, protected)):
        return
    # An internal page may show every count; only what hides beside a shared one, or
    # beside one that nothing is known of, is looked at without the true counts.
    secretive = protected is None or protected.audience == "shared"
    unseen = (
        telling
        and one.hidden
        and not one.guessed
        and secretive
        and len(one.numbers) > 2
    )
    if unprotected is None and not unseen:
        return
    keys = list(variants(one.numbers))
    published = vectors_of(protected) if protected else frozenset()
    if any(key in published for key in keys):
        return
    if unprotected is not None:
        if any(key in vectors_of(unprotected) for key in keys):
            yield f"{len(key_of(one.numbers))} true counts that are not published"
    elif unseen:
        yield f"{len(key_of(one.numbers))} numbers that no reader sees"


def _few_aside(one: Carried, protected: Edition | None) -> bool:
    """A few small counts where a chart keeps what it does not draw, or out of sight.

    Counts below the base are in no table of a rounded edition.
    """
    if protected is None or protected.audience != "shared" or one.numbers is None:
        return False
    base = protected.manifest.get("rule", {}).get("base", 0)
    if not is_few(one.numbers, below=base):
        return False
    # A French interval, "1,2 to 3,4", is words that would read as four counts.
    beside_a_chart = _BESIDE_A_CHART.search(one.where) and not one.spelled
    # What is packed in our own programs is code, which counts its own things.
    plain = not one.guessed and "<script id=qadaya-" not in one.where
    out_of_sight = one.hidden and plain and not is_even(one.numbers)
    return bool(beside_a_chart or out_of_sight)


def _names_a_path(text: str) -> bool:
    return _PATHS.search(text) is not None or any(
        folder in text for folder in _folders_here()
    )


def _names_a_user(text: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in _names_here())


@cache
def _folders_here() -> tuple[str, ...]:
    """The folders of this machine that tell whose it is."""
    folders = {Path.home(), Path.cwd(), Path(tempfile.gettempdir())}
    return tuple(f"{folder}{os.sep}" for folder in folders if len(folder.parts) > 1)


@cache
def _names_here() -> tuple[str, ...]:
    try:
        names = {getpass.getuser(), socket.gethostname()}
    except (OSError, KeyError):
        # A user without a name in the system cannot be named by a page.
        names = {socket.gethostname()}
    return tuple(n for n in names if len(n) > 3 and n.lower() not in _COMMON)
