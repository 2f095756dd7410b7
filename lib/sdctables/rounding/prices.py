"""A least weighted error that no rounding can go below, for tables of any size.

Each row alone can be as near to its target as its counts allow, which gives the closed
form: sum over rows of w min |base k - target|. Rows share counts, so it is too
small. With a price p on each count that is up in a row, for whatever prices

    L(p) = sum over rows   min over whole k of (w |base k - target| - p k)
         + sum over counts min(0, sum of the prices of the rows it is in)

is no more than the least weighted error either (Lagrange; with prices of 0 it is the
closed form). The duals of the linear relaxation (`relaxed`) are the best prices, and
the bound holds for any: no inexact solver and no secret weight in it can spoil it.
"""

import numpy as np

from sdctables.rounding.rows import Rows
from sdctables.solver import Vector


def least_error(rows: Rows, base: int, prices: Vector) -> float:
    """What the weighted sum of errors is at least, whichever counts go up."""
    # A row never pays more than its error can change with one count: so its minimum is
    # at one of the two k beside its target.
    most = base * rows.weight
    prices = np.clip(prices, -most, most)
    of_rows = [
        rows.weight * np.abs(base * k - rows.target) - prices * k
        for k in rows.nearest_ups(base)
    ]
    # A count goes up where that pays: min over z in {0, 1} of z (sum of its prices).
    of_counts = np.minimum(rows.support.T @ prices, 0)
    return float(np.minimum(*of_rows).sum() + of_counts.sum())
