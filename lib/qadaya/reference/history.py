"""Which courts there were in a year, and to which court of appeal each belonged.

Sources stand in `court_validity.csv` and `court_parent_history.csv`.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from qadaya.reference.tables import circuit_of, courts, read_rows

if TYPE_CHECKING:
    import pandas as pd

_NEVER = 9999
_YEAR = re.compile(r"20\d\d")
_NOT_OPEN = ("no opening found", "not built")


def existed_in(court_id: str, year: int) -> bool:
    """Whether a court was open at some time of a year.

    A court of which only the decree is known, and no opening, is not.
    """
    opened = opening_years().get(court_id, 0)
    return opened is not None and opened <= year


@cache
def opening_years() -> dict[str, int | None]:
    """The year in which each recent court opened, None where it has not yet.

    Where none is printed it is the first year that `courts.csv` gives.
    """
    known: dict[str, int | None] = {
        row["court_id"]: int(row["valid_from"])
        for row in read_rows("courts.csv")
        if row["valid_from"]
    }
    for row in read_rows("court_validity.csv"):
        years = _YEAR.findall(row["opened"])
        if years:
            known[row["court_id"]] = int(years[0])
        elif any(words in row["status_seen"] for words in _NOT_OPEN):
            known[row["court_id"]] = None
    return known


def courts_as_opened() -> "pd.DataFrame":
    """The courts with the year in which each opened in place of `valid_from`.

    A court that is decreed and for which no opening is known has a year that never
    comes: nobody waits for it.
    """
    import pandas as pd

    table = courts()
    opened = [opening_years().get(str(court), 0) for court in table.index]
    years = [_NEVER if year is None else year or None for year in opened]
    return table.assign(valid_from=pd.array(years, dtype="Int64"))


@cache
def circuit_in(court_id: str, year: int | None) -> str:
    """The court of appeal of a court at the end of a year; today where none is known.

    Raises: ParameterError for an id that is not in courts.csv.
    """
    today = circuit_of(court_id)
    if year is None:
        return today
    end = f"{year}-12-31"
    held = [
        row["parent_court_id"]
        for row in read_rows("court_parent_history.csv")
        if row["court_id"] == court_id
        and row["from_date"] <= end
        and (not row["to_date"] or end <= row["to_date"])
    ]
    # A decree names the new court of appeal before it opens.
    open_ones = [parent for parent in held if existed_in(parent, year)]
    return (open_ones or held or [today])[-1]


def circuits_of_years(grid: "pd.DataFrame") -> list[str]:
    """The circuit of each court in each year of a frame that has their columns.

    `circuit_id` is that of today; it stays where no move of a court is known.
    """
    moved = {row["court_id"] for row in read_rows("court_parent_history.csv")}
    places = zip(grid["court_id"], grid["year"], grid["circuit_id"], strict=True)
    return [
        circuit_in(str(court), int(year)) if court in moved else str(today)
        for court, year, today in places
    ]
