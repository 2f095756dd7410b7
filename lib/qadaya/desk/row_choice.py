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

_SHOWN = 90  # characters of a row, to tell it from its neighbours


class RowChoice:
    """A return that counts and a row of it; `place` is None until both are chosen."""

    def __init__(self, shelf: Register, speech: Speech, of: str, row: str) -> None:
        self.shelf, self.speech = shelf, speech
        self.sheets: list[Filed] = []
        self.one = Dropdown(layout=WIDE)
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
        return Place(
            court=str(one.court_id),
            year=int(one.year or 0),
            version=int(filed.version or 0),
            row=row,
            sheet=one.sheet if len(self.sheets) > 1 else None,
        )

    def refresh(self) -> None:
        """Offer the returns that count now, and keep the one that was chosen."""
        returns = held_returns(self.shelf)
        options: list[tuple[str, tuple[str, int] | None]] = [("—", None)]
        if returns is not None:
            options += self._offered(returns)
        offer(self.one, options)

    def _offered(
        self, returns: pd.DataFrame
    ) -> list[tuple[str, tuple[str, int] | None]]:
        counting = returns[returns["current"].astype(bool)]
        keys = counting[["court_id", "year"]].drop_duplicates()
        found = [
            (str(court), int(year)) for court, year in keys.itertuples(index=False)
        ]
        found.sort(key=lambda each: (-each[1], self.speech.court(each[0])))
        return [
            (f"{year} · {self.speech.court(court)}", (court, year))
            for court, year in found
        ]

    def _rows(self) -> None:
        self.sheets = []
        if self.one.value is not None:
            versions = self.shelf.versions(*self.one.value)
            counting = [version for version in versions if version[0].current]
            self.sheets = counting[-1] if counting else []
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
        typed = [text for key, text in case.typed.items() if key != "court" and text]
        text = " | ".join(" ".join(each.split()) for each in typed)
        row = self.speech.say("Row {row}", row=case.row)
        return f"{row}: {text}"[:_SHOWN]
