"""Regions, circuits and courts with what could be expected of them, and rates."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import (
    MINIMUM_EXPECTED,
    funnel_limits,
    rate_interval,
)
from qadaya.reference import court_name
from qadaya.views.frames.bounds import rounding_error
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.flags import STRICT
from qadaya.views.frames.ladder import place_error
from qadaya.views.frames.units import PER, region_units
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words

LEVELS = ("region", "circuit", "court")
RANGE = ("error", "expected_low", "expected_high")  # what rounding leaves open
COMPARED = "prosecuted"  # of a circuit's or a court's own cases


def units(
    edition: Edition,
    *,
    level: str,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Units of a level with observed and expected cases, and what rounding leaves.

    Regions: cases, expected at the national rate per child aged 0 to 14. Circuits and
    courts: prosecuted cases, expected from their own cases at the national share,
    since nobody knows how many people live in a circuit. Rows: one per unit with a
    count. Columns: place, name, observed, expected, error (of observed; None: not
    bounded), expected_low and expected_high (what rounding may have made of expected).
    Raises: ParameterError for another level or a year that the edition lacks.
    """
    if level not in LEVELS:
        raise ParameterError(f"level is {level!r}; expected one of {', '.join(LEVELS)}")
    chosen = list(years or edition.years)
    if level == "region":
        found = region_units(edition, years=years, language=language)
        found = found.rename(columns={"region_iso": "place"})
        found["cases"] = found["observed"]
        measure = "cases"
    else:
        found, measure = _of_own_cases(edition, level, chosen, language), COMPARED
    found["error"] = pd.Series(
        [
            place_error(edition, place, level, measure=measure, years=chosen)
            for place in found["place"]
        ],
        index=found.index,
        dtype=object,
    )
    ends = _expected_ends(found, edition, level, chosen)
    found["expected_low"], found["expected_high"] = ends
    return found[[*("place", "name", "observed", "expected"), *RANGE]]


def clear_units(found: pd.DataFrame) -> pd.DataFrame:
    """The units that rounding alone could not carry from one limit to the other.

    Those with fewer than four expected cases stay: they are too thin, not blurred.
    """
    columns = found[["error", "expected", "expected_high"]].to_numpy(dtype=object)
    clear = [
        expected < MINIMUM_EXPECTED or fits_the_funnel(error, most)
        for error, expected, most in columns
    ]
    return found[clear].reset_index(drop=True)


def fits_the_funnel(error: int | None, expected: float) -> bool:
    """Whether a rounding error is smaller than the 99.8 % limits are apart."""
    if error is None or isnan(expected):
        return False
    low, high = funnel_limits(expected, STRICT)
    return bool(error < (high - low) * expected)


def rates_table(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> Table:
    """Cases a year per 100,000 children aged 0 to 14, by region, in the official order.

    Rows: one per region with a return. The interval covers chance and rounding; "–"
    where nothing bounds the rounding.
    """
    words = Words(language, "views.comparison")
    chosen = list(years or edition.years)
    rates = region_units(edition, years=years, language=language)
    spans = [
        _rate_span(place, int(n), float(base), edition, chosen)
        for place, n, base in zip(
            rates["region_iso"], rates["observed"], rates["child_years"], strict=True
        )
    ]

    def written(rate: float) -> str | None:
        return None if isnan(rate) else words.decimal(rate, 2)

    return Table(
        {
            words("Region"): rates["name"],
            words("Cases"): rates["observed"].astype(int),
            words("Children aged 0 to 14"): rates["children"],
            words("Cases a year per 100,000 children"): [
                written(rate) for rate in rates["rate_per_100k"]
            ],
            words("95% interval, from"): [written(low) for low, _ in spans],
            words("95% interval, to"): [written(high) for _, high in spans],
        }
    )


def _rate_span(
    place: str, n: int, exposure: float, edition: Edition, years: list[int]
) -> tuple[float, float]:
    error = place_error(edition, place, "region", measure="cases", years=years)
    if error is None:
        return float("nan"), float("nan")
    low = rate_interval(max(n - error, 0), exposure, per=PER).low
    return float(low), float(rate_interval(n + error, exposure, per=PER).high)


def _expected_ends(
    found: pd.DataFrame, edition: Edition, level: str, years: list[int]
) -> tuple[pd.Series, pd.Series]:
    """The least and the most that was to be expected, over what rounding allows."""
    whole = _ends(found["cases"].sum(), rounding_error(edition, by=[], years=years))
    if level == "region":
        count = max(found["cases"].sum(), 1)
        return found["expected"] * whole[0] / count, found["expected"] * whole[
            1
        ] / count
    error = rounding_error(edition, by=[], measure=COMPARED, years=years)
    part = _ends(found["observed"].sum(), error)
    own = [
        _ends(n, place_error(edition, place, level, measure="cases", years=years))
        for n, place in zip(found["cases"], found["place"], strict=True)
    ]
    low, high = (pd.Series(ends, found.index) for ends in zip(*own, strict=True))
    return low * part[0] / max(whole[1], 1), high * part[1] / max(whole[0], 1)


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
    found = pd.DataFrame({"observed": part, "expected": whole * share, "cases": whole})
    found = found.dropna()
    found = found.reset_index(names="place")
    found["name"] = [
        court_name(place, language, short=level == "circuit")
        for place in found["place"]
    ]
    return found
