"""Regions, circuits and courts with what could be expected of them."""

from collections.abc import Sequence
from math import isnan

import numpy as np
import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.errors import ParameterError
from qadaya.inference import MINIMUM_EXPECTED, STRICT, funnel_limits
from qadaya.reference import court_name
from qadaya.views.frames.bounds import rounding_error
from qadaya.views.frames.caseload import caseload_units
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.places import place_error
from qadaya.views.frames.regions import region_units

LEVELS = ("region", "circuit", "court")
RANGE = ("error", "expected_low", "expected_high")  # what rounding leaves open
COMPARED = "prosecuted"  # of a circuit's or a court's own cases
# What a count is set beside: children where their number is known, the cases of the
# place itself, or the files of all matters that its courts handle.
CHILDREN, OWN_CASES, CASELOAD = "children", "own_cases", "caseload"
BESIDE = {
    "region": (CHILDREN,),
    "circuit": (OWN_CASES, CASELOAD),
    "court": (OWN_CASES,),
}


@once_an_edition
def units(
    edition: Edition,
    *,
    level: str,
    beside: str | None = None,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Units of a level with observed and expected cases, and what rounding leaves.

    Regions: cases, expected at the national rate per child aged 0 to 14. Circuits and
    courts: prosecuted cases, expected from their own cases at the national share,
    since nobody knows how many people live in a circuit; `beside`="caseload" gives
    circuits with a published caseload, their cases expected in proportion to it. Rows:
    one per unit with a count. Columns: place, name, observed, expected, error (of
    observed; None: not bounded), expected_low and expected_high (what rounding may have
    made of expected).
    Raises: ParameterError for another level, something else beside it, or a year that
    the edition lacks.
    """
    beside = beside_of(level, beside)
    chosen = list(years or edition.years)
    if beside == CHILDREN:
        compared = region_units(edition, years=years, language=language)
        compared = compared.rename(columns={"region_iso": "place"})
    elif beside == CASELOAD:
        compared = caseload_units(edition, years=years, language=language)
        compared = compared.rename(columns={"circuit_id": "place"})
    else:
        compared = _of_own_cases(edition, level, chosen, language)
    ends = _expected_ends(compared, edition, level, beside, chosen)
    compared["expected_low"], compared["expected_high"] = ends
    return compared[["place", "name", "observed", "expected", *RANGE]]


def beside_of(level: str, beside: str | None = None) -> str:
    """What units of a level are set beside; the first of BESIDE where nothing is said.

    Raises: ParameterError for another level, or something else beside it.
    """
    if level not in LEVELS:
        raise ParameterError(f"level is {level!r}; expected one of {', '.join(LEVELS)}")
    known = BESIDE[level]
    if beside is not None and beside not in known:
        raise ParameterError(
            f"beside is {beside!r} for level {level}; expected one of "
            f"{', '.join(known)}"
        )
    return beside or known[0]


def clear_units(found: pd.DataFrame) -> pd.DataFrame:
    """The units that rounding alone could not carry from one limit to the other.

    Those with fewer than four expected cases stay: they are too thin, not blurred.
    """
    columns = found[["error", "expected", "expected_high"]].to_numpy(dtype=object)
    clear = [
        expected < MINIMUM_EXPECTED or fits_the_funnel(error, most)
        for error, expected, most in columns
    ]
    # As an array: an empty list would choose no columns.
    return found[np.array(clear, dtype=bool)].reset_index(drop=True)


def fits_the_funnel(error: int | None, expected: float) -> bool:
    """Whether a rounding error is smaller than the 99.8 % limits are apart."""
    if error is None or isnan(expected):
        return False
    low, high = funnel_limits(expected, STRICT)
    return bool(error < (high - low) * expected)


def _expected_ends(
    found: pd.DataFrame, edition: Edition, level: str, beside: str, years: list[int]
) -> tuple[pd.Series, pd.Series]:
    """The least and the most that was to be expected, over what rounding allows."""
    if beside == CASELOAD:  # the sum of some circuits: no margin, so their errors add
        bounded = found["error"].notna().all()
        return _shares(found, int(found["error"].sum()) if bounded else None)
    country = rounding_error(edition, by=[], years=years)
    if beside == CHILDREN:
        return _shares(found, country)
    whole = _ends(found["cases"].sum(), country)
    error = rounding_error(edition, by=[], measure=COMPARED, years=years)
    part = _ends(found["observed"].sum(), error)
    own = [
        _ends(n, place_error(edition, place, level, measure="cases", years=years))
        for n, place in zip(found["cases"], found["place"], strict=True)
    ]
    low, high = (pd.Series(ends, found.index) for ends in zip(*own, strict=True))
    return low * part[0] / max(whole[1], 1), high * part[1] / max(whole[0], 1)


def _shares(found: pd.DataFrame, error: int | None) -> tuple[pd.Series, pd.Series]:
    """What is expected, over all that rounding by `error` leaves of all cases."""
    observed = found["observed"].sum()
    low, high = _ends(observed, error)
    national = found["expected"] / max(observed, 1)
    return national * low, national * high


def _ends(count: float, error: int | None) -> tuple[float, float]:
    """The fewest and the most that a count stands for; where it is above 0, 1 or more.

    NaN where nothing bounds it.
    """
    if error is None:
        return float("nan"), float("nan")
    return max(count - error, min(count, 1.0)), count + error


def _of_own_cases(
    edition: Edition, level: str, years: list[int], language: str
) -> pd.DataFrame:
    place = f"{level}_id"
    cases = cases_table(edition, by=[place], years=years)
    prosecuted = cases_table(edition, by=[place], measure=COMPARED, years=years)
    whole = cases.set_index(place)["n"]
    part = prosecuted.set_index(place)["n"]
    share = part.sum() / whole.sum() if whole.sum() else 0.0
    compared = pd.DataFrame(
        {"observed": part, "expected": whole * share, "cases": whole}
    )
    compared = compared.dropna().reset_index(names="place")
    errors = [
        place_error(edition, code, level, measure=COMPARED, years=years)
        for code in compared["place"]
    ]
    names = [
        court_name(c, language, short=level == "circuit") for c in compared["place"]
    ]
    return compared.assign(error=pd.Series(errors, dtype=object), name=names)
