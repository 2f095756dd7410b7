"""Editions one after the other: how counts and cohorts have moved between them.

The editions compared are those that stand in the same folder and are not later than the
one opened. A shared kernel is given one edition only, and then there is one vintage.
"""

import pandas as pd

from qadaya.editions.edition import Edition, edition_at, edition_numbers, in_order
from qadaya.views.frames.cohorts import decided_share


def editions_until(edition: Edition) -> list[Edition]:
    """The editions for the same audience up to this one, oldest first."""
    place = edition.path.parent
    order = in_order({*edition_numbers(place), edition.number})
    earlier = order[: order.index(edition.number)]
    return [*(edition_at(place / number) for number in earlier), edition]


def revision_counts(edition: Edition) -> pd.DataFrame:
    """Cases of each year as each edition counted them: the revision triangle.

    Rows: one per edition and year that it holds. Columns: number, as_of, year, n
    (cases), courts that reported, `revision` against the edition before (missing at
    the first).
    """
    parts = [_counts(earlier) for earlier in editions_until(edition)]
    table = pd.concat(parts, ignore_index=True)
    table["revision"] = table.groupby("year")["n"].diff()
    return table


def maturity(edition: Edition) -> pd.DataFrame:
    """The share decided of each cohort at each age: a right-hand triangle.

    Rows: one per edition and cohort. Columns: number, as_of, year (of the return), age
    (years from that year to the day of the edition), prosecuted, decided, pending,
    share, low, high; see `decided_share`. The form has no dates, so an edition is the
    only clock.
    """
    parts = []
    for earlier in editions_until(edition):
        shares = decided_share(earlier).assign(
            number=earlier.number, as_of=earlier.as_of
        )
        parts.append(shares.assign(age=int(earlier.as_of[:4]) - shares["year"]))
    columns = ["number", "as_of", "year", "age", "prosecuted", "decided", "pending"]
    table = pd.concat(parts, ignore_index=True)
    return table[[*columns, "share", "low", "high"]]


def _counts(edition: Edition) -> pd.DataFrame:
    n = edition.cube.groupby("year")["n"].sum().reindex(edition.years, fill_value=0)
    return pd.DataFrame(
        {
            "number": edition.number,
            "as_of": edition.as_of,
            "year": edition.years,
            "n": n.tolist(),
        }
    )
