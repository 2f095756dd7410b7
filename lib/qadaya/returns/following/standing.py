"""Where each court stands for a year, and how complete the figures are.

Frames of the register come in, nothing is read here but the tables of courts.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from qadaya.reference import courts
from qadaya.reference.history import circuit_in, existed_in
from qadaya.returns.following.deadlines import Deadline
from qadaya.vocabulary import ACCEPTED, ACCEPTED_WITH_PROBLEMS, NIL, REFUSED

NOT_OPEN, NOT_DUE, DUE, LATE = "not_open", "not_due", "due", "late"
EMPTY, REVISED = "empty", "revised"
STATES = {
    NOT_OPEN: "not open yet",
    NOT_DUE: "not due",
    DUE: "due",
    LATE: "late",
    EMPTY: "empty",
    REFUSED: "refused",
    NIL: "nil return",
    ACCEPTED_WITH_PROBLEMS: "accepted with problems",
    ACCEPTED: "accepted",
    REVISED: "revised",
}
ANSWERED = (NIL, ACCEPTED_WITH_PROBLEMS, ACCEPTED, REVISED)


class Standing(NamedTuple):
    """One court in one year.

    `version` is the one that counts, else the latest; `cases` those of the return that
    counts, None where none does; `most` the most cases it ever reported in a year,
    None where it never did; `refused_since` tells that a later version was refused;
    `told` are the cases that its supplements told, which a return has yet to cover.
    """

    court_id: str
    circuit_id: str
    state: str
    version: int | None
    cases: int | None
    most: int | None
    refused_since: bool
    told: int

    @property
    def expected(self) -> bool:
        """Whether a return of it is waited for, or came."""
        return self.state != NOT_OPEN

    @property
    def answered(self) -> bool:
        """Whether a return of it counts."""
        return self.state in ANSWERED


class Coverage(NamedTuple):
    """How complete the figures of several courts are.

    `cases` were reported; courts that have not answered would add between
    `least_missing`, what their supplements told, and `most_missing`, the most they ever
    reported; of `unknown` courts nothing was ever reported, so that nothing bounds
    them.
    """

    expected: int
    answered: int
    cases: int
    least_missing: int
    most_missing: int
    unknown: int
    states: Counter[str]


def standings(
    year: int,
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    cases: pd.DataFrame,
    deadline: Deadline | None,
    today: date,
) -> list[Standing]:
    """Every court of the tables in a year, by circuit, its court of appeal first.

    Without a deadline, in a year that is not asked for, nothing is ever due.
    """
    counts = cases.groupby(["court_id", "year"]).size()
    added = returns["supplement"].astype(bool)
    supplement_cases = cases[cases["return"].isin(returns.loc[added, "return"])]
    supplement_counts = supplement_cases.groupby(["court_id", "year"]).size()
    returns = returns[~added]
    reported = _reported(returns, counts)
    of_year = returns[returns["year"] == year]
    empty = set(problems.loc[problems["rule"] == "empty_return", "return"])
    listed = []
    for court in map(str, courts().index):
        mine = of_year[of_year["court_id"] == court]
        state, version, since = _state(court, year, mine, empty, deadline, today)
        n = int(counts.get((court, year), 0)) if state in ANSWERED else None
        circuit = circuit_in(court, year)
        most = reported.get(court)
        supplement_n = int(supplement_counts.get((court, year), 0))
        listed.append(
            Standing(court, circuit, state, version, n, most, since, supplement_n)
        )
    return sorted(
        listed, key=lambda one: (one.circuit_id, one.court_id != one.circuit_id, one[0])
    )


def coverage(some: Sequence[Standing]) -> Coverage:
    """How complete the figures of these courts are."""
    expected = [standing for standing in some if standing.expected]
    missing = [standing for standing in expected if not standing.answered]
    return Coverage(
        expected=len(expected),
        answered=len(expected) - len(missing),
        cases=sum(standing.cases or 0 for standing in expected),
        least_missing=sum(standing.told for standing in missing),
        most_missing=sum(
            max(standing.most or 0, standing.told) for standing in missing
        ),
        unknown=sum(standing.most is None for standing in missing),
        states=Counter(standing.state for standing in some),
    )


def _reported(returns: pd.DataFrame, counts: pd.Series) -> dict[str, int]:
    """The most cases that each court has reported in any year; a nil return is 0."""
    most: dict[str, int] = {}
    counting = returns[returns["current"].astype(bool)].dropna(
        subset=["court_id", "year"]
    )
    for court, year in zip(counting["court_id"], counting["year"], strict=True):
        n = int(counts.get((court, year), 0))
        most[court] = max(n, most.get(court, 0))
    return most


def _state(
    court: str,
    year: int,
    mine: pd.DataFrame,
    empty: set[str],
    deadline: Deadline | None,
    today: date,
) -> tuple[str, int | None, bool]:
    if mine.empty:
        return _without_return(court, year, deadline, today), None, False
    latest = int(mine["version"].max())
    counting = mine[mine["current"].astype(bool)]
    if counting.empty:
        last = mine[mine["version"] == latest]
        is_empty = last["return"].isin(empty).all()
        return (EMPTY if is_empty else REFUSED), latest, False
    version = int(counting["version"].max())
    earlier = mine[mine["version"] < version]
    answered = (earlier["accepted"] > 0) | (earlier["state"] == NIL)
    states = set(counting["state"])
    if ACCEPTED_WITH_PROBLEMS in states:
        state = ACCEPTED_WITH_PROBLEMS
    elif answered.any():
        state = REVISED
    else:
        state = NIL if states == {NIL} else ACCEPTED
    return state, version, latest > version


def _without_return(
    court: str, year: int, deadline: Deadline | None, today: date
) -> str:
    if not existed_in(court, year):
        return NOT_OPEN
    if deadline is None or today < deadline.asked:
        return NOT_DUE
    return DUE if today <= deadline.due else LATE
