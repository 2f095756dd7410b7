"""What is to be rounded: which counts may change, what is settled, in which order."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sdctables.cells.order import canonical_order
from sdctables.errors import DisclosureError
from sdctables.rounding.chance import drawn
from sdctables.rounding.model import Clock, RoundingModel, finished
from sdctables.rounding.rows import Counts, Groups, Rows, collapse
from sdctables.rounding.search import Rounded, search
from sdctables.rounding.thresholds import Thresholds
from sdctables.solver import Solver

Describe = Callable[[int, int], str]


class RoundingProgramme:
    """Rounds `counts` (in the order of their names) with all margins at once.

    `margins`: for each margin the number of the cell a count belongs to; the last
    `exact` of them are to be hit, larger counts moving by `shift` at most. `describe`
    names a cell of a margin in a message. `thresholds` and, of larger counts, `moved`:
    what is settled already; `chance`: the share of the others that chance settles.
    `needed`: which of the small counts are to be rounded at all.
    """

    def __init__(
        self,
        counts: Counts,
        margins: Sequence[Groups],
        base: int,
        *,
        exact: int = 0,
        shift: int = 0,
        thresholds: Thresholds,
        moved: Counts,
        chance: float = 0.0,
        needed: NDArray[np.bool_],
        describe: Describe,
    ) -> None:
        self.counts, self.margins, self.base = counts, margins, base
        self.exact, self.shift, self.describe = exact, shift, describe
        self.thresholds, self.chance = thresholds, chance
        # Below the base a threshold decides, from it on only a move.
        self.settled = np.where(counts < base, thresholds.settled(counts), moved)
        self.small = np.flatnonzero((counts > 0) & (counts < base) & needed)

    def solve(self, *, gap: float, seconds: float, seed: int) -> Rounded:
        # One clock for all steps: what the first ones take is gone for the search.
        clock = Clock(seconds)
        # Nothing to round: each count stays, and so does each sum.
        if not len(self.small):
            return Rounded(self.counts.copy(), 0.0, 0, True, False, 0, 0, clock.passed)
        movable, moves = self._movable(clock)
        rows = collapse(self.counts, self.margins, self.exact, self.small, movable)
        changeable = np.concatenate([self.small, movable])
        order, row_order = self._canonical(rows, changeable)
        changeable = changeable[order]
        model = RoundingModel(
            rows.reordered(order, row_order),
            self.counts[changeable],
            self.base,
            # By chance larger counts may move farther than they need.
            None if self.chance else moves,
            settled=self.settled[changeable],
            shift=self.shift,
        )
        thresholds = self.thresholds.at(changeable)
        draws = drawn(model, thresholds, chance=self.chance, seed=seed)
        rounded = search(model, draws, clock, gap, seed)
        published = self.counts.copy()
        published[changeable] = rounded.published
        moved = int(np.abs(published - self.counts)[movable].sum())
        return replace(rounded, published=published, moved=moved, seconds=clock.passed)

    def _canonical(
        self, rows: Rows, changeable: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        large = np.arange(len(changeable)) >= rows.small
        # Kinds are pairs in one number: weight and exactness; count and what is
        # settled, which is 0 here where that is open.
        row_kinds = np.rint(rows.weight * 1e6).astype(np.int64) * 2 + rows.exact
        counts, settled = self.counts[changeable], self.settled[changeable]
        kinds = counts * (self.counts.max() + self.base + 2) + settled + 1
        cells, order = canonical_order(rows.support, kinds, row_kinds)
        # Small counts stay in front of the movable ones.
        return cells[np.argsort(large[cells], kind="stable")], order

    def _movable(self, clock: Clock) -> tuple[NDArray[np.intp], int]:
        """Larger counts that may move to hit the exact margins, and how far in all.

        Only if they must; but where chance rounds some of the small counts they may
        always, or that none has moved would tell how those were rounded.
        """
        none = np.array([], dtype=np.intp)
        if not self.exact:
            return none, 0
        if not self.chance and _least_moves(self._exact_model(none), clock) is not None:
            return none, 0
        # All that are large are asked; the programme moves the fewest cases.
        large = np.flatnonzero(self.counts >= self.base)
        model = self._exact_model(large)
        moves = _least_moves(model, clock)
        if moves is None:
            raise self._cannot_hit(model, clock)
        return large, moves

    def _exact_model(self, movable: NDArray[np.intp]) -> RoundingModel:
        # The exact margins stand last; errors of the others cannot make them
        # impossible.
        margins = self.margins[len(self.margins) - self.exact :]
        rows = collapse(self.counts, margins, self.exact, self.small, movable)
        changeable = np.concatenate([self.small, movable])
        return RoundingModel(
            rows,
            self.counts[changeable],
            self.base,
            None,
            settled=self.settled[changeable],
            shift=self.shift,
        )

    def _cannot_hit(self, model: RoundingModel, clock: Clock) -> DisclosureError:
        missed = model.least_misses(clock)
        number = int(np.flatnonzero(missed)[0])
        margin, cell = model.rows.source[number]
        # The model knew the exact margins alone, which stand last among all.
        margin += len(self.margins) - self.exact
        wanted = int(self.counts[self.margins[margin] == cell].sum())
        others = np.count_nonzero(missed) - 1
        more = f" ({others} more cells cannot be hit either)" if others else ""
        return DisclosureError(
            f"exact margin {self.describe(margin, cell)}: {wanted} cannot be hit with "
            f"base {self.base} and moves of {self.shift}; the nearest achievable "
            f"count is {wanted + int(missed[number])}{more}. Leave this margin out of "
            "exact, or choose another base."
        )


def _least_moves(model: RoundingModel, clock: Clock) -> int | None:
    """The fewest cases that larger counts must move; None if exact cannot be hit."""
    programme = model.programme(None)
    cost = np.zeros(len(programme.low))
    # min sum of up + sum of down; what the small counts become costs nothing here.
    cost[model.small : model.fixed] = 1
    solver = Solver(programme, integer=model.integers(len(cost)))
    answer = solver.minimise(cost, seconds=clock.left)
    if answer.status == "infeasible":
        return None
    return round(finished(answer, clock).value)
