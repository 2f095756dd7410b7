"""The resolution ladder: from a court and a year to a level that answers.

Most courts have no case or one in a year, and one case says nothing about a court. The
ladder climbs court, circuit, region, country; at each place first the year alone, then
all years of the edition. It stops where a count is informative and publishable, and
keeps what it found on the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import pandas as pd
from scipy import stats

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import MINIMUM_EXPECTED, interval_between
from qadaya.ledger import circuit_caseloads
from qadaya.views.frames.caseload import expected_of
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.missing import Missing, missing_of
from qadaya.views.frames.places import LEVELS, lies_in, place_error, place_of
from qadaya.vocabulary import HIDDEN, NOT_ESTABLISHED, NOT_REPORTED

# What a rung's cases are expected from; see `climb`.
RETURNS, CASELOAD, OWN = "returns", "caseload", "own"
# Why a rung does not answer, in the order in which it is asked; the last one does.
VERDICTS = (NOT_ESTABLISHED, NOT_REPORTED, HIDDEN, "thin", "blurred", "answers")
_Z = float(stats.norm.isf(0.025))


@dataclass(frozen=True)
class Rung:
    """One level of the ladder: a place over some years, and whether it answers.

    n: cases, None where there is no number; expected: cases to be expected in its
    yearly returns, and from what (RETURNS, CASELOAD or OWN), see `climb`; error:
    largest rounding error, None where nothing bounds it; low, high: 95 % interval over
    all that rounding allows; reported, due: yearly returns;
    missing: what those that did not come would add.
    """

    level: str
    place: str
    years: tuple[int, ...]
    n: int | None
    expected: float
    expected_from: str
    error: int | None
    low: float
    high: float
    reported: int
    due: int
    missing: Missing
    verdict: str


@dataclass(frozen=True)
class Ladder:
    """The rungs that were tried, lowest first; the last one answers if any does."""

    court_id: str
    year: int
    measure: str
    rungs: tuple[Rung, ...]

    @property
    def reached(self) -> Rung | None:
        last = self.rungs[-1]
        return last if last.verdict == "answers" else None


def climb(
    edition: Edition, court_id: str, *, year: int, measure: str = "cases"
) -> Ladder:
    """The ladder from one court and year to the first level that answers.

    A level is informative where at least 4 cases are to be expected in its yearly
    returns, at the national mean per return of those years or at the place's own mean
    over all years (from the fewest cases that rounding allows), whichever is larger:
    the first tells that no case is few, the second that a large court is not thin. A
    circuit with a published caseload is expected to have its part of the cases by that,
    among the circuits that have one, instead of the mean per return. A level is
    publishable where a return came, nothing is hidden, and rounding leaves no more
    doubt than chance (its largest error is at most 1.96 times the root of that count).
    Raises: ParameterError for a court or year that the edition lacks, or a measure.
    """
    held = sorted(edition.table("reporting")["court_id"].unique())
    if court_id not in held:
        more = f" and {len(held) - 4} more" if len(held) > 4 else ""
        raise ParameterError(
            f"court is {court_id!r}; this edition holds {', '.join(held[:4])}{more}"
        )
    if year not in edition.years:
        raise ParameterError(
            f"year is {year!r}; this edition holds {', '.join(map(str, edition.years))}"
        )
    counts = cases_table(
        edition, by=["court_id", "circuit_id", "year"], measure=measure
    )
    rungs: list[Rung] = []
    for level, years in _steps(year, edition.years):
        place = place_of(court_id, level, year)
        rungs.append(_rung(edition, counts, level, place, years, measure))
        if rungs[-1].verdict == "answers":
            break
    return Ladder(court_id, year, measure, tuple(rungs))


def clear_enough(error: int | None, expected: float) -> bool:
    """Whether rounding leaves no more doubt than chance leaves about such a count."""
    return error is not None and error <= _Z * sqrt(expected)


def _steps(year: int, years: Sequence[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for level in LEVELS:
        yield level, (year,)
        if len(years) > 1:
            yield level, tuple(years)


def _rung(
    edition: Edition,
    counts: pd.DataFrame,
    level: str,
    place: str,
    years: tuple[int, ...],
    measure: str,
) -> Rung:
    here = counts[lies_in(counts, place, level)]
    rows = here[here["year"].isin(years)]
    reported, due = int(rows["reported"].sum()), int(rows["expected"].sum())
    country = counts[counts["year"].isin(years)]
    expected, source = _from_others(country, place, level, reported)
    bound = place_error(edition, place, level, measure=measure, years=edition.years)
    own = reported * _per_return(here, bound)
    if own > expected:
        expected, source = own, OWN
    error = place_error(edition, place, level, measure=measure, years=years)
    verdict = _verdict(rows, expected, error)
    known = verdict not in VERDICTS[:3]
    n = int(rows["n"].sum()) if known else None
    low, high = _interval(n, error)
    return Rung(
        *(level, place, years, n, expected, source, error),
        *(low, high, reported, due, missing_of(rows), verdict),
    )


def _from_others(
    country: pd.DataFrame, place: str, level: str, reported: int
) -> tuple[float, str]:
    """What the rest of the country lets expect of a place, and from what."""
    known = circuit_caseloads().set_index("circuit_id")["value"]
    if level != "circuit" or place not in known.index or not reported:
        return reported * _per_return(country, 0), RETURNS
    sums = country.groupby("circuit_id")[["n", "reported", "expected"]].sum()
    sums = sums[sums["reported"] > 0].join(known.rename("caseload"), how="inner")
    return float(expected_of(sums)[place]), CASELOAD


def _per_return(rows: pd.DataFrame, error: int | None) -> float:
    """Cases per yearly return, at the fewest that rounding allows."""
    came = int(rows["reported"].sum())
    if error is None or not came:
        return 0.0
    return max(float(rows["n"].sum()) - error, 0.0) / came


def _verdict(rows: pd.DataFrame, expected: float, error: int | None) -> str:
    if not rows[["reported", "expected"]].to_numpy().any():
        return NOT_ESTABLISHED
    if not rows["reported"].any():
        return NOT_REPORTED
    if (rows["state"] == HIDDEN).any():
        return HIDDEN
    if expected < MINIMUM_EXPECTED:
        return "thin"
    return "answers" if clear_enough(error, expected) else "blurred"


def _interval(n: int | None, error: int | None) -> tuple[float, float]:
    if n is None or error is None:
        return float("nan"), float("nan")
    low, high = interval_between(max(n - error, 0), n + error)
    return float(low), float(high)
