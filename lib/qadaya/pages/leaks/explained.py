"""Numbers that follow from a published edition and are no counts of its tables.

Pages print how far rounding can have moved a count, and ratios of observed to expected
cases: small whole numbers, and numbers in proportion to some. By chance they are those
of true counts, which counts depends on the draw of the edition; as they follow from
what is published they tell nothing.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.inference import funnel_limits
from qadaya.pages.leaks.vectors import Key, key_of, vectors_of
from qadaya.reference import courts
from qadaya.views.explorer.chance import error_table
from qadaya.views.explorer.facts import choices_of
from qadaya.views.frames.comparable import BESIDE, units
from qadaya.views.frames.funnel import LEVELS, funnel_units

_RATIOS = ("ratio", "ratio_low", "ratio_high")
# A ratio known to fewer decimals could be many.
_LEAST_PLACES = 2


@once_an_edition
def published_vectors(edition: Edition) -> frozenset[Key]:
    """Every vector of counts that an edition publishes, with the bounds it prints."""
    return vectors_of(edition) | frozenset(_printed_bounds(edition))


def _printed_bounds(edition: Edition) -> Iterator[Key]:
    """The rows and columns of the table of rounding errors, as the explorer has it."""
    if not edition.bounds:
        return
    for sizes in error_table(edition, choices_of(edition)).values():
        for line in (*sizes, *map(list, zip(*sizes, strict=True))):
            yield from (key_of(n or 0 for n in errors.values()) for errors in line)
            yield from (key_of(e[piece] or 0 for e in line) for piece in line[0])


def are_ratios(numbers: NDArray[np.float64], places: int, edition: Edition) -> bool:
    """Whether all numbers are ratios of observed to expected cases of one funnel.

    Or the limits that chance and rounding set them. The ratios themselves, not numbers
    in proportion to them: true counts at some scale are not explained away.
    """
    if places < _LEAST_PLACES:
        return False
    half = 0.5 * 10.0**-places + 1e-9
    return any(
        (np.abs(ratios - numbers[:, None]) <= half).any(axis=1).all()
        for ratios in _funnel_ratios(edition)
    )


@once_an_edition
def _funnel_ratios(edition: Edition) -> list[NDArray[np.float64]]:
    """What each funnel draws, of all years together and of each year.

    Of courts that the reference does not know no funnel can be drawn.
    """
    if not set(edition.table("reporting")["court_id"]) <= set(courts().index):
        return []
    listed = [
        funnel_units(units(edition, level=level, beside=beside, years=years))
        for level, besides in BESIDE.items()
        for beside in besides
        for years in (None, *([year] for year in edition.years))
    ]
    return [ratios for funnel in listed if len(funnel) for ratios in _drawn(funnel)]


def _drawn(funnel: pd.DataFrame) -> Iterator[NDArray[np.float64]]:
    """The ratios, the ends that rounding leaves them, what chance allows and how far.

    All are whole numbers over expected cases: as likely in proportion to counts.
    """
    for column in _RATIOS:
        yield funnel[column].to_numpy(dtype=float)
    for level in LEVELS.values():
        low, high = map(np.asarray, funnel_limits(funnel["expected"], level))
        yield from (low, high, high - low)
