"""Consequences of one row at a time: tighter bounds, and rows that say nothing new."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.solver import INFINITY, Programme, Vector

TOLERANCE = 1e-6
MOST_ROUNDS = 100


class NoTableFits(Exception):
    """No counts satisfy all rows; `rows` are some that contradict each other."""

    def __init__(self, rows: list[int]) -> None:
        super().__init__(rows)
        self.rows = rows


def tighten(programme: Programme) -> Programme:
    """The same rows, with column bounds that follow from one row at a time."""
    low, high = programme.low.copy(), programme.high.copy()
    entries = programme.matrix.tocoo()
    column = entries.col
    # Rows tighten each other's columns, so until none does. Should that go on for ever
    # in ever smaller steps, bounds of any round are true ones.
    for _ in range(MOST_ROUNDS):
        now = Programme(
            programme.matrix, programme.row_low, programme.row_high, low, high
        )
        top, bottom = _implied(now, entries)
        low, high = low.copy(), high.copy()
        # Counts are whole: at most 2.7 is at most 2. The tolerance is for what floats
        # lost.
        np.minimum.at(high, column, np.floor(top + TOLERANCE))
        np.maximum.at(low, column, np.ceil(bottom - TOLERANCE))
        if (crossed := low > high).any():
            where = crossed[column]
            raise NoTableFits(sorted(set(entries.row[where].tolist())))
        if np.array_equal(low, now.low) and np.array_equal(high, now.high):
            break
    return now


def _implied(programme: Programme, entries: sparse.coo_matrix) -> tuple[Vector, Vector]:
    """What each row leaves for each of its columns, at most and at least."""
    row, column, value = entries.row, entries.col, entries.data
    positive = value > 0
    low, high = programme.low[column], programme.high[column]
    # A row that cannot be met within the column bounds contradicts what set those.
    least, most = activity(programme, entries)
    impossible = (least > programme.row_high + TOLERANCE) | (
        most < programme.row_low - TOLERANCE
    )
    if impossible.any():
        raise NoTableFits(np.flatnonzero(impossible).tolist())
    # From a x_j + (the rest) <= high, with the rest at its least:
    #     x_j <= (high - least of the rest) / a    for a > 0, x_j >= it for a < 0
    # and from the other side of the row alike. Endless ends stay out of the sums: a row
    # with two of them says nothing of any column, with one of that column alone.
    own_least = value * np.where(positive, low, high)
    own_most = value * np.where(positive, high, low)
    others_least = _without(own_least, row, len(least))
    others_most = _without(own_most, row, len(most))
    from_high = (programme.row_high[row] - others_least) / value
    from_low = (programme.row_low[row] - others_most) / value
    top = np.where(positive, from_high, from_low)
    return top, np.where(positive, from_low, from_high)


def activity(programme: Programme, entries: sparse.coo_matrix) -> tuple[Vector, Vector]:
    """The least and the greatest value of each row, within the column bounds."""
    low, high = programme.low[entries.col], programme.high[entries.col]
    positive = entries.data > 0
    least, most = np.zeros((2, entries.shape[0]))
    np.add.at(least, entries.row, entries.data * np.where(positive, low, high))
    np.add.at(most, entries.row, entries.data * np.where(positive, high, low))
    return least, most


def _without(own: Vector, row: NDArray[np.int32], rows: int) -> Vector:
    """For each entry the sum of the other entries of its row, infinities included."""
    endless = np.isinf(own)
    finite = np.where(endless, 0.0, own)
    sums = np.bincount(row, finite, rows)[row] - finite
    # How many other ends of the row are endless, and to which side: one is enough.
    others = np.bincount(row, endless, rows)[row] - endless
    sign = np.bincount(row, np.where(endless, np.sign(own), 0), rows)[row]
    return np.where(others > 0, np.copysign(INFINITY, sign), sums)


def without_implied(
    matrix: sparse.csr_matrix,
    row_low: Vector,
    row_high: Vector,
    low: Vector,
    high: Vector,
) -> Programme:
    """The programme without sides of rows that a longer or shorter sum implies.

    Counts are not negative: a sum is no larger than a sum that contains it, and no
    smaller than one that it contains. Most hidden margins fall away here.
    """
    plain = np.flatnonzero(_is_sum(matrix))
    sums = sparse.csr_matrix(matrix[plain])
    size = np.diff(sums.indptr)
    # sums @ sums.T counts the columns that two sums share; all of the first: inside.
    overlap = sparse.coo_matrix(sums @ sums.T)
    inside = (overlap.data == size[overlap.row]) & (overlap.row != overlap.col)
    part, whole = plain[overlap.row[inside]], plain[overlap.col[inside]]
    # Of two equal sums with equal bounds the first one stays.
    earlier = (size[overlap.row[inside]] < size[overlap.col[inside]]) | (whole < part)
    tighter = (row_high[whole] < row_high[part]) | (
        (row_high[whole] == row_high[part]) & earlier
    )
    later = (size[overlap.row[inside]] < size[overlap.col[inside]]) | (part < whole)
    larger = (row_low[part] > row_low[whole]) | (
        (row_low[part] == row_low[whole]) & later
    )
    # part <= whole <= row_high[whole], and row_low[part] <= part <= whole.
    row_low, row_high = row_low.copy(), row_high.copy()
    row_high[part[tighter]] = INFINITY
    row_low[whole[larger]] = -INFINITY
    # That a sum of counts is 0 or more is known without a row.
    informative = np.isfinite(row_low) & (row_low > 0) | np.isfinite(row_high)
    informative |= ~_is_sum(matrix)
    return Programme(
        sparse.csr_matrix(matrix[informative]),
        row_low[informative],
        row_high[informative],
        low,
        high,
    )


def _is_sum(matrix: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Rows with no coefficient but 1."""
    # In each row the number of its coefficients other than 1, by the same pattern.
    other = sparse.csr_matrix((matrix.data != 1, matrix.indices, matrix.indptr))
    other.resize(matrix.shape)
    return np.asarray(np.asarray(other.sum(axis=1)).ravel() == 0)
