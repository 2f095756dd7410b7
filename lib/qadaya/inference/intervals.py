"""Intervals for a count, also one that was rounded, for a rate and for a share.

A register is complete, so nothing here is sampling error: the interval is for the mean
behind a count, if cases arrive independently (Poisson). It does not say what count a
like year will bring, which varies more.
"""

import numpy as np
from scipy import stats

from qadaya.errors import ParameterError
from qadaya.inference.arguments import (
    Interval,
    Numbers,
    choice_of,
    counts_of,
    level_of,
    like,
    one_positive_of,
    positive_of,
    same_length,
)

EXACT_BELOW = 10  # events; from here on Byar's approximation is as good (PHE)


def poisson_interval(
    n: Numbers, level: float = 0.95, method: str = "garwood"
) -> Interval:
    """Interval (low, high) for the expected count behind an observed count `n`.

    `garwood` is exact, from quantiles of chi squared; at n = 0 it runs from 0 to 3.689
    (two-sided, so not the one-sided 2.996). `byar` is the cubic approximation used by
    public health bodies; where its lower limit would be negative it is missing (NaN).
    Raises: ParameterError for a negative, fractional or missing count or a bad level.
    Source: Garwood (1936), Biometrika 28; Breslow and Day (1987), formula 2.13.
    """
    count, level = counts_of(n, "n"), level_of(level)
    choice_of(method, ("garwood", "byar"), "method")
    low, high = _garwood(count, level) if method == "garwood" else _byar(count, level)
    return Interval(like((n,), low), like((n,), high))


def rate_interval(
    n: Numbers, exposure: Numbers, level: float = 0.95, per: float = 100_000
) -> Interval:
    """Interval (low, high) of the rate n / exposure, in events per `per`.

    Exact (Garwood) under 10 events, Byar from 10.
    Raises: ParameterError, also for an exposure that is not above 0.
    Source: PHEindicatormethods, phe_rate.
    """
    count, level = counts_of(n, "n"), level_of(level)
    base, unit = positive_of(exposure, "exposure"), one_positive_of(per, "per")
    same_length(n=n, exposure=exposure)
    # Both are worked out for all and one is taken; at no count Byar has no limit below,
    # and Garwood is taken there anyhow.
    exact, byar = _garwood(count, level), _byar(np.maximum(count, 1), level)
    limits = [
        np.where(count < EXACT_BELOW, e, b) for e, b in zip(exact, byar, strict=True)
    ]
    low, high = (like((n, exposure), limit / base * unit) for limit in limits)
    return Interval(low, high)


def proportion_interval(k: Numbers, n: Numbers, level: float = 0.95) -> Interval:
    """Wilson interval (low, high) of the share k / n, from 0 to 1.

    Missing (NaN) where n is 0: a share of nothing is not known.
    Raises: ParameterError, also where k exceeds n.
    Source: Wilson (1927), JASA 22; scipy, binomtest.
    """
    part, whole = counts_of(k, "k"), counts_of(n, "n")
    level = level_of(level)
    same_length(k=k, n=n)
    if np.any(part > whole):
        raise ParameterError("k is larger than n; expected a part and its whole")
    one_by_one = np.vectorize(_wilson, otypes=[float] * 2)
    low, high = one_by_one(part, whole, level)
    return Interval(like((k, n), low), like((k, n), high))


def interval_between(fewest: Numbers, most: Numbers, level: float = 0.95) -> Interval:
    """Poisson interval that holds for every true count from `fewest` to `most`."""
    same_length(fewest=fewest, most=most)
    if np.any(counts_of(fewest, "fewest") > counts_of(most, "most")):
        raise ParameterError("fewest is larger than most; expected a range of counts")
    return Interval(
        # Both limits grow with the count, so the ends of the range hold the widest.
        poisson_interval(fewest, level).low,
        poisson_interval(most, level).high,
    )


def _garwood(count: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    tail = (1 - level) / 2
    # The means at which n or more, and n or fewer, are as rare as the tail:
    #   low = q(tail, 2n) / 2,  high = q(1 - tail, 2n + 2) / 2,  q of chi squared.
    # chi squared with no degrees of freedom is undefined: no case, no lower limit
    low = np.where(count > 0, stats.chi2.ppf(tail, 2 * np.maximum(count, 1)) / 2, 0.0)
    return low, stats.chi2.isf(tail, 2 * count + 2) / 2


def _wilson(part: float, whole: float, level: float) -> tuple[float, float]:
    if not whole:
        return np.nan, np.nan
    # Not Wald's: with 0 of 7 that would say 0 for sure.
    share = stats.binomtest(int(part), int(whole))
    low, high = share.proportion_ci(level, method="wilson")
    return float(low), float(high)


def _byar(count: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    # The cube root of such a count over its mean is all but normal, so with m = n below
    # and m = n + 1 above the limits are  m (1 - 1 / 9m -+ z / (3 sqrt m))^3.
    z = stats.norm.isf((1 - level) / 2)
    shown, above = np.maximum(count, 1), count + 1
    low = shown * (1 - 1 / (9 * shown) - z / (3 * np.sqrt(shown))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where((count > 0) & (low >= 0), low, np.nan), high
