"""Tables for charts and readers: counts of an edition on the complete grid.

The four states of a count stay apart in the column `state`; each count carries the
true counts it can stand for and its chance interval.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import interval_between
from qadaya.views.frames.bounds import (
    CODED,
    PLACES,
    TABLE_OF,
    chosen_years,
    rounding_error,
)
from qadaya.vocabulary import MEASURES, RESULTS_OF_MEASURE, STAGES_OF_MEASURE, codes

# value and zero: reported; the others are not numbers and are never drawn as one.
STATES = ("value", "zero", "not_reported", "not_established", "hidden")
__all__ = [
    "STATES",
    "cases_table",
    "rounding_error",
    "with_intervals",
]


def cases_table(
    edition: Edition,
    *,
    by: Sequence[str],
    measure: str = "cases",
    years: Sequence[int] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Cases of an edition by the columns `by`, on the complete grid, in fixed order.

    Rows: one per combination, also without a case or a return. Columns: `by`; `n`
    (missing where it is no number); `state` (one of STATES); `fewest`, `most` (true
    counts that `n` can stand for; equal to it when internal); `low`, `high` (chance
    interval that covers them all); `reported`, `expected` (yearly returns behind it).
    `measure` is a key of MEASURES. Unit: cases.
    Raises: ParameterError for an unknown column, measure or year.
    """
    chosen = chosen_years(edition, years)
    cells = _cells(edition, by, measure)
    cells = cells[cells["year"].isin(chosen)]
    reporting = edition.table("reporting")
    reporting = reporting[reporting["year"].isin(chosen)]
    counts = _grid(cells, by, reporting, chosen)
    counts = _with_returns(counts, reporting, by)
    counts["state"] = _states(counts)
    counts["n"] = counts["n"].where(counts["state"].isin(("value", "zero")))
    counts = counts.drop(columns="hidden")
    error = rounding_error(edition, by=by, measure=measure, years=chosen)
    return with_intervals(counts, error, level)


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


def _cells(edition: Edition, by: Sequence[str], measure: str) -> pd.DataFrame:
    if measure not in MEASURES:
        raise ParameterError(
            f"measure is {measure!r}; expected one of {', '.join(MEASURES)}"
        )
    tables = {TABLE_OF[name] for name in by if name in TABLE_OF} or {"cube"}
    table = edition.table(tables.pop())
    unknown = [name for name in by if name not in table.columns or name == "n"]
    if tables or unknown or (measure != "cases" and "stage" not in table.columns):
        raise ParameterError(
            f"{', '.join(by)} by {measure}: no table of the edition holds these "
            "together; expected columns of one table, and measures of the cube only"
        )
    if "stage" not in table.columns:
        return table
    stages = table["stage"].isin(STAGES_OF_MEASURE[measure])
    return table[stages & table["result"].isin(RESULTS_OF_MEASURE[measure])]


def _grid(
    cells: pd.DataFrame, by: Sequence[str], reporting: pd.DataFrame, years: list[int]
) -> pd.DataFrame:
    hidden = cells.get("status", pd.Series("shown", cells.index)) != "shown"
    summed = cells.assign(hidden=hidden, n=cells["n"].astype(float))
    if not by:
        row = {"n": summed["n"].sum(), "hidden": bool(hidden.any())}
        return pd.DataFrame([row])
    summed = summed.groupby(list(by), observed=True).agg(
        n=("n", "sum"), hidden=("hidden", "any")
    )
    domains = [_domain(name, cells, reporting, years) for name in by]
    grid = pd.MultiIndex.from_product(domains, names=list(by)).to_frame(index=False)
    if set(PLACES) <= set(by):  # each court in its own circuit only
        grid = grid.merge(reporting[list(PLACES)].drop_duplicates(), on=list(PLACES))
    counts = grid.merge(summed.reset_index(), how="left", on=list(by))
    counts["hidden"] = counts["hidden"].eq(True)
    return counts.assign(n=counts["n"].fillna(0))


def _domain(
    name: str, cells: pd.DataFrame, reporting: pd.DataFrame, years: list[int]
) -> list[Any]:
    if name == "year":
        return years
    if name in PLACES:
        return list(reporting[name].drop_duplicates())
    if name in CODED:
        return list(codes(name))
    return sorted(cells[name].unique(), key=lambda code: (code == "unknown", code))


def _with_returns(
    counts: pd.DataFrame, reporting: pd.DataFrame, by: Sequence[str]
) -> pd.DataFrame:
    """`reported` and `expected`: yearly returns that came, and that were due."""
    came = reporting["status"].isin(("reported", "nil"))
    due = reporting["status"] != "not_established"
    returns = reporting.assign(reported=came.astype(int), expected=due.astype(int))
    keys = [name for name in by if name in (*PLACES, "year")]
    sums = ["reported", "expected"]
    if not keys:
        whole = returns[sums].sum()
        return counts.assign(reported=whole["reported"], expected=whole["expected"])
    behind = returns.groupby(keys)[sums].sum().reset_index()
    return counts.merge(behind, how="left", on=keys)


def _states(counts: pd.DataFrame) -> pd.Series:
    state = pd.Series("value", index=counts.index)
    state = state.mask(counts["n"] == 0, "zero")
    state = state.mask(counts["hidden"], "hidden")
    # Cases without a return cannot be; a return without cases is a zero.
    state = state.mask((counts["reported"] == 0) & (counts["n"] == 0), "not_reported")
    return state.mask((counts["expected"] == 0) & (counts["n"] == 0), "not_established")
