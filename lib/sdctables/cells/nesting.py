"""Which value of one column belongs to which of another: courts to circuits.

A reader knows the classifications. Where two columns never stand together in a margin,
the published cells alone do not show whether one belongs to the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any, Self

import pandas as pd

from sdctables.cells.checks import TOTAL
from sdctables.errors import ParameterError

Pair = tuple[str, str]


@dataclass(frozen=True)
class Nesting:
    """Each value of the column `fine` belongs to one value of `coarse`."""

    fine: str
    coarse: str
    belongs: tuple[tuple[Any, Any], ...]

    def coarse_of(self, values: pd.Series) -> pd.Series:
        """The coarse value of each fine one, missing where none is known."""
        return values.map(dict(self.belongs))

    @classmethod
    def of(cls, given: "Nesting | Sequence[Any]") -> "Self | Nesting":
        """A nesting, or `(fine, coarse, {fine value: coarse value})`.

        Raises: ParameterError for anything else.
        """
        if isinstance(given, Nesting):
            return given
        three = isinstance(given, list | tuple) and len(given) == 3
        if not three or not isinstance(given[2], Mapping | list | tuple):
            raise ParameterError(
                f"nesting: has {given!r}; expected (fine column, coarse column, "
                "{fine value: coarse value})"
            )
        fine, coarse, belongs = given
        pairs = belongs.items() if isinstance(belongs, Mapping) else belongs
        return cls(fine, coarse, tuple((own, of) for own, of in pairs))


def nestings_of(
    given: Iterable[Nesting | Sequence[Any]], attributes: Sequence[str]
) -> tuple[Nesting, ...]:
    """What the owner says of these columns.

    Raises: ParameterError for an unknown column.
    """
    nestings = tuple(Nesting.of(nesting) for nesting in given)
    for nesting in nestings:
        for column in (nesting.fine, nesting.coarse):
            if column not in attributes:
                raise ParameterError(
                    f"nesting: unknown column {column!r}; expected columns among "
                    f"{', '.join(map(str, attributes))}"
                )
    return nestings


def nestings_in(cells: pd.DataFrame, attributes: Sequence[str]) -> tuple[Nesting, ...]:
    """Each pair of columns where the first determines the second, value by value."""
    sizes = {column: cells[column].nunique() for column in attributes}
    nestings = []
    for fine, coarse in permutations(attributes, 2):
        # A column of one value belongs to everything and says nothing; and no column
        # determines one of more values than its own.
        if sizes[coarse] <= 1 or sizes[fine] < sizes[coarse]:
            continue
        pairs = cells[[fine, coarse]].drop_duplicates()
        # As many pairs as fine values: each has one coarse value.
        if len(pairs) == sizes[fine]:
            values = pairs.astype("object").itertuples(index=False, name=None)
            nestings.append(Nesting(fine, coarse, tuple(values)))
    return tuple(nestings)


def nestings_seen(
    published: pd.DataFrame, attributes: Sequence[str]
) -> tuple[tuple[Nesting, ...], tuple[Pair, ...]]:
    """Every nesting that published cells show; pairs of columns of which they are mute.

    A pair is mute if no margin keeps both columns and no third column links them.
    """
    kept = {column: (published[column] != TOTAL).to_numpy() for column in attributes}
    sizes = {
        column: published.loc[kept[column], column].nunique() for column in attributes
    }
    nestings: list[Nesting] = []
    apart: list[Pair] = []
    for one, other in combinations(attributes, 2):
        both = kept[one] & kept[other]
        if both.any():
            nestings += nestings_in(published[both], (one, other))
        elif sizes[one] > 1 and sizes[other] > 1:
            apart.append((one, other))
    # Court to circuit and circuit to region tell of court and region, without a margin
    # that keeps both.
    links = _determined(nestings, attributes)
    mute = [(a, b) for a, b in apart if b not in links[a] and a not in links[b]]
    return tuple(nestings), tuple(mute)


def _determined(
    nestings: Sequence[Nesting], attributes: Sequence[str]
) -> dict[str, set[str]]:
    """For each column those that it determines, also by way of others."""
    links = {column: {column} for column in attributes}
    # a -> b and b -> c gives a -> c: until no column determines another one more.
    growing = True
    while growing:
        growing = False
        for nesting in nestings:
            more = links[nesting.coarse] - links[nesting.fine]
            links[nesting.fine] |= more
            growing |= bool(more)
    return links
