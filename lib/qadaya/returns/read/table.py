"""A table of the form on a grid: its lines, columns and rows, by what they are."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from qadaya.returns.read.grid import Grid, Line, letters
from qadaya.returns.read.row_kinds import TableRow


@dataclass
class ReturnTable:
    """A headed table: the lines above it, its columns, its rows by kind.

    `columns` and `extras` go by position; `nil` are rows that say there is no case;
    `notes` are texts below the cases that are no cases; `unseen` the rows that would
    be cases if they were not hidden or crossed out, with why. `n_lines` counts every
    line under the headings that is not blank, `kinds` those that are no cases by what
    they are. `pictures` are the column and cell of those that fill a row without a
    word. `ordinal` is the position of the numbers of the rows. `beside` is the cell
    where another table seems to stand on the same rows.
    """

    grid: Grid
    lines: list[Line]
    columns: dict[int, str]
    extras: dict[int, str]
    cases: list[TableRow] = field(default_factory=list)
    nil: list[TableRow] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    unseen: list[tuple[TableRow, str]] = field(default_factory=list)
    formula_lines: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    n_lines: int = 0
    beside: str | None = None
    ordinal: int | None = None
    mirrored: bool = False

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each column of the form."""
        return {column: position for position, column in self.columns.items()}

    @cached_property
    def letters(self) -> list[str]:
        """The letters of each position; in Word A is the court, however it is drawn."""
        rows = [
            *self.grid.rows,
            *(unseen.texts for unseen in self.grid.unseen.values()),
        ]
        width = max(map(len, rows), default=0)
        names = [letters(position) for position in range(width)]
        return names[::-1] if self.mirrored else names

    def cell(self, row: int, position: int) -> str:
        """The A1 cell of a place, both counted from 0."""
        return f"{self.letters[position]}{row + 1}"


@dataclass
class TablesFound:
    """The tables of a grid, or what headings are missing for there to be one."""

    tables: list[ReturnTable]
    missing: tuple[str, ...]
