"""What a vector of true counts tells, beside what is met by chance, in bits.

An edition holds two thousand vectors of counts, most of small numbers, and a report
shows about as many that are none of its own. So a match tells as much as vectors like
it are rare: of all vectors with numbers about as large, how few are true ones?
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from math import log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qadaya.editions.edition import Edition, edition_at
from qadaya.pages.leaks.vectors import Key, vectors_of

# About as large: each number, one added, within this factor of the other's.
_FACTOR = 1.5
_NEVER = 99.0


class Rarity:
    """How rare the vectors of an edition are among all that are like them."""

    def __init__(self, keys: Iterable[Key]) -> None:
        by_length: dict[int, list[Key]] = defaultdict(list)
        for key in keys:
            by_length[len(key)].append(key)
        self.by_length = {n: np.array(held) for n, held in by_length.items() if n}

    def bits(self, key: Key) -> float:
        """What it tells that these counts are true ones; `key` is in order of size."""
        low, high = _about(np.array(key, dtype=float))
        held = self.by_length.get(len(key), np.empty((0, len(key))))
        true = int(((held >= low) & (held <= high)).all(axis=1).sum())
        return log2(_in_order(low, high) / true) if true else _NEVER


def rarity_of(edition: Edition) -> Rarity:
    """How rare each vector of an edition is."""
    return _rarity_at(edition.path)


@cache
def _rarity_at(path: Path) -> Rarity:
    return Rarity(vectors_of(edition_at(path)))


def _about(counts: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The least and the largest of the numbers that are about as large as each."""
    low = np.ceil((1 + counts) / _FACTOR - 1 - 1e-9)
    high = np.floor((1 + counts) * _FACTOR - 1 + 1e-9)
    return np.maximum(low, 1).astype(np.int64), np.maximum(high, 1).astype(np.int64)


def _in_order(low: NDArray[np.int64], high: NDArray[np.int64]) -> float:
    """How many vectors in order of size have each number between its two ends."""
    ways = np.zeros(int(high.max()) + 1)
    ways[low[0] : high[0] + 1] = 1
    for least, most in zip(low[1:], high[1:], strict=True):
        smaller = np.cumsum(ways)
        ways = np.zeros_like(smaller)
        ways[least : most + 1] = smaller[least : most + 1]
    return float(ways.sum())
