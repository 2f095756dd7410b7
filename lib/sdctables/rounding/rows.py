"""The margins of a rounding as rows over the counts that may change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    `at`: the row of each count (down) in each margin (across), -1 where it has none.
    """

    support: sparse.csr_matrix
    small: int
    target: Counts
    weight: NDArray[np.float64]
    level: NDArray[np.int64]
    exact: NDArray[np.bool_]
    source: list[tuple[int, int]]
    at: Counts

    def __len__(self) -> int:
        return len(self.target)

    @property
    def rigid(self) -> NDArray[np.bool_]:
        """Rows without a movable count: their error is known up to the base."""
        return np.asarray(np.diff(self.support[:, self.small :].indptr) == 0)

    @property
    def sizes(self) -> Counts:
        """How many changeable counts each row holds."""
        sizes: Counts = np.diff(self.support.indptr)
        return sizes

    @property
    def unit(self) -> float:
        """What one case of error costs in a fine row, as a middle count sees it."""
        # Where a count has no row, and in rows without weight, an error costs nothing:
        # neither is the finest row of a count.
        weight = np.where(self.at >= 0, self.weight[self.at], np.inf)
        weight[weight == 0] = np.inf
        finest = weight.min(axis=1, initial=np.inf)
        return float(np.median(finest[np.isfinite(finest)], keepdims=False))

    @property
    def of_all_counts(self) -> Counts:
        """`at`, of the margins in which each count has a row."""
        return self.at[:, (self.at >= 0).all(axis=0)]

    def nearest_ups(self, base: int) -> tuple[Counts, Counts]:
        """The two numbers of counts up between which the error of a row is least."""
        # |base k - target| is convex in k with its kink at target / base: the least is
        # at one of the whole k beside it, or at all counts up where the row has no
        # more.
        below = np.clip(self.target // base, 0, self.sizes)
        return below, np.minimum(below + 1, self.sizes)

    def least_errors(self, base: int) -> Counts:
        """The least error of each row, if it stood alone, that its counts leave it."""
        errors = [np.abs(base * k - self.target) for k in self.nearest_ups(base)]
        least: Counts = np.minimum(*errors)
        return least

    def errors(self, up: NDArray[np.bool_], base: int) -> Counts:
        """The signed error of each row when these counts become the base."""
        sums = np.rint(self.support @ up.astype(float)).astype(np.int64)
        errors: Counts = base * sums - self.target
        return errors

    def of(self, places: NDArray[np.intp], up: NDArray[np.bool_], base: int) -> "Rows":
        """The rows over some of the counts, where all others are as `up` says.

        Rows without any of them stay, so that nothing of the error is lost.
        """
        # base (sum of these) + base (sum of the others) - target is one and the same
        # error: what the others come to is taken off the target.
        others = up.copy()
        others[places] = False
        done = np.rint(self.support @ others.astype(float)).astype(np.int64)
        return replace(
            self,
            support=sparse.csr_matrix(self.support[:, places]),
            small=len(places),
            target=self.target - base * done,
            at=self.at[places],
        )

    def touched(self) -> "Rows":
        """Those that hold a count at all; `at` is given up."""
        rows = np.flatnonzero(self.sizes)
        return Rows(
            sparse.csr_matrix(self.support[rows]),
            self.small,
            self.target[rows],
            self.weight[rows],
            self.level[rows],
            self.exact[rows],
            [self.source[row] for row in rows],
            np.empty((self.small, 0), dtype=np.int64),
        )

    def reordered(self, cells: NDArray[np.intp], rows: NDArray[np.intp]) -> "Rows":
        return Rows(
            sparse.csr_matrix(self.support[rows][:, cells]),
            self.small,
            self.target[rows],
            self.weight[rows],
            self.level[rows],
            self.exact[rows],
            [self.source[row] for row in rows],
            # The inverse order says where each row went; -1 picks the -1 behind it.
            np.append(np.argsort(rows), -1)[self.at[cells]],
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
    # How many counts a cell of each margin holds on average: also its weight.
    sizes = [len(counts) / (groups.max() + 1) for groups in margins]
    free = len(margins) - exact
    only_inner = all(size == 1 for size in sizes[:free])
    by_members: dict[bytes, _Row] = {}
    at = np.full((len(changeable), len(margins)), -1)
    for number, groups in enumerate(margins):
        coarse = sizes[number] > 1 or only_inner
        if not coarse and number < free:
            continue
        for cell, members in _cells(groups[changeable]):
            # Cells of the same changeable counts have one error: one row, and the
            # weights of all margins that print it.
            row = by_members.setdefault(
                members.tobytes(), _Row(len(by_members), members, number, cell)
            )
            at[members, number] = row.place
            # An exact margin has no error to weigh; a message names its cell.
            if number >= free:
                row.exact = (number, cell)
            else:
                row.weights.append(sizes[number])
    return _rows(list(by_members.values()), counts[small], at)


class _Row:
    def __init__(
        self, place: int, members: NDArray[np.intp], margin: int, cell: int
    ) -> None:
        self.place, self.members = place, members
        self.source = (margin, cell)
        self.exact: tuple[int, int] | None = None
        self.weights: list[float] = []


def _cells(groups: Groups) -> list[tuple[int, NDArray[np.intp]]]:
    # Sorted once, the members of a cell stand together: no search for each cell.
    order = np.argsort(groups, kind="stable")
    cells, starts = np.unique(groups[order], return_index=True)
    members = np.split(order, starts[1:])
    return [(int(cell), part) for cell, part in zip(cells, members, strict=True)]


def _rows(found: list[_Row], small_counts: Counts, at: Counts) -> Rows:
    sizes = {size for row in found for size in row.weights}
    levels = {size: place for place, size in enumerate(sorted(sizes, reverse=True))}
    lengths = [len(row.members) for row in found]
    # Compressed rows as scipy keeps them: members of all rows, and where each begins.
    indices = np.concatenate([row.members for row in found])
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    support = sparse.csr_matrix(
        (np.ones(len(indices)), indices, indptr), shape=(len(found), len(at))
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
        at,
    )
