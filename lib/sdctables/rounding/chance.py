"""What chance settles before the programme makes the best of the rest.

The programme alone is a function of the true counts: who has its code can try every
table that might be the true one, and strike out those that it would round otherwise. So
a share of the small counts, drawn by the secret seed, gets thresholds by chance and is
rounded by them as far as the caps on the errors allow. All of them might be drawn, with
any thresholds: so each rounding within the caps can come of each true table.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdctables.rounding.model import OPEN, Clock, RoundingModel
from sdctables.rounding.rows import Counts
from sdctables.rounding.thresholds import Thresholds
from sdctables.solver import Solver, Vector

# How often the first cap on the errors is base - 1; else it is more. Were it always the
# same, a reader would know that no rounding is farther off.
USUAL_ROOM = 0.9
# To find the draws that can be followed is half the work; more of it changes little.
NODES, GAP = 200, 0.1


@dataclass(frozen=True)
class Draws:
    """`becomes`: what chance makes of each changeable count, OPEN where it has no say.

    `room`: the cap on errors under which its say is followed.
    """

    becomes: Counts
    room: int

    @property
    def any(self) -> bool:
        return bool((self.becomes != OPEN).any())


def drawn(
    model: RoundingModel, thresholds: Thresholds, *, chance: float, seed: int
) -> Draws:
    """The draws of a seed; those of larger counts are where they move to.

    They go by the order of the model, so that no name decides.
    """
    draw = np.random.default_rng([seed, 1])
    size, small = len(model.counts), model.small
    by_threshold = thresholds.drawn(model.counts, draw)[:small]
    # All are drawn and then some taken, so that the draws of one count do not hang on
    # which of the others were taken.
    becomes = np.concatenate([by_threshold, _moved(model, draw)])
    lots = (draw.random(size) < chance) & (model.settled == OPEN)
    # base - 1 with the usual share, one more with that share of the rest, and so on.
    room = model.base - 2 + int(draw.geometric(USUAL_ROOM))
    return Draws(np.where(lots, becomes, OPEN), room)


def _moved(model: RoundingModel, draw: np.random.Generator) -> Counts:
    large = model.counts[model.small :]
    # From count - shift to count + shift, and never below the base.
    least = np.maximum(large - model.shift, model.base)
    return draw.integers(least, large + model.shift + 1)


def follow(
    solver: Solver, model: RoundingModel, draws: Draws, clock: Clock
) -> Vector | None:
    """Settle in the solver what can be followed of the draws; a solution that does.

    None where there is nothing to follow, or nothing was found in time.
    """
    if not draws.any:
        return None
    if model.large and (x := _all_at_once(solver, model, draws, clock)) is not None:
        return x
    small = slice(0, model.small)
    wanted = draws.becomes[small]
    cost = np.zeros(solver.columns)
    # |z - draw| is z where the draw is 0, and 1 - z where it is the base.
    cost[small] = np.select([wanted == 0, wanted == model.base], [1, -1], 0)
    answer = solver.minimise(cost, gap=GAP, nodes=NODES, seconds=clock.left)
    if not len(answer.x):
        return None
    z = np.rint(answer.x[small])
    followed = (wanted != OPEN) & (z * model.base == wanted)
    # Held where it fell: what the programme optimises next are the other counts.
    for column in np.flatnonzero(followed).tolist():
        solver.set_column_bounds(column, z[column], z[column])
    return _with_fewest_moves(solver, model, answer.x, clock)


def _all_at_once(
    solver: Solver, model: RoundingModel, draws: Draws, clock: Clock
) -> Vector | None:
    """Every draw, those of larger counts as well; taken back where that cannot be."""
    low, high = model.column_bounds(solver.columns - model.fixed)
    settled_low, settled_high = model.with_settled(draws.becomes).column_bounds(
        solver.columns - model.fixed
    )
    columns = np.flatnonzero((settled_low != low) | (settled_high != high)).tolist()
    for column in columns:
        solver.set_column_bounds(column, settled_low[column], settled_high[column])
    answer = solver.minimise(np.zeros(solver.columns), nodes=NODES, seconds=clock.left)
    if len(answer.x):
        return answer.x
    for column in columns:
        solver.set_column_bounds(column, low[column], high[column])
    return None


def _with_fewest_moves(
    solver: Solver, model: RoundingModel, x: Vector, clock: Clock
) -> Vector:
    """Larger counts move as little as the exact margins and the draws need."""
    if not model.large:
        return x
    moves = np.arange(model.small, model.fixed)
    cost: NDArray[np.float64] = np.zeros(solver.columns)
    cost[moves] = 1
    answer = solver.minimise(cost, seconds=clock.left, start=x)
    if not len(answer.x):
        return x
    # sum of up + sum of down <= the fewest, in all that is solved from here on.
    solver.add_row(0, round(answer.value), moves, np.ones(len(moves)))
    return answer.x
