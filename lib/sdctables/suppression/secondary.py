"""Which further cells to hide: the cheapest choice, or a good one for large tables."""

import numpy as np
from scipy import sparse

from sdctables.solver import INFINITY, Answer, Programme, Solver, Vector
from sdctables.suppression.attacker import Attacker, Cells, Mask

MOST_ROUNDS = 10_000
CUTS_PER_CELL = 12
TOLERANCE = 1e-6


def cheapest_exact(
    attacker: Attacker, candidates: Mask, prices: Vector, drawn: Mask
) -> tuple[Mask, Cells]:
    """The cheapest secondary cells, and the primary cells that none can protect.

    `drawn`: candidates that are hidden in any case.

    A covering programme over the attacker cuts found so far gives a lower bound; when
    its answer survives the attack it is the optimum.
    """
    primary = attacker.primary
    # Hiding more never narrows an interval: if all candidates are not enough, none are.
    if len(lost := attacker.open_cells(primary | candidates)):
        return np.zeros(len(primary), dtype=bool), lost
    orders = _orders(candidates, prices)
    cover = _Cover(candidates, prices)
    while True:
        secondary = drawn | cover.cheapest()
        still_open = attacker.open_cells(primary | secondary)
        if not len(still_open):
            return secondary, still_open
        for cell in still_open.tolist():
            for order in orders:
                cut = attacker.cut(primary | secondary, cell, candidates, order)
                cover.add(cut)


def _orders(candidates: Mask, prices: Vector) -> list[Cells]:
    """Orders in which a cut is shortened: the cheap cells first, then by chance.

    Several different cuts at a time save many rounds of the covering programme.
    """
    draw = np.random.default_rng(0)
    cheap_first = np.argsort(np.where(candidates, prices, INFINITY), kind="stable")
    chance = [draw.permutation(len(prices)) for _ in range(CUTS_PER_CELL - 1)]
    return [cheap_first, *chance]


class _Cover:
    """The cheapest cells that hit every cut."""

    def __init__(self, candidates: Mask, prices: Vector) -> None:
        self._cells = np.flatnonzero(candidates)
        self._size = len(candidates)
        self._prices = prices[self._cells]
        self._cuts: dict[bytes, Mask] = {}

    def add(self, cut: Mask) -> None:
        # The same cut comes from several cells and orders: it is one row.
        self._cuts[cut.tobytes()] = cut

    def cheapest(self) -> Mask:
        chosen = np.zeros(self._size, dtype=bool)
        if not self._cuts:
            return chosen
        # min sum of price y    with y = 1: the cell is hidden
        # sum of y over the cells of a cut >= 1    for every cut: one of them at least
        rows = np.array([cut[self._cells] for cut in self._cuts.values()], dtype=float)
        size = len(self._cells)
        programme = Programme(
            sparse.csr_matrix(rows),
            np.ones(len(rows)),
            np.full(len(rows), INFINITY),
            np.zeros(size),
            np.ones(size),
        )
        solver = Solver(programme, integer=np.ones(size, dtype=bool))
        answer = solver.minimise(self._prices)
        chosen[self._cells[answer.x > 0.5]] = True
        return chosen


def cheapest_found(
    attacker: Attacker, candidates: Mask, prices: Vector, drawn: Mask
) -> tuple[Mask, Cells]:
    """Cheap secondary cells, and the primary cells that could not be protected.

    For each open cell a linear programme finds the cheapest other table in which it is
    far enough from the truth; the cells that differ there are hidden. The auditor has
    the last word, and asks for whole tables where fractional ones were not enough.
    """
    primary = attacker.primary
    secondary = drawn.copy()
    moves = _Moves(attacker, candidates, prices)
    # Fractional tables first: they are cheap, and mostly enough.
    for whole in (False, True):
        for _ in range(MOST_ROUNDS):
            still_open = attacker.open_cells(primary | secondary)
            before = int(secondary.sum())
            for cell in still_open:
                if found := moves.cheapest(int(cell), secondary, whole=whole):
                    secondary |= found[0]
            if not len(still_open) or int(secondary.sum()) == before:
                break
    still_open = attacker.open_cells(primary | secondary)
    return secondary, still_open


class _Moves:
    """Other tables that agree with every shown cell, priced by the cells they change.

    Columns: the inner counts of the other table, then how far each candidate is above
    and below its true count.
    """

    def __init__(self, attacker: Attacker, candidates: Mask, prices: Vector) -> None:
        self.attacker, self.prices = attacker, prices
        self.cells = np.flatnonzero(candidates)
        self.inner = attacker.incidence.shape[1]
        self._linear = Solver(self._programme())
        self._whole: Solver | None = None

    def cheapest(self, cell: int, secondary: Mask, *, whole: bool) -> list[Mask]:
        """The further cells to hide for this one; empty if no table is far enough."""
        width = self.attacker.width
        # An interval is wide enough by a table that has `up` more in this cell and one
        # that has the rest of the width less; whichever split hides least is taken.
        tries = [(up, width - up) for up in (width, 0, *range(1, width))]
        covers = []
        for up, down in tries:
            parts = [
                self._move(cell, side, secondary, whole=whole)
                for side in (up, -down)
                if side
            ]
            if all(part is not None for part in parts):
                union = np.logical_or.reduce(
                    [part for part in parts if part is not None]
                )
                covers.append(union)
        return sorted(covers, key=lambda more: self.prices[more & ~secondary].sum())[:1]

    def _move(self, cell: int, by: int, secondary: Mask, *, whole: bool) -> Mask | None:
        solver = self._solver(whole)
        target = self.attacker.incidence[[cell]]
        # The other table has at least `by` more in the cell, or at least that many
        # less.
        goal = self.attacker.counts[cell] + by
        low, high = (goal, INFINITY) if by > 0 else (-INFINITY, goal)
        solver.add_row(low, high, target.indices, target.data)
        answer = solver.minimise(self._cost(secondary), gap=0.01)
        solver.drop_last_row()
        return self._changed(answer) if answer.status == "optimal" else None

    def _cost(self, secondary: Mask) -> Vector:
        # What is hidden already may change for nothing.
        price = np.where(secondary[self.cells], 0.0, self.prices[self.cells])
        return np.concatenate([np.zeros(self.inner), price, price])

    def _changed(self, answer: Answer) -> Mask:
        above, below = np.split(answer.x[self.inner :], 2)
        changed = np.zeros(len(self.prices), dtype=bool)
        changed[self.cells[above + below > TOLERANCE]] = True
        return changed

    def _solver(self, whole: bool) -> Solver:
        if not whole:
            return self._linear
        if self._whole is None:
            programme = self._programme()
            integer = np.arange(len(programme.low)) < self.inner
            self._whole = Solver(programme, integer=integer)
        return self._whole

    def _programme(self) -> Programme:
        # Of another table x that readers could not tell from the true one, n:
        #     A x = n                     for cells that must stay as they are shown
        #     A x - above + below = n     for candidates, which may be hidden
        #     low <= A x <= high          for primary cells, hidden as it is
        #     above <= high - n, below <= n - low: what a hidden cell can stand for
        # The cost is the price of each candidate that moves, per case it moves by: a
        # programme without whole numbers cannot count cells, but moves few of them.
        attacker, count = self.attacker, len(self.cells)
        rows = attacker.incidence.shape[0]
        pick = sparse.csr_matrix(
            (np.ones(count), (self.cells, np.arange(count))), shape=(rows, count)
        )
        matrix = sparse.hstack([attacker.incidence, -pick, pick]).tocsr()
        low = np.where(attacker.primary, attacker.low, attacker.counts)
        high = np.where(attacker.primary, attacker.high, attacker.counts)
        up = attacker.high[self.cells] - attacker.counts[self.cells]
        down = attacker.counts[self.cells] - attacker.low[self.cells]
        return Programme(
            matrix,
            low.astype(float),
            high.astype(float),
            np.zeros(self.inner + 2 * count),
            np.concatenate([np.full(self.inner, INFINITY), up, down]),
        )
