"""Counts beside the names they belong to, compared name by name with an edition.

By themselves two numbers, or three equal ones, may stand anywhere. Beside the names of
courts or years they are a row of a table, and a table either has that row or not. A
slice is such a row: the counts along one dimension, with some others fixed and the rest
summed over. An edition has four whole slices by year, one for each measure, and
thousands of thin ones of single courts, stages and results, with some of which small
numbers agree by chance; so they must tell more than the choice of the slice does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from math import log2
from pathlib import Path

import pandas as pd

from qadaya.editions.edition import Edition, edition_at
from qadaya.language import LANGUAGES
from qadaya.pages.leaks.carried import Carried, plain_digits
from qadaya.pages.leaks.vectors import measured
from qadaya.reference import bodies, body_name, court_name, courts, fold
from qadaya.vocabulary import codes, label

_PLACES = ("court_id", "circuit_id")
_SPELLED = {
    "platform": "platform",
    "stage": "stage",
    "result": "result",
    "subject": "subject",
    "first_instance": "first_instance",
    "appeal": "appeal",
    "cassation": "cassation",
}
_DIMENSIONS = (*_PLACES, "year", "body", *_SPELLED)
# What the numbers must tell beyond the choice of the slice, in bits: of a hundred
# rows of small numbers with names fewer than one agrees by chance.
_MARGIN = 3.0
_MOST_FIXED = 3

# One reading of names: the dimension, and which of its names are meant.
Reading = tuple[str, str]
Counts = dict[str, float]


@dataclass
class _Slices:
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
        found = set.intersection(*(self.having.get(each, set()) for each in wanted))
        empty = [code for code, n in shown.items() if not n]
        return {
            number
            for number in found
            if not any(self.counts[number].get(code) for code in empty)
        }


def tells_counts(one: Carried, protected: Edition | None, unprotected: Edition) -> bool:
    """Whether named counts are a slice of the true cube and none of the published."""
    if one.labels is None or one.numbers is None:
        return False
    own = _codes_at(unprotected.path)
    for dimension, shown in _readings(one.labels, one.numbers, own):
        told = sum(map(_bits, shown.values()))
        true = slices_of(unprotected)[dimension]
        thin = [true.fixed[number] for number in true.agreeing(shown)]
        if not thin or told < log2(true.sizes[min(thin)]) + _MARGIN:
            continue
        if not (protected and slices_of(protected)[dimension].agreeing(shown)):
            return True
    return False


def _bits(n: float) -> float:
    """What a count tells: as if each size of it were half as likely as half of it.

    Empty cells are everywhere in so thin a cube, and tell little.
    """
    return 1 + log2(1 + n) if n else 0.5


def _readings(
    labels: tuple[str, ...],
    numbers: tuple[float, ...],
    own: dict[str, list[tuple[str, str, str]]],
) -> Iterator[tuple[str, Counts]]:
    """The counts by code, for each way in which most of the names can be read."""
    if any(n < 0 or n % 1 for n in numbers):
        return
    found: dict[Reading, Counts] = defaultdict(dict)
    twice: set[Reading] = set()
    for text, n in zip(labels, numbers, strict=True):
        named = _folded(text)
        for dimension, kind, code in _names().get(named, own.get(named, ())):
            reading = (dimension, kind)
            if code in found[reading]:
                twice.add(reading)
            found[reading][code] = n
    for reading, shown in found.items():
        enough = len(shown) >= max(2, len(labels) / 2) and any(shown.values())
        if enough and reading not in twice:
            yield reading[0], shown


@cache
def _folded(text: str) -> str:
    return fold(plain_digits(text))


@cache
def _names() -> dict[str, list[tuple[str, str, str]]]:
    """Every name in every language: dimension, kind of name, code."""
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for dimension, kind, code, text in (*_place_names(), *_code_names()):
        found[_folded(text)].add((dimension, kind, code))
    return {text: sorted(named) for text, named in found.items() if text}


def _place_names() -> Iterator[tuple[str, str, str, str]]:
    table = courts()
    for court in table.index:
        level = str(table.at[court, "level"])
        dimensions = _PLACES if level == "appeal" else _PLACES[:1]
        for dimension in dimensions:
            yield dimension, "id", court, court
            for language in LANGUAGES:
                yield dimension, "name", court, court_name(court, language)
                # A city can have a court of each level: read as one or the other.
                city = court_name(court, language, short=True)
                yield dimension, level, court, city


def _code_names() -> Iterator[tuple[str, str, str, str]]:
    for year in range(2000, 2100):
        yield "year", "year", str(year), str(year)
    for body in bodies().index:
        yield "body", "id", body, body
        for language in LANGUAGES:
            yield "body", "name", body, body_name(body, language)
    for dimension, kind in _SPELLED.items():
        for code in codes(kind):
            yield dimension, "code", code, code
            for language in LANGUAGES:
                yield dimension, "name", code, label(kind, code, language)


@cache
def _codes_at(path: Path) -> dict[str, list[tuple[str, str, str]]]:
    """The codes that an edition itself uses, which need not be in the reference."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for dimension, slices in _slices_at(path).items():
        for code in dict.fromkeys(code for code, _ in slices.having):
            found[_folded(code)].append((dimension, "id", code))
    return found


def slices_of(edition: Edition) -> dict[str, _Slices]:
    """The slices of an edition by dimension."""
    return _slices_at(edition.path)


@cache
def _slices_at(path: Path) -> dict[str, _Slices]:
    edition = edition_at(path)
    found: dict[str, _Slices] = {name: _Slices() for name in _DIMENSIONS}
    for name in edition.tables:
        whole = edition.table(name)
        if name == "reporting":
            # How many courts have reported is in the edition as well.
            whole = whole.assign(n=1)
        if "n" in whole:
            for table in measured(whole):
                _add_slices(found, table)
    return found


def _add_slices(found: dict[str, _Slices], table: pd.DataFrame) -> None:
    dimensions = [name for name in _DIMENSIONS if name in table.columns]
    if "status" in table:
        dimensions.append("status")
    rows = list(table[dimensions].astype("str").itertuples(index=False, name=None))
    counts = [float(n) for n in table["n"]]
    for place, name in enumerate(dimensions):
        if name not in found:
            continue
        others = [
            other
            for other, fixed in enumerate(dimensions)
            if other != place and not (name in _PLACES and fixed in _PLACES)
        ]
        for size in range(min(len(others), _MOST_FIXED) + 1):
            for fixed in combinations(others, size):
                _add_slices_by(found[name], rows, counts, place, fixed)


def _add_slices_by(
    slices: _Slices,
    rows: list[tuple[str, ...]],
    counts: Iterable[float],
    place: int,
    fixed: tuple[int, ...],
) -> None:
    """One slice for each combination of what is fixed."""
    sums: dict[tuple[str, ...], Counts] = defaultdict(lambda: defaultdict(float))
    for row, n in zip(rows, counts, strict=True):
        sums[tuple(row[each] for each in fixed)][row[place]] += n
    for one in sums.values():
        slices.add(dict(one), len(fixed))
