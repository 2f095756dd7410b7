"""Which inner counts have to be rounded where only their sums are printed.

A printed sum below the base must not be true, so each small count in it is rounded. All
others may stay: whoever sees their sums only, the base and more, does not see them. But
where counts beside them became 0 the sum of what stayed may be small in turn; then that
is rounded as well, until no printed sum is small.

Here and there one more is rounded, by chance. Otherwise each that was rounded would
have been needed, so that some sum of it is small, which a reader could make use of.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sdctables.rounding.rows import Counts, Groups

# Of all counts that no sum needs; zeros among them.
ONE_MORE = 0.05


def needed_at_first(
    counts: Counts, margins: Sequence[Groups], base: int, *, seed: int
) -> NDArray[np.bool_]:
    """Of each inner count, whether it stands in a sum below the base.

    `margins`: for each printed margin the number of the cell a count belongs to. Zeros
    are marked like small counts: the reader of the audit is told which counts are left,
    and must not learn from it which of the others are none.
    """
    # A stream of its own, so that nothing else drawn from the seed tells of it.
    more = np.random.default_rng([seed, 3]).random(len(counts)) < ONE_MORE
    # A sum of zeros alone is below the base as well: see above.
    for cells in margins:
        more |= _sums(counts, cells) < base
    return more


def in_small_sums(
    published: Counts, margins: Sequence[Groups], base: int
) -> NDArray[np.bool_]:
    """Of each inner count, whether a sum from 1 to `base` - 1 is printed with it."""
    needed = np.zeros(len(published), dtype=bool)
    for cells in margins:
        sums = _sums(published, cells)
        # Published sums here: a 0 is no count that could be recognised.
        needed |= (sums > 0) & (sums < base)
    return needed


def _sums(counts: Counts, cells: Groups) -> Counts:
    """For each inner count the sum of the cell that it is in."""
    sums: Counts = np.bincount(cells, weights=counts).astype(np.int64)[cells]
    return sums
