"""The vectors of counts that an edition holds, in whatever order they may be shown.

A vector is known by its numbers without zeros, sorted: a chart may sort its bars, leave
out what is empty or add a total, and still show the same counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, pairwise
from math import log2
from pathlib import Path

import pandas as pd

from qadaya.editions.edition import Edition, edition_at
from qadaya.vocabulary import MEASURES, RESULTS_OF_MEASURE, STAGES_OF_MEASURE

Key = tuple[float, ...]

_COUNTS = ("n", "accepted", "refused")
_DIMENSIONS = (
    "court_id",
    "circuit_id",
    "platform",
    "year",
    "stage",
    "result",
    "body",
    "subject",
    "first_instance",
    "appeal",
    "cassation",
)
# Below this a vector is so small that a page may hold it by chance: an order of bars, a
# list of three small numbers.
_BITS = 12.0
_BITS_IN_SIGHT = 10.0
YEARS = range(1990, 2101)


def key_of(numbers: Iterable[float]) -> Key:
    """How a vector is known: its numbers but zero, in order of size."""
    return tuple(sorted(n for n in numbers if n))


def variants(numbers: tuple[float, ...]) -> Iterator[Key]:
    """The vector, and the vector without a total that stands among its parts."""
    key = key_of(numbers)
    yield key
    if len(key) > 2 and sum(key[:-1]) == key[-1]:
        yield key[:-1]


def is_telling(numbers: tuple[float, ...], *, hidden: bool = True) -> bool:
    """Whether a vector says enough not to be there by chance.

    Years and steps of one size (positions, a scale) say nothing; else the numbers and
    how often each occurs must amount to a dozen bits. Of what stands in plain sight a
    page holds a thousand vectors, most of small numbers: there only the sizes count.
    """
    if is_even(numbers):
        return False
    if all(n in YEARS for n in numbers):
        return False
    often = Counter(n for n in numbers if n)
    if len(often) < 2 or min(often) < 0 or any(n % 1 for n in often):
        return False
    bits = sum(log2(1 + n) for n in often)
    if not hidden:
        return bits >= _BITS_IN_SIGHT
    return bits + sum(log2(1 + n) for n in often.values()) >= _BITS


def is_even(numbers: tuple[float, ...]) -> bool:
    """Whether the numbers go up or down by steps of one size: positions, a scale."""
    return len(numbers) > 2 and len({b - a for a, b in pairwise(numbers)}) == 1


def is_few(numbers: tuple[float, ...], *, below: float) -> bool:
    """Whether these are a few counts with some that no protected table can hold.

    Too few to be told from chance in plain sight. Where no reader looks, three counts
    with one from 1 to `below` - 1 among them are worth comparing.
    """
    key = key_of(numbers)
    if len(key) < 3 or len(set(key)) < 2 or any(n % 1 for n in key):
        return False
    return 0 < key[0] < below


def vectors_of(edition: Edition) -> frozenset[Key]:
    """Every vector that can be read off the tables of an edition by adding up."""
    return _vectors_at(edition.path)


@cache
def _vectors_at(path: Path) -> frozenset[Key]:
    edition = edition_at(path)
    keys: set[Key] = set()
    for name in edition.tables:
        whole = edition.table(name)
        for count in _COUNTS:
            if count in whole and pd.api.types.is_numeric_dtype(whole[count]):
                for table in measured(whole):
                    keys.update(_sums(table, count))
    return frozenset(keys)


def measured(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The table, and where it has stages and results the part of each measure."""
    yield table
    if {"stage", "result"} <= set(table.columns):
        for measure in MEASURES:
            yield table[
                table["stage"].isin(STAGES_OF_MEASURE[measure])
                & table["result"].isin(RESULTS_OF_MEASURE[measure])
            ]


def _sums(table: pd.DataFrame, count: str) -> Iterator[Key]:
    """All sums over some of the dimensions, whole and slice by slice.

    Plain dicts: thousands of small groups are what a data frame is slow at.
    """
    dimensions = [name for name in _DIMENSIONS if name in table.columns]
    rows = list(table[dimensions].astype("str").itertuples(index=False, name=None))
    counts = [float(n) for n in table[count].fillna(0)]
    for size in range(1, len(dimensions) + 1):
        for places in combinations(range(len(dimensions)), size):
            sums: dict[tuple[str, ...], float] = defaultdict(float)
            for row, n in zip(rows, counts, strict=True):
                sums[tuple(row[place] for place in places)] += n
            yield key_of(sums.values())
            yield from _slices(sums, size)


def _slices(sums: dict[tuple[str, ...], float], size: int) -> Iterator[Key]:
    """The slices of a table of sums: some dimensions run, the others are fixed."""
    for fixed_count in range(1, size):
        for fixed in combinations(range(size), fixed_count):
            slices: dict[tuple[str, ...], list[float]] = defaultdict(list)
            for names, n in sums.items():
                slices[tuple(names[place] for place in fixed)].append(n)
            for counts_of_slice in slices.values():
                if len(counts_of_slice) > 1:
                    yield key_of(counts_of_slice)
