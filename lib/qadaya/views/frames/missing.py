"""What courts that have not reported could add to a total, as an edition knows it."""

from typing import NamedTuple

from qadaya.editions.edition import Edition
from qadaya.vocabulary import ANSWERED, MISSING


class Missing(NamedTuple):
    """Courts that have not reported for a year.

    They would add between none and `most`, the most that each of them reported in
    another year of the edition; of `unknown` courts nothing was ever reported.
    """

    courts: int
    most: int
    unknown: int


def missing_courts(edition: Edition, year: int) -> Missing:
    """What the courts that have not reported for a year could add. Unit: cases.

    Raises: EditionError for an edition with hidden counts.
    """
    reporting = edition.table("reporting")
    here = reporting[(reporting["year"] == year) & (reporting["status"] == MISSING)]
    missing = set(here["court_id"])
    other = reporting[reporting["status"].isin(ANSWERED)]
    answered = set(other["court_id"]) & missing
    counts = edition.cube.groupby(["court_id", "year"])["n"].sum()
    most = counts.groupby(level="court_id").max() if len(counts) else counts
    return Missing(
        courts=len(missing),
        most=sum(int(most.get(court, 0)) for court in answered),
        unknown=len(missing - answered),
    )
