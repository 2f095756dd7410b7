"""A register as it was known at the end of a day, or behind a place of its log.

Made in memory from the tables that are there: what came later is taken out, and what
follows from several returns is worked out anew. The result is what `rebuild` would give
of the first receipts alone.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date

from qadaya.errors import ReturnError
from qadaya.returns.corrections import Decided, decided_by, read_corrections
from qadaya.returns.register.originals import Originals
from qadaya.returns.register.readable import Readable
from qadaya.returns.register.recount import apply_cross_rules
from qadaya.returns.register.store import Store
from qadaya.vocabulary import NIL

# A version that says something: it has a sound row, or says that there was no case.
_USABLE = (
    f"({{table}}.state_alone = '{NIL}' OR EXISTS (SELECT 1 FROM case_rows "
    "WHERE return = {table}.id AND accepted_alone))"
)


class PastRegister(Readable):
    """A register as it was known at a moment; its answers are those of then.

    `day`: of the last decisions that count, None where there were none, and of the last
    file, unless `log` tells the last line of the log by the hash over all up to it.
    Raises: ReturnError, from every method, where no line is told.
    """

    def __init__(
        self,
        now: Callable[[], AbstractContextManager[sqlite3.Connection]],
        originals: Originals,
        *,
        day: date | None,
        log: Callable[[str], bool] | None = None,
    ) -> None:
        self._now, self._day, self._log = now, day, log
        self.originals = originals

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._now() as connection:
            known, value = self._until(connection)
            with _past(connection, known, value) as past:
                yield past

    def _until(self, connection: sqlite3.Connection) -> tuple[str, str | int]:
        if self._log is None:
            assert self._day is not None  # one of the two is given
            return "substr(received_at, 1, 10) <= ?", self._day.isoformat()
        lines = connection.execute("SELECT id, chain FROM receipts ORDER BY id")
        for number, chain in lines:
            if self._log(chain):
                return "id <= ?", number
        raise ReturnError(
            "register: holds no such line of its log; expected the register that the "
            "edition was counted from. Name it with --register"
        )

    def _decided(self, connection: sqlite3.Connection) -> Decided:
        if self._day is None:
            return Decided([], None)
        received = set(
            connection.execute(
                "SELECT court_id, year, supplement, version FROM returns"
            )
        )
        known = [
            (number, one)
            for number, one in enumerate(read_corrections(), start=1)
            if all(
                place.version_key in received
                for place in (one.where, one.other)
                if place is not None
            )
        ]
        return decided_by(known, self._day)


@contextmanager
def _past(
    connection: sqlite3.Connection, known: str, value: str | int
) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as past:
        connection.backup(past)
        past.execute("BEGIN")
        _forget(past, known, value)
        _choose_versions(past)
        pairs = past.execute(
            "SELECT DISTINCT court_id, year FROM returns "
            "WHERE court_id IS NOT NULL AND year IS NOT NULL"
        )
        apply_cross_rules(Store(past), pairs.fetchall())
        past.execute("COMMIT")
        yield past


def _forget(past: sqlite3.Connection, known: str, value: str | int) -> None:
    later = f"(SELECT id FROM receipts WHERE NOT ({known}))"
    returns = f"(SELECT id FROM returns WHERE receipt IN {later})"
    for table in ("problems", "case_rows"):
        past.execute(f"DELETE FROM {table} WHERE return IN {returns}", (value,))
    past.execute(f"DELETE FROM returns WHERE receipt IN {later}", (value,))
    past.execute(f"DELETE FROM receipts WHERE NOT ({known})", (value,))


def _choose_versions(past: sqlite3.Connection) -> None:
    """The latest version of a court and year that says something counts."""
    past.execute("UPDATE returns SET current = 0 WHERE current AND NOT supplement")
    mine, theirs = _USABLE.format(table="returns"), _USABLE.format(table="other")
    past.execute(
        f"UPDATE returns SET current = 1 WHERE NOT supplement AND {mine} "
        "AND receipt = (SELECT max(receipt) FROM returns AS other "
        "WHERE other.court_id = returns.court_id AND other.year = returns.year "
        f"AND NOT other.supplement AND {theirs})"
    )
