"""The room of decisions: a row, what is decided of it, the reason, who confirmed it."""

from datetime import date
from html import escape
from typing import Any

from ipywidgets import HTML, DatePicker, Dropdown, Layout, Text, Textarea, VBox

from qadaya.desk.deciding import decision_of, enter_decision
from qadaya.desk.held import is_begun
from qadaya.desk.parts import (
    WIDE,
    Doing,
    button,
    heading,
    labelled,
    note,
    offer,
    table,
)
from qadaya.desk.row_choice import RowChoice
from qadaya.desk.speech import Speech, inert
from qadaya.returns.corrections import (
    COUNT_HERE,
    DIFFERENT_CASES,
    EXCLUDE,
    RECODE,
    RECODED,
    SAME_CASE_AS,
    SHORTEST_TEXT,
    Place,
)
from qadaya.returns.messages import column_name
from qadaya.returns.personal import is_personal
from qadaya.returns.register import Register
from qadaya.returns.register.meant_rows import Applied
from qadaya.vocabulary import codes, label

ACTIONS = {
    EXCLUDE: "Do not count this row",
    RECODE: "Give the case another code",
    COUNT_HERE: "Listed twice: count it here, not at the other row",
    SAME_CASE_AS: "Listed twice: count it at the other row, not here",
    DIFFERENT_CASES: "Two cases that only look alike: count both",
}
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
        self.column = Dropdown(
            options=[(column_name(each, speech.language), each) for each in RECODED],
            layout=Layout(width="20rem"),
        )
        self.code = Dropdown(layout=Layout(width="20rem"))
        # Handed over when the field is left: a click may overtake letters under way.
        self.reason = Textarea(rows=2, layout=WIDE, continuous_update=False)
        self.by = Text(layout=WIDE, continuous_update=False)
        self.on = DatePicker(value=date.today(), layout=Layout(width="14rem"))
        self.recode = VBox(
            [labelled(say("Column"), self.column), labelled(say("New code"), self.code)]
        )
        self.plan, self.found = HTML(), HTML()
        self.doing = Doing(speech)
        self.enter = button(say("Enter this decision"), self._enter, main=True)
        self.action.observe(lambda change: self._ask(), "value")
        self.column.observe(lambda change: self._offer_codes(), "value")
        for field in (self.action, self.column, self.code, *self.where.fields):
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
                self.found,
            ]
        )

    def refresh(self) -> None:
        """Read the register and the decisions again."""
        with self.doing.work(self.speech.say("Reading the register"), 0):
            self.where.refresh()
            self.other.refresh()
            self._ask()
            self._offer_codes()
            self._list()

    def _ask(self) -> None:
        """Show the fields that this action needs."""
        self.recode.layout.display = "" if self.action.value == RECODE else "none"
        self.other.box.layout.display = "" if self.action.value in _TWICE else "none"

    def _offer_codes(self) -> None:
        column, language = self.column.value, self.speech.language
        offer(self.code, [(label(column, c, language), c) for c in codes(column)])

    def _tell(self) -> None:
        """Say what the click will do."""
        place = self.where.place
        text = ""
        if place is not None:
            text = self.speech.say(
                "The click adds this to params/corrections.yml: {place}: {action}.",
                place=self._place(place),
                action=self._action(),
            )
        self.plan.value = f"<p>{escape(text)}</p>{self._confirmed() if text else ''}"

    def _confirmed(self) -> str:
        """What was written of the reason, the office and the day, as it arrived."""
        say = self.speech.say
        written = {
            say("Reason"): self.reason.value.strip(),
            say("Confirmed by (office)"): self.by.value.strip(),
            say("Confirmed on"): self.on.value,
        }
        return "".join(
            f"<p>{escape(name)}: {inert(str(value))}</p>"
            for name, value in written.items()
            if value
        )

    def _action(self) -> str:
        action = str(self.action.value)
        text = self.speech.say(ACTIONS[action])
        if action == RECODE:
            return f"{text} ({self._coded(self.column.value, self.code.value)})"
        if action in _TWICE and self.other.place is not None:
            return f"{text} ({self._place(self.other.place)})"
        return text

    def _coded(self, column: str, code: str) -> str:
        language = self.speech.language
        return f"{column_name(column, language)} = {label(column, code, language)}"

    def _place(self, place: Place) -> str:
        text = "{court}, {year}, version {version}, row {row}"
        if place.supplement:
            text = "{court}, {year}, supplement {version}, row {row}"
        return self.speech.say(
            text,
            court=self.speech.court(place.court),
            year=place.year,
            version=place.version or place.supplement,
            row=place.row,
        )

    def _enter(self) -> None:
        say = self.speech.say
        wanted = self._wanted()
        if wanted:
            self.doing.said.warn(wanted)
            return
        with self.doing.work(say("Entering the decision"), 0):
            enter_decision(self.shelf, decision_of(self._fields()))
            self.reason.value = self.by.value = ""
            self._list()
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

    def _fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "where": self.where.place,
            "action": self.action.value,
        }
        if self.action.value == RECODE:
            fields["to"] = {self.column.value: self.code.value}
        if self.action.value in _TWICE:
            fields["other"] = self.other.place
        return fields | {
            "reason": self.reason.value.strip(),
            "confirmed_by": self.by.value.strip(),
            "confirmed_on": self.on.value,
        }

    def _list(self) -> None:
        say = self.speech.say
        made = self.shelf.decisions() if is_begun(self.shelf) else []
        if not made:
            text = say("No decision was entered yet.")
            self.found.value = f"<p>{escape(text)}</p>"
            return
        head = [say("Where"), say("What is decided"), say("Reason")]
        head += [say("Confirmed by (office)"), say("Confirmed on")]
        rows = [self._row(one) for one in made]
        self.found.value = table(head, rows, say("Decisions that count now"))

    def _row(self, one: Applied) -> list[str]:
        made = one.correction
        action = self.speech.say(ACTIONS[made.action])
        coded = [self._coded(column, code) for column, code in made.to.items()]
        if made.other is not None:
            coded.append(self._place(made.other))
        if coded:
            action += f" ({self.speech.listed(coded)})"
        texts = (self._place(made.where), action, made.reason, made.confirmed_by)
        return [*map(inert, texts), f"<bdi dir='ltr'>{made.confirmed_on}</bdi>"]
