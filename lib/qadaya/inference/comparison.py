"""Whether chance explains a difference: two counts, a run of shares, a run of rates."""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from qadaya.errors import ParameterError
from qadaya.inference.arguments import (
    Interval,
    Numbers,
    counts_of,
    level_of,
    like,
    positive_of,
    same_length,
    series_of,
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


@dataclass(frozen=True)
class Trend:
    """A trend over ordered groups: chi squared with one degree of freedom, its p.

    homogeneity, homogeneity_p: the test that all shares are equal, order ignored.
    """

    statistic: float
    p: float
    homogeneity: float
    homogeneity_p: float


@dataclass(frozen=True)
class RateTrend:
    """A Poisson regression of counts on x: `ratio` is the change of the rate per unit.

    dispersion: Pearson chi squared over its degrees of freedom, about 1 if the counts
    vary as chance alone would have it; NaN with two points only.
    """

    ratio: float
    low: float
    high: float
    p: float
    dispersion: float


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
    given = (a, b, exposure_a, exposure_b)
    same_length(a=a, b=b, exposure_a=exposure_a, exposure_b=exposure_b)
    one_by_one = np.vectorize(_compare, otypes=[float] * 5)
    columns = one_by_one(before, after, base_a, base_b)
    return Comparison(*(like(given, np.asarray(column)) for column in columns))


def smallest_significant_change(n: Numbers, level: float = 0.95) -> Interval:
    """The counts (down, up) nearest to `n` that chance would not explain after it.

    Anything strictly between the two cannot be told from chance by `compare_counts`
    with equal exposures. `down` is missing (NaN) where even 0 would be no evidence.
    Raises: ParameterError.
    Source: the same conditional test, inverted through the negative binomial.
    """
    count, tail = counts_of(n, "n"), (1 - level_of(level)) / 2
    up = stats.nbinom.isf(tail, count + 1, 0.5) + 1
    at = np.maximum(count, 1)
    nearest = stats.nbinom.ppf(tail, at, 0.5)
    down = np.where(stats.nbinom.cdf(nearest, at, 0.5) <= tail, nearest, nearest - 1)
    down = np.where((count > 0) & (down >= 0), down, np.nan)
    return Interval(_whole(like((n,), down)), _whole(like((n,), up)))


def trend_test(successes: Numbers, totals: Numbers) -> Trend:
    """Cochran-Armitage test of a linear trend in shares over ordered groups.

    Scores 1, 2, 3, ... in the order given; the variance has N, not N - 1, below.
    Raises: ParameterError, also for fewer than two groups, an empty group or a part
    larger than its whole.
    Source: Armitage (1955), Biometrics 11; R, prop.trend.test.
    """
    part, whole = _groups(successes, totals)
    share, score = part.sum() / whole.sum(), np.arange(1, part.size + 1)
    statistic = homogeneity = float("nan")
    if 0 < share < 1:
        centred = score - (whole * score).sum() / whole.sum()
        spread = share * (1 - share) * (whole * centred**2).sum()
        statistic = float((part * centred).sum() ** 2 / spread)
        # Imported where used: it costs every notebook half a second at its start.
        from statsmodels.stats.proportion import proportions_chisquare

        homogeneity = float(proportions_chisquare(part, whole)[0])
    return Trend(
        statistic,
        float(stats.chi2.sf(statistic, 1)),
        homogeneity,
        float(stats.chi2.sf(homogeneity, part.size - 1)),
    )


def poisson_regression(
    counts: Numbers, exposure: Numbers, x: Numbers, level: float = 0.95
) -> RateTrend:
    """The change of a rate per unit of `x` (a year), by Poisson regression.

    Raises: ParameterError, also when `x` does not vary or nothing was counted.
    Source: statsmodels GLM, Poisson family, log link, log exposure as offset.
    """
    number = series_of(counts_of(counts, "counts"), "counts")
    base = positive_of(exposure, "exposure")
    at, level = series_of(x, "x"), level_of(level)
    same_length(counts=number, x=at)
    same_length(counts=counts, x=x, exposure=exposure)
    if np.unique(at).size < 2:
        raise ParameterError("x has one value only; expected two or more years")
    if number.sum() == 0:
        raise ParameterError("counts are all 0; expected at least one case")
    fit = _poisson_fit(number, at, np.log(np.broadcast_to(base, at.shape)))
    low, high = np.exp(fit.conf_int(alpha=1 - level)[1])
    spare = fit.df_resid
    dispersion = float(fit.pearson_chi2 / spare) if spare else float("nan")
    ratio = float(np.exp(fit.params[1]))
    return RateTrend(ratio, float(low), float(high), float(fit.pvalues[1]), dispersion)


def _poisson_fit(number: np.ndarray, at: np.ndarray, offset: np.ndarray) -> Any:
    # Imported where used: it costs every notebook half a second at its start.
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    # The mean is taken out so that years such as 2021 keep the fit well conditioned.
    design = np.column_stack([np.ones(at.size), at - at.mean()])
    model = GLM(number, design, family=Poisson(), offset=offset)
    # Counts on a line, as two years always are, are a good fit and not a separation.
    with np.errstate(divide="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return model.fit()


def _compare(a: float, b: float, base_a: float, base_b: float) -> tuple[float, ...]:
    if a + b == 0:
        return 1.0, 1.0, np.nan, np.nan, np.nan
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
    seen = chances[k]
    as_likely = (chances <= seen * SAME_LIKELIHOOD) & (
        chances >= seen / SAME_LIKELIHOOD
    )
    rarer = chances[(chances < seen) & ~as_likely].sum()
    return float(min(1.0, rarer + chances[as_likely].sum() / 2))


def _groups(successes: Numbers, totals: Numbers) -> tuple[np.ndarray, np.ndarray]:
    same_length(successes=successes, totals=totals)
    part = series_of(counts_of(successes, "successes"), "successes")
    if part.size < 2:
        raise ParameterError("successes has one group; expected two or more, in order")
    whole = np.broadcast_to(counts_of(totals, "totals"), part.shape)
    if np.any(whole == 0):
        raise ParameterError("totals holds a 0; expected groups with at least one case")
    if np.any(part > whole):
        raise ParameterError("successes exceeds totals; expected a part and its whole")
    return part, whole


def _whole(value: Any) -> Any:
    """A plain whole number where there is one: 15, not 15.0."""
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index | np.ndarray):
        return value
    return value if np.isnan(value) else int(value)
