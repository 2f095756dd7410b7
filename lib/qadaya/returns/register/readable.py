"""What a register answers, whichever moment of it is read."""

from __future__ import annotations

import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING

from qadaya.returns.corrections import (
    Correction,
    Decided,
    decided_by,
    read_corrections,
    require_come,
)
from qadaya.returns.register import frames
from qadaya.returns.register.decided import RegisterContents, decided
from qadaya.returns.register.filed import Filed, read_versions
from qadaya.returns.register.lookup import Received, find_received, latest_received
from qadaya.returns.register.meant_rows import Applied
from qadaya.returns.register.originals import Originals
from qadaya.returns.register.pairs import Pair, read_pairs
from qadaya.returns.register.reconcile import Reconciled
from qadaya.returns.register.store import Store
from qadaya.returns.register.supplements import read_reconciled
from qadaya.returns.register.told_difficulties import count_themes, read_difficulties
from qadaya.returns.themes import read_themes

if TYPE_CHECKING:
    import pandas as pd


class Readable:
    """The tables of a register at one moment, after the decisions of the desk."""

    originals: Originals

    @abstractmethod
    def _reading(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def _decided(self, connection: sqlite3.Connection) -> Decided:
        """What the desk has decided by this moment."""
        return _decided_by_today(read_corrections())

    def contents(self) -> RegisterContents:
        """Cases, returns and problems of one moment, whoever writes meanwhile.

        After the decisions of the desk (`params/corrections.yml`).
        Raises: ParameterError for a decision that fits nothing that is counted.
        """
        themes = read_themes()
        with self._reading() as connection:
            made = self._decided(connection)
            contents, _ = decided(connection, made.standing)
            difficulties = read_difficulties(connection, themes)
            known = {"log": Store(connection).mark().chain}
        if made.last is not None:
            known["decided"] = str(made.last)
        return contents._replace(
            difficulties=count_themes(difficulties, themes), known=known
        )

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

    def returns_as_received(self) -> pd.DataFrame:
        """As `returns`, before the decisions of the desk, whether or not they fit."""
        with self._reading() as connection:
            return frames.read_returns(connection)

    def problems(self) -> pd.DataFrame:
        """Every problem of every return, with its message in three languages.

        Rows: one problem. `value` is as typed, and missing for personal data;
        `current` tells whether its return counts.
        """
        return self._one("problems", frames.read_problems)

    def difficulties(self) -> pd.DataFrame:
        """What courts wrote about the difficulties they met, for the desk alone.

        Rows: one per return that told one, of any version. `themes` are those of
        `params/difficulties.yml`, parted by commas; `text` holds nothing personal.
        """
        themes = read_themes()
        with self._reading() as connection:
            return read_difficulties(connection, themes)

    def decisions(self, tried: Sequence[Correction] | None = None) -> list[Applied]:
        """The decisions of the desk, each with the row it was applied to.

        `tried`: those that are thought of, instead of those that were made.
        Raises: as `contents`.
        """
        with self._reading() as connection:
            if tried is None:
                made = self._decided(connection)
            else:
                made = _decided_by_today(tried)
            _, done = decided(connection, made.standing)
        return done

    def pairs(self) -> list[Pair]:
        """What seems to be one case in two places, the surest first.

        Raises: as `contents`.
        """
        with self._reading() as connection:
            contents, done = decided(connection, self._decided(connection).standing)
            cases = contents.cases
            rows = zip(cases["return"], cases["row"].astype(int), strict=True)
            return read_pairs(connection, done, set(rows))

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
        with self._reading() as connection:
            standing = self._decided(connection).standing
            if not standing:
                return read(connection)
            contents, _ = decided(connection, standing)
        frame: pd.DataFrame = getattr(contents, name)
        return frame


def _decided_by_today(made: Sequence[Correction]) -> Decided:
    require_come(made, date.today())
    return decided_by(list(enumerate(made, start=1)), date.today())
