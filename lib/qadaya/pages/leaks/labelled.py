"""Counts beside the names they belong to, compared name by name with an edition.

By themselves two numbers, or three equal ones, may stand anywhere. Beside the names of
courts or years they are a row of a table, and a table either has that row or not. With
some of the thousands of thin slices small numbers agree by chance; so they must tell
more than the choice of the slice does.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import log2
from pathlib import Path

import numpy as np

from qadaya.editions.edition import Edition
from qadaya.pages.leaks.carried import Carried
from qadaya.pages.leaks.derived import (
    counts_behind,
    is_fine,
    places_of,
    told_by_counts,
    told_by_numbers,
)
from qadaya.pages.leaks.names import Meaning, folded, names
from qadaya.pages.leaks.slices import Counts, Slices, slices_at, slices_of

# What the numbers must tell beyond the choice of the slice, in bits: of a hundred
# rows of small numbers with names fewer than one agrees by chance.
_MARGIN = 3.0
# The same of numbers in proportion.
_MARGIN_OF_SHAPES = 4.0

# One reading of names: the dimension, and which of its names are meant.
NameReading = tuple[str, str]


def tells_counts(
    piece: Carried, protected: Edition | None, unprotected: Edition
) -> bool:
    """Whether named counts are a slice of the true cube and none of the published.

    Also where they can be worked out from the named numbers, or are the same at
    another scale.
    """
    if piece.labels is None or piece.numbers is None:
        return False
    readings = [
        (shown, slices_of(unprotected)[dimension], _published(protected, dimension))
        for dimension, shown in _readings(
            piece.labels, piece.numbers, codes_of(unprotected)
        )
    ]
    # A town is a court and a circuit: what is published of the one is no count of the
    # other, though it be the same number.
    if any(published.agreeing(shown) for shown, _, published in readings):
        return False
    for shown, true, published in readings:
        for counts in (shown, *_behind(shown)):
            if _is_true(counts, true) and not published.agreeing(counts):
                return True
        if _has_shape(shown, true, published):
            return True
    return False


def _published(protected: Edition | None, dimension: str) -> Slices:
    return slices_of(protected)[dimension] if protected else Slices()


def _behind(shown: Counts) -> Iterator[Counts]:
    for counts in counts_behind(tuple(shown.values())):
        # A limit that all of them share says too little to be told from another.
        if len(set(counts)) > 1:
            yield dict(zip(shown, counts, strict=True))


def _is_true(shown: Counts, true: Slices) -> bool:
    if any(n < 0 or n % 1 for n in shown.values()) or not any(shown.values()):
        return False
    thin = [true.fixed[number] for number in true.agreeing(shown)]
    bits = sum(map(_bits, shown.values()))
    return bool(thin) and bits >= log2(true.sizes[min(thin)]) + _MARGIN


def _has_shape(shown: Counts, true: Slices, published: Slices) -> bool:
    """Whether the numbers are in proportion to a slice, and to none published."""
    some = np.array([n for n in shown.values() if n])
    half = 0.5 * 10.0 ** -places_of(tuple(some))
    apart = len(set(some)) > 1 and is_fine(some, half)
    if not apart or min(some) < 0 or not shown.keys() <= true.places.keys():
        return False
    codes = [true.places[code] for code, n in shown.items() if n]
    shown_bits = told_by_numbers(some, half)
    telling = any(
        min(shown_bits, told_by_counts(true.table[number, codes]))
        >= log2(true.sizes[true.fixed[number]]) + _MARGIN_OF_SHAPES
        for number in true.in_proportion(shown, half)
    )
    known = shown.keys() <= published.places.keys()
    return telling and not (known and published.in_proportion(shown, half))


def _bits(n: float) -> float:
    """What a count tells: as if each size of it were half as likely as half of it.

    Empty cells are everywhere in so thin a cube, and tell little.
    """
    return 1 + log2(1 + n) if n else 0.5


def _readings(
    labels: tuple[str, ...],
    numbers: tuple[float, ...],
    own: dict[str, list[Meaning]],
) -> Iterator[tuple[str, Counts]]:
    """The numbers by code, for each way in which most of the names can be read."""
    counts: dict[NameReading, Counts] = defaultdict(dict)
    twice: set[NameReading] = set()
    for text, n in zip(labels, numbers, strict=True):
        named = folded(text)
        for dimension, kind, code in names().get(named, own.get(named, ())):
            reading = (dimension, kind)
            if code in counts[reading]:
                twice.add(reading)
            counts[reading][code] = n
    for reading, shown in counts.items():
        enough = len(shown) >= max(2, len(labels) / 2) and any(shown.values())
        if enough and reading not in twice:
            yield reading[0], shown


def codes_of(edition: Edition) -> dict[str, list[Meaning]]:
    """The codes that an edition itself uses, which need not be in the reference."""
    return _codes_at(edition.path)


@cache
def _codes_at(path: Path) -> dict[str, list[Meaning]]:
    meanings: dict[str, list[Meaning]] = defaultdict(list)
    for dimension, slices in slices_at(path).items():
        for code in dict.fromkeys(code for code, _ in slices.having):
            meanings[folded(code)].append((dimension, "id", code))
    return meanings
