"""The decisions that were made: which of them count, and how one is withdrawn."""

from datetime import date
from html import escape

from ipywidgets import HTML, Dropdown, VBox

from qadaya.desk.deciding import withdraw_decision
from qadaya.desk.decision_words import action_name, place_name
from qadaya.desk.held import is_begun
from qadaya.desk.parts import WIDE, Doing, button, labelled, offer, table
from qadaya.desk.speech import Speech, inert
from qadaya.returns.corrections import Correction, read_corrections
from qadaya.returns.register import Register


class MadeDecisions:
    """A table of the decisions, and a way to withdraw one.

    One whose row a later return no longer has stops every count until it is withdrawn.
    """

    def __init__(self, speech: Speech, shelf: Register) -> None:
        say = speech.say
        self.speech, self.shelf = speech, shelf
        self.found, self.plan = HTML(), HTML()
        self.doing = Doing(speech)
        self.standing: list[Correction] = []
        self.chosen = Dropdown(layout=WIDE)
        self.chosen.observe(lambda change: self._tell(), "value")
        withdraw = button(say("Withdraw this decision"), self._withdraw)
        label = labelled(say("Decision to withdraw"), self.chosen)
        self.ways = VBox([label, self.plan, withdraw])
        self.box = VBox([self.found, self.ways, self.doing.box])

    def refresh(self) -> None:
        """Read the decisions again.

        Raises: ParameterError where one fits nothing that counts; all are shown then.
        """
        self._show()
        if self.standing and is_begun(self.shelf):
            self.shelf.decisions()

    def _show(self) -> None:
        made = read_corrections()
        self.standing = [decision for decision in made if decision.withdrawn_on is None]
        self.ways.layout.display = "" if self.standing else "none"
        offer(self.chosen, [(self._name(one), n) for n, one in self._numbered()])
        self._tell()
        self.found.value = self._listed(made)

    def _numbered(self) -> list[tuple[int, Correction]]:
        return list(enumerate(self.standing))

    def _name(self, made: Correction) -> str:
        place = place_name(made.where, self.speech)
        return f"{place}: {action_name(made, self.speech)}"

    def _listed(self, made: list[Correction]) -> str:
        say = self.speech.say
        if not made:
            return f"<p>{escape(say('No decision was entered yet.'))}</p>"
        head = [say("Where"), say("What is decided"), say("Reason")]
        head += [say("Confirmed by (office)"), say("Confirmed on"), say("Withdrawn on")]
        return table(
            head, [self._row(decision) for decision in made], say("Decisions made")
        )

    def _row(self, made: Correction) -> list[str]:
        place = place_name(made.where, self.speech)
        action = action_name(made, self.speech)
        texts = (place, action, made.reason, made.confirmed_by)
        days = (made.confirmed_on, made.withdrawn_on or "")
        return [*map(inert, texts), *(f"<bdi dir='ltr'>{day}</bdi>" for day in days)]

    def _tell(self) -> None:
        """Say what the click will do."""
        text = self.speech.say(
            "The click writes into params/corrections.yml that this decision counts no "
            "more from today. It stays there, for the editions that were counted with "
            "it."
        )
        self.plan.value = f"<p>{escape(text)}</p>"

    def _withdraw(self) -> None:
        say = self.speech.say
        if self.chosen.value is None:
            self.doing.said.warn(say("Choose a decision first."))
            return
        with self.doing.work(say("Withdrawing the decision"), 0):
            withdraw_decision(self.standing[self.chosen.value], date.today())
            self._show()
            self.doing.said.tell(say("The decision is withdrawn."))
