"""Searches for the rounding: moves that exact margins need, caps, then the sum."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sdctables.cells.order import canonical_order
from sdctables.errors import DisclosureError
from sdctables.rounding.chance import Draws, drawn, follow
from sdctables.rounding.model import Clock, OutOfTime, RoundingModel, finished
from sdctables.rounding.parts import round_in_parts
from sdctables.rounding.rows import Counts, Groups, Rows, collapse
from sdctables.rounding.thresholds import Thresholds
from sdctables.solver import INFINITY, Solver, Vector

# A cap that is neither reached nor refuted within this many nodes is given up. Nodes,
# not seconds: the answer must not depend on the machine.
NODES_PER_CAP = 20_000
# Rows of more entries than this are relaxed first and then solved in parts: one
# programme took 20 seconds for 14,542 entries in ten margins, and found nothing in 150
# for 20,000 in sixteen.
MOST_AT_ONCE = 15_000
COARSEST = 3
# Shares of the allowed gap that go to the secret weights and to the search.
PERTURBED, SCATTERED, SEARCHED = 0.2, 0.2, 0.5

Describe = Callable[[int, int], str]


@dataclass(frozen=True)
class Rounded:
    """`published`: every inner count after rounding, in the order of the counts.

    `proven`: no smaller cap can be kept; `cut`: the time limit ended the search.
    """

    published: Counts
    gap: float
    cap: int
    proven: bool
    cut: bool
    rounded: int
    moved: int
    seconds: float


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
        self.settled = np.where(counts < base, thresholds.settled(counts), moved)
        self.small = np.flatnonzero((counts > 0) & (counts < base) & needed)

    def solve(self, *, gap: float, seconds: float, seed: int) -> Rounded:
        clock = Clock(seconds)
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
            None if self.chance else moves,
            settled=self.settled[changeable],
            shift=self.shift,
        )
        thresholds = self.thresholds.at(changeable)
        draws = drawn(model, thresholds, chance=self.chance, seed=seed)
        found = _search(model, draws, clock, gap, seed)
        published = self.counts.copy()
        published[changeable] = found.published
        moved = int(np.abs(published - self.counts)[movable].sum())
        return replace(found, published=published, moved=moved, seconds=clock.passed)

    def _canonical(
        self, rows: Rows, changeable: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        large = np.arange(len(changeable)) >= rows.small
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
        large = np.flatnonzero(self.counts >= self.base)
        model = self._exact_model(large)
        moves = _least_moves(model, clock)
        if moves is None:
            raise self._cannot_hit(model, clock)
        return large, moves

    def _exact_model(self, movable: NDArray[np.intp]) -> RoundingModel:
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
    cost[model.small : model.fixed] = 1
    solver = Solver(programme, integer=model.integers(len(cost)))
    answer = solver.minimise(cost, seconds=clock.left)
    if answer.status == "infeasible":
        return None
    return round(finished(answer, clock).value)


def _search(
    model: RoundingModel, draws: Draws, clock: Clock, gap: float, seed: int
) -> Rounded:
    """By one programme; relaxed first where that is too large or takes too long."""
    alone = not model.large and not model.rows.exact.any()
    if alone and model.support.nnz > MOST_AT_ONCE:
        return _in_parts(model, draws, clock, gap, seed)
    try:
        return _at_once(model, draws, clock, gap, seed)
    except OutOfTime:
        if not alone:
            raise
        return replace(_in_parts(model, draws, clock, gap, seed), cut=True)


def _in_parts(
    model: RoundingModel, draws: Draws, clock: Clock, gap: float, seed: int
) -> Rounded:
    found = round_in_parts(
        model,
        draws,
        clock,
        gap=gap,
        spread=PERTURBED * gap,
        scatter=SCATTERED * gap,
        seed=seed,
    )
    proven = found.proven and not draws.any
    return _rounded(model, found.choice, found.least, proven=proven, cut=found.cut)


def _at_once(
    model: RoundingModel, draws: Draws, clock: Clock, gap: float, seed: int
) -> Rounded:
    """The first caps that can be kept; under them, within the gap of the best sum."""
    cost, perturbed, scattered = _secret_cost(model, gap, seed)
    proven = True
    settled = model.settled_errors()
    for caps in _ever_wider(model, draws):
        # A row whose settled counts leave it no better is no reason to widen all.
        programme = model.programme(np.maximum(caps, settled))
        solver = Solver(programme, integer=model.integers(len(cost)))
        start = follow(solver, model, draws, clock)
        share = SEARCHED * gap
        answer = solver.minimise(
            cost, gap=share, seconds=clock.left, nodes=NODES_PER_CAP, start=start
        )
        if answer.status == "limit" and len(answer.x) and not clock.is_over:
            answer = solver.minimise(
                cost, gap=share, seconds=clock.rest, start=answer.x
            )
        if len(answer.x):
            break
        proven = proven and answer.status == "infeasible"
    least = max((answer.bound - scattered) / (1 + perturbed), 0.0)
    cut = answer.status == "limit"
    return _rounded(model, model.choice(answer.x), least, proven=proven, cut=cut)


def _rounded(
    model: RoundingModel, choice: Counts, least: float, *, proven: bool, cut: bool
) -> Rounded:
    error = model.error(choice)
    gap = max(error - least, 0.0) / error if error else 0.0
    change = np.abs(model.rows.support @ (choice - model.counts))
    cap = int(change[model.rows.weight > 0].max(initial=0))
    return Rounded(choice, gap, cap, proven, cut, model.small, 0, 0.0)


def _ever_wider(model: RoundingModel, draws: Draws) -> Iterator[Vector]:
    """Caps on the error of each row, from what would be best to what always works.

    For each cap on all rows: first with the coarsest levels within half a base, which
    is what any sum can reach alone; then the total alone, if need be with one more case
    of error in the finer half of the levels. A total that is 2 off where it could be 1
    off is worse than a 3 instead of a 2 among many small sums. Where chance has a say
    the first cap leaves it room, and all levels alike.
    """
    level, half = model.rows.level, model.base // 2
    fine = level > level.max(initial=0) // 2
    free = np.where(model.rows.weight > 0, 0.0, INFINITY)
    cap = float(model.least_errors()[model.rows.weight > 0].max(initial=0))
    while draws.any:
        cap = max(cap, draws.room)
        yield free + cap
        cap += 1
    while True:
        near = np.minimum(cap, half)
        yield free + np.where(level < COARSEST, near, cap)
        yield free + np.where(level < 1, near, cap)
        yield free + np.where(level < 1, near, cap + fine)
        yield free + cap
        cap += 1


def _secret_cost(
    model: RoundingModel, gap: float, seed: int
) -> tuple[Vector, float, float]:
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
