"""The register's tables: receipts, returns with their versions, rows and problems.

One SQLite connection comes in; on disk it is the register, in memory it is a check
that files nothing. Both therefore answer alike.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qadaya.reference.history import circuit_in
from qadaya.returns.model import Case, Problem, Return
from qadaya.returns.register.layout import CODES, TABLES
from qadaya.returns.register.receipts import Mark, Receipt
from qadaya.vocabulary import NIL, PERSONAL_DATA


class Store:
    """The tables on one connection; the caller begins and commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def create_if_new(self) -> None:
        """Make the tables in a database that has none."""
        if self._one("SELECT count(*) FROM sqlite_master") == 0:
            # One by one: executescript would end the caller's transaction.
            for statement in TABLES.split(";"):
                self.connection.execute(statement)

    def mark(self) -> Mark:
        """How far into the log the tables have come."""
        return self._mark(0)

    def mark_before(self) -> Mark:
        """The place in the log before the last line that the tables hold."""
        return self._mark(1)

    def _mark(self, passed_over: int) -> Mark:
        last = self.connection.execute(
            "SELECT ends, chain FROM receipts ORDER BY id DESC LIMIT 1 OFFSET ?",
            (passed_over,),
        ).fetchone()
        return Mark(*last) if last else Mark()

    def seen(self, sha256: str, readings: Sequence[Return]) -> list[str]:
        """The ids of the same file's returns if it was received and read the same.

        The name decides too: a nil return may carry its year nowhere else.
        """
        filed = self.connection.execute(
            "SELECT receipts.id, returns.id, sheet, court_id, returns.year, "
            "state_alone FROM returns JOIN receipts ON receipts.id = receipt "
            "WHERE sha256 = ? ORDER BY place",
            (sha256,),
        ).fetchall()
        wanted = [_identity(reading) for reading in readings]
        for receipt in sorted({line[0] for line in filed}):
            lines = [line for line in filed if line[0] == receipt]
            if [line[2:] for line in lines] == wanted:
                return [line[1] for line in lines]
        return []

    def file(
        self, receipt: Receipt, readings: Sequence[Return], mark: Mark
    ) -> list[str]:
        """Add one received file; the ids of its returns, one per sheet.

        `mark`: the place in the log behind its receipt.
        """
        number = self._add_receipt(receipt, mark)
        ids = self._add_returns(number, receipt, readings)
        self._set_current(ids, readings, receipt.supplement)
        return ids

    def _add_receipt(self, receipt: Receipt, mark: Mark) -> int:
        values = (
            receipt.sha256,
            receipt.suffix,
            receipt.file,
            receipt.received_at,
            receipt.court,
            receipt.year,
            receipt.supplement,
            *mark,
        )
        added = self.connection.execute(
            "INSERT INTO receipts (sha256, suffix, file, received_at, court, year, "
            "supplement, ends, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        assert added.lastrowid is not None  # an INSERT gives one
        return added.lastrowid

    def _add_returns(
        self, receipt: int, origin: Receipt, readings: Sequence[Return]
    ) -> list[str]:
        times = self._one(
            "SELECT count(*) FROM receipts WHERE sha256 = ?", origin.sha256
        )
        name = origin.sha256[:12] + (f".{times}" if times > 1 else "")
        ids = []
        for sheet_number, reading in enumerate(readings, 1):
            ids.append(f"{name}-{sheet_number}")
            self._add_return(ids[-1], receipt, reading, origin.supplement)
        return ids

    def _add_return(
        self, return_id: str, receipt: int, reading: Return, supplement: bool
    ) -> None:
        court, year = reading.court_id, reading.year
        circuit = circuit_in(court, year) if court else None
        place = self._one("SELECT coalesce(max(place), 0) + 1 FROM returns")
        values = (
            return_id,
            place,
            receipt,
            reading.file,
            reading.sheet,
            reading.court_id,
            circuit,
            reading.year,
            self._next_version(receipt, reading, supplement),
            False,
            reading.state,
            reading.state,
            reading.synthetic,
            reading.difficulties,
            reading.account.seen,
            _json(reading.account.others),
            supplement,
        )
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO returns VALUES ({marks})", values)
        reading = _without_personal_rows(reading)
        self._add_rows(return_id, reading.accepted, accepted=True)
        self._add_rows(return_id, reading.refused, accepted=False)
        self.add_problems(return_id, reading.problems, across=False)

    def _next_version(
        self, receipt: int, reading: Return, supplement: bool
    ) -> int | None:
        """Sheets of one file for the same court and year share their version.

        Supplements have numbers of their own.
        """
        if reading.court_id is None or reading.year is None:
            return None
        earlier = self._one(
            "SELECT coalesce(max(version), 0) FROM returns "
            "WHERE court_id = ? AND year = ? AND receipt < ? AND supplement = ?",
            reading.court_id,
            reading.year,
            receipt,
            supplement,
        )
        return int(earlier) + 1

    def _set_current(
        self, ids: Sequence[str], readings: Sequence[Return], supplement: bool
    ) -> None:
        """The latest file of a court and year counts, unless nothing of it does.

        Supplements stand beside it, each for its own rows.
        """
        usable = [
            (return_id, reading)
            for return_id, reading in zip(ids, readings, strict=True)
            if _tells_something(reading)
        ]
        for _, reading in [] if supplement else usable:
            self.connection.execute(
                "UPDATE returns SET current = 0 "
                "WHERE court_id = ? AND year = ? AND NOT supplement",
                (reading.court_id, reading.year),
            )
        self.connection.executemany(
            "UPDATE returns SET current = 1 WHERE id = ?",
            [(return_id,) for return_id, _ in usable],
        )

    def _add_rows(
        self, return_id: str, cases: Iterable[Case], *, accepted: bool
    ) -> None:
        marks = ", ".join("?" * (7 + len(CODES)))
        self.connection.executemany(
            f"INSERT INTO case_rows VALUES ({marks})",
            [
                (
                    return_id,
                    case.row,
                    accepted,
                    accepted,
                    False,
                    _json(case.cells),
                    _json(case.typed),
                    *(case.codes.get(code) for code in CODES),
                )
                for case in cases
            ],
        )

    def add_problems(
        self, return_id: str, problems: Iterable[Problem], *, across: bool
    ) -> None:
        """Add problems of a return; `across` marks those that other returns show."""
        self.connection.executemany(
            "INSERT INTO problems (return, rule, severity, sheet, row, cell, value, "
            "facts, across) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    return_id,
                    problem.rule,
                    problem.severity,
                    problem.sheet,
                    problem.row,
                    problem.cell,
                    problem.value,
                    _json(dict(problem.facts)),
                    across,
                )
                for problem in problems
            ],
        )

    def _one(self, query: str, *values: object) -> int:
        number: int = self.connection.execute(query, values).fetchone()[0]
        return number


def _tells_something(reading: Return) -> bool:
    # A court whose every row was left out has not said that it had no case: counted,
    # it would be a zero that nobody reported.
    return reading.state == NIL or bool(reading.accepted)


def _without_personal_rows(reading: Return) -> Return:
    """The return with nothing typed or coded left of a row with personal data.

    Reading leaves the values out already; here they cannot come in by any way.
    """
    personal = {p.row for p in reading.problems if p.rule == PERSONAL_DATA} - {None}
    return replace(
        reading,
        refused=[
            _bare(case) if case.row in personal else case for case in reading.refused
        ],
        problems=[
            replace(problem, value=None) if problem.row in personal else problem
            for problem in reading.problems
        ],
    )


def _bare(case: Case) -> Case:
    kept = ("court_id", "year", "circuit_id")
    return replace(case, typed={}, codes={code: case.codes.get(code) for code in kept})


def _identity(reading: Return) -> tuple[str | None, str | None, int | None, str]:
    return reading.sheet, reading.court_id, reading.year, reading.state


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
