"""The parts that constraints fall apart into, each to be bounded by itself."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from sdctables.auditing.presolve import TOLERANCE, activity, without_implied
from sdctables.solver import INFINITY, Programme, Vector


class Component:
    """Columns that rows tie together, and no row to any other column."""

    def __init__(
        self, columns: NDArray[np.intp], programme: Programme, rows: NDArray[np.intp]
    ) -> None:
        self.columns, self.programme, self.rows = columns, programme, rows

    def box_is_attained(self) -> bool:
        """All columns at their least, and all at their greatest, satisfy the rows."""
        high = self.programme.high
        # For columns without an end: that a row holds far out, and twice as far, says
        # that it does not tie them.
        far, farther = (np.where(np.isinf(high), end, high) for end in (1e9, 2e9))
        return all(map(self._fits, (self.programme.low, far, farther)))

    def _fits(self, x: Vector) -> bool:
        programme = self.programme
        rows = programme.matrix @ x
        return bool(
            (rows >= programme.row_low - TOLERANCE).all()
            and (rows <= programme.row_high + TOLERANCE).all()
        )

    def whole(self, x: Vector) -> Vector | None:
        """The solution in whole numbers, if it is one; checked against every row."""
        rounded = np.rint(x)
        # Rounding may break a row that x satisfied, so the whole table is checked
        # itself.
        near = np.abs(rounded - x).max(initial=0) < TOLERANCE
        inside = (rounded >= self.programme.low) & (rounded <= self.programme.high)
        return rounded if near and inside.all() and self._fits(rounded) else None


def components(programme: Programme) -> Iterator[Component]:
    """The parts of what is not settled: each with rows that values could break."""
    free = programme.low < programme.high
    entries = programme.matrix.tocoo()
    least, most = activity(programme, entries)
    # A row that no values within the bounds can break says nothing.
    binding = (least < programme.row_low - TOLERANCE) | (
        most > programme.row_high + TOLERANCE
    )
    # A column whose ends meet is a number: it goes to the other side of its rows.
    fixed = programme.matrix @ np.where(free, 0.0, programme.low)
    rows, columns = np.flatnonzero(binding), np.flatnonzero(free)
    matrix = sparse.csr_matrix(programme.matrix[rows][:, columns])
    # Rows and columns are the two sides of a graph, and an entry is an edge.
    links = sparse.block_array([[None, matrix], [matrix.T, None]])
    if not len(rows):
        return
    count, group = connected_components(links, directed=False)
    row_parts = _by_group(group[: len(rows)], count)
    column_parts = _by_group(group[len(rows) :], count)
    for row_part, column_part in zip(row_parts, column_parts, strict=True):
        # A column without a row is bounded by its own ends, and is not in any part.
        if len(row_part):
            inside = rows[row_part]
            yield Component(
                columns[column_part],
                without_implied(
                    sparse.csr_matrix(matrix[row_part][:, column_part]),
                    programme.row_low[inside] - fixed[inside],
                    programme.row_high[inside] - fixed[inside],
                    programme.low[columns[column_part]],
                    programme.high[columns[column_part]],
                ),
                inside,
            )


def connected(matrix: sparse.csr_matrix) -> NDArray[np.int32]:
    """For each row, then each column, the number of the part it hangs together with."""
    links = sparse.block_array([[None, matrix], [matrix.T, None]])
    _, part = connected_components(links, directed=False)
    return np.asarray(part, dtype=np.int32)


def without_rows(programme: Programme, rows: NDArray[np.bool_]) -> Programme:
    return Programme(
        programme.matrix,
        np.where(rows, -INFINITY, programme.row_low),
        np.where(rows, INFINITY, programme.row_high),
        programme.low,
        programme.high,
    )


def _by_group(group: NDArray[np.int32], count: int) -> list[NDArray[np.intp]]:
    # Sorted by group, each begins where its number first stands.
    order = np.argsort(group, kind="stable")
    return np.split(order, np.searchsorted(group[order], np.arange(1, count)))
