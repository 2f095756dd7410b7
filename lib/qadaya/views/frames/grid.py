"""Counts on the complete grid of some columns, with their states and intervals."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from qadaya.inference import interval_between
from qadaya.views.frames.bounds import PLACES
from qadaya.vocabulary import (
    ANSWERED,
    HIDDEN,
    NIL,
    NOT_ESTABLISHED,
    NOT_REPORTED,
    VALUE,
    ZERO,
)


def _state(cases: bool, hidden: bool, came: bool, due: bool) -> str:
    # Cases without a return cannot be; a return without cases is a zero. Who reported
    # is no secret, so that no return is told before what is hidden.
    if not cases and not due:
        return NOT_ESTABLISHED
    if not cases and not came:
        return NOT_REPORTED
    if hidden:
        return HIDDEN
    return VALUE if cases else ZERO


# The state of a count by what is known of it, one bit each: 1, it has cases; 2, a
# hidden cell is in it; 4, a return came; 8, one was due. The explorer looks it up too.
STATE_BY_FACTS = tuple(
    _state(cases, hidden, came, due)
    for due, came, hidden, cases in product((False, True), repeat=4)
)


def counts_on_grid(
    cells: pd.DataFrame, reporting: pd.DataFrame, domains: Mapping[str, Sequence[Any]]
) -> pd.DataFrame:
    """Sums of cells over every combination of the values of some columns, in order.

    `domains`: column -> its values; none for one sum of all. `reporting`: the returns
    behind the cells. Columns: those of `domains`; `n` (missing where it is no number);
    `state` (one of COUNT_STATES); `reported`, `expected`, `nil` (yearly returns behind
    it that came, were due, and said that there was no case).
    """
    by = list(domains)
    counts = _summed(cells, domains)
    if set(PLACES) <= set(by):  # each court in its own circuit only, of that year
        home = [name for name in by if name in (*PLACES, "year")]
        counts = counts.merge(reporting[home].drop_duplicates(), on=home)
    counts = _with_returns(counts, reporting, by)
    counts["state"] = _states(counts)
    counts["n"] = counts["n"].where(counts["state"].isin((VALUE, ZERO)))
    return counts.drop(columns="hidden")


def with_intervals(
    counts: pd.DataFrame, error: int | None, level: float = 0.95
) -> pd.DataFrame:
    """The same rows with `fewest`, `most`, `low` and `high`; see `cases_table`.

    `error`: the largest rounding error of one count; None where nothing bounds it, and
    then there is no interval either.
    """
    n = counts["n"]
    known = n.notna() & (error is not None)
    off = float(error or 0)
    fewest, most = (n - off).clip(lower=0).where(known), (n + off).where(known)
    ranges = counts.assign(
        fewest=fewest, most=most, low=float("nan"), high=float("nan")
    )
    if known.any():
        limits = interval_between(fewest[known], most[known], level)
        ranges.loc[known, "low"], ranges.loc[known, "high"] = limits
    return ranges


def _summed(cells: pd.DataFrame, domains: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """`n` on the complete grid, and whether a hidden cell is in it."""
    hidden = cells["n"].isna()
    if "status" in cells.columns:
        hidden |= cells["status"] != "shown"
    summed = cells.assign(hidden=hidden, n=cells["n"].astype(float).fillna(0))
    by = list(domains)
    if not by:
        row = {"n": summed["n"].sum(), "hidden": bool(hidden.any())}
        return pd.DataFrame([row])
    summed = summed.groupby(by, observed=True).agg(
        n=("n", "sum"), hidden=("hidden", "any")
    )
    values = [list(domain) for domain in domains.values()]
    grid = pd.MultiIndex.from_product(values, names=by).to_frame(index=False)
    counts = grid.merge(summed.reset_index(), how="left", on=by)
    return counts.assign(n=counts["n"].fillna(0), hidden=counts["hidden"].eq(True))


def _with_returns(
    counts: pd.DataFrame, reporting: pd.DataFrame, by: Sequence[str]
) -> pd.DataFrame:
    """With `reported`, `expected` and `nil`: returns that came, were due, were nil."""
    status = reporting["status"]
    returns = reporting.assign(
        reported=status.isin(ANSWERED).astype(int),
        expected=status.ne(NOT_ESTABLISHED).astype(int),
        nil=status.eq(NIL).astype(int),
    )
    keys = [name for name in by if name in (*PLACES, "year")]
    sums = ["reported", "expected", "nil"]
    if not keys:
        return counts.assign(**returns[sums].sum())
    behind = returns.groupby(keys)[sums].sum().reset_index()
    joined = counts.merge(behind, how="left", on=keys)
    # A circuit to which none of these courts belonged in a year was sent nothing.
    return joined.fillna(dict.fromkeys(sums, 0)).astype(dict.fromkeys(sums, "int64"))


def _states(counts: pd.DataFrame) -> np.ndarray:
    facts = np.column_stack(
        [
            counts["n"] > 0,
            counts["hidden"].astype(bool),
            counts["reported"] > 0,
            counts["expected"] > 0,
        ]
    )
    states: np.ndarray = np.array(STATE_BY_FACTS, dtype=object)[facts @ (1, 2, 4, 8)]
    return states
