"""Which tables of a file make one return, and the lines that stand around them."""

from dataclasses import dataclass, field

from qadaya.returns.read.grid import Grid, Line
from qadaya.returns.read.table import ReturnTable
from qadaya.returns.read.whose import stated_courts
from qadaya.returns.read.years import stated_years


@dataclass
class Part:
    """The tables of one return, and the return before it in the same document."""

    tables: list[ReturnTable]
    file: str
    sheet: str | None
    before: "Part | None" = None
    court_lines: list[Line] = field(default_factory=list)
    year_lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = self.tables[0].lines
        above = self.before
        self.court_lines = lines
        self.year_lines = lines
        if above and not stated_courts(lines):
            self.court_lines = above.court_lines
        if above and not stated_years(lines):
            self.year_lines = above.year_lines

    def shares_document(self, grid: Grid) -> bool:
        """Whether a grid is the same sheet, or another table of the same document."""
        mine = self.tables[0].grid
        return mine is grid or (mine.is_word and grid.is_word)

    @property
    def lines(self) -> list[Line]:
        """Every text around the tables, once."""
        lines = [x for table in self.tables for x in [*table.lines, *table.notes]]
        return list(dict.fromkeys(lines))


def same_return(tables: list[ReturnTable]) -> list[list[ReturnTable]]:
    """The tables of a sheet by return: a heading repeated on a new page continues it.

    A table with another court or year above it begins another return.
    """
    parts: list[list[ReturnTable]] = []
    for table in tables:
        if parts and not _differs(parts[-1][0], table):
            parts[-1].append(table)
        else:
            parts.append([table])
    return parts


def _differs(table: ReturnTable, following: ReturnTable) -> bool:
    for stated in (stated_years, stated_courts):
        now = stated(following.lines)
        if now and now != stated(table.lines):
            return True
    return False
