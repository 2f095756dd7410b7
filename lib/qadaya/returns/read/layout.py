"""Finds the form on a grid: lines above, headings, rows of cases, and the rest."""

from dataclasses import dataclass, field
from functools import cached_property

from qadaya.returns.read.grid import Grid, Line, is_blank, letters
from qadaya.returns.read.headings import (
    NEEDED,
    OFFICIAL,
    ORDINAL,
    OUTCOMES,
    REMARKS,
    columns_of_row,
    is_heading_row,
)
from qadaya.returns.read.row_kinds import Row, kind_of, says_no_case
from qadaya.vocabulary import OPTIONAL_COLUMNS


@dataclass
class Table:
    """A headed table: the lines above it, its columns, its rows by kind.

    `columns` and `extras` go by position; `nil` are rows that say there is no case;
    `notes` are texts below the cases that are no cases.
    """

    grid: Grid
    lines: list[Line]
    columns: dict[int, str]
    extras: dict[int, str]
    cases: list[Row] = field(default_factory=list)
    nil: list[Row] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    formula_lines: list[str] = field(default_factory=list)
    mirrored: bool = False

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each column of the form."""
        return {column: position for position, column in self.columns.items()}

    @cached_property
    def letters(self) -> list[str]:
        """The letters of each position; in Word A is the court, however it is drawn."""
        width = max(map(len, self.grid.rows), default=0)
        names = [letters(position) for position in range(width)]
        return names[::-1] if self.mirrored else names

    def cell(self, row: int, position: int) -> str:
        """The A1 cell of a place, both counted from 0."""
        return f"{self.letters[position]}{row + 1}"


@dataclass
class Found:
    """The tables of a grid, or what headings are missing for there to be one."""

    tables: list[Table]
    missing: tuple[str, ...]


def find_tables(grid: Grid, inherited: dict[int, str] | None = None) -> Found:
    """Every headed table of a grid, in order, with its rows read.

    `inherited` are the columns of the Word table that this one continues.
    """
    headed = _headed(grid)
    if not headed and inherited:
        headed = [(0, 0, inherited)]
    complete = [found for found in headed if not _missing(found[2])]
    if not complete:
        return Found([], _missing(headed[0][2]) if headed else NEEDED)
    tables: list[Table] = []
    above = [Line(None, text) for text in grid.before]
    position = 0
    for number, (start, end, columns) in enumerate(complete):
        lines, formulas = _lines(grid, position, start)
        notes = tables[-1].notes if tables else []
        table = _table(grid, [*above, *notes, *lines], start, end, columns)
        table.formula_lines = formulas
        following = complete[number + 1][0] if number + 1 < len(complete) else None
        _sort_rows(table, end, len(grid.rows) if following is None else following)
        tables.append(table)
        above, position = [], following or 0
    tables[-1].notes += [Line(None, text) for text in grid.after if text]
    return Found(tables, ())


def nil_line(table: Table) -> Line | None:
    """A line around an empty table that says there was no case."""
    for line in [*table.notes, *table.lines]:
        if says_no_case(line.text):
            return line
    return None


def _headed(grid: Grid) -> list[tuple[int, int, dict[int, str]]]:
    """First row, row after, and columns of every heading of a table."""
    found = []
    named = [*map(columns_of_row, grid.rows), {}]
    index = 0
    while index < len(grid.rows):
        if not named[index] or _is_case(named[index], named[index + 1]):
            index += 1
            continue
        below = grid.rows[index + 1] if index + 1 < len(grid.rows) else []
        second = _second_row(named[index + 1], below, grid.rows[index])
        both = {**named[index], **second}
        if is_heading_row(both) and (second or is_heading_row(named[index])):
            end = index + (2 if second else 1)
            found.append((index, end, _once(both)))
            index = end
        else:
            index += 1
    return found


def _is_case(named: dict[int, str], below: dict[int, str]) -> bool:
    """Whether words that look like headings are those of the last case above one."""
    return is_heading_row(below) and not is_heading_row(named)


def _second_row(
    second: dict[int, str], row: list[str], above: list[str]
) -> dict[int, str]:
    """The columns that a second heading row adds, none if it is a row of cases.

    Under a heading of one row stands nothing, or the same again where cells are merged.
    """
    if not set(second.values()) - {ORDINAL, REMARKS}:
        return {}
    for position, text in enumerate(row):
        repeated = position < len(above) and text == above[position]
        if text.strip() and position not in second and not repeated:
            return {}
    return second


def _once(named: dict[int, str]) -> dict[int, str]:
    """Each column at its first place; a heading over others is none itself."""
    columns: dict[int, str] = {}
    for position, column in sorted(named.items()):
        if column not in columns.values() and column != OUTCOMES:
            columns[position] = column
    return columns


def _missing(columns: dict[int, str]) -> tuple[str, ...]:
    return tuple(column for column in NEEDED if column not in columns.values())


def _table(
    grid: Grid, lines: list[Line], start: int, end: int, columns: dict[int, str]
) -> Table:
    ours = {p: c for p, c in columns.items() if c in (*OFFICIAL, *OPTIONAL_COLUMNS)}
    width = max((len(row) for row in grid.rows), default=0)
    extras = {
        position: _heading(grid, position, start, end)
        for position in range(width)
        if position not in ours and columns.get(position) != ORDINAL
    }
    table = Table(grid, lines, ours, extras)
    place = {column: position for position, column in ours.items()}
    first = place.get("court", place["body"])
    table.mirrored = grid.is_word and first > place["cassation"]
    return table


def _heading(grid: Grid, position: int, start: int, end: int) -> str:
    return " ".join(grid.text(row, position) for row in range(start, end)).strip()


def _lines(grid: Grid, start: int, end: int) -> tuple[list[Line], list[str]]:
    """The text of each row above a table, and the cells that a formula fills."""
    # What a formula shows today is not what a court wrote.
    formulas = sorted(place for place in grid.formulas if start <= place[0] < end)
    lines = []
    for index in range(start, end):
        if is_blank(grid.rows[index]):
            continue
        texts = [
            (position, stripped)
            for position, text in enumerate(grid.rows[index])
            if text
            and (stripped := text.strip())
            and (index, position) not in grid.formulas
        ]
        if texts:
            cell = f"{letters(texts[0][0])}{index + 1}"
            lines.append(Line(cell, " ".join(text for _, text in texts)))
    return lines, [f"{letters(column)}{row + 1}" for row, column in formulas]


def _sort_rows(table: Table, start: int, end: int) -> None:
    """Put each row where it belongs; texts before the next heading become notes."""
    after_gap = False
    for index in range(start, min(end, len(table.grid.rows))):
        blank = is_blank(table.grid.rows[index])
        if blank and _n_formulas(table, index) < 2:
            after_gap = True
            continue
        row = _row(table, index)
        texts = [text for text in table.grid.rows[index] if text.strip()]
        kind = kind_of(row, texts, after_gap=after_gap) if texts else "case"
        if kind == "case":
            table.cases.append(row)
            after_gap = False
        elif kind == "nil":
            table.nil.append(row)
        elif kind == "note":
            first = next(p for p, t in enumerate(table.grid.rows[index]) if t.strip())
            table.notes.append(Line(table.cell(index, first), " ".join(texts)))


def _n_formulas(table: Table, index: int) -> int:
    """How many cells of a row are formulas, which may show nothing yet."""
    formulas = table.grid.formulas
    if not formulas:
        return 0
    return sum((index, position) in formulas for position in table.columns)


def _row(table: Table, index: int) -> Row:
    texts = table.grid.rows[index]
    texts = [*texts, *[""] * (len(table.letters) - len(texts))]
    return Row(
        index,
        {column: texts[p].strip() for p, column in table.columns.items()},
        {p: t for p in table.extras if (t := texts[p].strip())},
        table.positions,
    )
