"""The slices of an edition: counts along one dimension, by the codes they belong to.

A slice has some other dimensions fixed and the rest summed over. An edition has four
whole slices by year, one for each measure, and thousands of thin ones of single courts,
stages and results.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qadaya.editions.edition import Edition, edition_at
from qadaya.pages.leaks.derived import Shapes
from qadaya.pages.leaks.names import PLACES, SPELLED
from qadaya.pages.leaks.vectors import measured

DIMENSIONS = (*PLACES, "year", "body", *SPELLED)
_MOST_FIXED = 3

Counts = dict[str, float]


@dataclass
class Slices:
    """The slices of one dimension: by thinness how many, and where each count is."""

    sizes: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    counts: list[Counts] = field(default_factory=list)
    fixed: list[int] = field(default_factory=list)
    having: dict[tuple[str, float], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, counts: Counts, fixed: int) -> None:
        number = len(self.counts)
        self.counts.append(counts)
        self.fixed.append(fixed)
        self.sizes[fixed] += 1
        for code, n in counts.items():
            self.having[code, n].add(number)

    def agreeing(self, shown: Counts) -> set[int]:
        """The slices that have each of these counts; what they lack is 0."""
        wanted = [(code, n) for code, n in shown.items() if n]
        numbers = set.intersection(*(self.having.get(count, set()) for count in wanted))
        empty = [code for code, n in shown.items() if not n]
        return {
            number
            for number in numbers
            if not any(self.counts[number].get(code) for code in empty)
        }

    def in_proportion(self, shown: Counts, half: float) -> set[int]:
        """The slices that have these counts at some scale, each within `half`."""
        codes = [code for code, n in shown.items() if n]
        numbers = np.array([shown[code] for code in codes])
        vectors = self.table[:, [self.places[code] for code in codes]]
        empty = [self.places[code] for code, n in shown.items() if not n]
        able = np.flatnonzero(
            (vectors > 0).all(axis=1) & (self.table[:, empty] == 0).all(axis=1)
        )
        if not len(able):
            return set()
        return set(able[Shapes(vectors[able]).agreeing(numbers, half)].tolist())

    @cached_property
    def places(self) -> dict[str, int]:
        """The column of each code in `table`."""
        return {
            code: place
            for place, code in enumerate(dict.fromkeys(c for c, _ in self.having))
        }

    @cached_property
    def table(self) -> NDArray[np.float64]:
        """The counts of every slice, a row each."""
        table = np.zeros((len(self.counts), len(self.places)))
        for row, counts in enumerate(self.counts):
            for code, n in counts.items():
                table[row, self.places[code]] = n
        return table


def slices_of(edition: Edition) -> dict[str, Slices]:
    """The slices of an edition by dimension."""
    return slices_at(edition.path)


@cache
def slices_at(path: Path) -> dict[str, Slices]:
    """The slices of the edition in a folder."""
    edition = edition_at(path)
    by_dimension: dict[str, Slices] = {name: Slices() for name in DIMENSIONS}
    for name in edition.tables:
        whole = edition.table(name)
        if name == "reporting":
            # How many courts have reported is in the edition as well.
            whole = whole.assign(n=1)
        if "n" in whole:
            for table in measured(whole):
                _add_slices(by_dimension, table)
    return by_dimension


def _add_slices(by_dimension: dict[str, Slices], table: pd.DataFrame) -> None:
    dimensions = [name for name in DIMENSIONS if name in table.columns]
    if "status" in table:
        dimensions.append("status")
    rows = list(table[dimensions].astype("str").itertuples(index=False, name=None))
    counts = [float(n) for n in table["n"]]
    for place, name in enumerate(dimensions):
        if name not in by_dimension:
            continue
        others = [
            other
            for other, fixed in enumerate(dimensions)
            if other != place and not (name in PLACES and fixed in PLACES)
        ]
        for size in range(min(len(others), _MOST_FIXED) + 1):
            for fixed in combinations(others, size):
                _add_slices_by(by_dimension[name], rows, counts, place, fixed)


def _add_slices_by(
    slices: Slices,
    rows: list[tuple[str, ...]],
    counts: Iterable[float],
    place: int,
    fixed: tuple[int, ...],
) -> None:
    """One slice for each combination of what is fixed."""
    sums: dict[tuple[str, ...], Counts] = defaultdict(lambda: defaultdict(float))
    for row, n in zip(rows, counts, strict=True):
        sums[tuple(row[column] for column in fixed)][row[place]] += n
    for slice_ in sums.values():
        slices.add(dict(slice_), len(fixed))
