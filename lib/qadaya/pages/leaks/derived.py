"""Numbers made from counts: shares, rates, sums so far, differences, limits, lengths.

Sums, differences and limits of intervals are turned back into the counts they were made
from, which are then compared as counts. What is in proportion to counts (shares, rates
in one population, an index, the heights of bars) keeps their shape at every scale, and
the course of a line keeps it whatever its origin: there the shapes are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, reduce
from itertools import accumulate, pairwise
from math import gcd, log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qadaya.editions.edition import Edition, edition_at
from qadaya.inference import poisson_interval, rate_interval
from qadaya.pages.leaks.explained import are_ratios
from qadaya.pages.leaks.vectors import Key, is_even, vectors_of

Vector = NDArray[np.float64]

_MOST_PLACES = 6
_LARGEST_COUNT = 5_000
# What numbers must tell beyond the choice among all shapes of their length, in bits: a
# report shows eight hundred lists no finer than a tenth, of which by chance one has the
# shape of true counts in fewer than one report of a hundred. And what the counts must
# tell by themselves, since 1, 2, 1 is everywhere.
_MARGIN = 12.0
_LEAST = 6.0
# By how much of itself a number may be rounded off and still be compared.
_COARSEST = 0.125


def counts_behind(numbers: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """The counts that such numbers could have been made from, one by one."""
    whole = all(n % 1 == 0 for n in numbers)
    if whole and len(numbers) > 2:
        steps = (numbers[0], *(b - a for a, b in pairwise(numbers)))
        if min(steps) >= 0:
            yield steps
        sums = tuple(accumulate(numbers))
        if min(numbers) < 0 <= min(sums):
            yield sums
    if not whole:
        yield from _behind_limits(numbers)


def _behind_limits(numbers: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """The counts whose intervals end at these numbers, each rounded as they are."""
    tables = _limits(places_of(numbers))
    able = [table for table in tables if all(end in table for end in numbers)]
    # Two methods can agree.
    yield from dict.fromkeys(tuple(table[end] for end in numbers) for table in able)


@cache
def _limits(places: int) -> list[dict[float, float]]:
    """For each end and method: the count behind each limit that only one count has."""
    counts = np.arange(1, _LARGEST_COUNT)
    ends = [
        *poisson_interval(counts),
        *rate_interval(counts, np.ones(len(counts)), per=1),
    ]
    tables = []
    for end in ends:
        rounded = np.round(np.asarray(end, dtype=float), places).tolist()
        often = Counter(rounded)
        tables.append({x: float(n) for n, x in enumerate(rounded, 1) if often[x] == 1})
    return tables


def places_of(numbers: tuple[float, ...]) -> int:
    """How many decimals these numbers were rounded to, as far as they tell."""
    decimals = (repr(float(n)).partition(".")[2] for n in numbers)
    return min(max(len(digits.removesuffix("0")) for digits in decimals), _MOST_PLACES)


class Shapes:
    """Vectors of counts of one length, to be compared at every scale at once."""

    def __init__(self, vectors: Vector, *, drawn: bool = False) -> None:
        self.drawn = drawn
        self.vectors = self._moved(vectors)
        self.square = (self.vectors**2).sum(axis=1)

    def __len__(self) -> int:
        return len(self.vectors)

    def agreeing(self, numbers: Vector, half: float) -> NDArray[np.intp]:
        """The vectors in proportion to the numbers, each of them within `half`."""
        shown = self._moved(numbers[None, :])[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = self.vectors @ shown / self.square
            off = np.abs(self.vectors * scale[:, None] - shown)
        # A drawing has its own origin, known no better than its numbers are.
        within = (off <= half * (2 if self.drawn else 1) + 1e-9).all(axis=1)
        return np.flatnonzero(within & (scale > 0))

    def _moved(self, vectors: Vector) -> Vector:
        if not self.drawn:
            return vectors
        moved: Vector = vectors - vectors.mean(axis=1, keepdims=True)
        return moved


def told_by_numbers(numbers: Vector, half: float) -> float:
    """What numbers tell beside their scale, in bits: how finely each is given."""
    bits = np.log2(1 + np.abs(numbers) / (2 * half))
    return float(bits.sum() - bits.max())


def is_fine(numbers: Vector, half: float) -> bool:
    """Whether each number is given finely enough to have a shape; a bare 3 is not."""
    return bool(half <= _COARSEST * np.abs(numbers[numbers != 0]).min(initial=np.inf))


def told_by_counts(counts: Vector) -> float:
    """What the shape of counts tells in bits: 31, 17, 8 more than 2, 1, 1."""
    whole = [int(n) for n in counts]
    common = reduce(gcd, whole) or 1
    bits = [log2(1 + n / common) for n in whole]
    return sum(bits) - max(bits)


def is_in_proportion(
    numbers: tuple[float, ...],
    protected: Edition | None,
    unprotected: Edition,
    *,
    drawn: bool = False,
) -> bool:
    """Whether numbers have the shape of true counts and of none that is published.

    `drawn`: they are places in a drawing, whose origin and direction are its own.
    """
    ordered = np.array(sorted(n for n in numbers if drawn or n))
    shapes = shapes_of(unprotected, drawn).get(len(ordered))
    if shapes is None or is_even(numbers) or len(set(ordered)) < (4 if drawn else 3):
        return False
    half = 0.5 * 10.0 ** -places_of(numbers)
    if not drawn and (ordered[0] < 0 or not is_fine(ordered, half)):
        return False
    spread = np.unique(ordered - ordered.min() if drawn else ordered)
    if told_by_numbers(spread, half) < log2(len(shapes)) + _MARGIN:
        return False
    # Down is up in a drawing.
    for shown in (ordered, -ordered[::-1])[: 1 + drawn]:
        true = shapes.agreeing(shown, half)
        if any(_told(shapes, place) >= _LEAST for place in true):
            known = shapes_of(protected, drawn) if protected else {}
            same = known.get(len(ordered))
            if same is None or not len(same.agreeing(shown, half)):
                places = places_of(numbers)
                return protected is None or not are_ratios(shown, places, protected)
    return False


def _told(shapes: Shapes, place: int) -> float:
    counts = shapes.vectors[place]
    return told_by_counts(np.rint(counts - counts.min() if shapes.drawn else counts))


def shapes_of(edition: Edition, drawn: bool) -> dict[int, Shapes]:
    """The vectors of an edition by their length."""
    return _shapes_at(edition.path, drawn)


@cache
def _shapes_at(path: Path, drawn: bool) -> dict[int, Shapes]:
    by_length: dict[int, list[Key]] = defaultdict(list)
    for key in sorted(vectors_of(edition_at(path))):
        if len(set(key)) > 1:
            by_length[len(key)].append(key)
    return {
        length: Shapes(np.array(keys, dtype=float), drawn=drawn)
        for length, keys in by_length.items()
        if length > 2
    }
