"""Courts beside each other without a league table: funnel limits and overdispersion.

With one or two expected cases no court can stand out, so a funnel is drawn only where
`thin.MINIMUM_EXPECTED` is reached; below that the resolution ladder of `views` climbs.

A rounded count stands for several true ones. A unit is outside a limit when all of them
are, inside when all of them are, and otherwise rounding leaves it open.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from qadaya.inference.arguments import (
    Interval,
    Numbers,
    choice_of,
    counts_of,
    level_of,
    like,
    positive_of,
    same_length,
)

# The two levels of a funnel. A unit is named only outside the strict one: of twenty
# units that chance alone moves, one lies outside the other.
LOOSE, STRICT = 0.95, 0.998


class Sides(NamedTuple):
    """Which units are outside the limits, and of which rounding leaves that open."""

    outside: Numbers
    open: Numbers


def funnel_limits(
    expected: Numbers, level: float = 0.95, method: str = "prediction"
) -> Interval:
    """Limits (low, high) of observed / expected, outside which a unit stands out.

    `prediction`: quantiles of a Poisson count with that expectation; a unit is flagged
    only strictly outside, and never low where the limit is 0. `interval`: limits built
    from a confidence interval, to check arithmetic against others; not for flags.
    Raises: ParameterError for an expected count not above 0, a bad level or method.
    Source: Spiegelhalter (2005), Statistics in Medicine 24; prediction limits after
    Seaton and Manktelow (2012).
    """
    mean, tail = positive_of(expected, "expected"), (1 - level_of(level)) / 2
    choice_of(method, ("prediction", "interval"), "method")
    if method == "prediction":
        # The least count with P(X <= low) >= tail, the least with P(X > high) <= tail:
        # a count strictly outside is rarer than the tail at its side.
        low, high = stats.poisson.ppf(tail, mean), stats.poisson.isf(tail, mean)
    else:
        low = stats.chi2.ppf(tail, 2 * mean) / 2
        high = stats.chi2.isf(tail, 2 * mean + 2) / 2
    return Interval(like((expected,), low / mean), like((expected,), high / mean))


def sides_of_limits(
    counts: Interval, expected: Interval, level: float = LOOSE
) -> Sides:
    """Whether units lie outside the prediction limits, whatever rounding did.

    `counts`, `expected`: the least and the most that each may be in truth; the same
    number twice where nothing was rounded.
    Raises: ParameterError for an expected count not above 0 or a bad level.
    """
    # The limits of a count grow with what is expected, so the ends of the range decide.
    # Beyond those of the greatest mean a count is high at every mean, and so below.
    floor, ceiling = (_count_limits(mean, level) for mean in expected)
    # Outside even with the count nearest to the limits, inside even with the farthest.
    outside = (counts.low > ceiling.high) | (counts.high < floor.low)
    inside = (counts.low >= ceiling.low) & (counts.high <= floor.high)
    return Sides(outside, ~(outside | inside))


def overdispersion(observed: Numbers, expected: Numbers) -> float:
    """Mean squared z of the log ratio: about 1 if units differ by chance alone.

    z is the square root of expected times log(observed / expected). Nothing observed
    has no logarithm: half a case is added to both sides of that one ratio.
    Raises: ParameterError.
    Source: Spiegelhalter (2005), Quality and Safety in Health Care 14.
    """
    same_length(observed=observed, expected=expected)
    # One unit is a list of one.
    count = np.atleast_1d(counts_of(observed, "observed"))
    mean = np.atleast_1d(positive_of(expected, "expected"))
    half = np.where(count == 0, 0.5, 0.0)
    # log(count / mean) has a variance of about 1 / mean: this times its root is z.
    z = np.sqrt(mean) * np.log((count + half) / (mean + half))
    return float((z**2).mean())


def overdispersion_range(
    observed: Numbers, counts: Interval, expected: Numbers, expectations: Interval
) -> Interval:
    """The overdispersion (low, high) over what rounding leaves of counts and means.

    `observed`, `expected`: as published; `counts`, `expectations`: the least and the
    most that each may be in truth. Both limits are the overdispersion itself where
    nothing was rounded.
    Raises: as `overdispersion`.
    """
    # The mean of squares is least and greatest where each square is, unit by unit.
    columns = (observed, *counts, expected, *expectations)
    rows = np.column_stack([np.atleast_1d(column) for column in columns])
    least, most = zip(*(_spread_range(*row) for row in rows), strict=True)
    return Interval(float(np.mean(least)), float(np.mean(most)))


def false_flags(units: int, level: float) -> float:
    """How many units chance alone puts outside limits at this level, at the most."""
    return float(counts_of(units, "units") * (1 - level_of(level)))


def _count_limits(expected: Numbers, level: float) -> Interval:
    low, high = funnel_limits(expected, level)
    # Ratios times the mean are counts again; rounded, since 3 / 7 * 7 is not quite 3.
    return Interval(np.round(low * expected), np.round(high * expected))


def _spread_range(
    observed: float,
    fewest: float,
    most: float,
    expected: float,
    least_expected: float,
    most_expected: float,
) -> tuple[float, float]:
    """The least and the greatest squared z of one unit.

    z grows with the distance of count and mean, so the ends hold the greatest; the
    least is 0 where rounding lets the two meet.
    """
    spreads = [
        overdispersion(count, mean)
        for count in {fewest, observed, most}
        for mean in {expected, least_expected, most_expected}
    ]
    # Ranges that overlap let count and mean be one number in truth: z is 0 there.
    meet = fewest < most and fewest <= most_expected and most >= least_expected
    return 0.0 if meet else min(spreads), max(spreads)
