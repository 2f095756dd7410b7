"""Statistics for small counts: every name a notebook needs, from one place.

Counts, rates and shares with their intervals; two counts compared; courts beside each
other. Definitions and sources stand in each docstring and in docs/method.md. All
functions take scalars, arrays or pandas objects and return the same kind; bad input
raises one ParameterError.
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
    compare_counts,
    smallest_significant_change,
)
from qadaya.inference.funnel import (
    LOOSE,
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
    poisson_interval,
    proportion_interval,
    rate_interval,
)
from qadaya.inference.thin import MINIMUM_EXPECTED, MINIMUM_SEEN

__all__ = [
    "CIRCULAR_YEAR",
    "LOOSE",
    "MINIMUM_EXPECTED",
    "MINIMUM_SEEN",
    "SIGNIFICANT",
    "STRICT",
    "BreakCheck",
    "Change",
    "Comparison",
    "Interval",
    "Sides",
    "YearCount",
    "check_break",
    "compare_counts",
    "false_flags",
    "funnel_limits",
    "interval_between",
    "overdispersion",
    "overdispersion_range",
    "poisson_interval",
    "proportion_interval",
    "rate_interval",
    "sides_of_limits",
    "smallest_significant_change",
]
