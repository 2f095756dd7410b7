"""A true count in a sentence: "In 2023 the court of Rabat had 31 cases".

Read are sentences that name years, at most one place, and one number for each year or a
single one. The number must be a true count of that place and year, of cases or of what
became of them, and none that is published.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import log2
from pathlib import Path

from qadaya.editions.edition import Edition, edition_at
from qadaya.pages.leaks.carried import numbers_in
from qadaya.pages.leaks.decimals import with_points
from qadaya.pages.leaks.labelled import codes_of
from qadaya.pages.leaks.names import PLACES, Meaning, folded, names
from qadaya.pages.leaks.vectors import YEARS, measured

_END = re.compile(r"[.!?;؟؛]+\s|\n")
# A line of a programme is no sentence.
_CODE = re.compile(r"[{}\[\]\"=<>_]")
_LONGEST = 400
_MOST_WORDS = 8
_MOST_YEARS = 4
# What the counts must tell, in bits: one of 16 cases tells 5, and so do two of 3.
_LEAST = 5.0

# Where a count belongs: dimension and code of a place (both empty: the country), year.
Cell = tuple[str, str, str]


def tells_a_count(
    text: str, protected: Edition | None, unprotected: Edition, *, commas: bool = False
) -> bool:
    """Whether a sentence of this text gives a true count that is not published.

    `commas`: the page is in a language that writes decimals behind them.
    """
    if not any(map(str.isdigit, text)):
        return False
    true = _sums_at(unprotected.path)
    published = _sums_at(protected.path) if protected else {}
    return any(
        _are_true(cells, true) and not _are_true(cells, published)
        for sentence in _END.split(with_points(text, commas=commas))
        if len(sentence) <= _LONGEST and not _CODE.search(sentence)
        for cells in _read(sentence, codes_of(unprotected))
    )


def _are_true(cells: dict[Cell, float], sums: dict[Cell, set[float]]) -> bool:
    return all(n in sums.get(cell, ()) for cell, n in cells.items())


def _read(sentence: str, own: dict[str, list[Meaning]]) -> Iterator[dict[Cell, float]]:
    """The counts of a sentence with what each belongs to, as it can be read."""
    numbers = numbers_in(sentence)
    years = [str(int(n)) for n in numbers if n in YEARS]
    counts = [n for n in numbers if n not in YEARS]
    bits = sum(log2(1 + n) for n in counts if n >= 0)
    whole = all(n >= 0 and n % 1 == 0 for n in counts)
    if not whole or bits < _LEAST or not 0 < len(years) <= _MOST_YEARS:
        return
    if len(counts) == len(years) == len(set(years)):
        for dimension, code in _places(sentence, own):
            cells = [(dimension, code, year) for year in years]
            yield dict(zip(cells, counts, strict=True))


def _places(sentence: str, own: dict[str, list[Meaning]]) -> set[tuple[str, str]]:
    """What the one place of a sentence can mean; the country where none is named."""
    words, place = folded(sentence).split(), 0
    places: list[set[tuple[str, str]]] = []
    while place < len(words):
        for size in range(min(_MOST_WORDS, len(words) - place), 0, -1):
            name = " ".join(words[place : place + size])
            meanings = names().get(name, own.get(name, ()))
            if meant := {(d, code) for d, _, code in meanings if d in PLACES}:
                places.append(meant)
                place += size
                break
        else:
            place += 1
    if not places:
        return {("", "")}
    return places[0] if all(meant == places[0] for meant in places) else set()


@cache
def _sums_at(path: Path) -> dict[Cell, set[float]]:
    """The counts of each place and year, one for each measure."""
    edition = edition_at(path)
    counts: dict[Cell, set[float]] = defaultdict(set)
    if "cube" not in edition.tables:
        return counts
    for table in measured(edition.cube):
        for dimension in ("", *PLACES):
            codes = table[dimension].astype("str") if dimension else ""
            cells = table.assign(code=codes, year=table["year"].astype("str"))
            sums = cells.groupby(["code", "year"])["n"].sum().reset_index()
            for code, year, n in sums.itertuples(index=False):
                counts[dimension, code, year].add(float(n))
    return counts
