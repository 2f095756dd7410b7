"""A rounding for tables of any size: counts one by one, then exchanges of two.

First every count in turn goes where the errors of its rows, the counts that are still
open taken at their true size, are least. Then pairs are exchanged, one up and one down.
Two counts of one row leave that row and every coarser one as they are, so a pair is
worth the two costs in all other rows; the cheapest ones of each row are tried. With
heat, an exchange that costs a little is made as well, to leave a local best.
"""

import numpy as np
from numpy.typing import NDArray

from sdctables.rounding.rows import Counts, Rows
from sdctables.solver import Vector

Places = NDArray[np.intp]
# Of a row with many counts more than one pair is tried: one more per so many.
COUNTS_PER_PAIR = 50


class Exchange:
    """The state of a search: `up` says of each count whether it becomes the base.

    The cost of a row is `weight * max(|error| - free, 0)`; `own` is what it costs by
    itself that a count is up, beside its being 0.
    """

    def __init__(
        self,
        rows: Rows,
        base: int,
        up: NDArray[np.bool_],
        *,
        free: int = 0,
        own: Vector | None = None,
    ) -> None:
        self.rows, self.base, self.free = rows, base, free
        self.up = up.copy()
        self.own = np.zeros(len(up)) if own is None else own
        self.at = rows.of_all_counts
        self.first = _first_of_its_row(self.at)
        # One row can stand in several margins; its error is paid for in the first
        # alone.
        self.weight = np.where(self.first, rows.weight[self.at], 0.0)
        self.coarser = coarser_margins(self.at).astype(float)
        self.error = rows.errors(up, base)

    @property
    def cost(self) -> float:
        excess = np.maximum(np.abs(self.error) - self.free, 0)
        return float(self.rows.weight @ excess + self.own @ self.up)

    def sweep(self, draw: np.random.Generator, heat: float, clip: float) -> int:
        """Tries the cheapest exchanges of every row; how many were made.

        `clip`: no row weighs more meanwhile. Else the coarse rows, which weigh most,
        would be hit at once and then hold every other row where it is.
        """
        weight = np.minimum(self.weight, clip)
        # What it would cost to turn each count by itself, row by row.
        flips = weight * self._changes(
            self.error[self.at], self._steps_of(self.up)[:, None]
        )
        alone = self.own * np.where(self.up, -1, 1)
        total = flips.sum(axis=1) + alone
        pairs = [
            # A pair within a row of this margin leaves it and all coarser rows as they
            # are: their part of the cost falls away.
            self._cheapest(margin, total - flips @ self.coarser[:, margin], draw, heat)
            for margin in range(self.at.shape[1])
        ]
        single = np.flatnonzero(total < 0)
        one = np.concatenate([*(pair[0] for pair in pairs), single])
        other = np.concatenate([*(pair[1] for pair in pairs), np.full(len(single), -1)])
        # A change that costs d is made with probability exp(-d / heat), as in
        # annealing; without heat only what saves something, beyond what rounding of
        # floats could.
        allowed = heat * draw.exponential(size=len(one)) - 1e-9
        worth = self._worth(one, other, weight) - allowed
        made = 0
        for pair in np.argsort(worth, kind="stable")[: int((worth < 0).sum())]:
            # Those made before may have changed what this one is worth.
            made += self._try(int(one[pair]), int(other[pair]), weight, allowed[pair])
        return made

    def _steps_of(self, up: NDArray[np.bool_]) -> Counts:
        return np.where(up, -self.base, self.base)

    def _changes(self, error: Counts, step: Counts) -> Vector:
        after = np.maximum(np.abs(error + step) - self.free, 0)
        before = np.maximum(np.abs(error) - self.free, 0)
        return np.asarray(after - before, dtype=np.float64)

    def _cheapest(
        self, margin: int, cost: Vector, draw: np.random.Generator, heat: float
    ) -> tuple[Places, Places]:
        """For each row of a margin its cheapest counts to go up, and to go down."""
        row = self.at[:, margin]
        # Noise of this kind picks each count as often as its cost says at this heat.
        noisy = cost - heat * draw.gumbel(size=len(row))
        # Sorted by row, then whether up, then cost: each group begins with its
        # cheapest.
        key = 2 * row.astype(np.int64) + self.up
        order = np.lexsort((noisy, key))
        key = key[order]
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        sizes = np.diff(np.append(starts, len(key)))
        rank = np.arange(len(key)) - np.repeat(starts, sizes)
        some = rank <= self.rows.sizes[key // 2] // COUNTS_PER_PAIR
        order, key, rank = order[some], key[some], rank[some]
        # The k-th to go up in a row is paired with the k-th to go down in it.
        partner = (key // 2) * len(row) + rank
        low = key % 2 == 0
        _, one, other = np.intersect1d(
            partner[low], partner[~low], assume_unique=True, return_indices=True
        )
        return order[low][one], order[~low][other]

    def _worth(self, one: Places, other: Places, weight: Vector) -> Vector:
        """What each exchange adds to the cost; another of -1: one count alone."""
        paired = other >= 0
        first, second = self._steps(one, other, paired)
        cost = (weight[one] * self._changes(self.error[self.at[one]], first)).sum(
            axis=1
        )
        cost += (weight[other] * self._changes(self.error[self.at[other]], second)).sum(
            axis=1
        )
        own = self.own[one] * np.where(self.up[one], -1, 1)
        others = self.own[other] * np.where(self.up[other], -1, 1)
        return np.asarray(cost + own + np.where(paired, others, 0))

    def _steps(
        self, one: Places, other: Places, paired: NDArray[np.bool_]
    ) -> tuple[Counts, Counts]:
        """The change of each row of both; a row that holds both is told once."""
        mine = self._steps_of(self.up[one])[:, None]
        others = np.where(paired, self._steps_of(self.up[other]), 0)[:, None]
        # In a row that holds both, the steps add up (to 0 where one goes up and one
        # down).
        shared = self.at[one] == self.at[other]
        return mine + np.where(shared, others, 0), np.where(shared, 0, others)

    def _try(self, one: int, other: int, weight: Vector, allowed: float) -> bool:
        cells, pair = np.array([one]), np.array([other])
        if other >= 0 and self.up[one] == self.up[other]:
            return False
        if self._worth(cells, pair, weight)[0] >= allowed:
            return False
        steps = self._steps(cells, pair, pair >= 0)
        for cell, step in zip((one, other), steps, strict=True):
            if cell >= 0:
                # A row that stands in two margins has one error: it is moved once.
                held = self.first[cell]
                self.error[self.at[cell][held]] += step[0][held]
                self.up[cell] = not self.up[cell]
        return True


def in_turn(
    rows: Rows, base: int, plan: Vector, draw: np.random.Generator
) -> NDArray[np.bool_]:
    """Every count in turn up or down, by the squares of the errors of its rows.

    `plan`: the share of the base that each count is taken at while it is open.
    """
    at = rows.of_all_counts
    first = _first_of_its_row(at)
    # e = base (sum of the plan) - target, and every decision moves it from its share.
    error = base * (rows.support @ plan) - rows.target
    # Coarse rows are hit in the end anyhow.
    weight = np.minimum(rows.weight, 2 * rows.unit)
    up = np.zeros(len(plan), dtype=bool)
    for cell in draw.permutation(len(plan)):
        mine = at[cell][first[cell]]
        now, share = error[mine], plan[cell]
        # (e + base (1 - share))^2 < (e - base share)^2, summed over its rows
        slant = weight[mine] @ (2 * now + base * (1 - 2 * share))
        up[cell] = slant < 0
        error[mine] = now + base * (up[cell] - share)
    return up


def _first_of_its_row(at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Margins whose cell is the same row for a count tell of it only once."""
    first = np.ones(at.shape, dtype=bool)
    for margin in range(1, at.shape[1]):
        # The same row number further left: the margin repeats one that is there.
        before = at[:, :margin] == at[:, margin : margin + 1]
        first[:, margin] = ~before.any(axis=1)
    return first


def coarser_margins(at: Counts) -> NDArray[np.bool_]:
    """[a, b] says whether each row of margin b lies in one row of margin a."""
    many = int(at.max(initial=0)) + 1
    margins = range(at.shape[1])
    # Rows of b lie within rows of a if pairs (b, a) are no more than the rows of b.
    cells = [len(np.unique(at[:, b])) for b in margins]
    pairs = [
        [len(np.unique(at[:, b] * many + at[:, a])) for b in margins] for a in margins
    ]
    return np.asarray(np.array(pairs) == np.array(cells)[None, :])
