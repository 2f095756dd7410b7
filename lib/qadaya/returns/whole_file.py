"""What concerns a file as a whole: personal data beside the tables, hidden sheets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qadaya.reference import fold
from qadaya.returns import whole_return
from qadaya.returns.difficulties import read_difficulties
from qadaya.returns.model import Problem, Return
from qadaya.returns.person_names import looks_like_a_name
from qadaya.returns.personal import (
    is_number_or_address,
    is_personal,
    is_personal_heading,
    shown_sheet,
)
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.read.grid import Grid, letters
from qadaya.returns.read.layout import find_tables
from qadaya.returns.read.table import ReturnTable
from qadaya.vocabulary import NIL, PERSONAL_DATA

_OFFICE = re.compile(
    r"وكيل|نايب|رييس|قاضي|مستشار|كاتب|كتابه|نيابه|مكلف|محكمه"
    r"|procureur|substitut|president|juge|conseiller|greffi|prosecutor|judge|clerk"
)
Place = tuple[str | None, str | None, str]


@dataclass(frozen=True)
class File:
    """A received file: its name, also without its ending and as it may be shown.

    `court` and `year` are what its sender says.
    """

    name: str
    stem: str
    shown: str
    court: str | None = None
    year: int | None = None


def with_the_file(
    returns: list[Return], grids: list[Grid], tables: list[ReturnTable], file: File
) -> list[Return]:
    """The returns with what concerns the file as a whole, told with the first."""
    seen = [grid for grid in grids if not grid.hidden]
    difficulties = read_difficulties(seen, tables)
    places = dict.fromkeys(
        [
            *_personal_names(grids, file),
            *((*place, "difficulties") for place in difficulties.personal),
            *_personal_on_other_sheets(grids, tables, difficulties.personal),
            *_personal_asides(grids),
        ]
    )
    problems = [
        problem(PERSONAL_DATA, Pinned(file.shown, _shown(sheet), column), cell=cell)
        for sheet, cell, column in places
    ]
    problems += _hidden_sheets(grids, file)
    if problems:
        returns = [_with_problems(returns[0], problems), *returns[1:]]
    if difficulties.text is None:
        return returns
    return [replace(return_, difficulties=difficulties.text) for return_ in returns]


def _personal_names(grids: list[Grid], file: File) -> Iterator[Place]:
    if file.shown != file.name:
        yield None, None, "file_name"
    for grid in grids:
        if grid.name and shown_sheet(grid.name) != grid.name:
            yield grid.name, None, "sheet_name"


def _personal_on_other_sheets(
    grids: list[Grid],
    tables: list[ReturnTable],
    difficulties: list[tuple[str | None, str | None]],
) -> Iterator[Place]:
    with_form = {id(table.grid) for table in tables}
    for grid in grids:
        if id(grid) in with_form:
            continue
        named = {cell for name, cell in difficulties if name == grid.name}
        columns: set[int] = set()  # those under a heading that asks for persons
        for index in grid.filled:
            for position, text in enumerate(grid.rows[index]):
                if not text:
                    continue
                # "CIN AB123456" is no heading, but what stands under one.
                if is_personal_heading(text) and not is_number_or_address(text):
                    columns.add(position)
                elif _is_personal_there(text, position in columns):
                    cell = f"{letters(position)}{index + 1}"
                    if cell not in named:
                        kind = "hidden" if grid.hidden else "other_sheet"
                        yield grid.name, cell, kind


def _is_personal_there(text: str, under_heading: bool) -> bool:
    """Whether a text beside the form is personal; an officer may sign by name."""
    if is_number_or_address(text):
        return True
    named = looks_like_a_name(text) if under_heading else is_personal(text)
    return named and not _OFFICE.search(fold(text))


def _personal_asides(grids: list[Grid]) -> Iterator[Place]:
    """What lies beside the pages or is hidden on them, and looks personal.

    Office programs put their user's name among the properties of every file; only a
    number or an address there is told.
    """
    for grid in grids:
        for place, text, cell in grid.asides:
            if place == "author":
                if is_number_or_address(text):
                    yield grid.name, None, "properties"
            elif is_personal(text):
                yield grid.name, cell, place
        for column, texts in grid.unseen_columns.items():
            if any(map(is_personal_heading, texts)) or any(map(is_personal, texts)):
                yield grid.name, f"{letters(column)}1", "hidden"


def _hidden_sheets(grids: list[Grid], file: File) -> Iterator[Problem]:
    """Forms on sheets that the court does not see, and that are not counted."""
    for grid in grids:
        if not grid.hidden:
            continue
        n_rows = sum(len(table.cases) for table in find_tables(grid).tables)
        if n_rows:
            place = Pinned(file.shown, _shown(grid.name))
            yield problem("sheet_hidden", place, n_rows=n_rows)


def _with_problems(first: Return, further: list[Problem]) -> Return:
    problems = [*first.problems, *further]
    state = whole_return.state_of(problems, nil=first.state == NIL)
    return replace(first, problems=problems, state=state)


def _shown(sheet: str | None) -> str | None:
    return shown_sheet(sheet) if sheet else None
