"""What a court writes about the difficulties it met, on a sheet or below the table."""

import re
from typing import NamedTuple

from qadaya.reference import find_courts, fold
from qadaya.returns.personal import is_personal
from qadaya.returns.read.grid import Grid, Line, letters
from qadaya.returns.read.table import ReturnTable
from qadaya.returns.read.years import years_in

_TITLE = re.compile(r"(?:ال)?صعوب(?:ات|ه).*|(?:les )?difficult.*")
_FOOTNOTE = re.compile(
    r"بالنسبه لمحاكم.*|les cours d appel.*|courts of appeal report.*"
)


class Difficulties(NamedTuple):
    """The text, None where there is none or where it holds personal data.

    `personal` are the sheet and cell of each such text.
    """

    text: str | None
    personal: list[tuple[str | None, str | None]]


def read_difficulties(grids: list[Grid], tables: list[ReturnTable]) -> Difficulties:
    """What stands on a sheet of difficulties or under such a title below a table."""
    lines: list[tuple[str | None, Line]] = []
    for grid in grids:
        if not any(table.grid is grid for table in tables):
            lines += [(grid.name, line) for line in _of_sheet(grid)]
    for table in tables:
        lines += [(table.grid.name, line) for line in _below(table)]
    personal = [(sheet, line.cell) for sheet, line in lines if is_personal(line.text)]
    text = "\n".join(line.text for _, line in lines)
    return Difficulties(None if personal or not text else text, personal)


def _of_sheet(grid: Grid) -> list[Line]:
    named = bool(grid.name and _is_title(grid.name))
    first = next((text for row in grid.rows for text in row if text.strip()), "")
    # Most sheets are of something else.
    if not named and not _is_title(first):
        return []
    lines = [
        Line(f"{letters(position)}{index + 1}", text.strip())
        for index, row in enumerate(grid.rows)
        for position, text in enumerate(row)
        if text.strip()
    ]
    titles = [i for i, line in enumerate(lines) if _is_title(line.text)]
    if not named and titles != [0]:
        return []
    start = titles[0] + 1 if titles else 0
    return [line for line in lines[start:] if not _is_label(line.text)]


def _is_title(text: str) -> bool:
    return bool(_TITLE.fullmatch(fold(text)))


def _is_label(text: str) -> bool:
    """The name of the court and the year at the head of the sheet."""
    short = len(fold(text).split()) <= 6
    return short and (bool(find_courts(text)) or bool(years_in(text)))


def _below(table: ReturnTable) -> list[Line]:
    for position, line in enumerate(table.notes):
        if not _is_title(line.text):
            continue
        # The title may hold the text itself: "Difficultés : néant".
        _, mark, rest = line.text.partition(":")
        first = [Line(line.cell, rest.strip())] if mark and rest.strip() else []
        following = table.notes[position + 1 :]
        return first + [x for x in following if not _FOOTNOTE.match(fold(x.text))]
    return []
