"""The room of the register: each return with its problems, and the answer to it."""

import pandas as pd
from ipywidgets import HTML, Dropdown, Layout, Select, VBox

from qadaya.desk.answering import write_answers
from qadaya.desk.findings import findings, state_name
from qadaya.desk.held import data_folder, held_returns, years_held
from qadaya.desk.parts import (
    WIDE,
    Doing,
    button,
    download,
    heading,
    labelled,
    note,
    offer,
    shown_path,
    side_by_side,
)
from qadaya.desk.speech import Speech
from qadaya.errors import QadayaError
from qadaya.returns.answers import answer_name
from qadaya.returns.register import Register
from qadaya.views.prose.words import from_outside

# Not None: a field of ipywidgets takes that for nothing chosen.
_NOT_KNOWN = 0


class CourtReturns:
    """Choose a year and a return; take the answer to it out."""

    def __init__(self, speech: Speech) -> None:
        say = speech.say
        self.speech = speech
        self.shelf = Register()
        self.returns: pd.DataFrame | None = None
        self.folder = data_folder("answers")
        self.year = Dropdown(layout=Layout(width="12rem"))
        self.chosen = Select(rows=10, layout=WIDE)
        self.found = HTML()
        self.doing = Doing(speech)
        self.year.observe(lambda change: self._list(), "value")
        self.chosen.observe(lambda change: self._show(), "value")
        answer_one = button(
            say("Write the answer to this return"), self._answer, main=True
        )
        every = button(say("Write the answers of the whole year"), self._answer_all)
        self.box = VBox(
            [
                heading(say("Returns and answers")),
                note(
                    say(
                        "Choose a return to see its state and its problems. The answer "
                        "is the court's own workbook with the bad cells marked; "
                        "writing it changes nothing in the register."
                    )
                ),
                labelled(say("Year"), self.year),
                labelled(say("Return"), self.chosen),
                side_by_side(answer_one, every),
                self.doing.box,
                self.found,
            ]
        )

    def refresh(self) -> None:
        """Read the register again, and keep the year where it is still there."""
        with self.doing.work(self.speech.say("Reading the register"), 0):
            self.returns = held_returns(self.shelf)
            options = [(str(year), year) for year in years_held(self.returns)]
            # A file whose year nobody can tell is answered too.
            if self.returns is not None and self.returns["year"].isna().any():
                options.append((self.speech.say("year not known"), _NOT_KNOWN))
            offer(self.year, options)
            self._list()

    def _list(self) -> None:
        if self.returns is None:
            offer(self.chosen, [])
            return
        mine = self.returns[self.returns["year"].fillna(_NOT_KNOWN) == self.year.value]
        courts = mine["court_id"].map(self.speech.court, na_action="ignore")
        ordered = mine.assign(court=courts).sort_values(["court", "version", "file"])
        lines = ordered[mine.columns].itertuples()
        offer(self.chosen, [(self._name(line), line[1]) for line in lines])

    def _name(self, one: object) -> str:
        line = dict(zip(self.returns.columns, one[1:], strict=True))  # type: ignore
        court = line["court_id"]
        parts = [self.speech.court(None if pd.isna(court) else court)]
        if pd.isna(court):
            parts.append(from_outside(line["file"]))
        if line["supplement"]:
            parts.append(self.speech.say("supplement"))
        if not pd.isna(line["version"]):
            parts.append(self.speech.say("version {n}", n=line["version"]))
        parts.append(state_name(line["state"], self.speech))
        if not line["current"]:
            parts.append(self.speech.say("does not count"))
        return " · ".join(parts)

    def _show(self) -> None:
        if not self.chosen.value:
            self.found.value = ""
            return
        try:
            received = self.shelf.received(self.chosen.value)
        except QadayaError as fault:
            self.doing.said.refuse(fault)
            return
        self.doing.said.clear()
        self.found.value = findings(received.filed, self.speech)

    def _answer(self) -> None:
        say = self.speech.say
        if not self.chosen.value:
            self.doing.said.warn(say("Choose a return first."))
            return
        with self.doing.work(say("Writing the answer"), 1) as advance:
            received = self.shelf.received(self.chosen.value)
            (path,) = write_answers(self.folder, [received], on_written=advance)
            name = answer_name(received)
            link = download(name, path.read_bytes(), say("Take out {name}", name=name))
            self.doing.said.tell(say("The answer is written."), f"<p>{link}</p>")

    def _answer_all(self) -> None:
        say = self.speech.say
        if self.returns is None:
            self.doing.said.warn(say("Choose a return first."))
            return
        year = self.year.value
        files = [
            one
            for one in self.shelf.latest()
            if any((filed.reading.year or _NOT_KNOWN) == year for filed in one.filed)
        ]
        with self.doing.work(say("Writing the answers"), len(files)) as advance:
            written = write_answers(self.folder, files, on_written=advance)
            self.doing.said.tell(
                self.speech.plural(
                    "{n} answer is in the folder",
                    "{n} answers are in the folder",
                    len(written),
                ),
                f"<p>{shown_path(self.folder)}</p>",
            )
