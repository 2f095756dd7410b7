"""Choosing one row of one return."""

import pandas as pd
from ipywidgets import Dropdown, Select, VBox

from qadaya.desk.held import held_returns
from qadaya.desk.parts import WIDE, labelled, offer
from qadaya.desk.speech import Speech
from qadaya.returns.corrections import Place
from qadaya.returns.model import Case
from qadaya.returns.register import Register
from qadaya.returns.register.filed import Filed
from qadaya.vocabulary import BLOCKING

# Court, year, and the number of a supplement, 0 for the return of the year.
Key = tuple[str, int, int]
# Not None: a field of ipywidgets takes that for nothing chosen.
NONE: Key = ("", 0, 0)
_SHOWN = 90  # characters of a row, to tell it from its neighbours


class RowChoice:
    """A return that counts and a row of it; `place` is None until both are chosen."""

    def __init__(self, shelf: Register, speech: Speech, of: str, row: str) -> None:
        self.shelf, self.speech = shelf, speech
        self.ids: dict[Key, tuple[str, ...]] = {}
        self.sheets: list[Filed] = []
        self.one = Dropdown(options=[("—", NONE)], layout=WIDE)
        self.row = Select(rows=6, layout=WIDE)
        self.one.observe(lambda change: self._rows(), "value")
        self.box = VBox([labelled(of, self.one), labelled(row, self.row)])

    @property
    def fields(self) -> tuple[Dropdown, Select]:
        return self.one, self.row

    @property
    def place(self) -> Place | None:
        """The row that is chosen, as a decision names it."""
        if self.row.value is None:
            return None
        sheet, row = self.row.value
        filed = self.sheets[sheet]
        one = filed.reading
        # No other return can be chosen than one whose court, year and version stand.
        number = int(filed.version or 0)
        return Place(
            court=str(one.court_id),
            year=int(one.year or 0),
            version=None if filed.supplement else number,
            supplement=number if filed.supplement else None,
            row=row,
            sheet=one.sheet if len(self.sheets) > 1 else None,
        )

    @property
    def left_out_by(self) -> set[str]:
        """The columns for which the chosen row was left out."""
        if self.row.value is None:
            return set()
        sheet, row = self.row.value
        reading = self.sheets[sheet].reading
        cells = {
            problem.cell
            for problem in reading.problems
            if problem.row == row and problem.severity in BLOCKING
        }
        return {
            column
            for case in reading.refused
            if case.row == row
            for column, cell in case.cells.items()
            if cell in cells
        }

    def refresh(self) -> None:
        """Offer the returns that count now, and keep the one that was chosen."""
        returns = held_returns(self.shelf)
        self.ids = {} if returns is None else _ids_of(returns)
        options = [(self._title(key), key) for key in sorted(self.ids, key=self._order)]
        offer(self.one, [("—", NONE), *options])

    def _order(self, key: Key) -> tuple[int, str, int]:
        """The latest year first, in it by court, its supplements after its return."""
        court, year, supplement = key
        return -year, self.speech.court(court), supplement

    def _title(self, key: Key) -> str:
        court, year, supplement = key
        title = f"{year} · {self.speech.court(court)}"
        if not supplement:
            return title
        return f"{title} · {self.speech.say('supplement')} {supplement}"

    def _rows(self) -> None:
        ids = self.ids.get(self.one.value, ())
        # The sheets of a return all lie in one file, beside those of others perhaps.
        filed = self.shelf.received(ids[0]).filed if ids else []
        self.sheets = [sheet for sheet in filed if sheet.return_id in ids]
        rows = [
            (self._name(case), (number, case.row))
            for number, filed in enumerate(self.sheets)
            for case in sorted(
                [*filed.reading.accepted, *filed.reading.refused],
                key=lambda each: each.row,
            )
        ]
        self.row.value = None
        offer(self.row, rows)

    def _name(self, case: Case) -> str:
        say = self.speech.say
        row = say("Row {row}", row=case.row)
        if not case.typed:
            return f"{row}: {say('The row is not shown: it holds personal data.')}"
        typed = [text for key, text in case.typed.items() if key != "court" and text]
        text = f"{row}: " + " | ".join(" ".join(text.split()) for text in typed)
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _ids_of(returns: pd.DataFrame) -> dict[Key, tuple[str, ...]]:
    """The sheets of each return and supplement that counts."""
    counting = returns[returns["current"].astype(bool)]
    number = counting["version"].where(counting["supplement"].astype(bool), 0)
    returns_of: dict[Key, tuple[str, ...]] = {}
    keys = zip(counting["court_id"], counting["year"], number, strict=True)
    for (court, year, n), one in zip(keys, counting["return"], strict=True):
        key = str(court), int(year), int(n)
        returns_of[key] = (*returns_of.get(key, ()), str(one))
    return returns_of
