"""Inner cells whose rounded count is not published: it is an unknown as well.

Three columns for each tell what became of it, and rows tie them to its true count x:

    rounded count p    up    over    true count x
    0                  0     0       0 to base - 1
    the base           1     0       1 to base + shift
    more               1     1       p - shift to p + shift, and the base or more
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.auditing.constraints import Columns, Constraints
from sdctables.auditing.release import Release
from sdctables.rule import Rule
from sdctables.solver import INFINITY, Vector

# Room of a count that no published sum bounds: more cases than any count has.
MILLION = 1e6
Parts = list[tuple[sparse.csr_matrix, Columns]]


def learn_unknown(
    constraints: Constraints,
    release: Release,
    incidence: sparse.csr_matrix,
    unknown: NDArray[np.intp],
    left: NDArray[np.intp],
    rest: Vector,
    counts: Columns,
    thresholds: Columns | None,
) -> Columns:
    """Add what published sums and the rule say of these counts; the columns of p.

    `left`: inner cells whose true count stands in for p, since they were not rounded.
    `rest`: what each published sum leaves for both.
    """
    matrix = sparse.csr_matrix(incidence[:, unknown])
    as_it_is = sparse.csr_matrix(incidence[:, left])
    rows = np.flatnonzero(np.diff(matrix.indptr) + np.diff(as_it_is.indptr) > 0)
    # No count is above the smallest sum that it is part of.
    most = _least_over_rows(matrix, rest)
    cells = _Unknown(constraints, release.rule, counts[unknown], most)
    # The rounded counts of a sum, and the true ones left in it, add up to its rest.
    printed = [(matrix[rows], cells.p), (as_it_is[rows], counts[left])]
    constraints.add_rows(printed, rest[rows], rest[rows], release, rows)
    cells.learn_kinds(most)
    cells.learn_true_counts()
    if thresholds is not None:
        cells.learn_thresholds(thresholds[unknown])
    return cells.p


class _Unknown:
    """The columns of these cells: `x` true, `p` rounded, `up` and `over` as above."""

    def __init__(
        self, constraints: Constraints, rule: Rule, x: Columns, most: Vector
    ) -> None:
        self.constraints, self.base, self.shift = constraints, rule.base, rule.shift
        self.x = x
        # Columns are whole, so a greatest value of 1 or 0 makes yes or no of them.
        self.p = constraints.add_columns(most)
        self.up = constraints.add_columns((most >= rule.base).astype(float))
        self.over = constraints.add_columns((most > rule.base).astype(float))
        self.one = sparse.identity(len(x), format="csr")
        self.names = np.array(["the rule of rounding"] * len(x), dtype=object)

    def learn_kinds(self, most: Vector) -> None:
        """Which kind p is of; `most`: the greatest that it can be."""
        one, base = self.one, self.base
        room = np.where(np.isfinite(most), np.maximum(most - base, 0), MILLION)
        wide = sparse.diags_array(room)
        # p >= base up + over
        self._add([(one, self.p), (-base * one, self.up), (-one, self.over)], low=0)
        # p <= base up + room over
        self._add([(one, self.p), (-base * one, self.up), (-wide, self.over)], high=0)
        # up >= over: what is more than the base is the base or more.
        self._add([(one, self.up), (-one, self.over)], low=0)

    def learn_true_counts(self) -> None:
        """What each kind leaves for x: one side of its range a row, see the table."""
        one, base, shift = self.one, self.base, self.shift
        less = base - 1
        x_less_p = [(one, self.x), (-one, self.p)]
        # x <= p + (base - 1) - (base - 1 - shift) up:    p + base - 1, or p + shift
        self._add([*x_less_p, ((less - shift) * one, self.up)], high=less)
        # x >= up + (base - 1) over:    0, 1 or the base
        self._add([(one, self.x), (-one, self.up), (-less * one, self.over)], low=0)
        # x >= p - (base - 1) up - (shift + 1 - base) over:    0, 1 or p - shift
        self._add(
            [*x_less_p, (less * one, self.up), ((shift - less) * one, self.over)],
            low=0,
        )

    def learn_thresholds(self, t: Columns) -> None:
        """Which side of its threshold x is on; `t`: the thresholds less 1."""
        one, far = self.one, self.base + self.shift
        # x <= t + p + (base + shift) up:    x <= t if p is 0, else nothing new
        self._add(
            [
                (one, self.x),
                (-one, self.p),
                (-one, t),
                (-far * one, self.up),
            ],
            high=0,
        )
        # x >= t + 1 - base (1 - up):    x >= t + 1 if p is the base or more
        self._add(
            [(one, self.x), (-one, t), (-self.base * one, self.up)], low=1 - self.base
        )

    def _add(
        self, parts: Parts, *, low: float = -INFINITY, high: float = INFINITY
    ) -> None:
        self.constraints.add_rows(parts, low, high, None, self.names)


def _least_over_rows(matrix: sparse.csr_matrix, values: Vector) -> Vector:
    """For each column the least value among the rows it is in."""
    entries = matrix.tocoo()
    least = np.full(matrix.shape[1], INFINITY)
    np.minimum.at(least, entries.col, values[entries.row])
    return least
