"""Tables for charts and readers: counts of an edition on the complete grid.

The states of a count stay apart in the column `state`; each count carries the true
counts it can stand for and its chance interval.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.errors import ParameterError
from qadaya.views.frames.bounds import (
    CODED,
    PLACES,
    TABLE_OF,
    chosen_years,
    rounding_error,
)
from qadaya.views.frames.grid import counts_on_grid, with_intervals
from qadaya.views.frames.missing import with_missing
from qadaya.views.frames.places import in_map_order
from qadaya.vocabulary import (
    MEASURES,
    RESULTS_OF_MEASURE,
    STAGES_OF_MEASURE,
    codes,
)

__all__ = ["cases_table", "cells_of_measure", "rounding_error"]


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
    behind it); `missing_most` (the returns that did not come would add none to these
    cases, the most that their courts reported in a year; missing where the edition does
    not tell it) and `never_reported` (courts among them of which nothing was ever
    reported, so that nothing bounds them: they are not in `missing_most`).
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
        domains[name] = [value for value in domains[name] if value in picked[name]]
    counts = counts_on_grid(cells, reporting, domains).drop(columns="nil")
    counts = with_missing(edition, counts, reporting, by)
    error = rounding_error(edition, by=by, measure=measure, years=chosen, where=picked)
    return with_intervals(counts, error, level)


def cells_of_measure(cells: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The cells that a measure counts, of a table by stage and result."""
    if "stage" not in cells.columns:
        return cells
    stages = cells["stage"].isin(STAGES_OF_MEASURE[measure])
    return cells[stages & cells["result"].isin(RESULTS_OF_MEASURE[measure])]


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
