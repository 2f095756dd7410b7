"""The explorer of published figures: offence, unit and year, each cell with its source.

    explorer = explore_published()
    explorer                            # in a notebook: filters and the table
    explorer.selection = {"unit": "persons", "years": [2023, 2024]}
    explorer.table()                    # the figures shown, missing ones with a reason

Nothing in it was counted here: it shows what others have printed, as they printed it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pandas as pd
import traitlets

from qadaya.errors import ParameterError
from qadaya.views.explorer.kept import KeptWidget
from qadaya.views.explorer.module import PUBLISHED, script
from qadaya.views.explorer.published_facts import (
    known_offences,
    known_units,
    known_years,
    published_facts,
    published_lines,
    unit_of_line,
)
from qadaya.views.explorer.published_labels import published_labels
from qadaya.views.explorer.published_plain import published_html
from qadaya.views.explorer.selection import is_span
from qadaya.views.prose.chapter import reason
from qadaya.views.prose.words import Words

KEYS = ("offences", "unit", "years")


class PublishedExplorer(KeptWidget):
    """The published figures with filters; a widget like any other.

    `selection` is what is chosen: offences (a list of series of the ledger), unit,
    years (first and last). It can be observed, linked, and set from Python, also in
    part: what is left out means everything, and for the unit court cases.
    Raises: ParameterError when a selection names what is not there.
    """

    _esm: ClassVar[str] = script(PUBLISHED)
    _module: ClassVar[str] = PUBLISHED
    _state: ClassVar[tuple[str, ...]] = ("facts", "labels", "selection")

    facts = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    selection = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        language: str = "en",
        selection: Mapping[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        super().__init__(
            labels=published_labels(language),
            facts=published_facts(language),
            selection=checked(selection),
            **traits,
        )

    @traitlets.validate("selection")
    def _whole_selection(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return checked(proposal["value"])

    def table(self) -> pd.DataFrame:
        """The figures of the selection.

        Rows: one per offence and year in the unit chosen; an offence that was never
        printed in it has none. Columns: offence (series of the ledger), unit, year,
        value (missing where nothing was printed), as_printed, sources, missing (why
        there is no figure, in the explorer's language).
        """
        words = Words(self.labels["language"])
        first, last = self.selection["years"]
        rows = [
            (
                line.series,
                unit_of_line(line),
                line.year,
                None if line.value is None else float(line.value),
                line.as_printed[0] if line.value is not None else None,
                ", ".join(line.source_ids) or None,
                reason(line, words) or None,
            )
            for line in published_lines()
            if line.series in self.selection["offences"]
            and unit_of_line(line) == self.selection["unit"]
            and first <= line.year <= last
        ]
        columns = ["offence", "unit", "year", "value", "as_printed", "sources"]
        return pd.DataFrame(rows, columns=[*columns, "missing"])

    def plain(self) -> str:
        """The figures of every unit as tables, for where no explorer runs."""
        return published_html(self.facts, self.labels)

    def name(self) -> str:
        """What the explorer is called where only text is shown."""
        return "<Explorer of published figures>"


def explore_published(
    *, language: str = "en", selection: Mapping[str, Any] | None = None
) -> PublishedExplorer:
    """The explorer of published figures, in Arabic (ar), French (fr) or English (en).

    Raises: ParameterError for an unknown language, or a selection of what is not there.
    """
    return PublishedExplorer(language=language, selection=selection)


def checked(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """The complete selection that `given` means.

    Raises: ParameterError for an unknown key, offence or unit, or another year.
    """
    given = {} if given is None else given
    if not isinstance(given, Mapping):
        raise ParameterError(
            f"selection is {given!r}; expected a dict with {', '.join(KEYS)}"
        )
    for key in given:
        _one_of("a key", key, KEYS)
    offences = given.get("offences", known_offences())
    if isinstance(offences, str) or not isinstance(offences, Sequence):
        raise ParameterError(
            f"selection: offences is {offences!r}; expected a list of series"
        )
    for name in offences:
        _one_of("offences", name, known_offences())
    return {
        "offences": [name for name in known_offences() if name in set(offences)],
        "unit": _one_of("unit", given.get("unit", known_units()[0]), known_units()),
        "years": _years(given.get("years", [known_years()[0], known_years()[-1]])),
    }


def _years(wanted: Any) -> list[int]:
    first, last = known_years()[0], known_years()[-1]
    if not is_span(wanted, first, last):
        raise ParameterError(
            f"selection: years is {wanted!r}; expected the first and the last year of "
            f"{first} to {last}, such as [{first}, {last}]"
        )
    return list(wanted)


def _one_of(name: str, value: Any, known: Sequence[str]) -> Any:
    if value not in known:
        raise ParameterError(
            f"selection: {name} is {value!r}; expected one of {', '.join(known)}"
        )
    return value
