"""Applies the cross rules to the tables, whichever of two returns came first.

What the rules found before is taken back first, so that a corrected return also
clears the return of another court.
"""

import json
import sqlite3
from collections.abc import Iterable

from qadaya.reference import circuit_of
from qadaya.returns.model import Problem
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.register.cross import Countable, Finding, cross_findings
from qadaya.returns.register.store import Store
from qadaya.vocabulary import ACCEPTED, ACCEPTED_WITH_PROBLEMS, BLOCK_ROW

# A case that could count: its row is sound by itself and its return is the latest.
_COUNTABLE = (
    "case_rows JOIN returns ON returns.id = case_rows.return "
    "WHERE returns.current AND case_rows.accepted_alone"
)


def apply_cross_rules(store: Store, courts: Iterable[str]) -> set[str]:
    """Recompute what the rules find around these courts; ids of returns that changed.

    Around: the circuits of the courts, and those that share a case reference with
    any version of a return of theirs.
    """
    circuits = _affected_circuits(store.connection, sorted(set(courts)))
    before = _across(store.connection, circuits)
    _take_back(store.connection, circuits)
    _apply(store, _findings(store.connection, circuits))
    _derive_states(store.connection, circuits)
    return {line[0] for line in before ^ _across(store.connection, circuits)}


def _affected_circuits(connection: sqlite3.Connection, courts: list[str]) -> list[str]:
    references = (
        "SELECT case_reference FROM case_rows JOIN returns ON returns.id = return "
        f"WHERE case_reference IS NOT NULL AND returns.court_id IN ({_marks(courts)})"
    )
    sharing = connection.execute(
        f"SELECT DISTINCT returns.circuit_id FROM {_COUNTABLE} "
        f"AND case_reference IN ({references})",
        courts,
    )
    own = {circuit_of(court) for court in courts}
    return sorted(own | {circuit for (circuit,) in sharing})


def _across(
    connection: sqlite3.Connection, circuits: list[str]
) -> set[tuple[str, int, str]]:
    return set(
        connection.execute(
            "SELECT return, row, rule FROM problems JOIN returns "
            "ON returns.id = return "
            f"WHERE across AND current AND circuit_id IN ({_marks(circuits)})",
            circuits,
        )
    )


def _take_back(connection: sqlite3.Connection, circuits: list[str]) -> None:
    inside = f"(SELECT id FROM returns WHERE circuit_id IN ({_marks(circuits)}))"
    connection.execute(
        f"DELETE FROM problems WHERE across AND return IN {inside}", circuits
    )
    connection.execute(
        "UPDATE case_rows SET accepted = accepted_alone "
        f"WHERE accepted <> accepted_alone AND return IN {inside}",
        circuits,
    )


def _findings(connection: sqlite3.Connection, circuits: list[str]) -> list[Finding]:
    columns = ", ".join(f"case_rows.{column}" for column in Countable._fields[1:])
    inside = f"returns.circuit_id IN ({_marks(circuits)})"
    references = (
        f"SELECT case_reference FROM {_COUNTABLE} AND {inside} "
        "AND case_reference IS NOT NULL"
    )
    found = connection.execute(
        f"SELECT return, {columns} FROM {_COUNTABLE} "
        f"AND ({inside} OR case_reference IN ({references})) ORDER BY place, row",
        circuits * 2,
    )
    cases = [Countable(*line) for line in found]
    return [one for one in cross_findings(cases) if one.case.circuit_id in circuits]


def _apply(store: Store, findings: list[Finding]) -> None:
    for finding in findings:
        case = finding.case
        found = _problem(store.connection, finding)
        store.add_problems(case.return_id, [found], across=True)
        if found.severity == BLOCK_ROW:
            store.connection.execute(
                "UPDATE case_rows SET accepted = 0 WHERE return = ? AND row = ?",
                (case.return_id, case.row),
            )


def _derive_states(connection: sqlite3.Connection, circuits: list[str]) -> None:
    connection.execute(
        f"UPDATE returns SET state = CASE "
        f"WHEN state_alone = '{ACCEPTED}' AND EXISTS (SELECT 1 FROM problems "
        f"WHERE across AND return = returns.id) THEN '{ACCEPTED_WITH_PROBLEMS}' "
        f"ELSE state_alone END WHERE circuit_id IN ({_marks(circuits)})",
        circuits,
    )


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))


def _problem(connection: sqlite3.Connection, finding: Finding) -> Problem:
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
