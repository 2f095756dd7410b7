"""What every explorer is: counts with filters, a widget like any other."""

from abc import abstractmethod
from typing import Any, ClassVar

import pandas as pd
import traitlets

from qadaya.views.explorer.assets import plotly_assets
from qadaya.views.explorer.kept import KeptWidget
from qadaya.views.explorer.module import script
from qadaya.views.explorer.selection import Choices, checked, everything, in_few_words


class Explorer(KeptWidget):
    """Counts with filters by court, platform and year; a widget like any other.

    `selection` is what is chosen: courts, platforms (lists of codes), years (first and
    last), measure, breakdown. It can be observed, linked, and set from Python, also in
    part: what is left out means everything. Set it to a new dict; a change inside the
    dict goes unseen.
    Raises: ParameterError when a selection names what is not there.
    """

    _esm: ClassVar[str] = script()
    _state: ClassVar[tuple[str, ...]] = ("cube", "facts", "labels", "selection")

    cube = traitlets.Dict().tag(sync=True)
    facts = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    selection = traitlets.Dict().tag(sync=True)

    def __init__(self, choices: Choices, selection: Any, **traits: Any) -> None:
        plotly_assets()  # first, so that it is there when the explorer is drawn
        self._choices = choices
        super().__init__(selection=checked(selection, choices), **traits)

    @traitlets.validate("selection")
    def _whole_selection(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return checked(proposal["value"], self._choices)

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The table behind what is shown: counts by year and breakdown."""

    def tidy(self) -> pd.DataFrame:
        """The same table with columns that are called alike whatever is chosen.

        Rows: one per year x code of the breakdown. Columns: year, code, name (of the
        code, in the language of the explorer), n (missing where it is no number),
        state and, of an edition, reported and expected: the returns behind it.
        """
        table = self.table()
        column = str(table.columns[1])
        names = {each["id"]: each["name"] for each in self.facts[self._listed()]}
        known = [
            name for name in ("n", "state", "reported", "expected") if name in table
        ]
        return pd.DataFrame(
            {
                "year": table["year"],
                "code": table[column].astype(str),
                "name": [names[str(code)] for code in table[column]],
                **{name: table[name] for name in known},
            }
        )

    def headings(self, tidy: pd.DataFrame) -> dict[str, str]:
        """What the columns of `tidy()` that a reader needs are called in a table."""
        words = self.labels["words"]
        chosen = self.selection
        names = {measure["id"]: measure["name"] for measure in self.facts["measures"]}
        headings = {
            "year": words["year"],
            "name": words[f"by_{chosen['breakdown']}"],
            "n": names[chosen["measure"]],
            "reported": words["returns_received"],
            "expected": words["returns_expected"],
        }
        return {name: heading for name, heading in headings.items() if name in tidy}

    def chosen(self) -> dict[str, Any]:
        """What is chosen in few words: what `selection=` needs to choose it again."""
        return in_few_words(self.selection, self._choices)

    def reset(self) -> None:
        """Choose everything again."""
        self.selection = everything(self._choices)

    def _listed(self) -> str:
        return f"{self.selection['breakdown']}s"
