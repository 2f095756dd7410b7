"""A least weighted error that no rounding can go below, for tables of any size.

Each row alone can be as near to its target as its counts allow, which gives the closed
form: sum over rows of w min |base k - target|. Rows share counts, so it is too
small. With a price p on each count that is up in a row, for whatever prices

    L(p) = sum over rows   min over whole k of (w |base k - target| - p k)
         + sum over counts min(0, sum of the prices of the rows it is in)

is no more than the least weighted error either (Lagrange; with prices of 0 it is the
closed form). The best prices come near the bound of the linear programme. They are
looked for by steps along the slope of a smoothed L; the bound is L itself, so it holds
wherever the search for prices ends.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.rounding.rows import Rows
from sdctables.solver import Vector

STEPS = 600
# Of the first and the last step: its size, and how far min is smoothed; both in units
# of the weight of a fine row.
FIRST, LAST = 0.3, 0.003
SMOOTH_FIRST, SMOOTH_LAST = 0.3, 0.01
# How long the memory of slopes and of their squares is (as in Adam).
SLOPES, SQUARES = 0.9, 0.99


def least_error(rows: Rows, base: int, *, steps: int = STEPS) -> float:
    """What the weighted sum of errors is at least, whichever counts go up."""
    return _Prices(rows, base).best(steps)


def nearest_ups(rows: Rows, base: int) -> tuple[Vector, Vector]:
    """For each row the two numbers of counts up between which its error is least."""
    size = np.diff(rows.support.indptr)
    below = np.clip(rows.target // base, 0, size)
    return below.astype(float), np.minimum(below + 1, size).astype(float)


class _Prices:
    def __init__(self, rows: Rows, base: int) -> None:
        self.support = sparse.csr_matrix(rows.support)
        self.across = sparse.csr_matrix(rows.support.T)
        self.ups = nearest_ups(rows, base)
        self.costs = [rows.weight * np.abs(base * k - rows.target) for k in self.ups]
        # A row never pays more than its error can change with one count.
        self.most = base * rows.weight
        self.unit = rows.unit
        self.step = np.minimum(rows.weight, self.unit)

    def best(self, steps: int) -> float:
        prices, slope, square = np.zeros((3, len(self.most)))
        first, _ = self._bound_and_slope(prices, SMOOTH_FIRST)
        for number in range(1, steps + 1):
            done = number / steps
            smooth = SMOOTH_FIRST * (SMOOTH_LAST / SMOOTH_FIRST) ** done
            bound, now = self._bound_and_slope(prices, smooth)
            first = max(first, bound)
            slope = SLOPES * slope + (1 - SLOPES) * now
            square = SQUARES * square + (1 - SQUARES) * now**2
            ahead = slope / (1 - SLOPES**number)
            size = np.sqrt(square / (1 - SQUARES**number)) + 1e-9
            length = FIRST * (LAST / FIRST) ** done
            prices = prices + length * self.step * ahead / size
            prices = np.clip(prices, -self.most, self.most)
        return max(first, self._bound_and_slope(prices, SMOOTH_LAST)[0])

    def _bound_and_slope(self, prices: Vector, smooth: float) -> tuple[float, Vector]:
        """L(p), and the slope of L when each min is smoothed."""
        paid = self.across @ prices
        few, more = (
            cost - prices * k for cost, k in zip(self.costs, self.ups, strict=True)
        )
        bound = float(np.minimum(few, more).sum() + np.minimum(paid, 0).sum())
        width = smooth * self.unit
        up = _share(-paid / width)
        k = self.ups[0] + _share((few - more) / width) * (self.ups[1] - self.ups[0])
        return bound, self.support @ up - k


def _share(x: NDArray[np.float64]) -> Vector:
    """Between 0 and 1: the logistic curve."""
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))
