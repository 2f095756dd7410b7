"""Tables for charts and readers: counts of an edition on the complete grid.

The states of a count stay apart in the column `state`; each count carries the true
counts it can stand for and its chance interval.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.errors import ParameterError
from qadaya.inference import interval_between
from qadaya.views.frames.bounds import (
    CODED,
    PLACES,
    TABLE_OF,
    chosen_years,
    rounding_error,
)
from qadaya.views.frames.places import in_map_order
from qadaya.vocabulary import (
    ANSWERED,
    HIDDEN,
    MEASURES,
    NIL,
    NOT_ESTABLISHED,
    NOT_REPORTED,
    RESULTS_OF_MEASURE,
    STAGES_OF_MEASURE,
    VALUE,
    ZERO,
    codes,
)

__all__ = [
    "STATE_BY_FACTS",
    "cases_table",
    "cells_of_measure",
    "counts_on_grid",
    "rounding_error",
    "with_intervals",
]


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


@once_an_edition
def cases_table(
    edition: Edition,
    *,
    by: Sequence[str],
    measure: str = "cases",
    years: Sequence[int] | None = None,
    where: Mapping[str, Sequence[Any]] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Cases of an edition by the columns `by`, on the complete grid, in fixed order.

    Rows: one per combination, also without a case or a return. Columns: `by`; `n`
    (missing where it is no number); `state` (one of COUNT_STATES); `fewest`, `most`
    (true counts that `n` can stand for; equal to it when internal); `low`, `high`
    (chance interval that covers them all); `reported`, `expected` (yearly returns
    behind it).
    `measure` is a key of MEASURES, `where` the values counted, by column, where not
    all are. Unit: cases.
    Raises: ParameterError for an unknown column, measure or year.
    """
    chosen, picked = chosen_years(edition, years), dict(where or {})
    cells = _table_of(edition, by, measure, picked)
    cells = cells_of_measure(cells[cells["year"].isin(chosen)], measure)
    reporting = edition.table("reporting")
    reporting = reporting[reporting["year"].isin(chosen)]
    for name, values in picked.items():
        cells = cells[cells[name].isin(values)]
        if name in PLACES:
            reporting = reporting[reporting[name].isin(values)]
    domains = {name: _domain(name, cells, reporting, chosen) for name in by}
    for name in domains.keys() & picked.keys():
        domains[name] = [each for each in domains[name] if each in picked[name]]
    counts = counts_on_grid(cells, reporting, domains).drop(columns="nil")
    error = rounding_error(edition, by=by, measure=measure, years=chosen, where=picked)
    return with_intervals(counts, error, level)


def cells_of_measure(cells: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The cells that a measure counts, of a table by stage and result."""
    if "stage" not in cells.columns:
        return cells
    stages = cells["stage"].isin(STAGES_OF_MEASURE[measure])
    return cells[stages & cells["result"].isin(RESULTS_OF_MEASURE[measure])]


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


def _table_of(
    edition: Edition, by: Sequence[str], measure: str, picked: Mapping[str, Any]
) -> pd.DataFrame:
    if measure not in MEASURES:
        raise ParameterError(
            f"measure is {measure!r}; expected one of {', '.join(MEASURES)}"
        )
    named = (*by, *picked)
    tables = {TABLE_OF[name] for name in named if name in TABLE_OF} or {"cube"}
    table = edition.table(tables.pop())
    unknown = [name for name in named if name not in table.columns or name == "n"]
    if tables or unknown or (measure != "cases" and "stage" not in table.columns):
        raise ParameterError(
            f"{', '.join(named)} by {measure}: no table of the edition holds these "
            "together; expected columns of one table, and measures of the cube only"
        )
    return table


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
    values = [list(each) for each in domains.values()]
    grid = pd.MultiIndex.from_product(values, names=by).to_frame(index=False)
    counts = grid.merge(summed.reset_index(), how="left", on=by)
    return counts.assign(n=counts["n"].fillna(0), hidden=counts["hidden"].eq(True))


def _domain(
    name: str, cells: pd.DataFrame, reporting: pd.DataFrame, years: list[int]
) -> list[Any]:
    if name == "year":
        return years
    if name in PLACES:
        return in_map_order(reporting[name])
    if name in CODED:
        return list(codes(name))
    return sorted(cells[name].unique(), key=lambda code: (code == "unknown", code))


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
