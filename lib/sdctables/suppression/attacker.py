"""A reader at work on one choice of hidden cells."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.auditing.bounds import bound
from sdctables.auditing.reader import hidden_range
from sdctables.cells.incidence import totals_among
from sdctables.rule import Reader, Rule
from sdctables.solver import INFINITY, Programme, Solver, Vector

Mask = NDArray[np.bool_]
Cells = NDArray[np.intp]
TOLERANCE = 1e-6


class Attacker:
    """Attacks primary cells (rows of `incidence`) when some others are hidden too.

    `counts`: the true count of every cell. A hidden cell is what its status tells this
    reader; a shown one is its count.
    """

    def __init__(
        self,
        incidence: sparse.csr_matrix,
        counts: Vector,
        primary: Mask,
        rule: Rule,
        reader: Reader,
    ) -> None:
        self.incidence, self.counts, self.primary = incidence, counts, primary
        self.width = rule.width
        kind = np.where(primary, "primary", "secondary").astype(object)
        # Whether a cell is a total can be seen in the table: readers use it as we do.
        total = totals_among(incidence)
        self.low, self.high = hidden_range(kind, total, rule, reader)
        self._hidden = primary.copy()
        self._solver = Solver(self._programme(primary))

    def open_cells(self, hidden: Mask) -> Cells:
        """Primary cells whose interval is too narrow; exact, in whole numbers."""
        cells = np.flatnonzero(self.primary)
        # In one go: bounds of one cell settle those of many others.
        return cells[self._widths(hidden, cells) < self.width]

    def cut(self, hidden: Mask, cell: int, candidates: Mask, order: Cells) -> Mask:
        """Cells of which at least one must be hidden as well to protect `cell`.

        As many other cells as possible are hidden first while the cell stays open
        (in the given order), so the cut is short.
        """
        far = hidden.copy()
        # If hiding all of `far` leaves the cell open, whatever protects it is outside.
        is_open, idle = self._linear(far, cell)
        # Open in whole numbers only: the linear relaxation cannot shorten this cut.
        if not is_open:
            return candidates & ~far
        # Hiding what no bound leans on leaves it open too: no need to try those singly.
        far |= candidates & idle
        for other in order[candidates[order] & ~far[order]]:
            if far[other]:
                continue
            far[other] = True
            is_open, idle = self._linear(far, cell)
            if is_open:
                far |= candidates & idle
            else:
                far[other] = False
        return candidates & ~far

    def _widths(self, hidden: Mask, cells: Cells) -> Vector:
        if not len(cells):
            return np.empty(0)
        bounds = bound(
            self._programme(hidden), sparse.csr_matrix(self.incidence[cells])
        )
        return bounds.high - bounds.low

    def _programme(self, hidden: Mask) -> Programme:
        # A x = n where a cell is shown, low <= A x <= high where it is hidden, x >= 0.
        columns = self.incidence.shape[1]
        return Programme(
            self.incidence,
            np.where(hidden, self.low, self.counts),
            np.where(hidden, self.high, self.counts),
            np.zeros(columns),
            np.full(columns, INFINITY),
        )

    def _linear(self, hidden: Mask, cell: int) -> tuple[bool, Mask]:
        """Whether even fractional tables leave the cell open, and the idle cells.

        A cell is idle if neither bound leans on it: hiding it would change nothing.
        """
        # Of the solver only the rows that differ from last time change, so that it goes
        # on from the basis it has.
        self._hide(hidden)
        target = self.incidence[[cell]].toarray().ravel()
        least, most = self._solver.minimise(target), self._solver.minimise(-target)
        if most.status == "unbounded":
            return False, np.zeros(len(hidden), dtype=bool)
        low, high = np.ceil(least.value - TOLERANCE), np.floor(TOLERANCE - most.value)
        # A row whose dual is 0 at both ends could be left out without moving either.
        leaning = np.abs(least.row_dual) + np.abs(most.row_dual) > TOLERANCE
        return bool(high - low < self.width), ~leaning

    def _hide(self, hidden: Mask) -> None:
        for row in np.flatnonzero(hidden != self._hidden).tolist():
            if hidden[row]:
                self._solver.set_row_bounds(row, self.low[row], self.high[row])
            else:
                self._solver.set_row_bounds(row, self.counts[row], self.counts[row])
        self._hidden = hidden.copy()
