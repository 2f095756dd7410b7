"""Returns as they stand after filing, or after a check that files nothing."""

import json
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from qadaya.returns.model import Account, Case, Problem, Return
from qadaya.returns.register.frames import CASE_COLUMNS, problem_from
from qadaya.returns.register.reconcile import Reconciled
from qadaya.returns.register.supplements import read_reconciled

CODES = CASE_COLUMNS[4:]


class Elsewhere(NamedTuple):
    """A return of another court or time that now stands differently."""

    return_id: str
    file: str
    court_id: str
    year: int


@dataclass(frozen=True)
class Filed:
    """One return, and what became of it; `return_id` is None when nothing was kept.

    `version_that_counts` is that of its court and year, which is never a refused one.
    `supplement` tells a return that adds to that of its year, `version` its number
    among these; `reconciled` what became of each row of the supplements.
    `reading` holds its cases and problems after the rules over several returns;
    `also_changed` the returns received earlier in which its file made or cleared one.
    """

    return_id: str | None
    version: int | None
    current: bool
    version_that_counts: int | None
    already_received: bool
    reading: Return
    also_changed: tuple[Elsewhere, ...] = ()
    supplement: bool = False
    reconciled: tuple[Reconciled, ...] = ()


def read_elsewhere(connection: sqlite3.Connection, return_id: str) -> Elsewhere:
    """The name of one return of the tables."""
    return Elsewhere(
        *connection.execute(
            "SELECT id, file, court_id, year FROM returns WHERE id = ?", (return_id,)
        ).fetchone()
    )


def read_filed(connection: sqlite3.Connection, return_id: str) -> Filed:
    """One return of the tables with its rows and problems."""
    (
        file,
        sheet,
        court,
        year,
        state,
        difficulties,
        synthetic,
        seen,
        others,
        version,
        current,
        supplement,
        counting,
    ) = connection.execute(
        "SELECT file, sheet, court_id, year, state, difficulties, synthetic, "
        "seen, others, version, current, supplement, "
        "(SELECT max(version) FROM returns AS others WHERE others.current "
        "AND NOT others.supplement AND others.court_id = returns.court_id "
        "AND others.year = returns.year) FROM returns WHERE id = ?",
        (return_id,),
    ).fetchone()
    reading = Return(
        file=file,
        sheet=sheet,
        court_id=court,
        year=year,
        state=state,
        accepted=_rows(connection, return_id, accepted=True),
        refused=_rows(connection, return_id, accepted=False),
        problems=_problems(connection, return_id),
        difficulties=difficulties,
        synthetic=bool(synthetic),
        account=Account(seen, json.loads(others)),
    )
    return Filed(
        return_id,
        version,
        bool(current),
        counting,
        False,
        reading,
        supplement=bool(supplement),
        reconciled=_reconciled(connection, court, year),
    )


def _reconciled(
    connection: sqlite3.Connection, court: str | None, year: int | None
) -> tuple[Reconciled, ...]:
    if court is None or year is None:
        return ()
    return tuple(read_reconciled(connection, court, year))


def read_versions(
    connection: sqlite3.Connection, court_id: str, year: int
) -> list[list[Filed]]:
    """The versions of a court's return of a year, in order, each with its sheets."""
    found = connection.execute(
        "SELECT version, id FROM returns WHERE court_id = ? AND year = ? "
        "AND NOT supplement ORDER BY version, place",
        (court_id, year),
    ).fetchall()
    versions: dict[int, list[Filed]] = {}
    for version, return_id in found:
        versions.setdefault(version, []).append(read_filed(connection, return_id))
    return list(versions.values())


def _rows(
    connection: sqlite3.Connection, return_id: str, *, accepted: bool
) -> list[Case]:
    codes = ", ".join(CODES)
    rows = connection.execute(
        f"SELECT row, cells, typed, {codes} FROM case_rows "
        "WHERE return = ? AND accepted = ? ORDER BY row",
        (return_id, accepted),
    )
    return [
        Case(
            row=row,
            cells=json.loads(cells),
            typed=json.loads(typed),
            codes=dict(zip(CODES, values, strict=True)),
        )
        for row, cells, typed, *values in rows
    ]


def _problems(connection: sqlite3.Connection, return_id: str) -> list[Problem]:
    rows = connection.execute(
        "SELECT rule, severity, sheet, row, cell, value, facts FROM problems "
        "WHERE return = ? ORDER BY row, id",
        (return_id,),
    )
    return [problem_from(line) for line in rows]
