"""Checks the content of one file: which returns are in it, and what is wrong.

For the process that reads: it opens nothing and knows a file by its bytes and name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from qadaya.returns import whole_return
from qadaya.returns.code.doubts import is_set_aside
from qadaya.returns.copies import without_copies
from qadaya.returns.model import Problem, Return
from qadaya.returns.parts import Part, same_return
from qadaya.returns.personal import shown_name, shown_sheet
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.read import read_content
from qadaya.returns.read.garbled import what_happened
from qadaya.returns.read.grid import Grid, Unreadable
from qadaya.returns.read.headings import NEEDED, heading_column
from qadaya.returns.read.layout import find_tables
from qadaya.returns.read.sorting import holds_cases
from qadaya.returns.read.table import ReturnTable, TablesFound
from qadaya.returns.read.years import received_in
from qadaya.returns.whole_file import File, with_the_file
from qadaya.vocabulary import REFUSED


@dataclass
class _Sheet:
    grid: Grid
    found: TablesFound
    parts: list[list[ReturnTable]] = field(default_factory=list)


def check_content(
    content: bytes,
    name: str,
    *,
    court: str | None = None,
    year: int | None = None,
    received: int | None = None,
) -> list[Return]:
    """The returns in a file of that name, one per form, with all their problems.

    `court` and `year` are what its sender says besides. `received`: the year in which
    it came, else today's; no return is of a later one.
    """
    with received_in(received):
        return _returns(content, name, court, year)


def _returns(
    content: bytes, name: str, court: str | None, year: int | None
) -> list[Return]:
    path = PurePath(name)
    file = File(name, path.stem, shown_name(name), court, year)
    try:
        grids = read_content(content, path.suffix)
    except Unreadable as fault:
        return [unreadable(file.shown, fault.reason, limit=fault.limit)]
    seen = [grid for grid in grids if not grid.hidden]
    sheets = list(_sheets(seen))
    if any(sheet.found.tables for sheet in sheets):
        returns = without_copies(list(_checked(sheets, file)))
        if len(returns) > 1:
            returns = [_asked_about(returned) for returned in returns]
    else:
        returns = [_no_form(seen, sheets, file)]
    tables = [table for sheet in sheets for table in sheet.found.tables]
    return with_the_file(returns, grids, tables, file)


def unreadable(file: str, reason: str, **facts: Any) -> Return:
    """The refused return of a file that could not be read, and why."""
    return _refused(file, "file_unreadable", reason=reason, **facts)


def _sheets(grids: list[Grid]) -> Iterator[_Sheet]:
    inherited: dict[int, str] | None = None
    for grid in grids:
        columns = None
        if grid.continues and inherited:
            columns = {p + grid.shift: c for p, c in inherited.items()}
            columns = {p: c for p, c in columns.items() if p >= 0}
        tables_found = find_tables(grid, columns)
        if tables_found.tables and not grid.continues:
            inherited = tables_found.tables[-1].columns
        yield _Sheet(grid, tables_found, same_return(tables_found.tables))


def _checked(sheets: list[_Sheet], file: File) -> Iterator[Return]:
    before: Part | None = None
    parts = list(_parts(sheets))
    n_tables = sum(tables is not None for _, tables in parts)
    for number, (sheet, tables) in enumerate(parts, start=1):
        if tables is None:
            yield _half_a_form(sheet, file)
            continue
        name = sheet.grid.name
        if sheet.grid.is_word and n_tables > 1:
            name = f"table {number}" if name is None else f"{name}, table {number}"
        # Only within one document does a table inherit the lines above the last one.
        above = before if before and before.shares_document(sheet.grid) else None
        before = Part(tables, file.shown, shown_sheet(name) if name else None, above)
        if _only_headings(sheet, parts[number : number + 1]):
            continue
        yield whole_return.check(before, file.stem, file.court, file.year)


def _asked_about(one: Return) -> Return:
    """The return; where its sheet is called a draft among others, that is asked."""
    if not one.accepted or one.sheet is None or not is_set_aside(one.sheet):
        return one
    place, n_rows = Pinned(one.file, one.sheet), len(one.accepted)
    aside = problem("sheet_set_aside", place, value=one.sheet, n_rows=n_rows)
    problems = [*one.problems, aside]
    return replace(
        one, problems=problems, state=whole_return.state_of(problems, nil=False)
    )


def _parts(sheets: list[_Sheet]) -> Iterator[tuple[_Sheet, list[ReturnTable] | None]]:
    """The tables of each return, None for a sheet that lacks some headings or all."""
    for sheet in sheets:
        for tables in sheet.parts:
            yield sheet, tables
        some_headings = len(sheet.found.missing) < len(NEEDED)
        if not sheet.parts and (some_headings or holds_cases(sheet.grid)):
            yield sheet, None


def _only_headings(
    sheet: _Sheet, following: list[tuple[_Sheet, list[ReturnTable] | None]]
) -> bool:
    """Whether a table is no more than the headings of the next one."""
    return any(after.grid.continues for after, _ in following) and all(
        table.n_lines == 0 for table in sheet.found.tables
    )


def _half_a_form(sheet: _Sheet, file: File) -> Return:
    missing = list(sheet.found.missing)
    name = shown_sheet(sheet.grid.name) if sheet.grid.name else None
    return _lacking(sheet.grid, file, name, missing)


def _no_form(grids: list[Grid], sheets: list[_Sheet], file: File) -> Return:
    """The refused return of a file without the form, and what is there instead."""
    fewest = min(sheets, key=lambda sheet: len(sheet.found.missing), default=None)
    missing = list(fewest.found.missing if fewest else NEEDED)
    if len(missing) == len(NEEDED):
        happened = what_happened(grids)
        if happened:
            return unreadable(file.shown, happened)
    if fewest is None:
        return _refused(file.shown, "form_not_recognised", missing=missing)
    name = fewest.grid.name if len(missing) < len(NEEDED) else None
    return _lacking(fewest.grid, file, shown_sheet(name) if name else None, missing)


def _lacking(grid: Grid, file: File, sheet: str | None, missing: list[str]) -> Return:
    """What a form lacks: headings that are not there, or columns that are hidden."""
    hidden = {
        heading_column(text) for texts in grid.unseen_columns.values() for text in texts
    }
    unseen = [column for column in missing if column in hidden]
    if unseen:
        return _refused(file.shown, "column_hidden", sheet, missing=unseen)
    facts: dict[str, Any] = {"missing": missing}
    if len(missing) < len(NEEDED):
        facts["found"] = [column for column in NEEDED if column not in missing]
    return _refused(file.shown, "form_not_recognised", sheet, **facts)


def _refused(file: str, rule: str, sheet: str | None = None, **facts: Any) -> Return:
    only: Problem = problem(rule, Pinned(file, sheet), **facts)
    return Return(file=file, sheet=sheet, state=REFUSED, problems=[only])
