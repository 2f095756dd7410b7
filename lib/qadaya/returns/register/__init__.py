"""The register: every return ever received, its original, its version and its state.

data/register/
  originals/ab/abcd...xlsx   the files as they came, under their SHA-256
  receipts.jsonl             one line per receipt, only ever added to
  register.sqlite            returns, rows and problems; made again by `rebuild`
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd

from qadaya.errors import ReturnError
from qadaya.returns.corrections import read_corrections
from qadaya.returns.register import frames
from qadaya.returns.register.database import journal_of, plain_errors, reading_from
from qadaya.returns.register.decided import Applied, Contents, decided
from qadaya.returns.register.filed import Filed, read_versions
from qadaya.returns.register.filing import filed_in_order, receipt_of
from qadaya.returns.register.intake import reading
from qadaya.returns.register.lookup import (
    Received,
    find_received,
    latest_received,
)
from qadaya.returns.register.originals import OWNER_ENTERS, Originals
from qadaya.returns.register.receipts import ReceiptLog
from qadaya.returns.register.reconcile import Reconciled
from qadaya.returns.register.store import Store
from qadaya.returns.register.supplements import read_reconciled
from qadaya.returns.register.writing import Writing, rebuild
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
        self.log = ReceiptLog(self.folder / "receipts.jsonl")
        self.originals = Originals(self.folder)

    def receive(
        self,
        path: str | Path,
        *,
        court: str | None = None,
        year: int | None = None,
        supplement: bool = False,
    ) -> list[Filed]:
        """File one received file; its returns as they stand now, one per sheet.

        A file received before, and read as before, changes nothing. `supplement`: its
        cases add to the return of their year, instead of taking its place.
        """
        return self.receive_all(
            [Path(path)], court=court, year=year, supplement=supplement
        )

    def receive_all(
        self,
        paths: Iterable[str | Path],
        *,
        court: str | None = None,
        year: int | None = None,
        supplement: bool = False,
        on_filed: Callable[[], None] = lambda: None,
    ) -> list[Filed]:
        """File the files in their order, each in one transaction; as `receive`.

        `on_filed` is called after each file, for a progress bar. Interrupted, the
        files filed so far stay and the others are untouched.
        """
        files = [Path(path) for path in paths]
        with (
            reading(files, court=court, year=year) as readings,
            self._writing() as writing,
        ):
            # Before anything is read: what the register refuses, it refuses at once.
            writing.catch_up()
            return filed_in_order(
                lambda: writing.connection,
                readings,
                lambda one: writing.file(
                    one,
                    receipt_of(one, court=court, year=year, supplement=supplement),
                ),
                on_filed=on_filed,
            )

    def rebuild(self) -> None:
        """Make the database again from the originals and the log of their receipt.

        Others may receive meanwhile; nothing of theirs is lost.
        Raises: ReturnError if an original is missing or was changed; the database
        that is there then stays.
        """
        with plain_errors(self.database):
            if not self.log.path.exists():
                raise self._missing()
            rebuild(self.database, self.log, self.originals)

    def contents(self) -> Contents:
        """Cases, returns and problems of one moment, whoever writes meanwhile.

        After the decisions of the desk (`params/corrections.yml`).
        Raises: ParameterError for a decision that fits nothing that is counted.
        """
        with self._reading() as connection:
            contents, _ = decided(connection, read_corrections())
        return contents

    def cases(self) -> pd.DataFrame:
        """The accepted cases of the returns that count.

        Rows: one case. Columns: return, file, sheet, row, then the coded, optional and
        derived columns of `vocabulary`; the same and of the same types when empty.
        """
        return self._one("cases", frames.read_cases)

    def returns(self) -> pd.DataFrame:
        """Every return ever received.

        Rows: one sheet of one file. `version` counts the files of one court and year;
        `current` is true for the version that counts, which is never one that was
        refused as a whole or in every row; `accepted` and `refused` count rows,
        `corrections` decisions of the desk; `received_at` is ISO 8601 in UTC.
        """
        return self._one("returns", frames.read_returns)

    def problems(self) -> pd.DataFrame:
        """Every problem of every return, with its message in three languages.

        Rows: one problem. `value` is as typed, and missing for personal data;
        `current` tells whether its return counts.
        """
        return self._one("problems", frames.read_problems)

    def decisions(self) -> list[Applied]:
        """The decisions of the desk, each with the row it was applied to.

        Raises: as `contents`.
        """
        with self._reading() as connection:
            _, done = decided(connection, read_corrections())
        return done

    def refused(self) -> pd.DataFrame:
        """Every row that was left out, with the rules that say why.

        Rows: one row of a return, of any version. `rules` are parted by commas.
        """
        with self._reading() as connection:
            return frames.read_refused(connection)

    def received(self, name: str) -> Received:
        """The file of a return, by the id of the return or the name of the file.

        Raises: ParameterError where none or several are meant.
        """
        with self._reading() as connection:
            return find_received(connection, self.originals, name)

    def latest(self, *, since: str | None = None) -> Sequence[Received]:
        """The latest file of each court and year, received on a day or later."""
        with self._reading() as connection:
            return latest_received(connection, self.originals, since=since)

    def versions(self, court_id: str, year: int) -> list[list[Filed]]:
        """All versions of the return of a court and year, each with its sheets."""
        with self._reading() as connection:
            return read_versions(connection, court_id, year)

    def reconciled(self, court_id: str, year: int) -> list[Reconciled]:
        """What became of each row of the supplements of a court and year.

        And the rows of the year's own return that none of them told.
        """
        with self._reading() as connection:
            return read_reconciled(connection, court_id, year)

    def _one(
        self, name: str, read: Callable[[sqlite3.Connection], pd.DataFrame]
    ) -> pd.DataFrame:
        """One frame; the others are read as well where decisions may change it."""
        if read_corrections():
            frame: pd.DataFrame = getattr(self.contents(), name)
            return frame
        with self._reading() as connection:
            return read(connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with plain_errors(self.database):
            if not self.database.exists():
                self.rebuild()
            elif self._is_behind():
                with self._writing() as writing:
                    writing.catch_up()
            with reading_from(self.database) as connection:
                yield connection

    def _is_behind(self) -> bool:
        """Whether the log names files that the database does not, or may not yet.

        A journal is there while somebody writes, and when one who wrote was killed.
        """
        if journal_of(self.database).exists():
            return True
        with reading_from(self.database) as connection:
            return bool(self.log.after(Store(connection).mark()))

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        with plain_errors(self.database):
            self.folder.mkdir(mode=OWNER_ENTERS, parents=True, exist_ok=True)
            with closing(Writing(self.database, self.log, self.originals)) as writing:
                yield writing

    def _missing(self) -> ReturnError:
        return ReturnError(
            f"{self.folder}: no register there; expected a folder that `qadaya "
            "receive` made. Receive a return first, or name another with --register"
        )
