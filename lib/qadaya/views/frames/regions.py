"""Regions with their cases, and what the national rate per child would give them."""

from collections.abc import Sequence

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.inference import rate_interval
from qadaya.reference import courts, regions
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.missing import missing_of
from qadaya.views.frames.places import place_error

PER = 100_000


@once_an_edition
def region_units(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> pd.DataFrame:
    """Regions with their cases, expected cases, and rate per 100,000 children a year.

    Rows: one per region with a return, in the official order. Columns: region_iso,
    name, observed, expected (the national rate times its children, weighted by the
    share of yearly returns received), children (aged 0 to 14, census of 2024),
    child_years (the same over the years, weighted as above), error (largest rounding
    error of observed; None where nothing bounds it), rate_per_100k, low_per_100k,
    high_per_100k (95 %, over every true count that rounding allows), missing (what the
    returns that did not come would add, as `Missing`).
    No figure for ages under 18 exists by region, and none is estimated.
    """
    chosen = list(years or edition.years)
    counts = _by_region(edition, chosen)
    child_years = (
        counts["children"] * len(chosen) * counts["reported"] / counts["expected"]
    )
    national = counts["n"].sum() / child_years.sum()
    units = pd.DataFrame(
        {
            "region_iso": counts["region_iso"],
            "name": counts["region_iso"].map(regions()[f"name_{language}"]),
            "observed": counts["n"],
            "expected": child_years * national,
            "children": counts["children"],
            "child_years": child_years,
            "error": counts["error"],
            "rate_per_100k": counts["n"] / child_years * PER,
            "missing": counts["missing"],
        }
    )
    limits = [
        _rate_limits(n, error, exposure)
        for n, error, exposure in units[
            ["observed", "error", "child_years"]
        ].itertuples(index=False)
    ]
    low, high = zip(*limits, strict=True) if limits else ((), ())
    return units.assign(low_per_100k=low, high_per_100k=high)


def _by_region(edition: Edition, years: list[int]) -> pd.DataFrame:
    counts = cases_table(edition, by=["court_id"], years=years)
    counts["region_iso"] = counts["court_id"].map(courts()["region_iso"])
    sums = counts.groupby("region_iso")[["n", "reported", "expected"]].sum()
    sums = sums[sums["reported"] > 0].reset_index()
    errors = [
        place_error(edition, region, "region", measure="cases", years=years)
        for region in sums["region_iso"]
    ]
    left = [
        missing_of(counts[counts["region_iso"] == region])
        for region in sums["region_iso"]
    ]
    return sums.assign(
        children=sums["region_iso"].map(regions()["children"]),
        error=pd.Series(errors, dtype=object),
        missing=pd.Series(left, dtype=object),
    )


def _rate_limits(n: float, error: int | None, exposure: float) -> tuple[float, float]:
    if error is None:
        return float("nan"), float("nan")
    low = rate_interval(max(n - error, 0), exposure, per=PER).low
    return float(low), float(rate_interval(n + error, exposure, per=PER).high)
