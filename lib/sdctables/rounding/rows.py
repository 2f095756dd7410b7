"""The margins of a rounding as rows over the counts that may change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Counts = NDArray[np.int64]
Groups = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Margin cells that hold the same changeable counts are one row.

    `support`: 1 where a changeable count (small ones first, then `movable` larger ones)
    is in the row. `target`: the true sum of the small counts in it. `weight`: what one
    case of error costs, 0 if none; `level`: the place of its coarsest margin among the
    levels, 0 the coarsest.
    `source`: (number of the margin, number of the cell in it).
    """

    support: sparse.csr_matrix
    small: int
    target: Counts
    weight: NDArray[np.float64]
    level: NDArray[np.int64]
    exact: NDArray[np.bool_]
    source: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.target)

    @property
    def rigid(self) -> NDArray[np.bool_]:
        """Rows without a movable count: their error is known up to the base."""
        return np.asarray(np.diff(self.support[:, self.small :].indptr) == 0)

    def reordered(self, cells: NDArray[np.intp], rows: NDArray[np.intp]) -> "Rows":
        return Rows(
            sparse.csr_matrix(self.support[rows][:, cells]),
            self.small,
            self.target[rows],
            self.weight[rows],
            self.level[rows],
            self.exact[rows],
            [self.source[row] for row in rows],
        )


def collapse(
    counts: Counts,
    margins: Sequence[Groups],
    exact: int,
    small: NDArray[np.intp],
    movable: NDArray[np.intp],
) -> Rows:
    """`margins`: for each margin the number of the cell every count belongs to.

    The last `exact` of them must be hit exactly. A margin weighs as much as the counts
    that one of its cells holds on average, so weights rise with its level. A margin
    whose cells are the inner cells has no weight beside others.
    """
    changeable = np.concatenate([small, movable])
    sizes = [len(counts) / (groups.max() + 1) for groups in margins]
    free = len(margins) - exact
    only_inner = all(size == 1 for size in sizes[:free])
    found: dict[bytes, _Row] = {}
    for number, groups in enumerate(margins):
        coarse = sizes[number] > 1 or only_inner
        if not coarse and number < free:
            continue
        for cell, members in _cells(groups[changeable]):
            row = found.setdefault(members.tobytes(), _Row(members, number, cell))
            if number >= free:
                row.exact = (number, cell)
            else:
                row.weights.append(sizes[number])
    return _rows(list(found.values()), counts[small], len(changeable))


class _Row:
    def __init__(self, members: NDArray[np.intp], margin: int, cell: int) -> None:
        self.members = members
        self.source = (margin, cell)
        self.exact: tuple[int, int] | None = None
        self.weights: list[float] = []


def _cells(groups: Groups) -> list[tuple[int, NDArray[np.intp]]]:
    order = np.argsort(groups, kind="stable")
    cells, starts = np.unique(groups[order], return_index=True)
    members = np.split(order, starts[1:])
    return [(int(cell), part) for cell, part in zip(cells, members, strict=True)]


def _rows(found: list[_Row], small_counts: Counts, columns: int) -> Rows:
    sizes = {size for row in found for size in row.weights}
    levels = {size: place for place, size in enumerate(sorted(sizes, reverse=True))}
    lengths = [len(row.members) for row in found]
    indices = np.concatenate([row.members for row in found])
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    support = sparse.csr_matrix(
        (np.ones(len(indices)), indices, indptr), shape=(len(found), columns)
    )
    small = len(small_counts)
    # Sorted before they are added, so that the order of margins leaves no trace.
    weight = np.array([sum(sorted(row.weights)) for row in found])
    return Rows(
        support,
        small,
        np.rint(support[:, :small] @ small_counts).astype(np.int64),
        weight,
        np.array([levels.get(max(row.weights, default=0.0), 0) for row in found]),
        np.array([row.exact is not None for row in found]),
        [row.exact or row.source for row in found],
    )
