"""Rounding of tables that are too large for one programme: relaxed, then part by part.

Nobody solves the programme of 50,000 small counts with whole numbers. Without them it
is solved in seconds, and where the margins are those of most tables, two chains such as
places in regions and results in stages, its answer is whole all the same (`relaxed`).
Where it is not, it says where to begin: each count goes up or down near its place
there, exchanges (`exchange`) make that good, and the parts that cost most are solved
anew: with all counts settled except some hundreds the programme is a small one (the
rest of each row moves to its target), and its answer is never worse than what was
there. The prices of the relaxed programme tell how far the sum may be from the least.

The largest error goes first here as well. At the base less 1 each sum goes to a
multiple of the base beside it; no part may make it larger, and rows that have more
weigh most.

All is counted in sweeps and parts, not in seconds: only where the time limit cuts it
short does an answer depend on the machine, and then it says so.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sdctables.rounding.chance import Draws
from sdctables.rounding.exchange import Exchange, in_turn
from sdctables.rounding.followed import followed
from sdctables.rounding.model import OPEN, Clock, OutOfTime, RoundingModel
from sdctables.rounding.prices import least_error
from sdctables.rounding.relaxed import TIE, relax
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


@dataclass(frozen=True)
class Parted:
    """`cut`: the time was up before the search had ended by itself.

    `proven`: no rounding has a smaller largest error, whatever the draws.
    """

    choice: Counts
    error: float
    least: float
    cut: bool
    proven: bool


def round_in_parts(
    model: RoundingModel,
    draws: Draws,
    clock: Clock,
    *,
    gap: float,
    spread: float,
    scatter: float,
    seed: int,
) -> Parted:
    """A rounding of the small counts, with the least error that any could have.

    `gap`: the share at which the search ends; `spread`: the share by which secret
    weights differ from the public ones; `scatter`: the share of the error that secret
    costs of single counts can come to.
    """
    draw = np.random.default_rng([seed, 2])
    up, settled = followed(model, draws, clock, draw)
    # What earlier editions or chance have settled moves into the targets; only the
    # counts that are still open are searched for.
    places = np.flatnonzero(settled == OPEN)
    if not len(places):
        choice = model.base * up
        return Parted(choice, model.error(choice), 0.0, cut=False, proven=False)
    rows = model.rows.of(places, up, model.base)
    # No largest error below this is looked for: chance needs its room, and without
    # chance no rounding at all has one.
    floor = draws.room if draws.any else int(model.least_errors().max(initial=0))
    weight = rows.weight * (1 + spread * draw.random(len(rows)))
    search = _Search(replace(rows, weight=weight), model.base, floor, clock, draw)
    # The bound in closed form: that of all prices 0. The secret costs are a share of
    # it, and at least a tie-break, so that the best answer is one corner.
    closed = least_error(rows, model.base, np.zeros(len(rows)))
    own = draw.random(len(places)) * max(scatter * closed, TIE) / len(places)
    z = search.relax(own)
    if not search.proven:
        # Without a relaxed answer each count is taken at its own size, c / base.
        plan = model.counts[places] / model.base if z is None else z
        search.up = up[places]
        if not draws.any:
            search.up = in_turn(search.rows, model.base, plan, draw)
        search.exchange()
    least = max(least_error(rows, model.base, search.prices), closed)
    search.solve_parts(rows.weight, least, gap)
    up[places] = search.up
    choice = model.base * up
    error = model.error(choice)
    return Parted(choice, error, least, cut=search.cut, proven=search.proven)


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
        self.clock, self.draw, self.cut, self.proven = clock, draw, False, False
        self.up: Up = np.zeros(rows.small, dtype=bool)
        self.prices = np.zeros(len(rows))
        self.columns = rows.support.tocsc()
        entries = max(rows.support.nnz, 1)
        self.part_size = max(1, rows.small * min(PART_ENTRIES, entries) // entries)

    def relax(self, own: Vector) -> Vector | None:
        """How much of each count is up where it may be in part, and the best prices.

        The first cap on the errors under which that is whole is the least there is, and
        its answer is taken. None where the time was up before.
        """
        best = None
        try:
            best = relax(self.rows, self.base, own, clock=self.clock)
            if best is None:
                return None
            self.prices = best.prices
            # The sum first, for its prices; then under caps, from the least on. At the
            # first that can be kept the answer is taken if it is whole: else the
            # exchanges begin from that without a cap.
            for cap in range(self.floor, max(self.floor + 1, self.base)):
                near = relax(self.rows, self.base, own, clock=self.clock, cap=cap)
                if near is not None and near.is_whole:
                    self.up, self.floor, self.proven = near.up, cap, True
                    return near.z
                if near is not None:
                    break
        except OutOfTime:
            self.cut = True
        return None if best is None else best.z

    def exchange(self) -> None:
        """Hot and with light coarse rows first, then ever colder; the best of all."""
        search = Exchange(self.rows, self.base, self.up)
        unit, best = self.rows.unit, self._merit(search.error)
        for number in range(SWEEPS + LAST_SWEEPS):
            if self._time_is_up():
                break
            done = min(number / SWEEPS, 1.0)
            # Both go from their first to their last value by the same factor each time.
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
            # (total - least) / total is the gap that is proven, in public weights.
            total = float(weight @ np.abs(error))
            enough = total - least <= gap * total and self._worst(error) <= self.floor
            if enough or idle >= PATIENCE * count or self._time_is_up():
                break
            # In turn where it hurts and anywhere: the former alone would stay in one
            # place.
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
        # What a row errs beyond what it must, shared among the counts that could mend
        # it.
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
        # The rows that the part touches, in the order in which `touched` keeps them.
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
        # No row may err more than now, or than one less than the worst: so the worst
        # rows can only be mended, and the answer that is there stays allowed.
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
        # Not even the start was taken up: leave the part as it is.
        if not len(answer.x):
            return self.up[places]
        return np.rint(answer.x[: len(places)]).astype(bool)
