"""What every kind of file is read into: a grid of texts that knows its own cells."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from qadaya.returns.read.bounds import bounds

_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff]+"
)
# The largest sheet of any office program.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
# A link to anything else is none of a person.
LINKS_TO_PERSONS = ("mailto:", "tel:", "sms:")


class Unreadable(Exception):
    """The file cannot be read; `reason` is a key of `messages.REASONS`.

    `limit` is the one that it passes, where it passes one. Never leaves this house:
    `check_file` turns it into a problem.
    """

    def __init__(self, reason: str, limit: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


class Line(NamedTuple):
    """A text outside the rows of cases, and its cell where it has one."""

    cell: str | None
    text: str


class Aside(NamedTuple):
    """A text that lies beside the page: a comment, a property, a deleted passage.

    It is never counted, only looked at for personal data. `place` is a key of
    `messages.COLUMNS`.
    """

    place: str
    text: str
    cell: str | None = None


class Unseen(NamedTuple):
    """A row that does not stand on the page: its texts, and why it does not.

    `why`: hidden, filtered (hidden by a filter) or struck (crossed out).
    """

    texts: list[str]
    why: str


@dataclass
class Grid:
    """One sheet, one Word table or one CSV file.

    `rows` start at row 1 and column A, whatever part of the sheet is used; what is not
    seen on the page is not in them. `formulas`, `struck` (cells that were crossed out
    and left empty), `pictures` hold (row, column) from 0. `unseen` are the rows that
    are hidden or crossed out, by row; `unseen_columns` those that are hidden. `before`
    and `after` are the texts around a table. `hidden` is a sheet that the court does
    not see. `continues` marks a Word table that goes on, without headings, where the
    one before it ended; its columns are `shift` places further on. `stray` are rows
    where a quotation mark was never closed, `by_rule` cells that a rule of the
    sheet may hide.
    """

    name: str | None
    rows: list[list[str]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    pictures: set[tuple[int, int]] = field(default_factory=set)
    by_rule: set[tuple[int, int]] = field(default_factory=set)
    unseen: dict[int, Unseen] = field(default_factory=dict)
    unseen_columns: dict[int, list[str]] = field(default_factory=dict)
    stray: set[int] = field(default_factory=set)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    is_word: bool = False
    hidden: bool = False
    continues: bool = False
    shift: int = 0

    @cached_property
    def filled(self) -> list[int]:
        """The rows that hold a text, or formulas that show nothing yet."""
        rows = [i for i, row in enumerate(self.rows) if "".join(row).strip()]
        if not self.formulas:
            return rows
        # A file that was never computed has no values. One formula may be a sum that
        # was put there by the form; several are a row.
        computed = Counter(row for row, _ in self.formulas)
        several = {i for i, n in computed.items() if n > 1 and i < len(self.rows)}
        return sorted({*rows, *several}) if several else rows

    def text(self, row: int, column: int) -> str:
        """The text at a place, empty outside the grid."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]


def without_invisible(grid: Grid) -> Grid:
    """The grid, cells with nothing but marks of direction and width emptied."""
    # Each text once: a sheet says the same words thousands of times.
    texts = set().union(*grid.rows)
    unseen = {t for t in texts if not t[:1].isalnum() and _INVISIBLE.fullmatch(t)}
    if unseen:
        grid.rows = [["" if t in unseen else t for t in row] for row in grid.rows]
    return grid


def is_blank(row: list[str]) -> bool:
    """Whether no cell of a row holds more than spaces."""
    return not any(row) or not "".join(row).strip()


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, ..., Z, AA."""
    name = ""
    column += 1
    while column:
        # Letters count from 1 without a zero: after Z comes AA, not A0.
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=4096)
def column_of(name: str) -> int:
    """The column, counted from 0, that letters name.

    Raises: Unreadable for letters that no sheet has.
    """
    column = 0
    for letter in name.upper():
        # A is 1, so letters are the digits of a number to the base of 26.
        column = column * 26 + ord(letter) - 64
    if not 1 <= column <= MOST_COLUMNS or not name.isascii() or not name.isalpha():
        raise Unreadable("damaged")
    return column - 1


@lru_cache(maxsize=4096)
def place_of(cell: str) -> tuple[int, int]:
    """Row and column of an A1 cell, both counted from 0.

    Raises: Unreadable for a cell that no sheet has.
    """
    name = cell.rstrip("0123456789")
    digits = cell[len(name) :]
    # Length first: Python takes its time over a number of thousands of digits.
    if not digits or len(digits) > 7 or not 1 <= int(digits) <= MOST_ROWS:
        raise Unreadable("damaged")
    return int(digits) - 1, column_of(name)


def require_few(n_filled: int) -> None:
    """Raises: Unreadable for more lines with a text than any form has."""
    if n_filled > bounds().rows:
        raise Unreadable("too_many_rows", bounds().rows)


def dense(cells: Mapping[int, Mapping[int, str]]) -> list[list[str]]:
    """The rows from 1 to the last one with a text, out of texts by row and column.

    Blank rows are one and the same empty list, so that a word in the last row of a
    sheet costs no memory.
    Raises: Unreadable where the texts or lines are more than any form holds.
    """
    filled: dict[int, int] = {}
    n_letters = 0
    for index, row in cells.items():
        text = "".join(row.values())
        if text and not text.isspace():
            # As the row will be laid out, blanks included: a word in the last column
            # of each would be billions of cells.
            filled[index] = max(row) + 1
            n_letters += len(text)
    _require_bounded(len(filled), sum(filled.values()), n_letters)
    # One list for all of them: nobody writes into a row afterwards.
    blank: list[str] = []
    rows = [blank] * (max(filled, default=-1) + 1)
    for index, width in filled.items():
        texts = [""] * width
        for column, text in cells[index].items():
            texts[column] = text
        rows[index] = texts
    return rows


def _require_bounded(n_rows: int, n_cells: int, n_letters: int) -> None:
    require_few(n_rows)
    if n_cells > bounds().cells:
        raise Unreadable("too_many_cells", bounds().cells)
    if n_letters > bounds().letters:
        raise Unreadable("too_much_text", bounds().letters)
