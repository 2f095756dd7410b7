"""The linear relaxation of a rounding, in few entries and with its prices.

For each count z, from 0 to 1, says how much of it is up, and for each row k how many of
its counts are. A coarse row is made of finer ones, so the sums are written as a tree

    k = sum of the z of its counts            for the finest rows
    k = sum of the k of the rows it is made of    for all others

which needs a fifth of the entries that the counts of each row would. The error of a row
is convex in k. Between two whole k it is taken as the straight line between theirs, so
that a relaxation cannot say that there is none:

    k = t // b + u + over - under             0 <= u <= 1, over and under from 0
    w |b k - t| = w (rest + (b - 2 rest) u + b over + b under)       rest = t mod b

Where the rows nest in two chains (places in regions, results in stages) each count is
an arc from one chain to the other and the programme a flow in a network: all of its
corners are whole, so it is the rounding itself that comes out. Rows outside of the two
chains are mostly few and coarse, and hardly ever leave a count open.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.rounding.exchange import coarser_margins
from sdctables.rounding.model import Clock
from sdctables.rounding.rows import Rows
from sdctables.solver import INFINITY, Programme, Vector, solve_once

# A count whose z is as near to 0 or 1 as this is not open any more: an interior point
# comes as near to a corner as the costs of single counts, which are small, draw it.
WHOLE = 0.1
# Costs of single counts, so that no two answers cost the same and the best is a corner.
TIE = 1e-3
# Of the time that is left: if it is not enough, something must be found without.
SHARE = 0.8


@dataclass(frozen=True)
class Relaxed:
    """`z`: how much of each count is up. `prices`: what one more count that is up is
    worth to each row; with them `prices.least_error` gives a bound.
    """

    z: Vector
    prices: Vector

    @property
    def is_whole(self) -> bool:
        return bool((np.abs(self.z - np.rint(self.z)) < WHOLE).all())

    @property
    def up(self) -> NDArray[np.bool_]:
        return np.rint(self.z).astype(bool)


def relax(
    rows: Rows, base: int, own: Vector, *, clock: Clock, cap: float = INFINITY
) -> Relaxed | None:
    """The least weighted error where counts may be up in part; None where none fits.

    `own`: what it costs by itself that a count is up. `cap`: no error is larger, but
    where the counts of a row leave it no smaller one.

    Raises: OutOfTime.
    """
    size, count = rows.small, len(rows)
    low, high = _pieces(rows, base, cap)
    # What the two blocks of rows come to:
    #     (sum of what it is made of) - k = 0
    #     k - u - over + under = t // b
    sums = np.concatenate([np.zeros(count), rows.target // base])
    programme = Programme(
        _matrix(rows),
        sums,
        sums,
        np.concatenate([np.zeros(size), np.zeros(count), *low]),
        np.concatenate([np.ones(size), np.full(count, INFINITY), *high]),
    )
    # w rest is paid whatever k is, so it can stay out of the cost.
    slope = base - 2 * (rows.target % base)
    pieces = [slope * rows.weight, base * rows.weight, base * rows.weight]
    cost = np.concatenate([own, np.zeros(count), *pieces])
    answer = solve_once(programme, cost, seconds=SHARE * clock.left)
    if answer.status == "infeasible":
        return None
    # What is all but the best is taken as well: nothing here hangs on its being that.
    if not len(answer.x):
        raise clock.too_short("the relaxed programme is not solved yet")
    # The cost of a row hangs on k - t // b alone. A dual says how it grows with t // b;
    # a price, how it grows with k: the same with the sign turned.
    return Relaxed(np.clip(answer.x[:size], 0, 1), -answer.row_dual[count:])


def _pieces(
    rows: Rows, base: int, cap: float
) -> tuple[tuple[Vector, ...], tuple[Vector, ...]]:
    """Least and greatest u, over and under of each row, that leave its error the cap.

    Over is used with u at 1 and under with u at 0, since else it would pay to go back.
    """
    rest = rows.target % base
    caps = np.maximum(cap, rows.least_errors(base))
    may_be_up, may_be_down = base - rest <= caps, rest <= caps
    high = np.where(may_be_up, 1.0, 0.0)
    low = np.where(may_be_down, 0.0, 1.0)
    none = np.zeros(len(rows))
    # base - rest + base * over <= cap, and rest + base * under <= cap.
    over = np.where(may_be_up, np.floor((caps - (base - rest)) / base), 0)
    under = np.where(may_be_down, np.floor((caps - rest) / base), 0)
    return (low, none, none), (high, over, under)


def _matrix(rows: Rows) -> sparse.csr_matrix:
    """Columns: z of each count; k, u, over and under of each row. Rows: each sum, then
    each k in its pieces.
    """
    size, count = rows.small, len(rows)
    whole, part = _made_of(rows)
    tree = sparse.csr_matrix(
        (np.ones(len(whole)), (whole, part)), shape=(count, size + count)
    )
    eye = sparse.identity(count, format="csr")
    sums = tree - sparse.hstack([sparse.csr_matrix((count, size)), eye])
    no_counts = sparse.csr_matrix((count, size))
    pieces = sparse.hstack([no_counts, eye, -eye, -eye, eye])
    sums.resize((count, pieces.shape[1]))
    return sparse.csr_matrix(sparse.vstack([sums, pieces]))


def _made_of(rows: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of a row and what it is made of: a count, or the k of a finer row.

    A margin whose rows lie within those of a coarser one is finer; of several the one
    with the fewest rows is taken.
    """
    at, size = rows.of_all_counts, rows.small
    coarser = coarser_margins(at)
    number = np.array([len(np.unique(column)) for column in at.T])
    done = np.zeros(len(rows), dtype=bool)
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for margin in np.argsort(-number, kind="stable"):
        finer = np.flatnonzero(coarser[margin] & (number > number[margin]))
        part = np.arange(size)
        if len(finer):
            part = size + at[:, finer[np.argmin(number[finer])]]
        mine = np.unique(np.stack([at[:, margin], part], axis=1), axis=0)
        # One row can stand in several margins; it is put together once.
        pairs.append(mine[~done[mine[:, 0]]])
        done[at[:, margin]] = True
    whole, part = np.concatenate(pairs).T
    return whole, part
