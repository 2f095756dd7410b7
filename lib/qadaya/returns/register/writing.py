"""A register open for writing: one file is filed in one turn, and nothing half.

A turn holds the log. It first files what the log names and the database does not: the
last file of a process that was killed, or what came while the database was being made
again. Then the file is kept, filed and noted, in this order; only a file that is noted
was received.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from qadaya.atomic import file_beside, sweep
from qadaya.returns.register.admission import require_no_return, require_one_kind
from qadaya.returns.register.database import (
    expect_our_layout,
    journal_of,
    open_database,
    transaction,
    uninterrupted,
)
from qadaya.returns.register.filing import Outcome, file_readings
from qadaya.returns.register.intake import ReadFile, read_again
from qadaya.returns.register.originals import Originals
from qadaya.returns.register.receipts import (
    OWNER_READS,
    LockedLog,
    Receipt,
    ReceiptLog,
    line_of,
)
from qadaya.returns.register.store import Store


class Writing:
    """The database of a register, open for writing until it is closed."""

    def __init__(self, database: Path, log: ReceiptLog, originals: Originals) -> None:
        self._database = database
        self._log = log
        self._originals = originals
        self._open: tuple[Store, tuple[int, int]] | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The database as the last turn left it."""
        assert self._open is not None  # a turn opens it
        return self._open[0].connection

    def catch_up(self) -> None:
        """File what the log names and the database does not."""
        with self._turn():
            pass

    def file(self, reading: ReadFile, receipt: Receipt) -> Outcome:
        """File one file that was read, unless it was received before and read alike."""
        with self._turn() as (log, store), uninterrupted():
            before = store.mark()
            try:
                with transaction(store.connection):
                    require_no_return(store.connection, receipt)
                    if seen := store.seen(receipt.sha256, reading.returns):
                        return Outcome(seen, already_received=True)
                    require_one_kind(store.connection, reading.returns)
                    assert reading.content is not None  # what has a receipt was opened
                    self._originals.keep(receipt, reading.content)
                    after = before.after(line_of(receipt))
                    outcome = file_readings(store, receipt, reading.returns, after)
                    # Last before the commit: should the machine stop in between, the
                    # next turn finds the line and files the original.
                    log.append(receipt, before)
            except BaseException:
                # Nothing was filed, as on a full disk: the log must not say it was.
                with suppress(sqlite3.Error):
                    if store.mark() == before:
                        log.cut(before)
                raise
        return outcome

    def close(self) -> None:
        """Close the database."""
        if self._open is not None:
            self._open[0].connection.close()
            self._open = None

    @contextmanager
    def _turn(self) -> Iterator[tuple[LockedLog, Store]]:
        with self._log.locked() as log:
            store = self._current_store()
            mark = store.mark()
            if not log.is_at(mark):
                with transaction(store.connection):
                    follow(store, self._log, self._originals)
            yield log, store

    def _current_store(self) -> Store:
        """The store; opened, or opened again where a rebuild has put another one."""
        if self._open is not None and self._open[1] != _identity(self._database):
            self.close()
        if self._open is None:
            sweep(self._database.parent)
            connection = open_database(self._database)
            store = Store(connection)
            self._open = store, _identity(self._database)
            with transaction(connection):
                store.create_if_new()
            expect_our_layout(connection, self._database)
            self._log.require_last(store.mark_before(), store.mark())
        return self._open[0]


def rebuild(database: Path, log: ReceiptLog, originals: Originals) -> None:
    """Make a database from the originals and the log, in place of the one there.

    Others go on receiving meanwhile; the last of what they noted is filed while they
    wait. Raises: as `follow`; the database that is there then stays.
    """
    sweep(database.parent)
    # Left after the file has taken its place: nobody may write in between.
    with (
        ExitStack() as turn,
        file_beside(database, mode=OWNER_READS, durable=True) as part,
    ):
        connection = open_database(part)
        try:
            store = Store(connection)
            with transaction(connection):
                store.create_if_new()
                follow(store, log, originals)
            turn.enter_context(log.locked())
            with transaction(connection):
                follow(store, log, originals)
        finally:
            connection.close()
        # Of a process that was killed: it would be played back into the new database.
        journal_of(database).unlink(missing_ok=True)


def follow(store: Store, log: ReceiptLog, originals: Originals) -> None:
    """File what stands in the log after the place that the store has come to.

    Raises: ReturnError where log and store disagree, or an original is gone or changed.
    """
    for receipt, mark in log.after(store.mark()):
        returns = read_again(originals.verified(receipt), receipt)
        file_readings(store, receipt, returns, mark)


def _identity(database: Path) -> tuple[int, int]:
    """Which file it is: another one may bear the same name."""
    try:
        about = os.stat(database)
    except FileNotFoundError:
        return (0, 0)
    return about.st_dev, about.st_ino
