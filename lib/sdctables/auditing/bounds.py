"""The least and the greatest value of sums of counts that a reader cannot see.

Bounds are first tightened along the rows; what is left falls apart into components
that share no row. In each, a linear programme bounds one sum after another from a warm
basis. A whole-numbered optimum proves its own bound and often those of many other
sums; where it is fractional, an integer programme decides in components that are small
enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.auditing.components import (
    Component,
    components,
    connected,
    without_rows,
)
from sdctables.auditing.presolve import TOLERANCE, NoTableFits, tighten
from sdctables.solver import INFINITY, Programme, Solver, Vector

# Larger components get linear bounds only: valid, but perhaps wider than the truth.
LARGEST_INTEGER = 600
TRIES_PER_FACE = 3
METHODS = ("closed form", "integer programme", "linear programme")


@dataclass(frozen=True)
class Bounds:
    """Per target: least and greatest value, and the position in METHODS."""

    low: Vector
    high: Vector
    method: NDArray[np.int64]


def bound(programme: Programme, targets: sparse.csr_matrix) -> Bounds:
    """Bounds of each target (a row of 0 and 1 over the whole-numbered columns).

    Raises: NoTableFits.
    """
    programme = tighten(programme)
    # Where all columns can be at one end together, every sum is bounded by the sum of
    # the ends: nothing is left to solve.
    parts = [part for part in components(programme) if not part.box_is_attained()]
    boxed = np.ones(len(programme.low), dtype=bool)
    for part in parts:
        boxed[part.columns] = False
    # A target reaches into several parts. These share no row, so its bounds are the sum
    # of those of its pieces.
    low = targets[:, boxed] @ programme.low[boxed]
    high = _sums(targets[:, boxed], programme.high[boxed])
    method = np.zeros(targets.shape[0], dtype=np.int64)
    for part in parts:
        inside = sparse.csr_matrix(targets[:, part.columns])
        held = np.flatnonzero(np.diff(inside.indptr))
        wanted, which = _distinct(inside[held])
        least, most, how = _bound_inside(part, wanted)
        low[held] += least[which]
        high[held] += most[which]
        # METHODS stand in the order of trust: the least certain piece is named.
        method[held] = np.maximum(method[held], how[which])
    return Bounds(low, high, method)


def bound_parts(
    programme: Programme, targets: sparse.csr_matrix
) -> tuple[Bounds, NDArray[np.bool_], list[int]]:
    """As `bound`, where contradictions leave the targets that they do not touch.

    Which targets have bounds, and the rows that contradict each other in the others.
    """
    fits = np.ones(targets.shape[0], dtype=bool)
    broken: list[int] = []
    part: NDArray[np.int32] | None = None
    while True:
        try:
            return bound(programme, targets), fits, broken
        except NoTableFits as contradiction:
            broken += contradiction.rows
            # Once is enough: a row that is struck out loses its ends, not its columns.
            part = connected(programme.matrix) if part is None else part
            rows, columns = np.split(part, [programme.matrix.shape[0]])
            bad = np.unique(rows[contradiction.rows])
            fits &= ~(targets @ np.isin(columns, bad).astype(float) > 0)
            # The rows of these parts say nothing more, so the others can be bounded.
            programme = without_rows(programme, np.isin(rows, bad))


def _bound_inside(
    part: Component, targets: sparse.csr_matrix
) -> tuple[Vector, Vector, NDArray[np.int64]]:
    """Least and greatest value of each target, and how it was found."""
    search = _Search(part, targets)
    search.run_linear()
    search.run_faces()
    if len(part.columns) <= LARGEST_INTEGER:
        search.run_integer()
    # A bound that some whole table attains is exact on that side.
    proven = (search.outer == search.attained).all(axis=0)
    return search.outer[0], -search.outer[1], np.where(proven, 1, 2)


class _Search:
    """`outer`: proven bounds, `attained`: values that some whole table reaches.

    Row 0 minimises each target, row 1 its negative: both only ever minimise.
    """

    def __init__(self, part: Component, targets: sparse.csr_matrix) -> None:
        self.part = part
        self.signed = (targets, -targets)
        low, high = part.programme.low, part.programme.high
        self.outer = np.vstack([targets @ low, -_sums(targets, high)])
        self.attained = np.full((2, targets.shape[0]), INFINITY)

    def run_linear(self) -> None:
        solver = Solver(self.part.programme)
        # min t x and min -t x subject to the rows: one matrix and many objectives, so
        # the basis of the target before is feasible for the next one.
        for side, target in self._open():
            answer = solver.minimise(self._cost(side, target))
            if answer.status == "infeasible":
                raise NoTableFits(self.part.rows.tolist())
            if answer.status == "unbounded":
                self._settle(side, target, -INFINITY)
            elif answer.status == "optimal":
                self._learn(side, target, answer.value, answer.x)

    def run_faces(self) -> None:
        """Look for whole tables among the optimal ones of a linear programme.

        An optimum can be fractional while others beside it are whole; a random
        objective on the same face finds one nearly always, and cheaply.
        """
        solver, draw = Solver(self.part.programme), np.random.default_rng(0)
        for side, target in self._open():
            # t x <= outer holds x on the face where the target is at its bound.
            row = self.signed[side][[target]]
            solver.add_row(-INFINITY, self.outer[side, target], row.indices, row.data)
            for _ in range(TRIES_PER_FACE):
                if self.attained[side, target] > self.outer[side, target]:
                    answer = solver.minimise(draw.random(len(self.part.columns)))
                    if answer.status == "optimal":
                        self._learn(side, target, -INFINITY, answer.x)
            solver.drop_last_row()

    def run_integer(self) -> None:
        solver: Solver | None = None
        whole = np.ones(len(self.part.columns), dtype=bool)
        for side, target in self._open():
            solver = solver or Solver(self.part.programme, integer=whole)
            answer = solver.minimise(self._cost(side, target))
            if answer.status == "infeasible":
                raise NoTableFits(self.part.rows.tolist())
            if answer.status == "optimal":
                self._learn(side, target, answer.bound, answer.x)

    def _open(self) -> Iterator[tuple[int, int]]:
        for side in (0, 1):
            for target in range(self.outer.shape[1]):
                if self.attained[side, target] > self.outer[side, target]:
                    yield side, target

    def _cost(self, side: int, target: int) -> Vector:
        targets, cost = self.signed[side], np.zeros(len(self.part.columns))
        own = slice(*targets.indptr[target : target + 2])
        cost[targets.indices[own]] = targets.data[own]
        return cost

    def _settle(self, side: int, target: int, value: float) -> None:
        self.outer[side, target] = self.attained[side, target] = value

    def _learn(self, side: int, target: int, value: float, x: Vector) -> None:
        # Counts are whole: a bound of 1.3 is one of 2. Rounded up less what the solver
        # may be off, so that it is never higher than the truth.
        least = np.ceil(value - TOLERANCE * max(1.0, abs(value)))
        self.outer[side, target] = max(self.outer[side, target], least)
        table = self.part.whole(x)
        if table is not None:
            # A whole table that fits says of every target what is reached at least, not
            # of its own alone: most need no search of their own.
            for sign in (0, 1):
                reached = self.signed[sign] @ table
                self.attained[sign] = np.minimum(self.attained[sign], reached)


def _sums(targets: sparse.csr_matrix, values: Vector) -> Vector:
    """`targets @ values` for values that may be infinite."""
    endless = np.isinf(values)
    sums = targets @ np.where(endless, 0.0, values)
    sums[(targets @ endless.astype(float)) > 0] = INFINITY
    return np.asarray(sums)


def _distinct(
    targets: sparse.csr_matrix,
) -> tuple[sparse.csr_matrix, NDArray[np.intp]]:
    """Each different target once, and for every target which one it is."""
    targets.sort_indices()
    starts = targets.indptr
    place_of: dict[bytes, int] = {}
    first: list[int] = []
    which = np.empty(targets.shape[0], dtype=np.intp)
    for row in range(targets.shape[0]):
        key = targets.indices[starts[row] : starts[row + 1]].tobytes()
        if key not in place_of:
            place_of[key] = len(first)
            first.append(row)
        which[row] = place_of[key]
    return targets[first], which
