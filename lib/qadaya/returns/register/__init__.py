"""The register: every return ever received, its original, its version and its state.

data/register/
  originals/ab/abcd...xlsx   the files as they came, under their SHA-256
  receipts.jsonl             one line per receipt, only ever added to
  register.sqlite            returns, rows and problems; made again by `rebuild`
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd

from qadaya.errors import ReturnError
from qadaya.returns.register import frames
from qadaya.returns.register.database import (
    expect_our_layout,
    open_database,
    plain_errors,
    reading_from,
    transaction,
    uninterrupted,
)
from qadaya.returns.register.filed import Filed
from qadaya.returns.register.filing import (
    Outcome,
    file_readings,
    filed_in_order,
    receipt_of,
)
from qadaya.returns.register.intake import Reading, read_again, reading
from qadaya.returns.register.originals import OWNER_ENTERS, Originals
from qadaya.returns.register.store import Store
from qadaya.shared_run import is_shared_run
from qadaya.workbench import home


class Register:
    """The register in a folder (`data/register` of the workbench unless given).

    Nothing is written before something is received.
    Raises: ReturnError where cases must not be reached (QADAYA_AUDIENCE=shared), and
    from every method when the folder or its database cannot be read or written.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        if is_shared_run():
            raise ReturnError(
                "register: this run makes shared pages (QADAYA_AUDIENCE=shared), "
                "which may open an edition and no cases; open the edition instead"
            )
        self.folder = Path(folder) if folder else home() / "data" / "register"
        self.database = self.folder / "register.sqlite"
        self.originals = Originals(self.folder)

    def receive(
        self,
        path: str | Path,
        *,
        court: str | None = None,
        year: int | None = None,
    ) -> list[Filed]:
        """File one received file; its returns as they stand now, one per sheet.

        A file received before, and read as before, changes nothing.
        """
        return self.receive_all([Path(path)], court=court, year=year)

    def receive_all(
        self,
        paths: Iterable[str | Path],
        *,
        court: str | None = None,
        year: int | None = None,
        on_filed: Callable[[], None] = lambda: None,
    ) -> list[Filed]:
        """File the files in their order, each in one transaction; as `receive`.

        `on_filed` is called after each file, for a progress bar. Interrupted, the
        files filed so far stay and the others are untouched.
        """
        files = [Path(path) for path in paths]
        with (
            reading(files, court=court, year=year) as readings,
            self._writing() as store,
        ):
            return filed_in_order(
                store.connection,
                readings,
                lambda one: self._file(store, one, court=court, year=year),
                on_filed=on_filed,
            )

    def _file(
        self, store: Store, one: Reading, *, court: str | None, year: int | None
    ) -> Outcome:
        receipt = receipt_of(one, court=court, year=year)
        with uninterrupted(), transaction(store.connection):
            if seen := store.seen(receipt.sha256, one.returns):
                return Outcome(seen, already_received=True)
            store.require_one_kind(one.returns)
            assert one.content is not None  # what has a receipt was opened
            self.originals.keep(receipt, one.content)
            outcome = file_readings(store, receipt, one.returns)
            # Last before the commit: should the machine stop in between, the next
            # one to write finds the line and files the original.
            self.originals.note(receipt)
        return outcome

    def rebuild(self) -> None:
        """Make the database again from the originals and the log of their receipt.

        Raises: ReturnError if an original is missing or was changed; the database
        that is there then stays.
        """
        beside = self.database.with_name("register.sqlite.new")
        with plain_errors(self.database):
            if not self.originals.log.exists():
                raise self._missing()
            beside.unlink(missing_ok=True)
            try:
                with closing(open_database(beside)) as connection:
                    self._catch_up(Store(connection))
                os.replace(beside, self.database)
            finally:
                beside.unlink(missing_ok=True)

    def cases(self) -> pd.DataFrame:
        """The accepted cases of the returns that count.

        Rows: one case. Columns: return, file, sheet, row, then the coded, optional and
        derived columns of `vocabulary`; the same and of the same types when empty.
        """
        with self._reading() as connection:
            return frames.read_cases(connection)

    def returns(self) -> pd.DataFrame:
        """Every return ever received.

        Rows: one sheet of one file. `version` counts the files of one court and year;
        `current` is true for the version that counts, which is never one that was
        refused as a whole or in every row;
        `accepted` and `refused` count rows; `received_at` is ISO 8601 in UTC.
        """
        with self._reading() as connection:
            return frames.read_returns(connection)

    def problems(self) -> pd.DataFrame:
        """Every problem of every return, with its message in three languages.

        Rows: one problem. `value` is as typed, and missing for personal data;
        `current` tells whether its return counts.
        """
        with self._reading() as connection:
            return frames.read_problems(connection)

    def refused(self) -> pd.DataFrame:
        """Every row that was left out, with the rules that say why.

        Rows: one row of a return, of any version. `rules` are parted by commas.
        """
        with self._reading() as connection:
            return frames.read_refused(connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with plain_errors(self.database):
            if not self.database.exists():
                self.rebuild()
            with reading_from(self.database) as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        with plain_errors(self.database):
            self.folder.mkdir(mode=OWNER_ENTERS, parents=True, exist_ok=True)
            with closing(open_database(self.database)) as connection:
                store = Store(connection)
                self._catch_up(store)
                yield store

    def _catch_up(self, store: Store) -> None:
        """File what the log names and the database does not (yet, or any more)."""
        # Looked at under the lock: another process may be between its two writes.
        with transaction(store.connection):
            store.create_if_new()
            expect_our_layout(store.connection, self.database)
            receipts = self.originals.receipts()
            filed = store.receipts()
            if receipts[: len(filed)] != filed:
                raise self._disagreement()
            for receipt in receipts[len(filed) :]:
                readings = read_again(
                    self.originals.verified(receipt),
                    receipt.file,
                    court=receipt.court,
                    year=receipt.year,
                )
                file_readings(store, receipt, readings)

    def _disagreement(self) -> ReturnError:
        return ReturnError(
            f"{self.folder}: receipts.jsonl and register.sqlite name different files; "
            "expected the same receipts in both. Put both back from one copy, or run "
            "`qadaya rebuild` to follow receipts.jsonl"
        )

    def _missing(self) -> ReturnError:
        return ReturnError(
            f"{self.folder}: no register there; expected a folder that `qadaya "
            "receive` made. Receive a return first, or name another with --register"
        )
