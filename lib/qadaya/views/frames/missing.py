"""What courts that have not reported could add to a total, as an edition knows it."""

from collections.abc import Sequence
from typing import NamedTuple

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.views.frames.counts import cases_table
from qadaya.vocabulary import ANSWERED, MISSING


class Missing(NamedTuple):
    """Yearly returns that have not come, of courts that existed.

    They would add between none and `most`, the most that each court can have reported
    in another year of the edition, None where the edition does not tell that; of
    `unknown` courts nothing was ever reported.
    """

    returns: int
    most: int | None
    unknown: int


@once_an_edition
def missing_returns(
    edition: Edition, years: Sequence[int], *, circuit: str | None = None
) -> Missing:
    """What the returns that have not come for some years could add. Unit: cases.

    `circuit`: of the courts that belonged to this one in these years alone.
    Of what the edition publishes alone: in a shared one each published count stands for
    the largest true one that it can be.
    """
    reporting = edition.table("reporting")
    here = reporting["year"].isin(years) & (reporting["status"] == MISSING)
    if circuit is not None:
        here &= reporting["circuit_id"] == circuit
    missing = reporting.loc[here, "court_id"]
    answered = set(reporting.loc[reporting["status"].isin(ANSWERED), "court_id"])
    bounded = missing[missing.isin(answered)]
    return Missing(
        returns=len(missing),
        most=_most(edition, bounded.tolist()),
        unknown=missing[~missing.isin(answered)].nunique(),
    )


@once_an_edition
def largest_years(edition: Edition) -> dict[str, int | None]:
    """The most that each court that reported can have reported in a year. Unit: cases.

    None where the edition does not tell that; no court stands here that never reported.
    """
    reporting = edition.table("reporting")
    answered = reporting.loc[reporting["status"].isin(ANSWERED), "court_id"]
    if "cube" not in edition.tables:  # counts of single courts are hidden there
        return dict.fromkeys(answered)
    counts = cases_table(edition, by=["court_id", "year"]).dropna(subset=["n"])
    most = counts.groupby("court_id")["most"].max()
    return {
        court: None if (n := most.get(court)) is None or n != n else int(n)
        for court in answered.unique()
    }


def _most(edition: Edition, courts: list[str]) -> int | None:
    """The most that these courts can have reported, each in its largest year."""
    known = [n for court in courts if (n := largest_years(edition)[court]) is not None]
    return sum(known) if len(known) == len(courts) else None
