"""What courts that have not reported could add to a total, as an edition knows it."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.views.frames.bounds import PLACES, rounding_error
from qadaya.views.frames.grid import counts_on_grid, with_intervals
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
    by = ("court_id", "year")
    domains = {name: sorted(reporting[name].unique()) for name in by}
    counts = counts_on_grid(edition.table("cube"), reporting, domains)
    counts = with_intervals(counts, rounding_error(edition, by=by)).dropna(subset=["n"])
    most = counts.groupby("court_id")["most"].max()
    return {
        court: None if (n := most.get(court)) is None or n != n else int(n)
        for court in answered.unique()
    }


def with_missing(
    edition: Edition, counts: pd.DataFrame, reporting: pd.DataFrame, by: Sequence[str]
) -> pd.DataFrame:
    """Counts by some columns, with what the returns that did not come would add.

    `reporting`: the returns behind the counts. Columns added: `missing_most` and
    `never_reported`; see `cases_table`.
    """
    largest = largest_years(edition)
    missing = reporting[reporting["status"] == MISSING]
    never = ~missing["court_id"].isin(list(largest))
    behind = missing.assign(
        most=missing["court_id"].map(largest).astype(float),
        silent=missing["court_id"].where(never),
        untold=missing["court_id"].map(largest).isna() & ~never,
    )
    sums = {"most": "sum", "silent": "nunique", "untold": "any"}
    keys = [name for name in by if name in (*PLACES, "year")]
    if keys:
        added = behind.groupby(keys).agg(sums).reset_index()
        joined = counts.merge(added, how="left", on=keys)
    else:
        joined = counts.assign(**behind.agg(sums))
    unknown = joined["silent"].fillna(0).astype("int64")
    most = joined["most"].astype(float).fillna(0)
    # Of silent courts alone nothing is known, which is not the same as none.
    is_bounded = ~joined["untold"].eq(True) & ((unknown == 0) | (most > 0))
    with_bound = joined.assign(
        missing_most=most.where(is_bounded), never_reported=unknown
    )
    return with_bound.drop(columns=list(sums))


def missing_of(rows: pd.DataFrame) -> Missing:
    """What the returns that did not come would add to the sum of some counts by court.

    `rows`: of `cases_table`, by court_id and perhaps more.
    """
    untold = rows["missing_most"].isna() & (rows["never_reported"] == 0)
    return Missing(
        returns=int((rows["expected"] - rows["reported"]).sum()),
        most=None if untold.any() else int(rows["missing_most"].sum()),
        unknown=rows.loc[rows["never_reported"] > 0, "court_id"].nunique(),
    )


def each_missing(counts: pd.DataFrame) -> list[Missing]:
    """What the returns that did not come would add to each row of `cases_table`."""
    facts = counts[["reported", "expected", "missing_most", "never_reported"]]
    return [
        Missing(int(due - came), _known(most, int(unknown)), int(unknown))
        for came, due, most, unknown in facts.itertuples(index=False)
    ]


def _known(most: float, unknown: int) -> int | None:
    # Of courts that never reported no most is told, which they are counted for.
    if most != most:
        return 0 if unknown else None
    return int(most)


def _most(edition: Edition, courts: list[str]) -> int | None:
    """The most that these courts can have reported, each in its largest year."""
    known = [n for court in courts if (n := largest_years(edition)[court]) is not None]
    return sum(known) if len(known) == len(courts) else None
