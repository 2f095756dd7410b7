"""Which courts have reported: the complete grid of courts and years."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qadaya.vocabulary import ANSWERED, MISSING, NIL, NOT_ESTABLISHED, REFUSED, REPORTED

if TYPE_CHECKING:
    import pandas as pd

REPORTING_COLUMNS = ("court_id", "circuit_id", "year", "status")


class Completeness(NamedTuple):
    """Courts that reported, out of the courts that existed in that year."""

    reported: int
    expected: int


def accepted_returns(returns: pd.DataFrame) -> pd.DataFrame:
    """The returns that count: current, not refused, of a known court and year.

    A supplement counts beside the return of its year, and not before that one came:
    until then its court has not reported.
    """
    counts = returns["current"].astype(bool) & (returns["state"] != REFUSED)
    known = returns["court_id"].notna() & returns["year"].notna()
    kept = returns[counts & known].astype({"year": "int64"})
    if "supplement" not in kept:
        return kept
    own = kept[~kept["supplement"].astype(bool)]
    return kept[_keys(kept).isin(_keys(own))]


def waiting_supplements(returns: pd.DataFrame) -> pd.DataFrame:
    """The supplements of courts and years whose own return has not come."""
    if "supplement" not in returns:
        return returns.iloc[:0]
    counted = set(accepted_returns(returns)["return"])
    supplements = returns["supplement"].astype(bool) & returns["current"].astype(bool)
    return returns[supplements & ~returns["return"].isin(counted)]


def reported_cases(cases: pd.DataFrame, returns: pd.DataFrame) -> pd.DataFrame:
    """The cases without those that wait for the return of their year."""
    waiting = waiting_supplements(returns)
    if waiting.empty:
        return cases
    return cases[~cases["return"].isin(waiting["return"])]


def _keys(frame: pd.DataFrame) -> pd.Series:
    return frame["court_id"].astype(str) + " " + frame["year"].astype(str)


def is_synthetic(returns: pd.DataFrame) -> bool:
    """Whether any return that counts was invented; then all made of them says so.

    One that was refused or replaced gives no case: among real ones it decides nothing.
    """
    counted = accepted_returns(returns)
    asked = returns if counted.empty else counted
    return bool(asked["synthetic"].astype(bool).any())


def years_reported(returns: pd.DataFrame) -> list[int]:
    """The years for which at least one return was accepted, in order."""
    return sorted({int(year) for year in accepted_returns(returns)["year"]})


def reporting_grid(returns: pd.DataFrame, courts: pd.DataFrame) -> pd.DataFrame:
    """What is known of each court in each year.

    `returns` as in the register; `courts` indexed by court_id, with circuit_id (of
    today) and valid_from. Rows: one per court and year, also where no return came.
    `circuit_id` is that of the year. `status` is a code of REPORTING: a refused return
    is no answer, so its court is `missing`.
    """
    import pandas as pd  # only here: an edition opens without it

    from qadaya.reference.history import circuits_of_years

    years = pd.DataFrame({"year": years_reported(returns)}, dtype="int64")
    grid = courts.reset_index(names="court_id").merge(years, how="cross")
    grid["circuit_id"] = pd.array(circuits_of_years(grid), dtype="str")
    answers = accepted_returns(returns)[["court_id", "year", "state"]]
    # A court may send its year in two files; one answer is enough.
    answers = answers.sort_values("state").drop_duplicates(["court_id", "year"])
    grid = grid.merge(answers, how="left", on=["court_id", "year"])
    grid["status"] = _statuses(grid)
    ordered = grid.sort_values(["court_id", "year"], ignore_index=True)
    return ordered[list(REPORTING_COLUMNS)]


def completeness_of(reporting: pd.DataFrame, year: int) -> Completeness:
    """How many courts reported for a year, of how many that existed then."""
    statuses = reporting.loc[reporting["year"] == year, "status"]
    expected = int((statuses != NOT_ESTABLISHED).sum())
    return Completeness(int(statuses.isin(ANSWERED).sum()), expected)


def complete_years(reporting: pd.DataFrame) -> list[int]:
    """The years for which every court that existed has reported."""
    missing = set(reporting.loc[reporting["status"] == MISSING, "year"])
    return sorted({int(year) for year in reporting["year"]} - missing)


def courts_by_status(reporting: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """Which courts stand at which status, by year, for the manifest."""
    grouped = reporting.groupby(["year", "status"], sort=True)["court_id"]
    by_year: dict[str, dict[str, list[str]]] = {}
    for (year, status), names in grouped:
        by_year.setdefault(str(year), {})[str(status)] = sorted(names)
    return by_year


def _statuses(grid: pd.DataFrame) -> pd.Series:
    not_yet = grid["valid_from"].gt(grid["year"]).fillna(False).astype(bool)
    import pandas as pd

    status = pd.Series(MISSING, index=grid.index, dtype="str")
    status = status.mask(not_yet, NOT_ESTABLISHED)
    status = status.mask(grid["state"].notna(), REPORTED)
    return status.mask(grid["state"] == NIL, NIL)
