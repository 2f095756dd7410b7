"""Searches for the rounding: the least caps that can be kept, then the best sum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sdctables.rounding.chance import Draws, follow
from sdctables.rounding.model import Clock, OutOfTime, RoundingModel
from sdctables.rounding.parts import round_in_parts
from sdctables.rounding.rows import Counts
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


def search(
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
    parted = round_in_parts(
        model,
        draws,
        clock,
        gap=gap,
        spread=PERTURBED * gap,
        scatter=SCATTERED * gap,
        seed=seed,
    )
    proven = parted.proven and not draws.any
    return _rounded(model, parted.choice, parted.least, proven=proven, cut=parted.cut)


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
        # The caps can be kept: what is left is to come nearer, for as long as there is.
        if answer.status == "limit" and len(answer.x) and not clock.is_over:
            answer = solver.minimise(
                cost, gap=share, seconds=clock.rest, start=answer.x
            )
        if len(answer.x):
            break
        # Infeasible: no rounding keeps these caps. Nothing found by the limit:
        # unproven.
        proven = proven and answer.status == "infeasible"
    # The solver's bound holds for the secret cost, and for any rounding
    #     secret cost <= (1 + perturbed) public cost + scattered
    # so the least public cost is no less than this:
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
        # A sum alone is never farther than half a base from a multiple of it.
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
    # All counts together come to less than `scattered`.
    cost[:small] = draw.random(small) * scattered / small
    cost[model.fixed :] = rows.weight * (1 + perturbed * draw.random(len(rows)))
    return cost, perturbed, scattered
