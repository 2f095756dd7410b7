"""What every kind of file is read into: a grid of texts that knows its own cells."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

# A form of 112 courts never comes near; a file made to exhaust memory does.
MOST_CELLS = 2_000_000
MOST_BYTES = 200_000_000


class Unreadable(Exception):
    """The file cannot be read; `reason` is a key of `messages.REASONS`.

    Never leaves this house: `check_file` turns it into a problem.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Line(NamedTuple):
    """A text outside the rows of cases, and its cell where it has one."""

    cell: str | None
    text: str


@dataclass
class Grid:
    """One sheet, one Word table or one CSV file.

    `rows` start at row 1 and column A, whatever part of the sheet is used. `formulas`
    holds (row, column) from 0. `before` and `after` are the paragraphs around a Word
    table. `hidden` is a sheet that the court does not see. `continues` marks a Word
    table that goes on, without headings, where the one before it ended.
    """

    name: str | None
    rows: list[list[str]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    is_word: bool = False
    hidden: bool = False
    continues: bool = False

    def text(self, row: int, column: int) -> str:
        """The text at a place, empty outside the grid."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]


def is_blank(row: list[str]) -> bool:
    """Whether no cell of a row holds more than spaces."""
    return not any(row) or not "".join(row).strip()


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, ..., Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of an A1 cell, both counted from 0."""
    name = cell.rstrip("0123456789")
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(name) :]) - 1, column - 1


def fill_down(rows: list[list[str]], top: int, left: int, bottom: int) -> None:
    """Write the text of a merged cell on every row it reaches over."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top + 1 : bottom + 1]:
        if left < len(row) and not row[left]:
            row[left] = rows[top][left]
