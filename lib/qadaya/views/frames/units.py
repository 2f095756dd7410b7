"""Courts, circuits and regions with what could be expected of them.

What is expected is what the whole country would give: the national share of prosecuted
cases for a circuit's cases, or the national rate for a region's children.
"""

from collections.abc import Sequence

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.inference import rate_interval
from qadaya.reference import court_name, courts, regions
from qadaya.views.frames.counts import cases_table, rounding_error, with_intervals

PER = 100_000


def circuit_units(
    edition: Edition,
    *,
    measure: str = "prosecuted",
    years: Sequence[int] | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Circuits with the cases of a measure, and those expected from their caseload.

    Rows: one per circuit with a count. Columns: circuit_id, name, observed, expected
    (cases): the circuit's cases times the national share of `measure`.
    Raises: ParameterError for an unknown measure or year.
    """
    by = ["circuit_id"]
    whole = cases_table(edition, by=by, years=years).set_index("circuit_id")["n"]
    counts = cases_table(edition, by=by, measure=measure, years=years)
    part = counts.set_index("circuit_id")["n"]
    share = part.sum() / whole.sum() if whole.sum() else 0.0
    units = pd.DataFrame({"observed": part, "expected": whole * share}).dropna()
    units.insert(
        0, "name", [court_name(code, language, short=True) for code in units.index]
    )
    return units.reset_index(names="circuit_id")


def region_units(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> pd.DataFrame:
    """Regions with their cases, expected cases, and rate per 100,000 children a year.

    Rows: one per region with a return. Columns: region_iso, name, observed, expected
    (the national rate times its children, weighted by the share of yearly returns
    received), children (aged 0 to 14, census of 2024), child_years (the same over the
    years, weighted as above), rate_per_100k, low_per_100k, high_per_100k (95 %, over
    every true count that rounding allows), fewest, most.
    No figure for ages under 18 exists by region, and none is estimated.
    """
    counts = _by_region(edition, years)
    spans = len(list(years or edition.years))
    child_years = counts["children"] * spans * counts["reported"] / counts["expected"]
    rate = counts["n"].sum() / child_years.sum()
    units = pd.DataFrame(
        {
            "region_iso": counts["region_iso"],
            "name": [_region_name(code, language) for code in counts["region_iso"]],
            "observed": counts["n"],
            "expected": child_years * rate,
            "children": counts["children"],
            "child_years": child_years,
            "rate_per_100k": counts["n"] / child_years * PER,
            "fewest": counts["fewest"],
            "most": counts["most"],
        }
    )
    known = units["most"].notna()
    for column, limit, count in (
        ("low_per_100k", 0, units["fewest"]),
        ("high_per_100k", 1, units["most"]),
    ):
        units[column] = float("nan")
        if known.any():
            interval = rate_interval(count[known], child_years[known], per=PER)
            units.loc[known, column] = interval[limit]
    return units


def _by_region(edition: Edition, years: Sequence[int] | None) -> pd.DataFrame:
    counts = cases_table(edition, by=["court_id"], years=years)
    places = courts()["region_iso"]
    counts["region_iso"] = counts["court_id"].map(places)
    sums = counts.groupby("region_iso")[["n", "reported", "expected"]].sum()
    sums["courts"] = counts.groupby("region_iso").size()
    sums = sums[sums["reported"] > 0].reset_index()
    # Each region is a sum of published court cells, so their errors add up.
    one = rounding_error(edition, by=["court_id"], years=years)
    parts = [
        with_intervals(sums.loc[[row]], None if one is None else one * int(size))
        for row, size in sums["courts"].items()
    ]
    known = pd.concat(parts, ignore_index=True)
    children = regions()["children"]
    return known.assign(children=known["region_iso"].map(children))


def _region_name(region: str, language: str) -> str:
    return str(regions().loc[region, f"name_{language}"])
