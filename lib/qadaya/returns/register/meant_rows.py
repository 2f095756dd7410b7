"""Which row of what counts a decision means, told from a row of any version."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from qadaya.errors import ParameterError
from qadaya.returns.corrections import Correction, Place
from qadaya.returns.register.frames import CASE_COLUMNS

Key = tuple[str, int]
CODES = CASE_COLUMNS[4:]
_ROWS = (
    "SELECT return, case_rows.row, cells, typed, {codes}, returns.file, "
    "returns.sheet FROM case_rows JOIN returns ON returns.id = return "
    "WHERE returns.court_id = ? AND returns.year = ? AND {which}"
)
_VERSION = "returns.supplement = ? AND returns.version = ?"


class Applied(NamedTuple):
    """A decision and the row of what counts that it was applied to.

    `other`: the row beside it, as its return and row, where the decision names one.
    """

    correction: Correction
    return_id: str
    row: int
    other: Key | None = None


class MeantRow(NamedTuple):
    return_id: str
    row: int
    cells: dict[str, str]
    typed: dict[str, str]
    codes: dict[str, Any]
    file: str
    sheet: str | None

    @property
    def key(self) -> Key:
        return self.return_id, self.row

    @property
    def told(self) -> str:
        """By what it is known again in another version."""
        reference = self.codes.get("case_reference")
        return str(reference or sorted(self.typed.items()))


class Meant(NamedTuple):
    """A decision, its number in the file, and the rows that it means."""

    number: int
    correction: Correction
    row: MeantRow
    other: MeantRow | None

    @property
    def applied(self) -> Applied:
        other = self.other.key if self.other else None
        return Applied(self.correction, *self.row.key, other)


def rows_meant(
    connection: sqlite3.Connection, corrections: Sequence[tuple[int, Correction]]
) -> list[Meant]:
    """The decisions in their order, each with the rows of what counts that it means.

    Raises: ParameterError for one that fits no row.
    """
    return [
        Meant(
            number,
            correction,
            _find(connection, correction.where, number),
            _find(connection, correction.other, number) if correction.other else None,
        )
        for number, correction in corrections
    ]


def unfit(number: int, place: Place, why: str) -> ParameterError:
    """The error for an entry that cannot be carried out."""
    return ParameterError(
        f"params/corrections.yml, entry {number}: {place}: {why}; expected a row of "
        "what is counted. Look at it with `qadaya diff`, then mend the entry or take "
        "it out"
    )


def _find(connection: sqlite3.Connection, place: Place, number: int) -> MeantRow:
    """The row of what counts that a decision means."""
    named = [
        one
        for one in _rows(connection, place, _VERSION, *place.version_key[2:])
        if one.row == place.row and place.sheet in (None, one.sheet)
    ]
    if len(named) != 1:
        raise unfit(number, place, "no such row" if not named else "on two sheets")
    counting = _rows(connection, place, "returns.current AND NOT covered")
    same = [row for row in counting if row.key == named[0].key]
    same = same or [row for row in counting if row.told == named[0].told]
    if not same:
        raise unfit(number, place, "not among the rows of the version that counts")
    return same[0]


def _rows(
    connection: sqlite3.Connection, place: Place, which: str, *values: object
) -> list[MeantRow]:
    codes = ", ".join(f"case_rows.{column}" for column in CODES)
    rows = connection.execute(
        _ROWS.format(codes=codes, which=which), (place.court, place.year, *values)
    )
    return [
        MeantRow(
            return_id,
            row,
            json.loads(cells),
            json.loads(typed),
            dict(zip(CODES, rest, strict=False)),
            *rest[len(CODES) :],
        )
        for return_id, row, cells, typed, *rest in rows
    ]
