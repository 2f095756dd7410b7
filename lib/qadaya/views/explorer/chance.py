"""What chance and rounding do to any count that the explorer can show, as tables.

The front end has no formula: it looks up how far rounding can have moved a selection,
which interval covers a count, and whether chance explains a difference.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from qadaya.editions.edition import Edition
from qadaya.inference import poisson_interval, smallest_significant_change
from qadaya.views.explorer.selection import Choices
from qadaya.views.frames.bounds import margins_of
from qadaya.vocabulary import MEASURES

_ALL_UP_TO = 1_000  # counts in the table one by one; above, in steps of 2 %
_STEP = 1.02
_PLACES = 10**4  # limits are cut outwards, so that what is cut still covers the count
# How the courts of a selection add up: all of them, whole circuits, single courts.
_PIECES = (("all", ()), ("circuit", ("circuit_id",)), ("court", ("court_id",)))


def chance_table(most: int) -> dict[str, list[float]]:
    """By count, up to one above `most`: its interval and the nearest real changes.

    Keys: counts (in order), low and high (Garwood, 95 %), down
    and up (the counts nearest to it that chance would not explain; -1 where even none
    would be no evidence). Between two counts of the table the outer one holds, so that
    what is looked up covers the count.
    """
    counts = _counts_up_to(most)
    low, high = poisson_interval(counts)
    down, up = smallest_significant_change(counts)
    return {
        "counts": counts.tolist(),
        "low": (np.floor(low * _PLACES) / _PLACES).tolist(),
        "high": (np.ceil(high * _PLACES) / _PLACES).tolist(),
        "down": np.where(np.isnan(down), -1, down).astype(int).tolist(),
        "up": up.astype(int).tolist(),
    }


def error_table(
    edition: Edition, choices: Choices
) -> dict[str, list[list[dict[str, int | None]]]]:
    """The largest rounding error of a selection, by what it is made of, in cases.

    Measure -> as many platforms less one -> as many years less one -> the error of all
    courts together, of one circuit, of one court; None where nothing bounds it.
    """
    margins = margins_of(edition)

    def errors(measure: str, platforms: int, years: int) -> dict[str, int | None]:
        picked: dict[str, Sequence[Any]] = {}
        if platforms < len(choices.platforms):
            picked["platform"] = choices.platforms[:platforms]
        if years < len(choices.years):
            picked["year"] = choices.years[:years]
        return {piece: margins.error(by, measure, picked) for piece, by in _PIECES}

    sizes = [range(1, len(all_) + 1) for all_ in (choices.platforms, choices.years)]
    return {
        measure: [[errors(measure, p, y) for y in sizes[1]] for p in sizes[0]]
        for measure in MEASURES
    }


def _counts_up_to(most: int) -> np.ndarray:
    # One above, so that a count just over the largest has a limit too.
    counts = list(range(min(most, _ALL_UP_TO) + 2))
    while counts[-1] <= most:
        counts.append(int(np.ceil(counts[-1] * _STEP)))
    return np.array(counts)
