"""Applies to the tables what a year's own return and its supplements say together.

Rows of supplements that the return covers no longer count by themselves, and what
differs becomes a problem of the one or the other.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from qadaya.returns.model import Problem
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.register.reconcile import (
    CHANGED,
    NOT_LISTED,
    REPEATED,
    Reconciled,
    ReturnRow,
    reconciled,
    with_history,
)
from qadaya.returns.register.store import Store

_ROWS = (
    "SELECT returns.id, version, receipt, receipt, file, row, typed, case_reference, "
    "platform, subject, prosecution, accepted_alone FROM case_rows "
    "JOIN returns ON returns.id = return WHERE returns.court_id = ? "
    "AND returns.year = ? AND returns.supplement = ? AND {which} ORDER BY place, row"
)
_FIRST = (
    "SELECT min(receipt) FROM returns WHERE court_id = ? AND year = ? "
    "AND NOT supplement AND id IN (SELECT return FROM case_rows WHERE accepted_alone)"
)


def read_reconciled(
    connection: sqlite3.Connection, court_id: str, year: int
) -> list[Reconciled]:
    """What became of each row of the supplements of a court and year, and what is new.

    Nothing where no supplement came.
    """
    supplements = _rows(connection, court_id, year, "returns.current", supplement=True)
    sound = [row for row in supplements if row.accepted]
    if not sound:
        return []
    every = _rows(connection, court_id, year, "1", supplement=False)
    counting = _rows(connection, court_id, year, "returns.current", supplement=False)
    versions: dict[int, list[str]] = defaultdict(list)
    for row in every:
        versions[row.order].append(row.key)
    own = with_history(counting, versions.items())
    (first,) = connection.execute(_FIRST, (court_id, year)).fetchone()
    return reconciled(sound, own, first)


def supplemented(
    connection: sqlite3.Connection, places: Sequence[tuple[str, int]]
) -> list[tuple[str, int]]:
    """The courts and years of some circuits and years that sent supplements."""
    pairs = ", ".join(["(?, ?)"] * len(places))
    return connection.execute(
        "SELECT DISTINCT court_id, year FROM returns WHERE supplement AND current "
        f"AND (circuit_id, year) IN (VALUES {pairs})",
        [value for place in places for value in place],
    ).fetchall()


def apply_supplements(store: Store, court_id: str, year: int) -> None:
    """Mark the rows that are covered, and add what differs to the problems."""
    store.connection.execute(
        "UPDATE case_rows SET covered = 0 WHERE covered AND return IN "
        "(SELECT id FROM returns WHERE court_id = ? AND year = ?)",
        (court_id, year),
    )
    for compared in read_reconciled(store.connection, court_id, year):
        if compared.is_covered:
            assert compared.supplement is not None  # it is a row of one that is covered
            store.connection.execute(
                "UPDATE case_rows SET covered = 1 WHERE return = ? AND row = ?",
                (compared.supplement.return_id, compared.supplement.row),
            )
        if compared.what in (CHANGED, NOT_LISTED, REPEATED):
            return_id, found = _problem(store.connection, compared, court_id, year)
            store.add_problems(return_id, [found], across=True)


def _problem(
    connection: sqlite3.Connection, one: Reconciled, court_id: str, year: int
) -> tuple[str, Problem]:
    """The problem and the return that it is told with."""
    row = one.supplement
    assert row is not None
    if one.what == NOT_LISTED:
        return_id, file, sheet = connection.execute(
            "SELECT id, file, sheet FROM returns WHERE court_id = ? AND year = ? "
            "AND current AND NOT supplement ORDER BY place",
            (court_id, year),
        ).fetchone()
        difference = problem(
            "supplement_not_listed",
            Pinned(file, sheet),
            other_file=row.file,
            other_row=row.row,
        )
        return return_id, difference
    assert one.own is not None
    at_fault, other = (one.own, row) if one.what == CHANGED else (row, one.own)
    (sheet,) = connection.execute(
        "SELECT sheet FROM returns WHERE id = ?", (at_fault.return_id,)
    ).fetchone()
    difference = problem(
        "supplement_changed" if one.what == CHANGED else "supplement_repeated",
        Pinned(at_fault.file, sheet),
        row=at_fault.row,
        other_file=other.file,
        other_row=other.row,
        changed=list(one.columns) or None,
    )
    return at_fault.return_id, difference


def _rows(
    connection: sqlite3.Connection,
    court_id: str,
    year: int,
    which: str,
    *,
    supplement: bool,
) -> list[ReturnRow]:
    query = _ROWS.format(which=which)
    rows = (
        ReturnRow(*line)
        for line in connection.execute(query, (court_id, year, supplement))
    )
    return [row._replace(typed=json.loads(str(row.typed))) for row in rows]
