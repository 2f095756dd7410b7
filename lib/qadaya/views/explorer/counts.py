"""The table behind what the explorer shows, counted from the edition with pandas.

The front end counts the same cells in JavaScript; tests hold the two together.
"""

from typing import Any

import pandas as pd

from qadaya.views.explorer.selection import BREAKDOWNS, Choices
from qadaya.vocabulary import RESULTS_OF_MEASURE, STAGES_OF_MEASURE

_ANSWERED = ("reported", "nil")


def chosen_cells(cube: pd.DataFrame, selection: dict[str, Any]) -> pd.DataFrame:
    """The cells of the cube that a selection counts, a new frame."""
    first, last = selection["years"]
    measure = selection["measure"]
    return cube[
        cube["court_id"].isin(selection["courts"])
        & cube["platform"].isin(selection["platforms"])
        & cube["year"].between(first, last)
        & cube["stage"].isin(STAGES_OF_MEASURE[measure])
        & cube["result"].isin(RESULTS_OF_MEASURE[measure])
    ].reset_index(drop=True)


def counted_table(
    cube: pd.DataFrame,
    reporting: pd.DataFrame,
    selection: dict[str, Any],
    choices: Choices,
) -> pd.DataFrame:
    """Counts by year and breakdown, with what is known of the courts behind them.

    Rows: one per year x code of the breakdown, the complete grid; none when no court
    or no platform is chosen. Columns: year, the breakdown, `n` (cases; missing where
    nothing is known), `status` (reported, nil, missing, not_established, hidden),
    `received` and `expected` (returns of the chosen courts in that row and year).
    """
    column = BREAKDOWNS[selection["breakdown"]]
    grid = _grid(selection, choices, column)
    cells = chosen_cells(cube, selection)
    table = grid.merge(_summed(cells, column), how="left", on=["year", column])
    table = _with_returns(table, reporting, selection, column)
    table["status"] = _statuses(table)
    nothing_known = table["status"].isin(["missing", "not_established", "hidden"])
    table["n"] = table["n"].fillna(0).astype("Int64").mask(nothing_known)
    return table[["year", column, "n", "status", "received", "expected"]]


def _grid(selection: dict[str, Any], choices: Choices, column: str) -> pd.DataFrame:
    first, last = selection["years"]
    years = [year for year in choices.years if first <= year <= last]
    codes = _codes(selection, choices, column)
    if not (selection["courts"] and selection["platforms"]):
        codes = []
    pairs = [(year, code) for year in years for code in codes]
    frame = pd.DataFrame(pairs, columns=["year", column])
    return frame.astype({"year": "int64", column: "str"})


def _codes(selection: dict[str, Any], choices: Choices, column: str) -> list[str]:
    courts = set(selection["courts"])
    return {
        "platform": list(selection["platforms"]),
        "circuit_id": [
            circuit
            for circuit, members in choices.circuits.items()
            if courts.intersection(members)
        ],
        "stage": list(STAGES_OF_MEASURE[selection["measure"]]),
        "result": list(RESULTS_OF_MEASURE[selection["measure"]]),
    }[column]


def _summed(cells: pd.DataFrame, column: str) -> pd.DataFrame:
    """`n` by year and code; `hidden` where a suppressed cell is among those summed."""
    marked = cells.assign(hidden=cells["n"].isna(), n=cells["n"].fillna(0))
    sums = marked.groupby(["year", column], as_index=False)[["n", "hidden"]].sum()
    return sums.astype({column: "str"})


def _with_returns(
    table: pd.DataFrame,
    reporting: pd.DataFrame,
    selection: dict[str, Any],
    column: str,
) -> pd.DataFrame:
    returns = reporting[reporting["court_id"].isin(selection["courts"])]
    by = ["year", "circuit_id"] if column == "circuit_id" else ["year"]
    counted = (
        returns.assign(
            received=returns["status"].isin(_ANSWERED),
            nil=returns["status"].eq("nil"),
            expected=returns["status"].ne("not_established"),
        )
        .groupby(by, as_index=False)[["received", "nil", "expected"]]
        .sum()
    )
    if column == "circuit_id":
        counted = counted.astype({"circuit_id": "str"})
    joined = table.merge(counted, how="left", on=by)
    whole = ["received", "nil", "expected"]
    joined[whole] = joined[whole].fillna(0).astype("int64")
    return joined


def _statuses(table: pd.DataFrame) -> pd.Series:
    n = table["n"].fillna(0)
    status = pd.Series("reported", index=table.index, dtype="str")
    status = status.mask((n == 0) & (table["nil"] == table["received"]), "nil")
    status = status.mask((n == 0) & (table["received"] == 0), "missing")
    status = status.mask((n == 0) & (table["expected"] == 0), "not_established")
    return status.mask(table["hidden"].fillna(0).astype("int64") > 0, "hidden")
