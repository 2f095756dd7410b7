"""Changes of counts from one year to another, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.errors import ParameterError
from qadaya.inference import Change, YearCount
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.vocabulary import PLATFORMS

FIRST_YEAR = "first_year"  # the edition holds no earlier one
NO_COUNT = "no_count"  # hidden, or no return came in one of the two years
NOT_BOUNDED = "not_bounded"  # nothing published bounds what rounding did
SOURCES_DISAGREE = "sources_disagree"
NO_TWO_YEARS = "no_two_years"  # no two years in a row were published
REASONS = (FIRST_YEAR, NO_COUNT, NOT_BOUNDED, SOURCES_DISAGREE, NO_TWO_YEARS)


@dataclass(frozen=True)
class NotCompared:
    """That two counts are not compared, and why: one of REASONS. It counts as false."""

    reason: str

    def __bool__(self) -> bool:
        return False


@once_an_edition
def compare(
    edition: Edition,
    year: int,
    *,
    against: int | None = None,
    measure: str = "cases",
    platform: str | None = None,
) -> Change | NotCompared:
    """The change of a measure from `against` (the year before, unless told) to `year`.

    NotCompared, which counts as false, where there is no change to tell.
    Raises: ParameterError for a year, measure or platform that the edition lacks.
    """
    if platform is not None and platform not in PLATFORMS:
        raise ParameterError(
            f"platform is {platform!r}; expected one of {', '.join(PLATFORMS)}"
        )
    earlier = [held for held in edition.years if held < year]
    before = against if against is not None else max(earlier, default=None)
    if before is None:
        return NotCompared(FIRST_YEAR)
    by = ["year"] if platform is None else ["platform", "year"]
    counts = cases_table(edition, by=by, measure=measure, years=[before, year])
    if platform is not None:
        counts = counts[counts["platform"] == platform]
    error = rounding_error(edition, by=by, measure=measure)
    return _change(counts, before, year, error)


def component_changes(
    edition: Edition, by: str, before: int, after: int
) -> Mapping[str, Change | NotCompared]:
    """The change of each part of our count, by the codes of the column `by`.

    Parts without a case in both years are left out.
    """
    counts = cases_table(edition, by=[by, "year"], years=[before, after])
    error = rounding_error(edition, by=[by, "year"], years=[before, after])
    return {
        str(code): _change(rows, before, after, error)
        for code, rows in counts.groupby(by, sort=False, observed=True)
        if rows["n"].sum() > 0
    }


def _change(
    counts: pd.DataFrame, before: int, after: int, error: int | None
) -> Change | NotCompared:
    if counts["n"].isna().any():
        return NotCompared(NO_COUNT)
    if error is None:
        return NotCompared(NOT_BOUNDED)
    columns = counts[["year", "n", "reported", "expected"]]
    by_year = {
        int(year): YearCount(int(year), int(n), error, int(came), int(due))
        for year, n, came, due in columns.to_numpy()
    }
    return Change(by_year[before], by_year[after])
