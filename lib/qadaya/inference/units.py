"""Courts beside each other without a league table: funnel limits and overdispersion.

With one or two expected cases no court can stand out, so a funnel is drawn only where
`MINIMUM_EXPECTED` is reached; below that the resolution ladder of `views` climbs.
"""

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

# Below 3.69 not even zero cases would be unusually few (P(0) > 2.5 %).
MINIMUM_EXPECTED = 4


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
        low, high = stats.poisson.ppf(tail, mean), stats.poisson.isf(tail, mean)
    else:
        low = stats.chi2.ppf(tail, 2 * mean) / 2
        high = stats.chi2.isf(tail, 2 * mean + 2) / 2
    return Interval(like((expected,), low / mean), like((expected,), high / mean))


def overdispersion(observed: Numbers, expected: Numbers) -> float:
    """Mean squared z of the log ratio: about 1 if units differ by chance alone.

    z is the square root of expected times log(observed / expected). Nothing observed
    has no logarithm: half a case is added to both sides of that one ratio.
    Raises: ParameterError.
    Source: Spiegelhalter (2005), Quality and Safety in Health Care 14.
    """
    same_length(observed=observed, expected=expected)
    count = np.atleast_1d(counts_of(observed, "observed"))
    mean = np.atleast_1d(positive_of(expected, "expected"))
    half = np.where(count == 0, 0.5, 0.0)
    z = np.sqrt(mean) * np.log((count + half) / (mean + half))
    return float((z**2).mean())


def false_flags(units: int, level: float) -> float:
    """How many units chance alone puts outside limits at this level, at the most."""
    return float(counts_of(units, "units") * (1 - level_of(level)))
