"""The integer programme of a rounding: one column per small count, one row per margin.

For each small count a binary z says whether it becomes the base; for each margin row e
is its error. With k small counts up, the error |base k - target| is a convex function
of the whole number k, and its three lines (the two slopes and the chord over the kink)
are given to the solver. Without the chord a linear relaxation sees no error at all;
with it the bound is tight and the search is short.

Where it is settled what a count becomes, by an earlier edition or by chance, its column
has one value only; the other columns make up for it.
"""

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.errors import DisclosureError
from sdctables.rounding.rows import Counts, Rows
from sdctables.solver import INFINITY, Answer, Programme, Solver, Vector

# What a count is published as while that is to be found.
OPEN = -1


class OutOfTime(DisclosureError):
    """The time limit came before any rounding was found."""


class Clock:
    def __init__(self, limit: float) -> None:
        self._began, self.limit = time.perf_counter(), limit

    @property
    def passed(self) -> float:
        return time.perf_counter() - self._began

    @property
    def is_over(self) -> bool:
        return self.passed >= self.limit

    @property
    def rest(self) -> float:
        """Seconds that are left, never none: a solver told 0 would not begin."""
        return max(self.limit - self.passed, 1e-3)

    @property
    def left(self) -> float:
        left = self.limit - self.passed
        if left <= 0:
            raise self.too_short("no rounding is found yet")
        return left

    def too_short(self, state: str) -> "OutOfTime":
        return OutOfTime(
            f"rounding: time limit of {self.limit:g} s is too short; {state}. Allow "
            "more time or a wider gap."
        )


class RoundingModel:
    """Columns: z of each small count, moves up and down, the error of each row."""

    def __init__(
        self,
        rows: Rows,
        counts: Counts,
        base: int,
        moves: int | None,
        *,
        settled: Counts,
        shift: int = 0,
    ) -> None:
        """`settled`: what each count is published as, OPEN where that is to be found.

        `shift`: how far a larger count may move, `moves`: how far all of them together.
        """
        self.rows, self.counts, self.base, self.moves = rows, counts, base, moves
        self.small, self.shift, self.settled = rows.small, shift, settled
        self.large = len(counts) - rows.small
        support, moved = rows.support[:, : rows.small], rows.support[:, rows.small :]
        # net @ (z, up, down) = base (sum of z) + sum of up - sum of down: what a row is
        # published with beyond its larger counts. Less the target it is the error.
        self.net = sparse.hstack([support * base, moved, -moved]).tocsr()
        self.support = support
        self.fixed = self.net.shape[1]

    def least_errors(self) -> Counts:
        """For each row the least error it could have if it stood alone."""
        rest = self.rows.target % self.base
        # The multiples of the base beside the target are `rest` below and `base - rest`
        # above it; a row in which a larger count may move can be hit.
        return np.where(self.rows.rigid, np.minimum(rest, self.base - rest), 0)

    def settled_errors(self) -> Counts:
        """For each row the least error that its settled counts leave it."""
        settled = self.settled[: self.small]
        up = np.rint(self.support @ (settled == self.base)).astype(np.int64)
        free = np.rint(self.support @ (settled == OPEN)).astype(np.int64)
        # |base k - target| with k between the counts that are up and those that may be.
        k = np.clip(self.rows.target // self.base, up, up + free)
        nearest = [np.minimum(k + more, up + free) for more in (0, 1)]
        errors = [np.abs(self.base * k_near - self.rows.target) for k_near in nearest]
        return np.where(self.rows.rigid, np.minimum(*errors), 0)

    def programme(self, caps: Vector | None) -> Programme:
        rows, errors = self.rows, len(self.rows)
        eye = sparse.identity(errors, format="csr")
        rest = rows.target % self.base
        # From k = target // base to k + 1 the error goes from rest to base - rest. With
        # a rest of 0 the kink is at a whole k, and the two slopes say it all.
        chord = np.where(rows.rigid & (rest > 0), self.base - 2 * rest, 0)
        kinked = np.flatnonzero(rows.rigid & (rest > 0))
        start = rest - (rows.target // self.base) * chord
        slope = sparse.diags(chord.astype(float)) @ self.support
        slope.resize((errors, self.fixed))
        slack = np.full(errors, INFINITY) if caps is None else caps
        slack = np.where(rows.exact, 0, slack)
        # With k = support @ z and e the error, one row each:
        #     e >= base k - target, e >= target - base k     the two slopes
        #     e >= rest + chord (k - target // base)         the line over the kink
        #     |base k - target| <= slack                     the cap, 0 where exact
        # The chord is that of the two whole k beside target / base: at them it is the
        # error itself, and below it between them there is no whole k.
        blocks = [
            (sparse.hstack([-self.net, eye]), -rows.target, None),
            (sparse.hstack([self.net, eye]), rows.target, None),
            (sparse.hstack([-slope, eye]).tocsr()[kinked], start[kinked], None),
            (self._widened(self.net), rows.target - slack, rows.target + slack),
        ]
        if self.moves is not None and self.large:
            # sum of up + sum of down <= moves, the fewest that hit the exact margins
            total = np.zeros((1, self.fixed))
            total[0, self.small :] = 1
            blocks.append((self._widened(total), np.array([0]), np.array([self.moves])))
        return self._stack(blocks, errors)

    def _widened(self, matrix: object) -> sparse.csr_matrix:
        wide = sparse.csr_matrix(matrix)
        wide.resize((wide.shape[0], self.fixed + len(self.rows)))
        return wide

    def _stack(self, blocks: list[Any], errors: int) -> Programme:
        matrix = sparse.vstack([block[0] for block in blocks]).tocsr()
        low = np.concatenate([block[1] for block in blocks]).astype(float)
        high = [
            np.full(len(block[1]), INFINITY) if block[2] is None else block[2]
            for block in blocks
        ]
        column_low, column_high = self.column_bounds(errors)
        return Programme(
            matrix, low, np.concatenate(high).astype(float), column_low, column_high
        )

    def column_bounds(self, errors: int) -> tuple[Vector, Vector]:
        """z is 0 or 1, if settled one of them; a larger count stays at the base."""
        settled = self.settled[: self.small]
        z = (settled == self.base).astype(float)
        z_high = np.where(settled == OPEN, 1.0, z)
        count, settled = self.counts[self.small :], self.settled[self.small :]
        # A settled larger count has one value of up - down: the way it went.
        up, down = np.maximum(settled - count, 0), np.maximum(count - settled, 0)
        free = settled == OPEN
        up_high = np.where(free, self.shift, up)
        # count - down >= base: below it, it would read as one that was small.
        down_high = np.where(free, np.minimum(count - self.base, self.shift), down)
        low = [z, np.where(free, 0, up), np.where(free, 0, down), np.zeros(errors)]
        high = [z_high, up_high, down_high, np.full(errors, INFINITY)]
        return np.concatenate(low).astype(float), np.concatenate(high).astype(float)

    def with_settled(self, more: Counts) -> "RoundingModel":
        """The model in which these counts are settled as well."""
        settled = np.where(self.settled == OPEN, more, self.settled)
        return RoundingModel(
            self.rows,
            self.counts,
            self.base,
            self.moves,
            settled=settled,
            shift=self.shift,
        )

    def integers(self, columns: int) -> NDArray[np.bool_]:
        return np.asarray(np.arange(columns) < self.fixed)

    def choice(self, x: Vector) -> Counts:
        """What each changeable count becomes."""
        whole = np.rint(x[: self.fixed]).astype(np.int64)
        z, up, down = np.split(whole, [self.small, self.small + self.large])
        large = self.counts[self.small :] + up - down
        return np.concatenate([self.base * z, large])

    def error(self, choice: Counts) -> float:
        change = self.rows.support @ (choice - self.counts)
        return float(self.rows.weight @ np.abs(change))

    def least_misses(self, clock: Clock) -> Counts:
        """By how much each exact row is missed when the sum of misses is least."""
        count = len(self.rows)
        eye = sparse.identity(count)
        # net @ x + below - above = target; least is the sum of below and above.
        matrix = sparse.hstack([self.net, eye, -eye]).tocsr()
        target = self.rows.target.astype(float)
        low, high = self.column_bounds(2 * count)
        programme = Programme(matrix, target, target, low, high)
        cost = (np.arange(len(high)) >= self.fixed).astype(float)
        solver = Solver(programme, integer=self.integers(len(high)))
        answer = finished(solver.minimise(cost, seconds=clock.left), clock)
        below, above = np.split(np.rint(answer.x[self.fixed :]), 2)
        return np.asarray(above - below, dtype=np.int64)


def finished(answer: Answer, clock: Clock) -> Answer:
    """Raises: DisclosureError when the time was up before the optimum."""
    if answer.status != "optimal":
        raise clock.too_short("no rounding is found yet")
    return answer
