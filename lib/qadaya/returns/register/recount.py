"""Applies the cross rules to the tables, whichever of two returns came first.

What the rules found before is taken back first, so that a corrected return also
clears the return of another court.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qadaya.reference.history import circuit_in
from qadaya.returns.model import Problem
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.register.cross import Countable, CrossFinding, cross_findings
from qadaya.returns.register.store import Store
from qadaya.returns.register.supplements import apply_supplements, supplemented
from qadaya.vocabulary import ACCEPTED, ACCEPTED_WITH_PROBLEMS, BLOCK_ROW, NOTE

# A case that could count: its row is sound by itself and its return is the latest.
_COUNTABLE = (
    "case_rows JOIN returns ON returns.id = case_rows.return "
    "WHERE returns.current AND case_rows.accepted_alone AND NOT case_rows.covered"
)


class CircuitYear(NamedTuple):
    """A circuit in a year: what the rules find there is found anew as a whole.

    Without it the time of a receipt would grow with all years ever received.
    """

    circuit_id: str
    year: int


def apply_cross_rules(store: Store, received: Iterable[tuple[str, int]]) -> set[str]:
    """Recompute what the rules find around courts and years; ids that changed.

    Around: their circuits in these years, and wherever a case shares its reference
    with any version of a return of theirs.
    """
    places = _affected_places(store.connection, sorted(set(received)))
    if not places:
        return set()
    before = _across(store.connection, places)
    _take_back(store.connection, places)
    for court, year in supplemented(store.connection, places):
        apply_supplements(store, court, year)
    _apply(store, _findings(store.connection, places))
    _derive_states(store.connection, places)
    return {line[0] for line in before ^ _across(store.connection, places)}


def _affected_places(
    connection: sqlite3.Connection, received: list[tuple[str, int]]
) -> list[CircuitYear]:
    if not received:
        return []
    references = (
        "SELECT case_reference FROM case_rows JOIN returns ON returns.id = return "
        "WHERE case_reference IS NOT NULL "
        f"AND (returns.court_id, returns.year) IN ({_pairs(received)})"
    )
    sharing = connection.execute(
        f"SELECT DISTINCT returns.circuit_id, returns.year FROM {_COUNTABLE} "
        f"AND case_reference IN ({references})",
        _flat(received),
    )
    own = {CircuitYear(circuit_in(court, year), year) for court, year in received}
    return sorted(own | {CircuitYear(*line) for line in sharing})


def _across(
    connection: sqlite3.Connection, places: list[CircuitYear]
) -> set[tuple[str, int, str]]:
    return set(
        connection.execute(
            "SELECT return, row, rule FROM problems JOIN returns "
            "ON returns.id = return WHERE across AND current "
            f"AND (circuit_id, year) IN ({_pairs(places)})",
            _flat(places),
        )
    )


def _take_back(connection: sqlite3.Connection, places: list[CircuitYear]) -> None:
    inside = f"(SELECT id FROM returns WHERE {_inside(places)})"
    connection.execute(
        f"DELETE FROM problems WHERE across AND return IN {inside}", _flat(places)
    )
    connection.execute(
        "UPDATE case_rows SET accepted = accepted_alone "
        f"WHERE accepted <> accepted_alone AND return IN {inside}",
        _flat(places),
    )


def _findings(
    connection: sqlite3.Connection, places: list[CircuitYear]
) -> list[CrossFinding]:
    columns = ", ".join(f"case_rows.{column}" for column in Countable._fields[1:])
    here = f"SELECT case_rows.rowid FROM {_COUNTABLE} AND {_inside(places)}"
    references = (
        f"SELECT case_reference FROM {_COUNTABLE} AND {_inside(places)} "
        "AND case_reference IS NOT NULL"
    )
    # Two searches that each have an index; with OR there would be none.
    sharing = f"SELECT rowid FROM case_rows WHERE case_reference IN ({references})"
    rows = connection.execute(
        f"SELECT return, {columns} FROM {_COUNTABLE} "
        f"AND case_rows.rowid IN ({here} UNION {sharing}) ORDER BY place, row",
        _flat(places) * 2,
    )
    cases = [Countable(*line) for line in rows]
    inside = set(places)
    return [
        finding
        for finding in cross_findings(cases)
        if CircuitYear(finding.case.circuit_id, finding.case.year) in inside
    ]


def _apply(store: Store, findings: list[CrossFinding]) -> None:
    for finding in findings:
        case = finding.case
        across = _problem(store.connection, finding)
        store.add_problems(case.return_id, [across], across=True)
        if across.severity == BLOCK_ROW or finding.rule == "referred_elsewhere":
            store.connection.execute(
                "UPDATE case_rows SET accepted = 0 WHERE return = ? AND row = ?",
                (case.return_id, case.row),
            )


def _derive_states(connection: sqlite3.Connection, places: list[CircuitYear]) -> None:
    connection.execute(
        f"UPDATE returns SET state = CASE "
        f"WHEN state_alone = '{ACCEPTED}' AND EXISTS (SELECT 1 FROM problems "
        f"WHERE across AND severity <> '{NOTE}' AND return = returns.id) "
        f"THEN '{ACCEPTED_WITH_PROBLEMS}' "
        f"ELSE state_alone END WHERE {_inside(places)}",
        _flat(places),
    )


def _inside(places: list[CircuitYear]) -> str:
    return f"(returns.circuit_id, returns.year) IN ({_pairs(places)})"


def _pairs(values: Sequence[tuple[str, int]]) -> str:
    return "VALUES " + ", ".join(["(?, ?)"] * len(values))


def _flat(values: Sequence[tuple[str, int]]) -> list[str | int]:
    return [value for pair in values for value in pair]


def _problem(connection: sqlite3.Connection, finding: CrossFinding) -> Problem:
    """The problem at the reference where one shows it, else at the court's name."""
    file, sheet, cells, typed = connection.execute(
        "SELECT file, sheet, cells, typed FROM case_rows "
        "JOIN returns ON returns.id = return WHERE return = ? AND row = ?",
        (finding.case.return_id, finding.case.row),
    ).fetchone()
    (other_file,) = connection.execute(
        "SELECT file FROM returns WHERE id = ?", (finding.other.return_id,)
    ).fetchone()
    column = "case_reference" if finding.by_reference else "court"
    return problem(
        finding.rule,
        Pinned(file, sheet, column),
        row=finding.case.row,
        cell=json.loads(cells).get(column),
        value=json.loads(typed).get(column),
        other_file=other_file,
        other_court=finding.other.court_id,
        other_year=finding.other.year,
        other_row=finding.other.row,
    )
