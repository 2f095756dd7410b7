"""Which units stand out in a funnel, also where their counts were rounded.

A rounded count stands for several true ones. A unit is outside a limit when all of them
are, inside when all of them are, and otherwise rounding leaves it open.
"""

from typing import Any

import numpy as np
import pandas as pd

from qadaya.errors import ParameterError
from qadaya.inference import (
    MINIMUM_EXPECTED,
    Interval,
    funnel_limits,
    overdispersion,
)

STRICT = 0.998  # a unit is named only outside these: at 95 % one in twenty is chance
LEVELS = {"95": 0.95, "998": STRICT}


def funnel_units(units: pd.DataFrame) -> pd.DataFrame:
    """The units that can be compared, each with its ratio and whether it stands out.

    `units`: name, observed, expected (cases); where counts were rounded also error (the
    largest error of observed), expected_low and expected_high. Rows: units with an
    expected count of 4 or more. Adds `ratio` and the range that rounding leaves it,
    `ratio_low` to `ratio_high`; for 95 and 99.8 % the flags `outside_95`,
    `outside_998`, and `open_95`, `open_998` where rounding leaves that open.
    Raises: ParameterError for a frame without the first three columns.
    """
    absent = {"name", "observed", "expected"} - set(units.columns)
    if absent:
        raise ParameterError(
            f"units has no column {', '.join(sorted(absent))}; "
            "expected name, observed and expected"
        )
    drawn = units[units["expected"] >= MINIMUM_EXPECTED].reset_index(drop=True)
    ranged = _with_ranges(drawn)
    for column, level in LEVELS.items():
        outside, inside = _sides(ranged, level)
        ranged[f"outside_{column}"] = outside
        ranged[f"open_{column}"] = ~(outside | inside)
    return ranged


def spread_range(drawn: pd.DataFrame) -> Interval:
    """The overdispersion (low, high) of `funnel_units`, over what rounding leaves.

    Both are the overdispersion itself where nothing was rounded.
    """
    least, most = [], []
    for unit in drawn.to_dict("records"):
        found = _spreads(unit)
        overlap = unit["fewest"] <= unit["expected_high"]
        overlap &= unit["most"] >= unit["expected_low"]
        rounded = unit["fewest"] < unit["most"]
        least.append(0.0 if overlap and rounded else min(found))
        most.append(max(found))
    return Interval(float(np.mean(least)), float(np.mean(most)))


def _with_ranges(drawn: pd.DataFrame) -> pd.DataFrame:
    error = drawn.get("error", pd.Series(0, drawn.index)).astype(float)
    low = drawn.get("expected_low", drawn["expected"])
    high = drawn.get("expected_high", drawn["expected"])
    ranged = drawn.assign(
        ratio=drawn["observed"] / drawn["expected"],
        fewest=(drawn["observed"] - error).clip(lower=0),
        most=drawn["observed"] + error,
        expected_low=low,
        expected_high=high,
    )
    return ranged.assign(
        ratio_low=ranged["fewest"] / high, ratio_high=ranged["most"] / low
    )


def _sides(ranged: pd.DataFrame, level: float) -> tuple[pd.Series, pd.Series]:
    """Which units are outside the limits, and which inside, whatever rounding did."""
    if ranged.empty:
        nothing = pd.Series(dtype=bool)
        return nothing, nothing
    # Limits of counts grow with the expected count.
    floor, ceiling = (
        _limits(ranged[column], level) for column in ("expected_low", "expected_high")
    )
    above, below = ranged["fewest"] > ceiling.high, ranged["most"] < floor.low
    inside = (ranged["fewest"] >= ceiling.low) & (ranged["most"] <= floor.high)
    return above | below, inside


def _limits(expected: pd.Series, level: float) -> Interval:
    low, high = funnel_limits(expected, level)
    return Interval((low * expected).round(), (high * expected).round())


def _spreads(unit: dict[Any, Any]) -> list[float]:
    expected = {unit[f"expected{end}"] for end in ("", "_low", "_high")}
    counts = {unit["fewest"], unit["observed"], unit["most"]}
    return [overdispersion(count, mean) for count in counts for mean in expected]
