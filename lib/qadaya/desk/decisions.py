"""The room of decisions: a row, what is decided of it, the reason, who confirmed it."""

from datetime import date
from html import escape
from typing import Any

from ipywidgets import HTML, DatePicker, Dropdown, Layout, Text, Textarea, VBox

from qadaya.desk.deciding import decision_of, enter_decision
from qadaya.desk.decision_words import ACTIONS, code_name, place_name
from qadaya.desk.made_decisions import MadeDecisions
from qadaya.desk.parts import (
    WIDE,
    Doing,
    button,
    heading,
    labelled,
    note,
)
from qadaya.desk.row_choice import RowChoice
from qadaya.desk.speech import Speech, inert
from qadaya.returns.corrections import (
    COUNT_HERE,
    DIFFERENT_CASES,
    RECODE,
    RECODED,
    SAME_CASE_AS,
    SHORTEST_TEXT,
    read_corrections,
)
from qadaya.returns.messages import column_name
from qadaya.returns.personal import is_personal
from qadaya.returns.register import Register
from qadaya.vocabulary import codes, label

_STAYS = ""  # not None: a field of ipywidgets takes that for nothing chosen
_TWICE = (COUNT_HERE, SAME_CASE_AS, DIFFERENT_CASES)


class Decisions:
    """Decisions on single rows; none changes what a court sent."""

    def __init__(self, speech: Speech) -> None:
        say = speech.say
        self.speech = speech
        self.shelf = Register()
        self.where = RowChoice(self.shelf, speech, say("Return"), say("Row"))
        self.other = RowChoice(
            self.shelf, speech, say("Return with the other row"), say("The other row")
        )
        self.action = Dropdown(
            options=[(say(text), code) for code, text in ACTIONS.items()], layout=WIDE
        )
        self.codes = {column: self._new_code(column) for column in RECODED}
        # Handed over when the field is left: a click may overtake letters under way.
        self.reason = Textarea(rows=2, layout=WIDE, continuous_update=False)
        self.by = Text(layout=WIDE, continuous_update=False)
        self.on = DatePicker(value=date.today(), layout=Layout(width="14rem"))
        self.recode = VBox(
            [
                labelled(column_name(column, speech.language), field)
                for column, field in self.codes.items()
            ]
        )
        self.plan, self.made = HTML(), MadeDecisions(speech, self.shelf)
        self.doing = Doing(speech)
        self.enter = button(say("Enter this decision"), self._enter, main=True)
        self.action.observe(lambda change: self._ask(), "value")
        for field in (self.action, *self.codes.values(), *self.where.fields):
            field.observe(lambda change: self._tell(), "value")
        for field in (*self.other.fields, self.reason, self.by, self.on):
            field.observe(lambda change: self._tell(), "value")
        self.box = VBox(
            [
                heading(say("Decisions of the desk")),
                note(
                    say(
                        "A decision changes what is counted and never what was "
                        "received. Name the office that confirmed it, and no person."
                    )
                ),
                self.where.box,
                labelled(say("What is decided"), self.action),
                self.recode,
                self.other.box,
                labelled(say("Reason"), self.reason),
                labelled(say("Confirmed by (office)"), self.by),
                labelled(say("Confirmed on"), self.on),
                self.plan,
                self.enter,
                self.doing.box,
                self.made.box,
            ]
        )

    def refresh(self) -> None:
        """Read the register and the decisions again."""
        with self.doing.work(self.speech.say("Reading the register"), 0):
            self.where.refresh()
            self.other.refresh()
            self._ask()
            self.made.refresh()

    def _ask(self) -> None:
        """Show the fields that this action needs."""
        self.recode.layout.display = "" if self.action.value == RECODE else "none"
        self.other.box.layout.display = "" if self.action.value in _TWICE else "none"

    def _new_code(self, column: str) -> Dropdown:
        """The codes of a column: a row may be wrong in several of them."""
        named = [(label(column, c, self.speech.language), c) for c in codes(column)]
        stays = (self.speech.say("stays as it is"), _STAYS)
        return Dropdown(options=[stays, *named], layout=Layout(width="20rem"))

    @property
    def _to(self) -> dict[str, str]:
        """The columns that are given another code, and which."""
        chosen = {column: field.value for column, field in self.codes.items()}
        return {column: code for column, code in chosen.items() if code != _STAYS}

    def _tell(self) -> None:
        """Say what the click will do."""
        place = self.where.place
        text = ""
        if place is not None:
            text = self.speech.say(
                "The click adds this to params/corrections.yml: {place}: {action}.",
                place=place_name(place, self.speech),
                action=self._action(),
            )
        self.plan.value = f"<p>{escape(text)}</p>{self._confirmed() if text else ''}"

    def _confirmed(self) -> str:
        """What was written of the reason, the office and the day, as it arrived."""
        say = self.speech.say
        written = {
            say("Reason"): self.reason.value.strip(),
            say("Confirmed by (office)"): self.by.value.strip(),
            say("Confirmed on"): self.on.value and self.speech.day(self.on.value),
        }
        lines = [
            say("{name}: {value}", name=name, value=inert(value))
            for name, value in written.items()
            if value
        ]
        return "".join(f"<p>{line}</p>" for line in lines)

    def _action(self) -> str:
        action = str(self.action.value)
        text = self.speech.say(ACTIONS[action])
        if action == RECODE and self._to:
            coded = [code_name(*each, self.speech) for each in self._to.items()]
            return f"{text} ({self.speech.listed(coded)})"
        if action in _TWICE and self.other.place is not None:
            return f"{text} ({place_name(self.other.place, self.speech)})"
        return text

    def _enter(self) -> None:
        say = self.speech.say
        with self.doing.work(say("Entering the decision"), 0):
            wanted = self._wanted()
            if wanted:
                self.doing.said.warn(wanted)
                return
            enter_decision(self.shelf, decision_of(self._fields()))
            self.reason.value = self.by.value = ""
            for field in self.codes.values():
                field.value = _STAYS
            self.made.refresh()
            self.doing.said.tell(
                say("The decision is entered, and counts from now on.")
            )

    def _wanted(self) -> str:
        """What has to be put right before a decision can be entered, if anything."""
        say = self.speech.say
        where, other, day = self.where.place, self.other.place, self.on.value
        texts = self.reason.value.strip(), self.by.value.strip()
        if where is None:
            return say("Choose a row first.")
        if self.action.value == RECODE and not self._to:
            return say("Choose a new code for one column at least.")
        if self.action.value == RECODE and (left := self._still_left_out()):
            return say(
                "The row stays left out because of: {columns}. Choose a new code there "
                "too.",
                columns=self.speech.listed(left),
            )
        if self.action.value in _TWICE and other is None:
            return say("Choose the other row too.")
        if self.action.value in _TWICE and other == where:
            return say("The other row is the same row. Choose another one.")
        if day is None or not all(texts):
            return say("Write the reason, the office that confirmed it, and the day.")
        if min(map(len, texts)) < SHORTEST_TEXT:
            return say("Write the reason and the office in words.")
        if any(map(is_personal, texts)):
            return say(
                "The reason or the office names a person, or holds a number of theirs. "
                "Name the office alone."
            )
        if not date(where.year, 1, 1) <= day <= date.today():
            return say("The day lies before the year of the return, or is yet to come.")
        return ""

    def _still_left_out(self) -> list[str]:
        """The names of columns that leave the row out and are given no new code."""
        mended = set(self._to)
        for made in read_corrections():
            if made.where == self.where.place and made.withdrawn_on is None:
                mended |= set(made.to)
        left = self.where.left_out_by - mended
        return [column_name(c, self.speech.language) for c in RECODED if c in left]

    def _fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "where": self.where.place,
            "action": self.action.value,
        }
        if self.action.value == RECODE:
            fields["to"] = self._to
        if self.action.value in _TWICE:
            fields["other"] = self.other.place
        return fields | {
            "reason": self.reason.value.strip(),
            "confirmed_by": self.by.value.strip(),
            "confirmed_on": self.on.value,
        }
