"""From a document to grids: a table that holds the form, and the text around it."""

from qadaya.returns.code import code_platform
from qadaya.returns.read.grid import Grid, is_blank
from qadaya.returns.read.headings import columns_of_row
from qadaya.returns.read.items import Item, Pages
from qadaya.returns.read.layout import find_tables

# A row of cases names a platform and has more cells than a list of contacts.
_LEAST_CELLS = 4


def document_grids(pages: Pages) -> list[Grid]:
    """One grid per table that holds the form, with the paragraphs around it.

    A table that only arranges others is read through; other tables count as text. A
    table without headings that names platforms as the form does goes on with the
    cases of the table before it, whatever stands between the two.
    """
    reader = _Reader()
    reader.lines += pages.over
    reader.take(pages.items)
    grids = reader.finished(pages.under)
    grids[0].asides += pages.asides
    return grids


class _Reader:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._grids: list[Grid] = []
        self._largest: Item | None = None
        self._columns: dict[int, str] | None = None

    def take(self, items: list[Item]) -> None:
        """Sort paragraphs and tables, in their order."""
        for item in items:
            if item.rows is None:
                self.lines += [t for t in item.text.split("\n") if t.strip()]
            else:
                self._table(item)

    def finished(self, under: list[str]) -> list[Grid]:
        """The grids; of a document without a form the largest table, or none."""
        self.lines += under
        if not self._grids:
            largest = self._largest
            grid = _grid(largest, self.lines) if largest else Grid(None, [])
            grid.before, grid.is_word = self.lines, True
            return [grid]
        self._grids[-1].after = self.lines
        return self._grids

    def _table(self, item: Item) -> None:
        rows = item.rows or []
        grid = _grid(item, self.lines)
        # A table with headings first: one that only arranges others holds none by
        # itself.
        tables = find_tables(grid).tables
        if tables:
            self._columns = tables[-1].columns
            self._add(grid)
        elif item.inner:
            self.take(item.inner)
        elif self._goes_on(grid):
            self._add(grid)
        else:
            # Should no table be the form, the largest is taken for what was meant.
            if self._largest is None or len(rows) > len(self._largest.rows or []):
                self._largest = item
            self.lines += [" ".join(filter(None, row)) for row in rows if any(row)]

    def _add(self, grid: Grid) -> None:
        if self._grids:
            self._grids[-1].after = self.lines
        self._grids.append(grid)
        self.lines = []

    def _goes_on(self, grid: Grid) -> bool:
        """Whether a table without headings holds further cases, and where."""
        if self._columns is None:
            return False
        rows = [*grid.rows, *(unseen.texts for unseen in grid.unseen.values())]
        shift = _shift(rows, self._columns)
        if shift is None:
            return False
        grid.continues, grid.shift = True, shift
        return True


def _grid(item: Item, lines: list[str]) -> Grid:
    return Grid(
        None,
        item.rows or [],
        struck=item.struck,
        pictures=item.pictures,
        unseen=item.unseen,
        before=lines,
        is_word=True,
    )


def _shift(rows: list[list[str]], columns: dict[int, str]) -> int | None:
    """How far the columns of a table that goes on lie from those of the form.

    A column of numbers may have come before the others; None for another table.
    """
    platform = next((p for p, c in columns.items() if c == "platform"), None)
    filled = [row for row in rows if not is_blank(row)]
    if platform is None or not filled:
        return None
    # A list of contacts may name a platform too, but is narrower.
    width = max(map(len, filled))
    if width < _LEAST_CELLS:
        return None
    named = {
        position - platform: None
        # Nearest to where it stood: the least shift explains it best.
        for position in sorted(range(width), key=lambda p: abs(p - platform))
        if any(_names_platform(row, position) for row in filled)
    }
    if named:
        return next(iter(named))
    # As wide as the form, and no heading of anything else: its platforms are missing.
    as_wide = width == max(columns) + 1 and not any(map(columns_of_row, filled))
    return 0 if as_wide and width > _LEAST_CELLS else None


def _names_platform(row: list[str], position: int) -> bool:
    return position < len(row) and code_platform(row[position]) is not None
