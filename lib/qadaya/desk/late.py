"""The room of who has answered: courts by circuit, the late ones, their reminders."""

from datetime import date
from html import escape
from itertools import groupby

from ipywidgets import HTML, Dropdown, Layout, VBox

from qadaya.desk.answering import Answering, who_has_answered, write_reminders
from qadaya.desk.findings import state_name, synthetic
from qadaya.desk.held import data_folder, is_begun
from qadaya.desk.parts import (
    Doing,
    button,
    heading,
    labelled,
    note,
    shown_path,
    table,
)
from qadaya.desk.speech import Speech
from qadaya.returns.following.standing import STATES, Coverage, coverage
from qadaya.returns.register import Register
from qadaya.vocabulary import FIRST_ASKED


class Late:
    """Who has answered for a year, and the letters to those who have not."""

    def __init__(self, speech: Speech) -> None:
        say = speech.say
        self.speech = speech
        self.shelf = Register()
        self.asked: Answering | None = None
        self.doing = Doing(speech)
        self.found = HTML()
        years = range(date.today().year - 1, FIRST_ASKED - 1, -1)
        self.year = Dropdown(options=list(years), layout=Layout(width="12rem"))
        self.year.observe(lambda change: self.refresh(), "value")
        self.write = button(say("Write the reminders"), self._remind, main=True)
        self.plan = HTML()
        self.box = VBox(
            [
                heading(say("Who has answered")),
                note(
                    say(
                        "A court is late once the last day for its answer has passed "
                        "and nothing of it arrived."
                    )
                ),
                labelled(say("Year"), self.year),
                self.plan,
                self.write,
                self.doing.box,
                self.found,
            ]
        )

    def refresh(self) -> None:
        """Look at the register again."""
        say = self.speech.say
        self.asked = None
        self.found.value = self.plan.value = ""
        with self.doing.work(say("Reading the register"), 0):
            if not is_begun(self.shelf):
                self.doing.said.tell(say("Nothing was received yet."))
                return
            self.asked = who_has_answered(self.shelf, self.year.value, date.today())
            self.found.value = self._shown(self.asked)
            self.plan.value = f"<p>{escape(self._will_happen(self.asked))}</p>"

    def _will_happen(self, asked: Answering) -> str:
        late, circuits = asked.late, {standing.circuit_id for standing in asked.late}
        if not late:
            return self.speech.say("No court is late: there is no letter to write.")
        return self.speech.say(
            "The click writes a letter with a blank form to each late court ({n}) and "
            "a cover letter to each circuit of theirs ({m}). It sends nothing.",
            n=len(late),
            m=len(circuits),
        )

    def _remind(self) -> None:
        say = self.speech.say
        if self.asked is None or not self.asked.late:
            self.doing.said.warn(say("No court is late: there is no letter to write."))
            return
        folder = data_folder("letters") / str(self.asked.year)
        with self.doing.work(say("Writing the letters"), 0):
            written = write_reminders(folder, self.asked)
            self.doing.said.tell(
                self.speech.plural(
                    "{n} file is in the folder",
                    "{n} files are in the folder",
                    len(written),
                ),
                f"<p>{shown_path(folder)}</p>",
            )

    def _shown(self, asked: Answering) -> str:
        speech, say = self.speech, self.speech.say
        whole = coverage(asked.standings)
        states = [state for state in STATES if whole.states[state]]
        head = [say("Circuit"), say("Answered")]
        head += [state_name(state, speech) for state in states]
        head += [say("Cases"), say("Missing courts would add")]
        rows: list[list[str]] = []
        late: list[str] = []
        for circuit, ones in groupby(
            asked.standings, key=lambda standing: standing.circuit_id
        ):
            some = list(ones)
            rows.append(self._cells(speech.court(circuit), coverage(some), states))
            courts = [
                speech.court(standing.court_id)
                for standing in some
                if standing in asked.late
            ]
            if courts:
                late.append(f"<li>{escape(speech.listed(courts))}</li>")
        rows.append(self._cells(say("All courts"), whole, states))
        title = self._title(asked)
        parts = [
            f"<p class='qd-synthetic'>{escape(synthetic(speech))}</p>"
        ] * asked.invented
        parts.append(table(head, rows, title))
        if late:
            heading = escape(say("Late courts, a line for each circuit:"))
            parts.append(f"<p>{heading}</p><ul>{''.join(late)}</ul>")
        return "".join(parts)

    def _title(self, asked: Answering) -> str:
        if asked.deadline is None:
            return self.speech.say(
                "Returns for {year}; the circular asks for {first} and later years",
                year=asked.year,
                first=FIRST_ASKED,
            )
        return self.speech.say(
            "Returns for {year}, due by {day}",
            year=asked.year,
            day=self.speech.day(asked.deadline.due),
        )

    def _cells(self, name: str, whole: Coverage, states: list[str]) -> list[str]:
        answered = f"<bdi dir='ltr'>{whole.answered}/{whole.expected}</bdi>"
        numbers = [str(whole.states[state] or "") for state in states]
        return [escape(name), answered, *numbers, str(whole.cases), self._bound(whole)]

    def _bound(self, whole: Coverage) -> str:
        """How many cases the courts that have not answered would add."""
        say = self.speech.say
        least, most, unknown = whole.least_missing, whole.most_missing, whole.unknown
        if whole.answered == whole.expected:
            text = ""
        elif unknown and not most:
            text = say("not known; never reported: {n}", n=unknown)
        elif unknown:
            known = "{least} to {most}; never reported: {n}"
            text = say(known, least=least, most=most, n=unknown)
        else:
            text = say("{least} to {most}", least=least, most=most)
        return escape(text)
