"""How long things take and how many are worked off; pending cases stay in.

Months exist only where a court fills the optional columns; elsewhere durations are
"not collected". A pending case is censored, never dropped: leaving it out would make
proceedings look shorter than they are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from qadaya.errors import ParameterError
from qadaya.inference.arguments import (
    Numbers,
    array_of,
    counts_of,
    level_of,
    like,
    same_length,
    series_of,
)

CURVE = ["survival", "low", "high", "at_risk", "events"]


@dataclass(frozen=True)
class LogRank:
    """Chi squared of the log-rank test and its p."""

    statistic: float
    p: float


def kaplan_meier(time: Numbers, event: Numbers, level: float = 0.95) -> pd.DataFrame:
    """Share not yet decided after each time, pending cases counted as long as known.

    Rows: one per time at which something was decided, which is the index. Columns:
    survival, low, high (0 to 1, log-log interval), at_risk, events (cases).
    `event` is 1 or true where a decision came at `time`, 0 or false where the case
    was still pending then; no row while nothing is decided. Unit: that of `time`.
    Raises: ParameterError for negative times, other events or unequal lengths.
    Source: Kaplan and Meier (1958), JASA 53; statsmodels SurvfuncRight.
    """
    level = level_of(level)
    months, decided = _spells(time, event)
    if not decided.any():
        return pd.DataFrame([], columns=CURVE, index=pd.Index([], name="time"))
    # Imported where used: it costs every notebook half a second at its start.
    from statsmodels.duration.survfunc import SurvfuncRight

    curve = SurvfuncRight(months, decided)
    low, high = _log_log(curve.surv_prob, curve.surv_prob_se, level)
    table = pd.DataFrame(
        {
            "survival": curve.surv_prob,
            "low": low,
            "high": high,
            "at_risk": curve.n_risk.astype(int),
            "events": curve.n_events.astype(int),
        },
        index=pd.Index(curve.surv_times, name="time"),
    )
    return table[table["events"] > 0]


def log_rank(time: Numbers, event: Numbers, group: Numbers) -> LogRank:
    """Whether groups differ in how long decisions take.

    Raises: ParameterError, also for a single group, a missing one, or no decision.
    Source: Mantel (1966); statsmodels survdiff.
    """
    months, decided = _spells(time, event)
    same_length(time=time, group=group)
    groups = _groups(group)
    if not decided.any():
        raise ParameterError("event is 0 throughout; expected at least one decision")
    from statsmodels.duration.survfunc import survdiff

    statistic, p = survdiff(months, decided, groups)
    return LogRank(float(statistic), float(p))


def clearance_rate(resolved: Numbers, incoming: Numbers) -> Any:
    """Share of incoming cases that were resolved: resolved / incoming.

    Unit: a share, not per cent; 0.9677 for 300 of 310, which CEPEJ prints as 96.77 %.
    At 1 as many were resolved as came in; it may exceed 1 when old cases are worked
    off. The arguments come as in the quotient: clearance_rate(300, 310) or, by name,
    clearance_rate(resolved=300, incoming=310). Missing (NaN) where nothing came in.
    Raises: ParameterError. Source: CEPEJ, GOJUST guidelines (clearance rate).
    """
    done, came = counts_of(resolved, "resolved"), counts_of(incoming, "incoming")
    same_length(resolved=resolved, incoming=incoming)
    return like((resolved, incoming), _quotient(done, came))


def disposition_days(pending: Numbers, resolved: Numbers) -> Any:
    """Days to work off what is pending at the year's end: 365 x pending / resolved.

    The arguments come as in the quotient: disposition_days(120, 300) is 146 days, as is
    disposition_days(pending=120, resolved=300).
    Missing (NaN), never infinite, where nothing was resolved.
    Raises: ParameterError. Source: CEPEJ, GOJUST guidelines (disposition time).
    """
    left, done = counts_of(pending, "pending"), counts_of(resolved, "resolved")
    same_length(pending=pending, resolved=resolved)
    return like((pending, resolved), 365 * _quotient(left, done))


def _quotient(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)


def _groups(group: Numbers) -> np.ndarray:
    groups = array_of(group, "group")
    if groups.ndim != 1:
        raise ParameterError("group is no single row; expected a group for each case")
    if pd.isna(groups).any():
        raise ParameterError("group has missing values; expected a group for each case")
    if np.unique(groups).size < 2:
        raise ParameterError("group has one value only; expected two or more groups")
    return groups


def _spells(time: Numbers, event: Numbers) -> tuple[np.ndarray, np.ndarray]:
    months = series_of(time, "time")
    if np.any(months < 0):
        raise ParameterError(f"time is {months.min():g}; expected 0 or more")
    given = array_of(event, "event")
    decided = series_of(given.astype(int) if given.dtype == bool else event, "event")
    same_length(time=months, event=decided)
    same_length(time=time, event=event)
    if not np.isin(decided, (0, 1)).all():
        raise ParameterError(
            "event has values other than 0 and 1; expected 1 = decided"
        )
    return months, decided.astype(int)


def _log_log(
    share: np.ndarray, error: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    # On the log-log scale an interval cannot leave 0 to 1; at 0 or 1 there is none.
    inside = (share > 0) & (share < 1)
    log = np.log(np.where(inside, share, 0.5))
    spread = (
        stats.norm.isf((1 - level) / 2) * error / (np.where(inside, share, 1) * log)
    )
    low, high = np.exp(log * np.exp(-spread)), np.exp(log * np.exp(spread))
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)
