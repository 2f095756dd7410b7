"""Finds the form on a grid: lines above, headings, rows of cases, and the rest."""

from bisect import bisect_left

from qadaya.returns.read.grid import MOST_ROWS, Grid, Line, letters
from qadaya.returns.read.headings import (
    FEWEST_NAMED,
    NEEDED,
    OFFICIAL,
    ORDINAL,
    OUTCOMES,
    REMARKS,
    columns_of_row,
    is_heading_row,
)
from qadaya.returns.read.row_kinds import says_no_case
from qadaya.returns.read.sorting import sort_rows
from qadaya.returns.read.table import ReturnTable, TablesFound
from qadaya.vocabulary import OPTIONAL_COLUMNS

# So many headings said again on the same rows are those of a second table.
_SEVERAL = 4


def find_tables(grid: Grid, inherited: dict[int, str] | None = None) -> TablesFound:
    """Every headed table of a grid, in order, with its rows read.

    `inherited` are the columns of the Word table that this one continues.
    """
    headed = _headed(grid)
    if not headed and inherited:
        # No row of its own is a heading: its rows begin at the first.
        headed = [(0, 0, inherited)]
    # A heading with a column missing is no table, and the clerk is told which column.
    complete = [found for found in headed if not _missing(found[2])]
    if not complete:
        return TablesFound([], _missing(headed[0][2]) if headed else NEEDED)
    tables: list[ReturnTable] = []
    above = [Line(None, text) for text in grid.before]
    position = 0
    for number, (start, end, columns) in enumerate(complete):
        lines, formulas = _lines(grid, position, start)
        # What stands below one table stands above the next: it may name the court of
        # that one.
        notes = tables[-1].notes if tables else []
        table = _table(grid, [*above, *notes, *lines], start, end, columns)
        table.formula_lines = formulas
        following = complete[number + 1][0] if number + 1 < len(complete) else None
        table.beside = _repeated(table, start, end)
        sort_rows(table, end, MOST_ROWS if following is None else following)
        tables.append(table)
        above, position = [], following or 0
    tables[-1].notes += [Line(None, text) for text in grid.after if text]
    return TablesFound(tables, ())


def nil_line(table: ReturnTable) -> Line | None:
    """A line around an empty table that says there was no case."""
    # Below first: what stands under the headings is nearer to the cases.
    for line in [*table.notes, *table.lines]:
        if says_no_case(line.text):
            return line
    return None


def _headed(grid: Grid) -> list[tuple[int, int, dict[int, str]]]:
    """First row, row after, and columns of every heading of a table."""
    if max(map(len, grid.rows), default=0) < FEWEST_NAMED:
        return []  # a page of advice, or of difficulties
    tables = []
    named = {index: columns_of_row(grid.rows[index]) for index in grid.filled}
    end = 0
    for index in grid.filled:
        below = named.get(index + 1, {})
        # A second heading row is part of the first, and no table of its own.
        if index < end or not named[index] or _is_case(named[index], below):
            continue
        under = grid.rows[index + 1] if below else []
        second = _second_row(named[index], below, under, grid.rows[index])
        # The lower row wins: it names the instances under the heading over all three.
        both = {**named[index], **second}
        if is_heading_row(both) and (second or is_heading_row(named[index])):
            end = index + (2 if second else 1)
            tables.append((index, end, _once(both)))
    return tables


def _repeated(table: ReturnTable, start: int, end: int) -> str | None:
    """The first heading that is said a second time further along the same rows."""
    again: dict[str, int] = {}
    for index in range(start, min(end, len(table.grid.rows))):
        for position, column in columns_of_row(table.grid.rows[index]).items():
            # At its own place a heading is not said again, even by a cell merged over
            # two rows.
            if column in OFFICIAL and table.columns.get(position) != column:
                again.setdefault(column, position)
    if len(again) < _SEVERAL:
        return None
    return table.cell(start, min(again.values()))


def _is_case(named: dict[int, str], below: dict[int, str]) -> bool:
    """Whether words that look like headings are those of the last case above one."""
    return is_heading_row(below) and not is_heading_row(named)


def _second_row(
    named: dict[int, str], second: dict[int, str], row: list[str], above: list[str]
) -> dict[int, str]:
    """The columns that a second heading row adds, none if it is a row of cases.

    Under a heading of one row stands nothing, or the same again where cells are merged.
    What stands beside the table, such as a legend, is none of it.
    """
    # These two are no columns of the form, and alone no second row of headings.
    if not set(second.values()) - {ORDINAL, REMARKS}:
        return {}
    first, last = min({*named, *second}), max({*named, *second})
    for position, text in enumerate(row[: last + 1]):
        if position < first:
            continue
        # Any other text in the columns of the table makes a row of cases of it.
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
) -> ReturnTable:
    ours = {p: c for p, c in columns.items() if c in (*OFFICIAL, *OPTIONAL_COLUMNS)}
    # Columns of no heading are kept: what is typed in them is looked at as well.
    width = max(map(len, grid.rows), default=0)
    extras = {
        position: _heading(grid, position, start, end)
        for position in range(width)
        if position not in ours and columns.get(position) != ORDINAL
    }
    table = ReturnTable(grid, lines, ours, extras)
    place = {column: position for position, column in ours.items()}
    first = place.get("court", place["body"])
    # In Word A is the court, however the table is drawn: here its column comes last.
    table.ordinal = next((p for p, c in columns.items() if c == ORDINAL), None)
    table.mirrored = grid.is_word and first > place["cassation"]
    return table


def _heading(grid: Grid, position: int, start: int, end: int) -> str:
    return " ".join(grid.text(row, position) for row in range(start, end)).strip()


def _lines(grid: Grid, start: int, end: int) -> tuple[list[Line], list[str]]:
    """The text of each row above a table, and the cells that a formula fills."""
    # What a formula shows today is not what a court wrote.
    formulas = sorted(place for place in grid.formulas if start <= place[0] < end)
    lines = []
    filled = grid.filled
    for index in filled[bisect_left(filled, start) : bisect_left(filled, end)]:
        texts = [
            (position, stripped)
            for position, text in enumerate(grid.rows[index])
            if text
            and (stripped := text.strip())
            and (index, position) not in grid.formulas
        ]
        if texts:
            # A line is named by its first cell, where the clerk will look.
            cell = f"{letters(texts[0][0])}{index + 1}"
            lines.append(Line(cell, " ".join(text for _, text in texts)))
    return lines, [f"{letters(column)}{row + 1}" for row, column in formulas]
