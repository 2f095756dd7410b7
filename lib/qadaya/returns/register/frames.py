"""The register's tables as frames, of the same columns and types when empty."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qadaya.language import LANGUAGES
from qadaya.returns.model import Problem
from qadaya.vocabulary import (
    BLOCK_ROW,
    CODED_COLUMNS,
    DERIVED_COLUMNS,
    OPTIONAL_COLUMNS,
    PLACE_COLUMNS,
)

if TYPE_CHECKING:
    import pandas as pd

CASE_COLUMNS = (*PLACE_COLUMNS, *CODED_COLUMNS, *OPTIONAL_COLUMNS, *DERIVED_COLUMNS)
RETURN_COLUMNS = (
    "return",
    "sha256",
    "file",
    "sheet",
    "court_id",
    "circuit_id",
    "year",
    "version",
    "supplement",
    "current",
    "state",
    "accepted",
    "refused",
    "covered",
    "received_at",
    "synthetic",
    "difficulties",
    "corrections",
)
MESSAGES = tuple(f"message_{language}" for language in LANGUAGES)
PROBLEM_COLUMNS = (
    "return",
    "file",
    "court_id",
    "year",
    "current",
    "rule",
    "severity",
    "sheet",
    "row",
    "cell",
    "value",
    *MESSAGES,
)
REFUSED_COLUMNS = (*PLACE_COLUMNS, "court_id", "year", "current", "rules")

WHOLE_NUMBERS = frozenset(
    {
        "courts",
        "row",
        "year",
        "version",
        "accepted",
        "refused",
        "corrections",
        "covered",
        "imprisonment_months",
        "fine_mad",
        "persons_prosecuted",
    }
)
YES_OR_NO = frozenset({"current", "synthetic", "supplement"})


def typed_frame(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame: whole numbers Int64, yes or no bool, all else text.

    The same types come out when there are no rows.
    """
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    return frame.astype({column: _dtype(column) for column in columns})


def _dtype(column: str) -> str:
    if column in WHOLE_NUMBERS:
        return "Int64"
    return "bool" if column in YES_OR_NO else "str"


def read_cases(connection: sqlite3.Connection) -> pd.DataFrame:
    """One row per accepted case of a return that counts; see `Register.cases`."""
    codes = ", ".join(f"case_rows.{column}" for column in CASE_COLUMNS[4:])
    rows = connection.execute(
        f"SELECT return, file, sheet, row, {codes} FROM case_rows "
        "JOIN returns ON returns.id = return "
        "WHERE returns.current AND accepted AND NOT covered ORDER BY place, row"
    ).fetchall()
    return typed_frame(rows, CASE_COLUMNS)


def read_returns(connection: sqlite3.Connection) -> pd.DataFrame:
    """One row per return ever received; see `Register.returns`."""
    counted = "(SELECT count(*) FROM case_rows WHERE return = returns.id AND {})"
    rows = connection.execute(
        "SELECT returns.id, sha256, returns.file, sheet, court_id, circuit_id, "
        "returns.year, version, returns.supplement, current, state, "
        f"{counted.format('accepted AND NOT covered')}, "
        f"{counted.format('NOT accepted')}, {counted.format('accepted AND covered')}, "
        "received_at, synthetic, difficulties, 0 FROM returns "
        "JOIN receipts ON receipts.id = receipt ORDER BY place"
    ).fetchall()
    return typed_frame(rows, RETURN_COLUMNS)


def read_problems(connection: sqlite3.Connection) -> pd.DataFrame:
    """One row per problem of any return; see `Register.problems`."""
    found = connection.execute(
        "SELECT return, file, court_id, year, current, rule, severity, "
        "problems.sheet, row, cell, value, facts FROM problems "
        "JOIN returns ON returns.id = return ORDER BY place, row, problems.id"
    ).fetchall()
    rows = [[*line[:-1], *_messages(line)] for line in found]
    return typed_frame(rows, PROBLEM_COLUMNS)


def _messages(line: Sequence[Any]) -> list[str]:
    problem = problem_from(line[5:])
    return [problem.message(language) for language in LANGUAGES]


def problem_from(stored: Sequence[Any]) -> Problem:
    """A problem from its stored rule, severity, sheet, row, cell, value and facts."""
    rule, severity, sheet, row, cell, value, facts = stored
    return Problem(rule, severity, sheet, row, cell, value, json.loads(facts))


def read_refused(connection: sqlite3.Connection) -> pd.DataFrame:
    """One row per refused row of any return; see `Register.refused`."""
    rows = connection.execute(
        "SELECT case_rows.return, file, returns.sheet, case_rows.row, "
        "returns.court_id, returns.year, current, group_concat(DISTINCT rule) "
        "FROM case_rows JOIN returns ON returns.id = case_rows.return "
        "LEFT JOIN problems ON problems.return = case_rows.return "
        f"AND problems.row = case_rows.row AND (severity = '{BLOCK_ROW}' "
        "OR rule = 'referred_elsewhere') "
        "WHERE NOT accepted GROUP BY case_rows.return, case_rows.row "
        "ORDER BY place, case_rows.row"
    ).fetchall()
    return typed_frame(rows, REFUSED_COLUMNS)
