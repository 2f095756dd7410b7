"""Rounding of tables that are too large for one programme: a start, then part by part.

Nobody solves the programme of 50,000 small counts at once. But with all counts settled
except some hundreds it is a small one (the rest of each row moves to its target), and
its answer is never worse than what was there. So exchanges (`exchange`) give a good
start, the parts that cost most are solved anew, and prices (`prices`) tell how far the
sum may still be from the least one. The largest error goes first here as well: no part
may make it larger, and rows that have it weigh most.

All is counted in sweeps and parts, not in seconds: only where the time limit cuts it
short does an answer depend on the machine, and then it says so.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sdctables.rounding.chance import Draws
from sdctables.rounding.exchange import Exchange, in_turn
from sdctables.rounding.model import OPEN, Clock, RoundingModel
from sdctables.rounding.prices import least_error
from sdctables.rounding.rows import Counts, Rows
from sdctables.solver import Solver, Vector

Up = NDArray[np.bool_]
SWEEPS, LAST_SWEEPS = 40, 10
# Of the first and the last sweep, in units of what one case costs in a fine row.
HEAT, CLIP = (3.0, 0.5), (1.0, 8.0)
# A part has rows of so many entries, and is searched for so many nodes. Smaller parts
# hardly ever find what has to change in several coarse rows at once.
PART_ENTRIES, NODES = 12_000, 100
# Each count is in so many parts, unless the gap is reached or nothing gets better.
ROUNDS, PATIENCE = 8, 2
# Rows with the largest error weigh so many times more in a part.
WORST = 10.0
# What it costs to leave a draw, in the same units: less than a case of error.
LEAVE = 0.3


@dataclass(frozen=True)
class Parted:
    """`cut`: the time was up before the search had ended by itself."""

    choice: Counts
    error: float
    least: float
    cut: bool


def round_in_parts(
    model: RoundingModel,
    draws: Draws,
    clock: Clock,
    *,
    gap: float,
    spread: float,
    seed: int,
) -> Parted:
    """A rounding of the small counts, with the least error that any could have.

    `gap`: the share at which the search ends; `spread`: the share by which secret
    weights differ from the public ones.
    """
    draw = np.random.default_rng([seed, 2])
    up, settled = _followed(model, draws, draw)
    places = np.flatnonzero(settled == OPEN)
    if not len(places):
        return Parted(model.base * up, model.error(model.base * up), 0.0, False)
    rows = model.rows.of(places, up, model.base)
    floor = draws.room if draws.any else int(model.least_errors().max(initial=0))
    weight = rows.weight * (1 + spread * draw.random(len(rows)))
    search = _Search(replace(rows, weight=weight), model.base, floor, clock, draw)
    if not draws.any:
        plan = model.counts[places] / model.base
        search.up = in_turn(search.rows, model.base, plan, draw)
    else:
        search.up = up[places]
    search.exchange()
    # A look at the clock before: even the bound takes its time.
    steps = {"steps": 0} if clock.is_over else {}
    least = least_error(rows, model.base, **steps)
    search.solve_parts(rows.weight, least, gap)
    up[places] = search.up
    choice = model.base * up
    return Parted(choice, model.error(choice), least, search.cut)


def _followed(
    model: RoundingModel, draws: Draws, draw: np.random.Generator
) -> tuple[Up, Counts]:
    """The counts that are up when the draws are followed, and what that settles.

    A draw is left only where that takes an error nearer to the room; draws without any
    error beyond it are followed to the last.
    """
    settled = np.where(model.settled == OPEN, draws.becomes, model.settled)
    up = settled == model.base
    others = np.flatnonzero(settled == OPEN)
    if draws.any and len(others):
        rest = model.rows.of(others, up, model.base)
        up[others] = in_turn(rest, model.base, model.counts[others] / model.base, draw)
    if not draws.any:
        return up, model.settled
    unit = model.rows.unit
    places = np.flatnonzero(model.settled == OPEN)
    wanted = draws.becomes[places]
    leave = LEAVE * unit * np.select([wanted == 0, wanted == model.base], [1, -1], 0)
    search = Exchange(
        model.rows.of(places, up, model.base),
        model.base,
        up[places],
        free=draws.room,
        own=leave,
    )
    for clip in (2 * unit, np.inf):
        for _ in range(SWEEPS):
            if not search.sweep(draw, 0.0, clip):
                break
    up[places] = search.up
    kept = (draws.becomes != OPEN) & (up == (draws.becomes == model.base))
    return up, np.where(kept & (model.settled == OPEN), draws.becomes, model.settled)


class _Search:
    def __init__(
        self,
        rows: Rows,
        base: int,
        floor: int,
        clock: Clock,
        draw: np.random.Generator,
    ) -> None:
        self.rows, self.base, self.floor = rows, base, floor
        self.clock, self.draw, self.cut = clock, draw, False
        self.up: Up = np.zeros(rows.small, dtype=bool)
        self.columns = rows.support.tocsc()
        entries = max(rows.support.nnz, 1)
        self.part_size = max(1, rows.small * min(PART_ENTRIES, entries) // entries)

    def exchange(self) -> None:
        """Hot and with light coarse rows first, then ever colder; the best of all."""
        search = Exchange(self.rows, self.base, self.up)
        unit, best = self.rows.unit, self._merit(search.error)
        for number in range(SWEEPS + LAST_SWEEPS):
            if self._time_is_up():
                break
            done = min(number / SWEEPS, 1.0)
            heat, clip = (
                first * (last / first) ** done for first, last in (HEAT, CLIP)
            )
            last = number >= SWEEPS
            made = search.sweep(
                self.draw, 0.0 if last else heat * unit, np.inf if last else clip * unit
            )
            if (merit := self._merit(search.error)) < best:
                best, self.up = merit, search.up.copy()
            if last and not made:
                break

    def solve_parts(self, weight: Vector, least: float, gap: float) -> None:
        """`weight`: of the rows, without the secret; `least`: the bound with them."""
        count = -(-len(self.up) // self.part_size)
        error = self.rows.errors(self.up, self.base)
        idle = 0
        for number in range(ROUNDS * count):
            total = float(weight @ np.abs(error))
            enough = total - least <= gap * total and self._worst(error) <= self.floor
            if enough or idle >= PATIENCE * count or self._time_is_up():
                break
            places = self._part(error, costly=number % 2 == 0)
            up = self.up.copy()
            up[places] = self._solved(places, error)
            now = self.rows.errors(up, self.base)
            idle = 0 if self._merit(now) < self._merit(error) else idle + 1
            if self._merit(now) <= self._merit(error):
                self.up, error = up, now

    def _time_is_up(self) -> bool:
        self.cut = self.cut or self.clock.is_over
        return self.cut

    def _worst(self, error: Counts) -> int:
        return int(np.abs(error[self.rows.weight > 0]).max(initial=0))

    def _merit(self, error: Counts) -> tuple[int, float]:
        """What is least first: the largest error over the floor, then the sum."""
        return (
            max(self._worst(error), self.floor),
            float(self.rows.weight @ np.abs(error)),
        )

    def _part(self, error: Counts, *, costly: bool) -> NDArray[np.intp]:
        """Counts to be solved anew: any, or of rows that err more than they need."""
        size = self.part_size
        if not costly:
            return np.sort(self.draw.permutation(len(self.up))[:size])
        rest = self.rows.target % self.base
        excess = np.abs(error) - np.minimum(rest, self.base - rest)
        share = (
            self.rows.weight * np.maximum(excess, 0) / np.maximum(self.rows.sizes, 1)
        )
        worst = (np.abs(error) >= max(self._worst(error), self.floor + 1)) * WORST
        cost = self.rows.support.T @ (share * (1 + worst)) + 1e-9
        # A lottery with as many lots as a count costs.
        first = self.draw.exponential(size=len(self.up)) / cost
        return np.sort(np.argpartition(first, size - 1)[:size])

    def _solved(self, places: NDArray[np.intp], error: Counts) -> Up:
        """These counts as the programme has them, all others settled as they are."""
        part = self.rows.of(places, self.up, self.base).touched()
        held = np.flatnonzero(np.diff(self.columns[:, places].tocsr().indptr))
        now = np.abs(error[held])
        worst = max(self._worst(error), self.floor + 1)
        model = RoundingModel(
            part,
            np.ones(len(places), dtype=np.int64),
            self.base,
            None,
            settled=np.full(len(places), OPEN),
        )
        free = np.where(part.weight > 0, 0.0, np.inf)
        programme = model.programme(free + np.maximum(now, worst - 1))
        cost = np.zeros(model.fixed + len(part))
        cost[model.fixed :] = part.weight * np.where(now >= worst, WORST, 1.0)
        solver = Solver(programme, integer=model.integers(len(cost)))
        start = np.concatenate([self.up[places], now]).astype(float)
        answer = solver.minimise(
            cost,
            nodes=NODES,
            seconds=self.clock.rest,
            start=start,
        )
        if not len(answer.x):
            return self.up[places]
        return np.rint(answer.x[: len(places)]).astype(bool)
