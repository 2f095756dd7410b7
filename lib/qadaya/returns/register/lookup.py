"""Finds received files in a register again, with all that became of them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from qadaya.errors import ParameterError
from qadaya.returns.register.filed import Filed, read_filed
from qadaya.returns.register.originals import Originals
from qadaya.returns.register.receipts import Receipt

_MOST_NAMED = 5


class Received(NamedTuple):
    """One received file: its bytes, its receipt, its returns as they stand."""

    receipt: Receipt
    content: bytes
    filed: list[Filed]


def find_received(
    connection: sqlite3.Connection, originals: Originals, name: str
) -> Received:
    """The file of a return, by the id of the return (or its beginning) or its name.

    Of several files of one name the latest is meant.
    Raises: ParameterError where none or several are found.
    """
    found = connection.execute(
        "SELECT DISTINCT receipt FROM returns WHERE substr(id, 1, length(?)) = ?",
        (name, name),
    ).fetchall()
    if name and len(found) == 1:
        return _received(connection, originals, found[0][0])
    if name and len(found) > 1:
        ids = connection.execute(
            "SELECT id FROM returns WHERE substr(id, 1, length(?)) = ? LIMIT ?",
            (name, name, _MOST_NAMED),
        )
        raise ParameterError(
            f"return {name!r} may be {', '.join(line[0] for line in ids)}; expected "
            "one of them. Give more of its id"
        )
    (latest,) = connection.execute(
        "SELECT max(id) FROM receipts WHERE file = ?", (name,)
    ).fetchone()
    if latest is None:
        raise ParameterError(
            f"return {name!r} is not in this register; expected the id of a return, or "
            "the name its file came under. `qadaya returns` lists them"
        )
    return _received(connection, originals, latest)


def latest_received(
    connection: sqlite3.Connection, originals: Originals, *, since: str | None = None
) -> Sequence[Received]:
    """The latest file of each court and year, and each file whose court is not known.

    Each supplement is a file of its own.

    `since`: only those received on that day (ISO 8601, UTC) or later.
    """
    lines = connection.execute(
        "SELECT max(receipt) AS last, max(received_at) FROM returns "
        "JOIN receipts ON receipts.id = receipt "
        "GROUP BY CASE WHEN returns.supplement THEN returns.id ELSE "
        "coalesce(court_id || ' ' || returns.year, returns.id) END "
        "HAVING max(received_at) >= ? ORDER BY last",
        (since or "",),
    ).fetchall()
    receipts = dict.fromkeys(line[0] for line in lines)
    return [_received(connection, originals, number) for number in receipts]


def _received(
    connection: sqlite3.Connection, originals: Originals, number: int
) -> Received:
    line = connection.execute(
        "SELECT sha256, suffix, file, received_at, court, year, supplement "
        "FROM receipts WHERE id = ?",
        (number,),
    ).fetchone()
    *fields, supplement = line
    receipt = replace(Receipt(*fields), supplement=bool(supplement))
    ids = connection.execute(
        "SELECT id FROM returns WHERE receipt = ? ORDER BY place", (number,)
    )
    filed = [read_filed(connection, return_id) for (return_id,) in ids]
    return Received(receipt, originals.verified(receipt), filed)
