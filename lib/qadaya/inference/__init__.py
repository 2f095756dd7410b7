"""Statistics for small counts: every name a notebook needs, from one place.

Counts, rates and shares with their intervals; two counts compared; trends; courts
beside each other; durations. Definitions and sources stand in each docstring and in
docs/method.md. All functions take scalars, arrays or pandas objects and return the same
kind; bad input raises one ParameterError.
"""

from qadaya.inference.arguments import Interval
from qadaya.inference.change import (
    CIRCULAR_YEAR,
    SIGNIFICANT,
    BreakCheck,
    Change,
    YearCount,
    check_break,
)
from qadaya.inference.comparison import (
    Comparison,
    RateTrend,
    Trend,
    compare_counts,
    poisson_regression,
    smallest_significant_change,
    trend_test,
)
from qadaya.inference.durations import (
    LogRank,
    clearance_rate,
    disposition_days,
    kaplan_meier,
    log_rank,
)
from qadaya.inference.funnel import (
    LOOSE,
    MINIMUM_EXPECTED,
    STRICT,
    Sides,
    false_flags,
    funnel_limits,
    overdispersion,
    overdispersion_range,
    sides_of_limits,
)
from qadaya.inference.intervals import (
    interval_between,
    interval_method,
    interval_of_rounded,
    poisson_interval,
    proportion_interval,
    rate_interval,
    rounded_range,
)

__all__ = [
    "CIRCULAR_YEAR",
    "LOOSE",
    "MINIMUM_EXPECTED",
    "SIGNIFICANT",
    "STRICT",
    "BreakCheck",
    "Change",
    "Comparison",
    "Interval",
    "LogRank",
    "RateTrend",
    "Sides",
    "Trend",
    "YearCount",
    "check_break",
    "clearance_rate",
    "compare_counts",
    "disposition_days",
    "false_flags",
    "funnel_limits",
    "interval_between",
    "interval_method",
    "interval_of_rounded",
    "kaplan_meier",
    "log_rank",
    "overdispersion",
    "overdispersion_range",
    "poisson_interval",
    "poisson_regression",
    "proportion_interval",
    "rate_interval",
    "rounded_range",
    "sides_of_limits",
    "smallest_significant_change",
    "trend_test",
]
