"""Intervals for a count, a rate and a share, also when the count was rounded.

A register is complete, so nothing here is sampling error: the interval says what a
like year could have brought by chance, if cases arrive independently (Poisson).
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

    Exact (Garwood) under 10 events, Byar from 10; `interval_method` names which.
    Raises: ParameterError, also for an exposure that is not above 0.
    Source: PHEindicatormethods, phe_rate.
    """
    count, level = counts_of(n, "n"), level_of(level)
    base, unit = positive_of(exposure, "exposure"), one_positive_of(per, "per")
    same_length(n=n, exposure=exposure)
    exact, byar = _garwood(count, level), _byar(np.maximum(count, 1), level)
    limits = [
        np.where(count < EXACT_BELOW, e, b) for e, b in zip(exact, byar, strict=True)
    ]
    low, high = (like((n, exposure), limit / base * unit) for limit in limits)
    return Interval(low, high)


def interval_method(n: int) -> str:
    """Which method `rate_interval` uses for this count; it travels with the figure."""
    return "garwood" if counts_of(n, "n") < EXACT_BELOW else "byar"


def proportion_interval(k: Numbers, n: Numbers, level: float = 0.95) -> Interval:
    """Wilson interval (low, high) of the share k / n, from 0 to 1.

    Missing (NaN) where n is 0: a share of nothing is not known.
    Raises: ParameterError, also where k exceeds n.
    Source: Wilson (1927), JASA 22; statsmodels proportion_confint.
    """
    part, whole = counts_of(k, "k"), counts_of(n, "n")
    level = level_of(level)
    same_length(k=k, n=n)
    if np.any(part > whole):
        raise ParameterError("k is larger than n; expected a part and its whole")
    known = np.where(whole > 0, whole, 1)
    # Imported where used: it costs every notebook half a second at its start.
    from statsmodels.stats.proportion import proportion_confint

    limits = proportion_confint(
        np.minimum(part, known), known, alpha=1 - level, method="wilson"
    )
    low, high = (np.where(whole > 0, np.clip(limit, 0, 1), np.nan) for limit in limits)
    return Interval(like((k, n), low), like((k, n), high))


def rounded_range(n: Numbers, base: int, error: Numbers | None = None) -> Interval:
    """The true counts (fewest, most) that a published count can stand for.

    Without `error`, `n` is one inner cell: counts of 1 to base - 1 became 0 or base,
    so 0 stands for 0 to base - 1, base for 1 to base, and any other value for itself.
    With `error`, `n` is a sum of such cells whose largest rounding error is `error`.
    Raises: ParameterError, also for an inner cell between 0 and the base.
    """
    count = counts_of(n, "n")
    if not isinstance(base, int) or base < 2:
        raise ParameterError(f"base is {base!r}; expected a whole number, 2 or more")
    if error is not None:
        off = counts_of(error, "error")
        same_length(n=n, error=error)
        low, high = np.maximum(count - off, 0), count + off
    else:
        low, high = _cell_range(count, base)
    given = (n,) if error is None else (n, error)
    return Interval(like(given, low), like(given, high))


def interval_of_rounded(
    n: Numbers, base: int, error: Numbers | None = None, level: float = 0.95
) -> Interval:
    """Poisson interval of a rounded count, wide enough for every true count behind it.

    From the lower limit of the smallest to the upper limit of the largest count that
    `rounded_range` allows, so the doubt of rounding and that of chance are both in it.
    Raises: as `rounded_range` and `poisson_interval`.
    """
    fewest, most = rounded_range(n, base, error)
    return interval_between(fewest, most, level)


def interval_between(fewest: Numbers, most: Numbers, level: float = 0.95) -> Interval:
    """Poisson interval that holds for every true count from `fewest` to `most`."""
    same_length(fewest=fewest, most=most)
    if np.any(counts_of(fewest, "fewest") > counts_of(most, "most")):
        raise ParameterError("fewest is larger than most; expected a range of counts")
    return Interval(
        poisson_interval(fewest, level).low, poisson_interval(most, level).high
    )


def _garwood(count: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    tail = (1 - level) / 2
    # chi squared with no degrees of freedom is undefined: no case, no lower limit
    low = np.where(count > 0, stats.chi2.ppf(tail, 2 * np.maximum(count, 1)) / 2, 0.0)
    return low, stats.chi2.isf(tail, 2 * count + 2) / 2


def _byar(count: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    z = stats.norm.isf((1 - level) / 2)
    shown, above = np.maximum(count, 1), count + 1
    low = shown * (1 - 1 / (9 * shown) - z / (3 * np.sqrt(shown))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where((count > 0) & (low >= 0), low, np.nan), high


def _cell_range(count: np.ndarray, base: int) -> tuple[np.ndarray, np.ndarray]:
    if np.any((count > 0) & (count < base)):
        raise ParameterError(
            f"n holds a count between 0 and the base {base}; expected a rounded cell, "
            "or give the largest rounding error of a sum"
        )
    low = np.where(count == base, 1, count)
    return low, np.where(count == 0, base - 1, count)
