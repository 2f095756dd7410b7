"""Whether chance explains the difference of two counts."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from qadaya.inference.arguments import (
    Interval,
    Numbers,
    counts_of,
    level_of,
    like,
    positive_of,
    same_length,
)

SAME_LIKELIHOOD = 1 + 1e-7  # as in R: two outcomes this near count as equally likely


@dataclass(frozen=True)
class Comparison:
    """Two Poisson counts compared, given their sum.

    p, mid_p: two-sided exact p-values; ratio: rate of b to rate of a, with its exact
    interval low to high. Missing (NaN) where a ratio or a limit does not exist.
    """

    p: Any
    mid_p: Any
    ratio: Any
    low: Any
    high: Any


def compare_counts(
    a: Numbers, b: Numbers, exposure_a: Numbers = 1, exposure_b: Numbers = 1
) -> Comparison:
    """The change from count `a` to count `b`, and whether chance explains it.

    Given the sum, b is binomial; p adds the outcomes no likelier than the one seen,
    mid_p takes half of those that are equally likely. The ratio is (b / exposure_b) to
    (a / exposure_a) with a 95 % Clopper-Pearson interval; where a is 0 it is missing.
    Raises: ParameterError for bad counts, exposures or unequal lengths.
    Source: Przyborowski and Wilenski (1940), Biometrika 31; R, poisson.test.
    """
    before, after = counts_of(a, "a"), counts_of(b, "b")
    base_a = positive_of(exposure_a, "exposure_a")
    base_b = positive_of(exposure_b, "exposure_b")
    # Series come back as series: `like` takes the labels of the first of these.
    given = (a, b, exposure_a, exposure_b)
    same_length(a=a, b=b, exposure_a=exposure_a, exposure_b=exposure_b)
    one_by_one = np.vectorize(_compare, otypes=[float] * 5)
    columns = one_by_one(before, after, base_a, base_b)
    return Comparison(*(like(given, np.asarray(column)) for column in columns))


def exact_p(a: Numbers, b: Numbers) -> Any:
    """The two-sided exact p of `compare_counts` alone, with equal exposures.

    The interval of a ratio takes most of its time, and a verdict needs none.
    Raises: ParameterError.
    """
    before, after = counts_of(a, "a"), counts_of(b, "b")
    same_length(a=a, b=b)
    one_by_one = np.vectorize(_p_of, otypes=[float])
    return like((a, b), np.asarray(one_by_one(before, after)))


def smallest_significant_change(n: Numbers, level: float = 0.95) -> Interval:
    """The counts (down, up) nearest to `n` that chance would not explain after it.

    Anything strictly between the two cannot be told from chance by `compare_counts`
    with equal exposures. `down` is missing (NaN) where even 0 would be no evidence.
    Raises: ParameterError.
    Source: the same conditional test, inverted through the negative binomial.
    """
    count, tail = counts_of(n, "n"), (1 - level_of(level)) / 2
    # With equal exposures u after n is u heads in n + u throws of a coin, and u or more
    # heads there are u or more heads before the tail n + 1:
    #   P(heads >= u) = P(NB(n + 1, 1/2) >= u),  P(heads <= d) = P(NB(n, 1/2) <= d).
    up = stats.nbinom.isf(tail, count + 1, 0.5) + 1
    at = np.maximum(count, 1)
    nearest = stats.nbinom.ppf(tail, at, 0.5)
    down = np.where(stats.nbinom.cdf(nearest, at, 0.5) <= tail, nearest, nearest - 1)
    down = np.where((count > 0) & (down >= 0), down, np.nan)
    return Interval(_whole(like((n,), down)), _whole(like((n,), up)))


@lru_cache(maxsize=100_000)
def _p_of(a: float, b: float) -> float:
    """Of a pair that a page asks for by each of its components, once."""
    return float(stats.binomtest(int(b), int(a + b), 0.5).pvalue) if a + b else 1.0


@lru_cache(maxsize=10_000)
def _compare(a: float, b: float, base_a: float, base_b: float) -> tuple[float, ...]:
    # No case at all: nothing can be told of the rates, and nothing speaks against
    # their being equal.
    if a + b == 0:
        return 1.0, 1.0, np.nan, np.nan, np.nan
    # Were the rates equal, b would be binomial of a + b with this share. At a ratio r
    # the odds of the share are r base_b / base_a: a limit of the share is one of r.
    share = base_b / (base_a + base_b)
    exact = stats.binomtest(int(b), int(a + b), share)
    ratio = (b / base_b) / (a / base_a) if a else np.nan
    low, high = (
        limit / (1 - limit) * base_a / base_b if limit < 1 else np.nan
        for limit in exact.proportion_ci(0.95, method="exact")
    )
    return exact.pvalue, _mid_p(int(b), int(a + b), share), ratio, low, high


def _mid_p(k: int, n: int, share: float) -> float:
    chances = stats.binom.pmf(np.arange(n + 1), n, share)
    # p adds up the outcomes as likely as this or less likely; mid p takes half of the
    # equally likely ones, since with few cases whole steps of p are wide.
    seen = chances[k]
    as_likely = (chances <= seen * SAME_LIKELIHOOD) & (
        chances >= seen / SAME_LIKELIHOOD
    )
    rarer = chances[(chances < seen) & ~as_likely].sum()
    return float(min(1.0, rarer + chances[as_likely].sum() / 2))


def _whole(value: Any) -> Any:
    """A plain whole number where there is one: 15, not 15.0."""
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index | np.ndarray):
        return value
    return value if np.isnan(value) else int(value)
