"""Reads, codes and checks one received file: what is in it, and what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from qadaya.errors import ParameterError, ReturnError
from qadaya.reference import find_court, nearest_court
from qadaya.returns import whole_return
from qadaya.returns.difficulties import read_difficulties
from qadaya.returns.model import Problem, Return
from qadaya.returns.parts import Part, same_return
from qadaya.returns.personal import is_number_or_address, shown_name, shown_sheet
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.read import read_file
from qadaya.returns.read.grid import Grid, Unreadable
from qadaya.returns.read.headings import NEEDED
from qadaya.returns.read.layout import Found, Table, find_tables
from qadaya.returns.read.whose import FIRST_YEAR
from qadaya.vocabulary import NIL, PERSONAL_DATA, REFUSED


def check_file(
    path: str | Path, *, court: str | None = None, year: int | None = None
) -> list[Return]:
    """The returns in a file, one per form, with all their problems; nothing is filed.

    `court` (an id or a name) and `year` are what the sender says besides; they are held
    against what the file says. A file that cannot be read is one refused return.
    Raises: ReturnError for a path that is not there; ParameterError for a court that
    is none or a year out of range.
    """
    path = Path(path)
    _check_options(court, year)
    file = shown_name(path.name)
    try:
        grids = read_file(path)
    except Unreadable as fault:
        if not path.exists():
            raise ReturnError(
                f"{path.with_name(file)}: not found; expected a file that a court "
                "sent; check the path"
            ) from fault
        return [_refused(file, "file_unreadable", reason=fault.reason)]
    return _returns(grids, File(path.name, file, court, year))


@dataclass(frozen=True)
class File:
    """A received file: its name, the name that may be shown, what its sender says."""

    name: str
    shown: str
    court: str | None = None
    year: int | None = None


@dataclass
class _Sheet:
    grid: Grid
    found: Found
    parts: list[list[Table]] = field(default_factory=list)


def _returns(grids: list[Grid], file: File) -> list[Return]:
    sheets = list(_sheets(grids))
    if not any(sheet.found.tables for sheet in sheets):
        missing = min((s.found.missing for s in sheets), key=len, default=NEEDED)
        returns = [_refused(file.shown, "form_not_recognised", missing=list(missing))]
    else:
        returns = list(_checked(sheets, file))
    return _with_the_file(returns, sheets, file)


def _sheets(grids: list[Grid]) -> Iterator[_Sheet]:
    inherited = None
    for grid in grids:
        found = find_tables(grid, inherited if grid.continues else None)
        if grid.hidden and not any(table.cases for table in found.tables):
            continue
        if found.tables:
            inherited = found.tables[-1].columns
        yield _Sheet(grid, found, same_return(found.tables))


def _checked(sheets: list[_Sheet], file: File) -> Iterator[Return]:
    before: Part | None = None
    n_tables = sum(len(sheet.parts) for sheet in sheets)
    for number, (sheet, tables) in enumerate(_parts(sheets), start=1):
        if tables is None:
            yield _half_a_form(sheet, file)
            continue
        name = sheet.grid.name
        if sheet.grid.is_word and n_tables > 1:
            name = f"table {number}"
        # Only within one document does a table inherit the lines above the last one.
        above = before if before and before.shares_document(sheet.grid) else None
        before = Part(tables, file.shown, shown_sheet(name) if name else None, above)
        yield whole_return.check(before, file.name, file.court, file.year)


def _parts(sheets: list[_Sheet]) -> Iterator[tuple[_Sheet, list[Table] | None]]:
    """The tables of each return, None for a sheet with half of the headings."""
    for sheet in sheets:
        for tables in sheet.parts:
            yield sheet, tables
        if not sheet.parts and len(sheet.found.missing) < len(NEEDED):
            yield sheet, None


def _half_a_form(sheet: _Sheet, file: File) -> Return:
    missing = list(sheet.found.missing)
    name = shown_sheet(sheet.grid.name) if sheet.grid.name else None
    return _refused(file.shown, "form_not_recognised", sheet=name, missing=missing)


def _with_the_file(
    returns: list[Return], sheets: list[_Sheet], file: File
) -> list[Return]:
    """The returns with what concerns the file as a whole, told with the first."""
    tables = [table for sheet in sheets for table in sheet.found.tables]
    difficulties = read_difficulties([sheet.grid for sheet in sheets], tables)
    faults = [
        problem(PERSONAL_DATA, Pinned(file.shown, _shown(sheet), column), cell=cell)
        for sheet, cell, column in _personal_beside(sheets, file, difficulties.personal)
    ]
    if faults:
        returns = [_with_faults(returns[0], faults), *returns[1:]]
    if difficulties.text is None:
        return returns
    return [replace(one, difficulties=difficulties.text) for one in returns]


def _personal_beside(
    sheets: list[_Sheet], file: File, difficulties: list[tuple[str | None, str | None]]
) -> Iterator[tuple[str | None, str | None, str]]:
    if file.shown != file.name:
        yield None, None, "file_name"
    for sheet in sheets:
        name = sheet.grid.name
        if name and shown_sheet(name) != name:
            yield name, None, "sheet_name"
    for place in difficulties:
        yield *place, "difficulties"
    for sheet in sheets:
        if not sheet.found.tables:
            named = {cell for name, cell in difficulties if name == sheet.grid.name}
            yield from _personal_on_other_sheet(sheet.grid, named)


def _personal_on_other_sheet(
    grid: Grid, named: set[str | None]
) -> Iterator[tuple[str | None, str | None, str]]:
    table = Table(grid, [], {}, {})
    for index, row in enumerate(grid.rows):
        for position, text in enumerate(row):
            cell = table.cell(index, position)
            if cell not in named and is_number_or_address(text):
                yield grid.name, cell, "extra"


def _with_faults(one: Return, faults: list[Problem]) -> Return:
    problems = [*one.problems, *faults]
    state = whole_return.state_of(problems, nil=one.state == NIL)
    return replace(one, problems=problems, state=state)


def _shown(sheet: str | None) -> str | None:
    return shown_sheet(sheet) if sheet else None


def _refused(file: str, rule: str, sheet: str | None = None, **facts: Any) -> Return:
    found: Problem = problem(rule, Pinned(file, sheet), **facts)
    return Return(file=file, sheet=sheet, state=REFUSED, problems=[found])


def _check_options(court: str | None, year: int | None) -> None:
    if court is not None and find_court(court).court_id is None:
        nearest = nearest_court(court)
        hint = f"; did you mean {nearest}?" if nearest else ""
        raise ParameterError(
            f"court is {court!r}; expected one court, by its id (tpi-sale) or its full "
            f"name{hint}"
        )
    this_year = date.today().year
    if year is not None and not FIRST_YEAR <= year <= this_year:
        raise ParameterError(
            f"year is {year!r}; expected a year from {FIRST_YEAR} to {this_year}"
        )
