"""The integer programme that chooses which small counts are rounded up.

For each small count a binary z says whether it becomes the base; for each margin row
e is its error. With k small counts up, the error |base k - target| is a convex function
of the whole number k, and its three lines (the two slopes and the chord over the kink)
are given to the solver. Without the chord a linear relaxation sees no error at all;
with it the bound is tight and the search is short.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from qadaya.errors import DisclosureError
from qadaya.tables.canonical import canonical_order
from qadaya.tables.rounding_rows import Counts, Groups, Rows, collapse
from qadaya.tables.solver import INFINITY, Answer, Programme, Solver, Vector

# A cap that is neither reached nor refuted within this many nodes is given up. Nodes,
# not seconds: the answer must not depend on the machine.
NODES_PER_CAP = 20_000
# Shares of the allowed gap that go to the secret weights and to the search.
PERTURBED, SCATTERED, SEARCHED = 0.2, 0.2, 0.5

Describe = Callable[[int, int], str]


@dataclass(frozen=True)
class Rounded:
    """`published`: every inner count after rounding, in the order of the counts."""

    published: Counts
    gap: float
    cap: int
    proven: bool
    rounded: int
    moved: int
    largest_move: int
    seconds: float


class RoundingProgramme:
    """Rounds `counts` (in the order of their names) with all margins at once.

    `margins`: for each margin the number of the cell a count belongs to; the last
    `exact` of them are to be hit. `describe` names a cell of a margin in a message.
    """

    def __init__(
        self,
        counts: Counts,
        margins: Sequence[Groups],
        base: int,
        *,
        exact: int = 0,
        describe: Describe,
    ) -> None:
        self.counts, self.margins, self.base = counts, margins, base
        self.exact, self.describe = exact, describe
        self.small = np.flatnonzero((counts > 0) & (counts < base))

    def solve(self, *, gap: float, seconds: float, seed: int) -> Rounded:
        clock = _Clock(seconds)
        if not len(self.small):
            return Rounded(self.counts.copy(), 0.0, 0, True, 0, 0, 0, clock.passed)
        movable, moves = self._movable(clock)
        rows = collapse(self.counts, self.margins, self.exact, self.small, movable)
        changeable = np.concatenate([self.small, movable])
        order, row_order = self._canonical(rows, changeable)
        changeable = changeable[order]
        model = _Model(
            rows.reordered(order, row_order), self.counts[changeable], self.base, moves
        )
        choice, found, cap, proven = _search(model, clock, gap, seed)
        published = self.counts.copy()
        published[changeable] = choice
        shift = np.abs(published - self.counts)[movable]
        return Rounded(
            published,
            found,
            cap,
            proven,
            len(self.small),
            int(shift.sum()),
            int(shift.max(initial=0)),
            clock.passed,
        )

    def _canonical(
        self, rows: Rows, changeable: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        large = np.arange(len(changeable)) >= rows.small
        row_kinds = np.rint(rows.weight * 1e6).astype(np.int64) * 2 + rows.exact
        cells, order = canonical_order(rows.support, self.counts[changeable], row_kinds)
        # Small counts stay in front of the movable ones.
        return cells[np.argsort(large[cells], kind="stable")], order

    def _movable(self, clock: "_Clock") -> tuple[NDArray[np.intp], int]:
        """Larger counts that must move to hit the exact margins, and how far in all."""
        none = np.array([], dtype=np.intp)
        if not self.exact:
            return none, 0
        if _least_moves(self._exact_model(none), clock) is not None:
            return none, 0
        large = np.flatnonzero(self.counts >= self.base)
        model = self._exact_model(large)
        moves = _least_moves(model, clock)
        if moves is None:
            raise self._cannot_hit(model, clock)
        return large, moves

    def _exact_model(self, movable: NDArray[np.intp]) -> "_Model":
        margins = self.margins[len(self.margins) - self.exact :]
        rows = collapse(self.counts, margins, self.exact, self.small, movable)
        counts = self.counts[np.concatenate([self.small, movable])]
        return _Model(rows, counts, self.base, None)

    def _cannot_hit(self, model: "_Model", clock: "_Clock") -> DisclosureError:
        missed = model.least_misses(clock)
        number = int(np.flatnonzero(missed)[0])
        margin, cell = model.rows.source[number]
        margin += len(self.margins) - self.exact
        wanted = int(self.counts[self.margins[margin] == cell].sum())
        others = np.count_nonzero(missed) - 1
        more = f" ({others} more cells cannot be hit either)" if others else ""
        return DisclosureError(
            f"exact margin {self.describe(margin, cell)}: {wanted} cannot be hit with "
            f"base {self.base}; the nearest achievable count is "
            f"{wanted + int(missed[number])}{more}. Leave this margin out of exact, or "
            "choose another base."
        )


class _Clock:
    def __init__(self, limit: float) -> None:
        self._began, self.limit = time.perf_counter(), limit

    @property
    def passed(self) -> float:
        return time.perf_counter() - self._began

    @property
    def left(self) -> float:
        left = self.limit - self.passed
        if left <= 0:
            raise self.too_short("no rounding is proven good enough yet")
        return left

    def too_short(self, state: str) -> DisclosureError:
        return DisclosureError(
            f"rounding: time limit of {self.limit:g} s is too short; {state}. Allow "
            "more time or a wider gap."
        )


class _Model:
    """Columns: z of each small count, moves up and down, the error of each row."""

    def __init__(
        self, rows: Rows, counts: Counts, base: int, moves: int | None
    ) -> None:
        self.rows, self.counts, self.base, self.moves = rows, counts, base, moves
        self.small = rows.small
        self.large = len(counts) - rows.small
        support, moved = rows.support[:, : rows.small], rows.support[:, rows.small :]
        self.net = sparse.hstack([support * base, moved, -moved]).tocsr()
        self.support = support
        self.fixed = self.net.shape[1]

    def least_errors(self) -> Counts:
        """For each row the least error it could have if it stood alone."""
        rest = self.rows.target % self.base
        return np.where(self.rows.rigid, np.minimum(rest, self.base - rest), 0)

    def programme(self, cap: int | None) -> Programme:
        rows, errors = self.rows, len(self.rows)
        eye = sparse.identity(errors, format="csr")
        rest = rows.target % self.base
        chord = np.where(rows.rigid & (rest > 0), self.base - 2 * rest, 0)
        kinked = np.flatnonzero(rows.rigid & (rest > 0))
        start = rest - (rows.target // self.base) * chord
        slope = sparse.diags(chord.astype(float)) @ self.support
        slope.resize((errors, self.fixed))
        slack = np.where(rows.capped, INFINITY if cap is None else cap, INFINITY)
        slack = np.where(rows.exact, 0, slack)
        blocks = [
            (sparse.hstack([-self.net, eye]), -rows.target, None),
            (sparse.hstack([self.net, eye]), rows.target, None),
            (sparse.hstack([-slope, eye]).tocsr()[kinked], start[kinked], None),
            (self._widened(self.net), rows.target - slack, rows.target + slack),
        ]
        if self.moves is not None and self.large:
            total = np.zeros((1, self.fixed))
            total[0, self.small :] = 1
            blocks.append((self._widened(total), np.array([0]), np.array([self.moves])))
        return self._stack(blocks, errors)

    def _widened(self, matrix: object) -> sparse.csr_matrix:
        wide = sparse.csr_matrix(matrix)
        wide.resize((wide.shape[0], self.fixed + len(self.rows)))
        return wide

    def _stack(self, blocks: list, errors: int) -> Programme:
        matrix = sparse.vstack([block[0] for block in blocks]).tocsr()
        low = np.concatenate([block[1] for block in blocks]).astype(float)
        high = [
            np.full(len(block[1]), INFINITY) if block[2] is None else block[2]
            for block in blocks
        ]
        down = self.counts[self.small :] - self.base
        column_high = np.concatenate(
            [
                np.ones(self.small),
                np.full(self.large, INFINITY),
                down,
                np.full(errors, INFINITY),
            ]
        )
        return Programme(
            matrix,
            low,
            np.concatenate(high).astype(float),
            np.zeros(len(column_high)),
            column_high.astype(float),
        )

    def integers(self, columns: int) -> NDArray[np.bool_]:
        return np.arange(columns) < self.fixed

    def choice(self, x: Vector) -> Counts:
        """What each changeable count becomes."""
        whole = np.rint(x[: self.fixed]).astype(np.int64)
        z, up, down = np.split(whole, [self.small, self.small + self.large])
        large = self.counts[self.small :] + up - down
        return np.concatenate([self.base * z, large])

    def error(self, choice: Counts) -> float:
        change = self.rows.support @ (choice - self.counts)
        return float(self.rows.weight @ np.abs(change))

    def least_misses(self, clock: _Clock) -> Counts:
        """By how much each exact row is missed when the sum of misses is least."""
        count = len(self.rows)
        eye = sparse.identity(count)
        matrix = sparse.hstack([self.net, eye, -eye]).tocsr()
        target = self.rows.target.astype(float)
        down = self.counts[self.small :] - self.base
        high = np.concatenate(
            [
                np.ones(self.small),
                np.full(self.large, INFINITY),
                down,
                np.full(2 * count, INFINITY),
            ]
        )
        programme = Programme(matrix, target, target, np.zeros(len(high)), high)
        cost = (np.arange(len(high)) >= self.fixed).astype(float)
        solver = Solver(programme, integer=self.integers(len(high)))
        answer = _finished(solver.minimise(cost, seconds=clock.left), clock)
        below, above = np.split(np.rint(answer.x[self.fixed :]), 2)
        return (above - below).astype(np.int64)


def _least_moves(model: _Model, clock: _Clock) -> int | None:
    """The fewest cases that larger counts must move; None if exact cannot be hit."""
    programme = model.programme(None)
    cost = np.zeros(len(programme.low))
    cost[model.small : model.fixed] = 1
    solver = Solver(programme, integer=model.integers(len(cost)))
    answer = solver.minimise(cost, seconds=clock.left)
    if answer.status == "infeasible":
        return None
    return round(_finished(answer, clock).value)


def _search(
    model: _Model, clock: _Clock, gap: float, seed: int
) -> tuple[Counts, float, int, bool]:
    """Raise the cap until it can be kept, then come within the gap of the best sum."""
    cost, perturbed, scattered = _secret_cost(model, gap, seed)
    cap = int(model.least_errors()[model.rows.capped].max(initial=0))
    proven = True
    while True:
        programme = model.programme(cap)
        solver = Solver(programme, integer=model.integers(len(cost)))
        share = SEARCHED * gap
        answer = solver.minimise(
            cost, gap=share, seconds=clock.left, nodes=NODES_PER_CAP
        )
        if answer.status == "limit" and len(answer.x):
            answer = solver.minimise(
                cost, gap=share, seconds=clock.left, start=answer.x
            )
        if len(answer.x):
            break
        proven = proven and answer.status == "infeasible"
        cap += 1
    choice = model.choice(answer.x)
    least = max((answer.bound - scattered) / (1 + perturbed), 0.0)
    error = model.error(choice)
    found = max(error - least, 0.0) / error if error else 0.0
    if answer.status == "limit" or clock.passed > clock.limit:
        raise clock.too_short(f"gap reached {found:.1%}, asked {gap:.1%}")
    return choice, found, cap, proven


def _secret_cost(model: _Model, gap: float, seed: int) -> tuple[Vector, float, float]:
    """Weights moved within the gap, so that no one can recompute the answer."""
    draw = np.random.default_rng(seed)
    rows, small = model.rows, model.small
    perturbed = PERTURBED * gap
    scattered = SCATTERED * gap * float(rows.weight @ model.least_errors())
    # Never nothing, so that equal answers are told apart even at a gap of 0; and less
    # than one case of error, which weighs at least 1.
    scattered = max(scattered, min(SCATTERED * gap, 1e-3), 1e-4)
    cost = np.zeros(model.fixed + len(rows))
    cost[:small] = draw.random(small) * scattered / small
    cost[model.fixed :] = rows.weight * (1 + perturbed * draw.random(len(rows)))
    return cost, perturbed, scattered


def _finished(answer: Answer, clock: _Clock) -> Answer:
    if answer.status != "optimal":
        raise clock.too_short("no rounding is found yet")
    return answer
