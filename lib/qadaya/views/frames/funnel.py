"""The units that a funnel can compare, each with its ratio and where it stands."""

import pandas as pd

from qadaya.errors import ParameterError
from qadaya.inference import (
    LOOSE,
    MINIMUM_EXPECTED,
    STRICT,
    Interval,
    interval_between,
    overdispersion_range,
    sides_of_limits,
)

LEVELS = {"95": LOOSE, "998": STRICT}


def funnel_units(units: pd.DataFrame) -> pd.DataFrame:
    """The units that can be compared, each with its ratio and whether it stands out.

    `units`: name, observed, expected (cases); where counts were rounded also error (the
    largest error of observed), expected_low and expected_high. Rows: units with an
    expected count of 4 or more. Adds `ratio` and the range that rounding leaves it,
    `ratio_low` to `ratio_high`, with the 95 % interval over all of it, `ratio_low_95`
    to `ratio_high_95`; for 95 and 99.8 % the flags `outside_95`, `outside_998`, and
    `open_95`, `open_998` where rounding leaves that open.
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
        flags = ([], []) if ranged.empty else sides_of_limits(*_ends(ranged), level)
        ranged[f"outside_{column}"], ranged[f"open_{column}"] = flags
    return ranged


def spread_range(drawn: pd.DataFrame) -> Interval:
    """The overdispersion (low, high) of `funnel_units`, over what rounding leaves."""
    counts, expected = _ends(drawn)
    return overdispersion_range(drawn["observed"], counts, drawn["expected"], expected)


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
    counts = Interval(ranged["fewest"], ranged["most"])
    interval = interval_between(*counts) if len(ranged) else counts
    return ranged.assign(
        ratio_low=counts.low / high,
        ratio_high=counts.high / low,
        ratio_low_95=interval.low / high,
        ratio_high_95=interval.high / low,
    )


def _ends(ranged: pd.DataFrame) -> tuple[Interval, Interval]:
    """The range of each count and of each expected count."""
    return (
        Interval(ranged["fewest"], ranged["most"]),
        Interval(ranged["expected_low"], ranged["expected_high"]),
    )
