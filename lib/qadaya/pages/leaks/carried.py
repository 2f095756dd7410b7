"""What is found in a page: a text, numbers that stand together, numbers with names.

A page holds texts, texts hold bytes, bytes hold pages again. So that no reader of one
kind has to know the others, what is `Closed` is handed back to be opened.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

# A sign stands before a number, a dash between two.
_NUMBER = re.compile(r"(?:(?<![\w)])[-+])?\d+(?:\.\d+)?")
_WITH_COMMA = re.compile(r"(\D*\d+),(\d{1,2})(\D*)")
# Marks that no reader sees, of direction and between letters; the decimal point.
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩٫",
    "0123456789.",
    "\u2066\u2067\u2068\u2069\u200f\u200e\u200b\u200c\u200d\u2060\ufeff\u00ad",
)
_LONGEST_LABEL = 120
_MOST_LABEL_COLUMNS = 3
# How many texts, lists and objects inside each other are opened.
DEEPEST = 6
# The key of what was not opened, since there was too much of it.
UNREAD = "unread"


@dataclass(frozen=True)
class Carried:
    """One thing found: a text, or numbers that stand together.

    `where` says how to find it; `hidden`: no reader sees it without taking the page
    apart; `spelled`: picked out of words, "1,2 to 3"; `guessed`: bytes that could be
    these numbers and as well something else; `aside`: a chart keeps it and neither
    draws nor tells it; `drawn`: they are places in a drawing; `key`: the JSON name it
    stood under; `labels`: what stands beside each of the numbers.
    """

    where: str
    text: str | None = None
    numbers: tuple[float, ...] | None = None
    hidden: bool = False
    spelled: bool = False
    guessed: bool = False
    aside: bool = False
    drawn: bool = False
    key: str = ""
    labels: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Closed:
    """Something found that holds more: a text, bytes, or a text that is a `page`.

    `depth`: how many others it was found inside; the rest as for `Carried`.
    """

    where: str
    content: str | bytes
    depth: int
    hidden: bool = False
    aside: bool = False
    key: str = ""
    page: bool = False


@dataclass(frozen=True)
class Words:
    """Texts whose numbers are read as the language of the page writes them.

    `texts`: one, or the items of a list.
    """

    where: str
    texts: tuple[str, ...]
    hidden: bool


Piece = Carried | Closed | Words


def kept_aside(piece: Piece) -> Piece:
    """The same, as what a chart keeps and does not draw; words it does tell."""
    if isinstance(piece, Words):
        return piece
    spelled_out = isinstance(piece, Carried) and piece.spelled
    return replace(piece, aside=not spelled_out)


def unpacked(block: str) -> bytes | None:
    """The bytes of a text in base64; None for any other text."""
    plain = block.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def plain_digits(text: str) -> str:
    """The text with plain digits only, and without marks that no reader sees."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_DIGITS)


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers of a text in order, whichever digits it is written in."""
    return tuple(float(number) for number in _NUMBER.findall(plain_digits(text)))


def only_number(text: str) -> float | None:
    """The number of a text that holds a single one, with a point or with a comma."""
    plain = plain_digits(text)
    if decimal := _WITH_COMMA.fullmatch(plain):
        plain = ".".join(decimal.groups()[:2])
    numbers = numbers_in(plain)
    return numbers[0] if len(numbers) == 1 else None


def as_number(value: object) -> float | None:
    """The number that a value is, also as text; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = plain_digits(value.strip()) if isinstance(value, str) else ""
    return float(text) if _NUMBER.fullmatch(text) else None


def column_of(
    values: Iterable[float | None],
    where: str,
    *,
    hidden: bool = False,
    spelled: bool = False,
    drawn: bool = False,
) -> Iterator[Carried]:
    """The numbers as one vector, if they are more than one."""
    numbers = tuple(value for value in values if value is not None)
    if len(numbers) > 1:
        yield Carried(
            where, numbers=numbers, hidden=hidden, spelled=spelled, drawn=drawn
        )


def labelled(
    labels: Sequence[object],
    values: Sequence[float | None],
    where: str,
    *,
    hidden: bool = False,
) -> Iterator[Carried]:
    """The numbers with the name of each, if two or more have one."""
    pairs = [
        (_as_label(label), value)
        for label, value in zip(labels, values, strict=False)
        if value is not None
    ]
    named = [(label, value) for label, value in pairs if label]
    if len(named) > 1 and any(value for _, value in named):
        names, numbers = zip(*named, strict=True)
        yield Carried(where, numbers=numbers, labels=names, hidden=hidden)


def table_of(
    rows: Sequence[Sequence[object]],
    numbers: Sequence[Sequence[float | None]],
    where: str,
    *,
    hidden: bool = False,
) -> Iterator[Carried]:
    """The numbers of a table beside the names of its rows, and below its heads.

    `numbers`: the same cells, each as the number it is.
    """
    width = max(map(len, rows), default=0)
    columns = [[_at(row, place) for row in rows] for place in range(width)]
    names = [place for place in range(width) if _names_rows(columns[place])]
    for name in names[:_MOST_LABEL_COLUMNS]:
        others = [columns[other] for other in names if other != name]
        for group in _groups(columns[name], others):
            label = [columns[name][row] for row in group]
            for place in range(width):
                counts = [_at(numbers[row], place) for row in group]
                part = f"column {place + 1} of {where}"
                if place != name:
                    yield from labelled(label, counts, part, hidden=hidden)
    for head in rows[:2]:
        for number, line in enumerate(numbers):
            part = f"row {number + 1} of {where}"
            yield from labelled(head, line, part, hidden=hidden)


def _at(row: Sequence[Any], place: int) -> Any:
    return row[place] if place < len(row) else None


def _as_label(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    return text if len(text) <= _LONGEST_LABEL else ""


def _names_rows(column: Sequence[object]) -> bool:
    """Whether a column names its rows: words or years, not counts."""
    named = [cell for cell in column if _as_label(cell)]
    counts = [cell for cell in named if (as_number(cell) or 1990) < 1990]
    return len(named) > 1 and len(counts) <= len(named) / 2


def _groups(
    names: Sequence[object], others: Sequence[Sequence[object]]
) -> list[list[int]]:
    """The rows; apart by what the other names say, where this one repeats itself."""
    every = list(range(len(names)))
    if len(set(map(str, names))) == len(names) or not others:
        return [every]
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in every:
        groups.setdefault(tuple(str(other[row]) for other in others), []).append(row)
    return list(groups.values())
