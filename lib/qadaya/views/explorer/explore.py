"""The explorer: filter the counts of an edition by court, platform and year.

    explorer = explore(edition)
    explorer                                 # in a notebook: filters, charts, tables
    explorer.selection                       # what is chosen, a readable dict
    explorer.selection = {"circuits": ["ca-rabat"], "years": [2023, 2024]}
    explorer.table()                         # the table behind what is shown
    explorer.observe(redraw, names="selection")

The front end is one JavaScript module for two hosts. In JupyterLab it is the front end
of this widget. A page gets its text from `script()`, and its data from the part
`application/vnd.qadaya.explorer+json` of what a notebook shows.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import pandas as pd
import traitlets

from qadaya.editions.edition import Edition
from qadaya.views.explorer.assets import plotly_assets
from qadaya.views.explorer.facts import choices_of, cube_columns, edition_facts
from qadaya.views.explorer.kept import MIME, KeptWidget
from qadaya.views.explorer.labels import labels
from qadaya.views.explorer.module import script
from qadaya.views.explorer.plain import plain_html
from qadaya.views.explorer.selection import (
    checked,
    chosen_cells,
    counted_table,
    everything,
)

__all__ = ["MIME", "Explorer", "explore", "script"]


class Explorer(KeptWidget):
    """The counts of one edition, with filters; a widget like any other.

    `selection` is what is chosen: courts, platforms (lists of codes), years (first and
    last), measure, breakdown. It can be observed, linked, and set from Python, also in
    part: what is left out means everything. Set it to a new dict; a change inside the
    dict goes unseen.
    Raises: ParameterError when a selection names what the edition does not hold.
    """

    _esm: ClassVar[str] = script()
    _state: ClassVar[tuple[str, ...]] = ("cube", "facts", "labels", "selection")

    cube = traitlets.Dict().tag(sync=True)
    facts = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    selection = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        edition: Edition,
        *,
        language: str = "en",
        selection: Mapping[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        words = labels(language)
        plotly_assets()  # first, so that it is there when the explorer is drawn
        self._choices = choices_of(edition)
        self._cube = edition.cube
        self._reporting = edition.table("reporting")
        super().__init__(
            cube=cube_columns(self._cube, self._choices),
            facts=edition_facts(edition, self._choices, language),
            labels=words,
            selection=checked(selection, self._choices),
            **traits,
        )

    @traitlets.validate("selection")
    def _whole_selection(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return checked(proposal["value"], self._choices)

    def table(self) -> pd.DataFrame:
        """Counts by year and breakdown for the selection.

        Rows: one per year x code of the breakdown, the complete grid. Columns: year,
        the breakdown (platform, circuit_id, stage or result), `n` in cases (missing
        where it is no number), `state` (one of COUNT_STATES), `reported`, `expected`
        and `nil`: returns that came, were due, and said that there was no case.
        """
        return counted_table(self._cube, self._reporting, self.selection, self._choices)

    def cells(self) -> pd.DataFrame:
        """The cells of the edition's cube that the selection counts, to sum as needed.

        Rows: one per court x platform x year x stage x result. Unit of `n`: cases.
        """
        return chosen_cells(self._cube, self.selection)

    def reset(self) -> None:
        """Choose everything again."""
        self.selection = everything(self._choices)

    def plain(self) -> str:
        """The table in HTML, for where no explorer runs."""
        return plain_html(self.facts, self.labels, self.table())

    def name(self) -> str:
        """What the explorer is called where only text is shown."""
        return f"<Explorer of edition {self.facts['edition']}>"


def explore(
    edition: Edition,
    language: str = "en",
    selection: Mapping[str, Any] | None = None,
) -> Explorer:
    """The explorer of an edition, in Arabic (ar), French (fr) or English (en).

    Raises: ParameterError for an unknown language, or a selection that the edition
    does not hold.
    """
    return Explorer(edition, language=language, selection=selection)
