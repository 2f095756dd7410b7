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
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.views.explorer.base import Explorer
from qadaya.views.explorer.facts import choices_of, cube_columns, edition_facts
from qadaya.views.explorer.framed import frame_explorer
from qadaya.views.explorer.kept import MIME
from qadaya.views.explorer.labels import labels
from qadaya.views.explorer.module import script
from qadaya.views.explorer.plain import plain_html
from qadaya.views.explorer.selection import chosen_cells, counted_table

__all__ = ["MIME", "Explorer", "explore", "script"]


class EditionExplorer(Explorer):
    """The counts of one edition, with filters; see `Explorer`."""

    def __init__(
        self,
        edition: Edition,
        *,
        language: str = "en",
        selection: Mapping[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        choices = choices_of(edition)
        self._cube = edition.cube
        self._reporting = edition.table("reporting")
        super().__init__(
            choices,
            selection,
            labels=labels(language),
            cube=cube_columns(self._cube, choices),
            facts=edition_facts(edition, choices, language),
            **traits,
        )

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
        return chosen_cells(self._cube, self.selection, self._choices)

    def plain(self) -> str:
        """The table in HTML, for where no explorer runs."""
        return plain_html(self.facts, self.labels, self.table())

    def name(self) -> str:
        """What the explorer is called where only text is shown."""
        return f"<Explorer of edition {self.facts['edition']}>"


def explore(
    counts: Any,
    language: str = "en",
    selection: Mapping[str, Any] | None = None,
    *,
    synthetic: bool = False,
    **columns: Any,
) -> Explorer:
    """The explorer of an edition or of a frame, in Arabic (ar), French or English.

    Of a frame its columns are named: `court`, `year`, `count` and, where it has them,
    `platform` and `groups` (of courts); `source` says where its figures are from, and
    `synthetic` that they are invented. See `frame_explorer`.

        explore(edition)
        explore(frame, court="district", year="year", count="cases", source="...")

    Raises: ParameterError for an unknown language, a selection of what is not there, or
    a frame that cannot be counted.
    """
    if callable(getattr(counts, "table", None)) and hasattr(counts, "as_of"):
        if columns or synthetic:
            named = ", ".join([*columns, *(["synthetic"] if synthetic else [])])
            raise ParameterError(
                f"{named} with an edition, which says this itself; expected for a "
                "frame only"
            )
        return EditionExplorer(counts, language=language, selection=selection)
    if isinstance(counts, str | float | int):
        raise ParameterError(
            f"explore was given {counts!r}; expected an edition, such as "
            f"open_edition({counts!r}), or a frame"
        )
    return frame_explorer(
        counts, language=language, selection=selection, synthetic=synthetic, **columns
    )
