"""Keeps apart what is seen on a sheet and what is not, while its cells come in."""

from bisect import bisect_left
from collections.abc import Callable

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import Grid, Unreadable, Unseen, dense

# Whether a rule hides the text of a cell; None where nobody knows.
_Hides = Callable[[int, int, str], bool | None]


class SeenCells:
    """The texts of a sheet by row and column, and what hides or covers them."""

    def __init__(self) -> None:
        self.formulas: set[tuple[int, int]] = set()
        self.n_cells = 0
        self._texts: dict[int, dict[int, str]] = {}
        self._struck: dict[int, dict[int, str]] = {}
        self._hidden_rows: dict[int, str] = {}
        self._unshown: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._rules: list[tuple[tuple[int, int, int, int], _Hides]] = []

    def put(self, row: int, column: int, text: str) -> None:
        """A text as it stands in its cell."""
        self.n_cells += 1
        self._texts.setdefault(row, {})[column] = text

    def put_all(self, texts: dict[int, dict[int, str]]) -> None:
        """Texts by row and column, all there are."""
        self._texts = texts

    def strike(self, row: int, column: int, text: str) -> None:
        """A text that is crossed out, or that its cell does not show."""
        self.n_cells += 1
        self._struck.setdefault(row, {})[column] = text

    def not_show(self, row: int, column: int, text: str) -> None:
        """A text that the format of its cell does not show."""
        self._unshown.add(row)
        self.strike(row, column, text)

    def hide_row(self, row: int, why: str = "hidden") -> None:
        """A row that is not shown."""
        self._hidden_rows[row] = why

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that are not shown."""
        self._hidden_columns.append((first, last))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Cells that are one: its text counts on every row that it reaches over."""
        # An area from its last corner to its first is damage, and covers nothing.
        if (bottom, right) != (top, left) and bottom >= top and right >= left:
            self._merged.append((top, left, bottom, right))

    def may_hide(self, area: tuple[int, int, int, int], hides: _Hides) -> None:
        """An area (top, left, bottom, right) whose cells a rule of the sheet hides."""
        self._rules.append((area, hides))

    def grid(self, filtered: tuple[int, int] | None = None) -> Grid:
        """The grid of what is seen; hidden rows between two rows were filtered out."""
        # In this order: merged cells first, since rules and hidden rows speak of what
        # they cover; then what is hidden by rule, by column, by row, and last what is
        # crossed out.
        self._spread()
        # The places where nobody can tell stay on the page, and the court is asked.
        by_rule = self._take_rules()
        columns = self._take_hidden_columns()
        unseen = self._take_hidden_rows(filtered) | self._take_struck_rows()
        formulas = {
            (row, column)
            for row, column in self.formulas
            if row not in self._hidden_rows and not self._is_hidden_column(column)
        }
        rows = dense(self._texts)
        # A formula without a value may stand below the last text: its row must be
        # there.
        last = max((row for row, _ in formulas), default=-1)
        blank: list[str] = []
        rows += [blank] * (last + 1 - len(rows))
        grid = Grid(None, rows, formulas=formulas)
        grid.unseen, grid.unseen_columns = dict(sorted(unseen.items())), columns
        grid.by_rule = {
            (row, column)
            for row, column in by_rule
            if self._texts.get(row, {}).get(column)
        }
        grid.struck = {
            (row, column)
            for row, texts in self._struck.items()
            for column in texts
            if not self._texts.get(row, {}).get(column)
        }
        return grid

    def _spread(self) -> None:
        if not self._merged:
            return
        # Only rows that hold something: an area may reach over a million that do not.
        rows = sorted(self._texts.keys() | self._struck.keys())
        n_covered = 0
        for top, left, bottom, right in self._merged:
            text = self._texts.get(top, {}).get(left, "")
            for row in rows[bisect_left(rows, top) : bisect_left(rows, bottom + 1)]:
                n_covered += 1
                if n_covered > bounds().merged:
                    raise Unreadable("too_many_cells", bounds().merged)
                # What lay under a merged cell is still in the file, but not seen.
                if row in self._struck:
                    # But for the first cell of the area, which is the one that is seen.
                    _cover(self._struck[row], left + (row == top), right)
                if row in self._texts:
                    _cover(self._texts[row], left, right)
                    if text:
                        self._texts[row][left] = text

    def _take_rules(self) -> set[tuple[int, int]]:
        """The cells that a rule may hide; those that it hides are taken out."""
        rows = sorted(self._texts) if self._rules else []
        by_rule: set[tuple[int, int]] = set()
        n_visited = 0
        for (top, left, bottom, right), hides in self._rules:
            for row in rows[bisect_left(rows, top) : bisect_left(rows, bottom + 1)]:
                texts = self._texts[row]
                n_visited += len(texts)
                if n_visited > bounds().cells:
                    raise Unreadable("too_many_cells", bounds().cells)
                for column in [c for c in texts if left <= c <= right]:
                    is_hidden = hides(row, column, texts[column])
                    if is_hidden:
                        self.not_show(row, column, texts.pop(column))
                    elif is_hidden is None:
                        by_rule.add((row, column))
        return by_rule

    def _take_hidden_columns(self) -> dict[int, list[str]]:
        by_column: dict[int, list[str]] = {}
        if not self._hidden_columns:
            return by_column
        for texts in self._texts.values():
            # Listed before they are taken out of what is looked through.
            for column in [c for c in texts if self._is_hidden_column(c)]:
                by_column.setdefault(column, []).append(texts.pop(column))
        return by_column

    def _is_hidden_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self._hidden_columns)

    def _take_hidden_rows(self, filtered: tuple[int, int] | None) -> dict[int, Unseen]:
        hidden = {}
        for row, why in self._hidden_rows.items():
            # Crossed out and hidden as well: hidden is what the clerk can undo first.
            texts = self._texts.pop(row, {}) | self._struck.pop(row, {})
            if texts:
                inside = filtered and filtered[0] <= row <= filtered[1]
                hidden[row] = Unseen(_laid_out(texts), "filtered" if inside else why)
        return hidden

    def _take_struck_rows(self) -> dict[int, Unseen]:
        struck = {}
        # Only rows of which nothing else is left: a corrected cell is no deleted case.
        for row in [row for row in self._struck if not self._texts.get(row)]:
            why = "hidden" if row in self._unshown else "struck"
            struck[row] = Unseen(_laid_out(self._struck.pop(row)), why)
        return struck


def _laid_out(texts: dict[int, str]) -> list[str]:
    row = [""] * (max(texts) + 1)
    for column, text in texts.items():
        row[column] = text
    return row


def _cover(texts: dict[int, str], left: int, right: int) -> None:
    if left == right:
        texts.pop(left, None)
        return
    for column in [c for c in texts if left <= c <= right]:
        del texts[column]
