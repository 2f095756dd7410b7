"""In a table too large for one programme: which of the draws of chance are followed.

A draw is left only where that takes an error nearer to the room; draws without any
error beyond it are followed to the last, so that each rounding within the room can come
out. How near the other counts can keep the sums is left for later.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sdctables.rounding.chance import Draws
from sdctables.rounding.exchange import Exchange, in_turn
from sdctables.rounding.model import OPEN, Clock, OutOfTime, RoundingModel
from sdctables.rounding.relaxed import TIE, relax
from sdctables.rounding.rows import Counts

Up = NDArray[np.bool_]
SWEEPS = 40
# What it costs to leave a draw, in units of what one case costs in a fine row: less
# than a case of error.
LEAVE = 0.3


def followed(
    model: RoundingModel, draws: Draws, clock: Clock, draw: np.random.Generator
) -> tuple[Up, Counts]:
    """Which counts are up when the draws are followed, and what that settles."""
    # First as if every draw were followed; then what that does to the errors is seen.
    settled = np.where(model.settled == OPEN, draws.becomes, model.settled)
    up = settled == model.base
    if not draws.any:
        return up, model.settled
    places = np.flatnonzero(model.settled == OPEN)
    wanted = draws.becomes[places]
    # |z - draw| up to a constant: z where the draw is 0, -z where it is the base.
    leave = np.select([wanted == 0, wanted == model.base], [1, -1], 0)
    rows = model.rows.of(places, up, model.base)
    # Errors cost nothing as long as they are within the room, which is the cap.
    no_weight = replace(rows, weight=np.zeros(len(rows)))
    own = leave + TIE * draw.random(len(places))
    try:
        relaxed = relax(no_weight, model.base, own, clock=clock, cap=draws.room)
    except OutOfTime:
        relaxed = None
    if relaxed is not None and relaxed.is_whole:
        up[places] = relaxed.up
    else:
        up = _followed_by_exchange(model, draws, settled, up, leave, draw)
    kept = (draws.becomes != OPEN) & (up == (draws.becomes == model.base))
    return up, np.where(kept & (model.settled == OPEN), draws.becomes, model.settled)


def _followed_by_exchange(
    model: RoundingModel,
    draws: Draws,
    settled: Counts,
    up: Up,
    leave: Counts,
    draw: np.random.Generator,
) -> Up:
    """As many draws as exchanges can keep; `leave`: what leaving each one costs."""
    others = np.flatnonzero(settled == OPEN)
    if len(others):
        rest = model.rows.of(others, up, model.base)
        up[others] = in_turn(rest, model.base, model.counts[others] / model.base, draw)
    unit = model.rows.unit
    places = np.flatnonzero(model.settled == OPEN)
    search = Exchange(
        model.rows.of(places, up, model.base),
        model.base,
        up[places],
        free=draws.room,
        own=np.asarray(LEAVE * unit * leave, dtype=float),
    )
    # Coarse rows are held light at first, or they would pin every count beside them.
    for clip in (2 * unit, np.inf):
        for _ in range(SWEEPS):
            if not search.sweep(draw, 0.0, clip):
                break
    up[places] = search.up
    return up
