"""The register: every return ever received, its original, its version and its state.

data/register/
  originals/ab/abcd...xlsx   the files as they came, under their SHA-256
  receipts.jsonl             one line per receipt, only ever added to
  register.sqlite            returns, rows and problems; made again by `rebuild`
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from qadaya.errors import ReturnError
from qadaya.returns.corrections import days_of, read_corrections
from qadaya.returns.register.database import journal_of, plain_errors, reading_from
from qadaya.returns.register.filed import Filed
from qadaya.returns.register.filing import filed_in_order, receipt_of
from qadaya.returns.register.intake import reading
from qadaya.returns.register.originals import OWNER_ENTERS, Originals
from qadaya.returns.register.past import PastRegister
from qadaya.returns.register.readable import Readable
from qadaya.returns.register.receipts import ReceiptLog
from qadaya.returns.register.store import Store
from qadaya.returns.register.writing import Writing, rebuild
from qadaya.shared_run import is_shared_run
from qadaya.workbench import home


class Register(Readable):
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

    def as_of(self, day: date) -> PastRegister:
        """The register as it was known at the end of a day (UTC), to be read only.

        With the decisions that were confirmed by then.
        """
        return PastRegister(self._reading, self.originals, day=day)

    def as_of_log(
        self, log: Callable[[str], bool], decided: Callable[[str], bool]
    ) -> PastRegister:
        """The register as it was behind a line of its log, to be read only.

        `log` tells the line by the hash over all lines up to it, `decided` the day of
        the last decision that was known; both as `contents().known` names them.
        Raises: ReturnError where no line is told.
        """
        days = {day for correction in read_corrections() for day in days_of(correction)}
        day = max((day for day in days if decided(day.isoformat())), default=None)
        return PastRegister(self._reading, self.originals, day=day, log=log)

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
