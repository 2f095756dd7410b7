"""The register's SQLite file: opened, guarded, and its faults put into plain words."""

import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from types import FrameType

from qadaya.errors import ReturnError
from qadaya.returns.register.layout import APPLICATION, LAYOUT
from qadaya.returns.register.receipts import OWNER_READS

# Another process may be filing a whole folder; each of its files takes milliseconds.
PATIENCE_SECONDS = 30


@contextmanager
def reading_from(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection that never writes, so that a register on a read-only disk opens."""
    address = f"{database.resolve().as_uri()}?mode=ro"
    with closing(
        sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS
        )
    ) as connection:
        # One view for all that is asked, whoever writes meanwhile.
        connection.execute("BEGIN")
        expect_our_layout(connection, database)
        yield connection


def open_database(database: Path) -> sqlite3.Connection:
    """A database to write to, readable by its owner only."""
    os.close(os.open(database, os.O_CREAT | os.O_RDWR, OWNER_READS))
    return sqlite3.connect(database, isolation_level=None, timeout=PATIENCE_SECONDS)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until what is inside is done: milliseconds, for one file."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread is ever interrupted
        return
    waiting: list[tuple[int, FrameType | None]] = []
    usual = signal.signal(signal.SIGINT, lambda *caught: waiting.append(caught))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if waiting and callable(usual):
            usual(*waiting[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that happens inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite may have rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def journal_of(database: Path) -> Path:
    """Where SQLite keeps what a transaction would take back; there while one runs."""
    return database.with_name(f"{database.name}-journal")


def expect_our_layout(connection: sqlite3.Connection, database: Path) -> None:
    """Raise ReturnError for a database of another program or another version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise ReturnError(
            f"{database}: not a register; expected a database that "
            "`qadaya receive` made. Name another folder with --register"
        )
    if layout != LAYOUT:
        raise ReturnError(
            f"{database}: a register of version {layout}; this program "
            f"reads version {LAYOUT}. Run `qadaya rebuild` to make it again from "
            "the originals"
        )


@contextmanager
def plain_errors(database: Path) -> Iterator[None]:
    """Turn faults of the disk and of SQLite into a ReturnError of one line."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise _full(database) from fault
        raise ReturnError(
            f"{database}: cannot be read or written now ({fault}); nothing "
            "was filed half. Check the disk, the folder's permissions and whether "
            "another `qadaya` is running, then try again"
        ) from fault
    except sqlite3.DatabaseError as fault:
        raise ReturnError(
            f"{database}: damaged ({fault}); the originals are not. Run "
            "`qadaya rebuild` to make it again from them"
        ) from fault
    except OSError as fault:
        if not _concerns(fault, database.parent):
            raise
        if fault.errno in (ENOSPC, EDQUOT):
            raise _full(database) from fault
        raise ReturnError(
            f"{fault.filename or database.parent}: cannot be read or written "
            f"({fault.strerror}); expected a folder that this user may use. "
            "Change its permissions or name another with --register"
        ) from fault


def _full(database: Path) -> ReturnError:
    return ReturnError(
        f"{database.parent}: the disk is full (No space left on device); nothing was "
        "filed half, and what was filed stays. Free some space, then give the same "
        "command again"
    )


def _concerns(fault: OSError, folder: Path) -> bool:
    # A file of the program that is missing is no fault of the register's folder.
    if not isinstance(fault.filename, str):
        return True
    path, folder = Path(fault.filename).absolute(), folder.absolute()
    return path.is_relative_to(folder) or folder.is_relative_to(path)
