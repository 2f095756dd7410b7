"""The threshold of a count: below it the count becomes 0, from it on the base.

Every inner cell has one, from 1 to the base, that no one is told. It stays the same
from edition to edition: so a count that has not changed is published as it was, and one
that has grown by late cases never falls from the base to 0, which would give it away.
The threshold of a new count is found by the programme, or by chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.errors import ParameterError
from sdctables.rounding.model import OPEN
from sdctables.rounding.rows import Counts


@dataclass(frozen=True)
class Thresholds:
    """For each inner count the least and the greatest threshold it can have."""

    least: Counts
    most: Counts
    base: int

    @classmethod
    def unknown(cls, size: int, base: int) -> Self:
        return cls(np.ones(size, dtype=np.int64), np.full(size, base), base)

    def settled(self, counts: Counts) -> Counts:
        """What each count is published as, OPEN where its threshold does not tell."""
        # A count c becomes the base if c >= threshold: surely so if c >= most, and
        # surely not if c < least. Zeros and larger counts have no say in theirs.
        small = (counts > 0) & (counts < self.base)
        up, down = counts >= self.most, counts < self.least
        return np.where(small & up, self.base, np.where(small & down, 0, OPEN))

    def at(self, places: NDArray[np.intp]) -> "Thresholds":
        return Thresholds(self.least[places], self.most[places], self.base)

    def drawn(self, counts: Counts, draw: np.random.Generator) -> Counts:
        """What the counts become when chance picks their thresholds.

        A count of 1 thus becomes the base once in `base` times, a count of 2 twice.
        """
        # Both ends can be drawn; the upper one of `integers` cannot.
        threshold = draw.integers(self.least, self.most + 1)
        return np.where(counts >= threshold, self.base, 0)


def thresholds_of(
    inner: pd.DataFrame,
    attributes: list[str],
    base: int,
    earlier: Iterable[pd.DataFrame],
) -> Thresholds:
    """What earlier editions leave of the thresholds of these inner cells.

    `earlier`: inner cells with the true `n` and what was `published`, rounded to the
    same base.

    Raises: ParameterError where they are no roundings by one threshold.
    """
    bounds = Thresholds.unknown(len(inner), base)
    for number, record in enumerate(earlier, start=1):
        beside = inner[attributes].merge(record, how="left", on=attributes)
        # A cell that the earlier edition did not have held no case then.
        true, published = beside["n"].fillna(0), beside["published"].fillna(0)
        small = ((true > 0) & (true < base)).to_numpy()
        if "needed" in beside:
            # A count that was left as it is says nothing of its threshold.
            small = small & beside["needed"].eq(True).to_numpy()
        up = small & (published == base).to_numpy()
        down = small & (published == 0).to_numpy()
        if (strange := small & ~up & ~down).any():
            raise ParameterError(
                f"earlier edition {number}: a count below {base} was published as "
                f"{int(published[strange].iloc[0])}; expected 0 or {base}"
            )
        # c published as 0 says threshold > c, as the base threshold <= c. Every edition
        # narrows what the ones before have left.
        least = np.where(down, true + 1, 1).astype(np.int64)
        most = np.where(up, true, base).astype(np.int64)
        bounds = Thresholds(
            np.maximum(bounds.least, least), np.minimum(bounds.most, most), base
        )
    if (bounds.least > bounds.most).any():
        raise ParameterError(
            "earlier editions: one published a count as the base and another a larger "
            "one as 0; expected records of editions that followed each other"
        )
    return bounds


def kept_moves(
    inner: pd.DataFrame,
    attributes: list[str],
    exact: Sequence[Counts],
    earlier: Sequence[pd.DataFrame],
) -> Counts:
    """Larger counts that the latest edition moved, OPEN where they may move anew.

    They stay where all counts of their exact margins are as they were: else the margin
    must be hit once more. `exact`: for each margin the cell that a count belongs to.
    """
    if not earlier or not exact:
        return np.full(len(inner), OPEN)
    beside = inner[attributes].merge(earlier[-1], how="left", on=attributes)
    same = beside["n"].eq(inner["n"]).to_numpy()
    # A cell with a count that may move lets its other counts move, and those the other
    # cells that they are in: until no more are drawn in.
    settling = True
    while settling:
        wanted = same
        for groups in exact:
            same = pd.Series(same).groupby(groups).transform("all").to_numpy()
        settling = bool((same != wanted).any())
    # Also of small counts, which nobody asks here: their thresholds settle them.
    published = beside["published"].fillna(OPEN).to_numpy(dtype=np.int64)
    return np.where(same, published, OPEN)
