"""The explorer of any frame of court statistics: another country's, another year's.

    explore(cases, court="district", groups="state", year="year", count="cases",
            source="Name of the publisher, title, date")

A frame knows its own rows and nothing else. So a count is a value or a zero where there
is a row, and no figure where there is none; who did not report, what was hidden and
how a count was rounded are not claimed.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from qadaya.errors import ParameterError
from qadaya.inference import MINIMUM_SEEN, compare_counts
from qadaya.views.explorer.base import Explorer
from qadaya.views.explorer.chance import chance_table
from qadaya.views.explorer.facts import packed
from qadaya.views.explorer.frame_labels import frame_labels
from qadaya.views.explorer.frame_plain import frame_html
from qadaya.views.explorer.frame_read import (
    ALL,
    Columns,
    cells_of,
    choices_in,
    distinct,
    names_of,
)
from qadaya.views.explorer.selection import Choices
from qadaya.views.prose.words import Words, kept_together
from qadaya.vocabulary import NOT_ESTABLISHED, REPORTING, VALUE, ZERO

NOT_GIVEN = "not_given"
# The state of a count by what is known of it, as STATE_BY_FACTS of an edition: here a
# row is both what came and what was due.
_STATES = [(VALUE if k & 1 else ZERO) if k & 12 else NOT_GIVEN for k in range(16)]


class FrameExplorer(Explorer):
    """The counts of one frame, with filters; see `Explorer`."""

    def __init__(
        self,
        cells: pd.DataFrame,
        columns: Columns,
        *,
        source: str,
        synthetic: bool = False,
        language: str = "en",
        selection: Mapping[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        choices = choices_in(cells, columns)
        self._cells, self._columns = cells, columns
        super().__init__(
            choices,
            selection,
            labels=frame_labels(names_of(columns), language),
            cube=_cube(cells, choices),
            facts=_facts(cells, choices, columns, source, synthetic, language),
            **traits,
        )

    def cells(self) -> pd.DataFrame:
        """The rows of the frame that the selection counts.

        Columns: court, group, platform, year, n.
        """
        chosen, cells = self.selection, self._cells
        inside = cells["court"].isin(chosen["courts"])
        inside &= cells["platform"].isin(chosen["platforms"])
        return cells[inside & cells["year"].between(*chosen["years"])].copy()

    def table(self) -> pd.DataFrame:
        """Counts by year and breakdown for the selection.

        Rows: one per year x code of the breakdown, the complete grid. Columns: year,
        group or platform, n (missing where the frame has no row), state (value, zero,
        not_given). Unit: that of the frame.
        """
        column = "platform" if self.selection["breakdown"] == "platform" else "group"
        cells = self.cells()
        sums = cells.groupby(["year", column])["n"].sum()
        first, last = self.selection["years"]
        years = [year for year in self._choices.years if first <= year <= last]
        grid = pd.MultiIndex.from_product(
            [years, self._codes(column)], names=["year", column]
        )
        counts = sums.reindex(grid).astype("Int64").rename("n").reset_index()
        known = counts["n"].notna()
        state = (counts["n"] > 0).map({True: VALUE, False: ZERO})
        return counts.assign(state=state.where(known, NOT_GIVEN))

    def plain(self) -> str:
        """The table in HTML, for where no explorer runs."""
        tidy = self.tidy()
        corner = self.headings(tidy)["name"]
        return frame_html(self.facts, self.labels, tidy, corner)

    def name(self) -> str:
        """What the explorer is called where only text is shown."""
        return f"<Explorer of {self.facts['measures'][0]['name']}>"

    def _codes(self, column: str) -> list[str]:
        chosen = set(self.selection["courts"])
        if not (chosen and self.selection["platforms"]):
            return []
        if column == "platform":
            return list(self.selection["platforms"])
        circuits = self._choices.circuits.items()
        return [group for group, courts in circuits if chosen & set(courts)]


def frame_explorer(
    frame: Any,
    *,
    court: str | None = None,
    year: str | None = None,
    count: str | None = None,
    platform: str | None = None,
    groups: str | None = None,
    source: str | None = None,
    synthetic: bool = False,
    language: str = "en",
    selection: Mapping[str, Any] | None = None,
) -> FrameExplorer:
    """The explorer of a tidy frame: one row for each court, year and platform.

    `court`, `year`, `count`: the names of its columns; `platform`, of any kind by which
    the counts are told apart, and `groups`, in which the courts lie, where it has them.
    `source` is shown with the figures, `synthetic` marks figures that are invented.
    Raises: ParameterError for a column that is missing, an empty frame, a count that is
    negative or broken, a year that is none, two rows for one place and year.
    """
    parts = {"court": court, "year": year, "count": count}
    missing = [part for part, name in parts.items() if not isinstance(name, str)]
    if missing:
        raise ParameterError(
            f"{', '.join(missing)} of the frame not named; expected the names of its "
            'columns, such as court="district", year="year", count="cases"'
        )
    if not (isinstance(source, str) and source.strip()):
        raise ParameterError(
            f"source is {source!r}; expected a line that says where the figures are "
            "from: publisher, title, date"
        )
    columns = Columns(str(court), str(year), str(count), platform, groups)
    if not distinct(list(vars(columns).values())):
        raise ParameterError("one column plays two parts; expected one column for each")
    return FrameExplorer(
        cells_of(frame, columns),
        columns,
        source=source.strip(),
        synthetic=synthetic,
        language=language,
        selection=selection,
    )


def _cube(cells: pd.DataFrame, choices: Choices) -> dict[str, Any]:
    """The cells as the front end takes them: all of one stage and one result."""
    places = {
        "court": choices.courts,
        "platform": choices.platforms,
        "year": choices.years,
    }
    columns = {
        name: cells[name].map({code: k for k, code in enumerate(known)}).to_numpy()
        for name, known in places.items()
    }
    nothing = cells["n"].to_numpy() * 0
    columns |= {"stage": nothing, "result": nothing, "n": cells["n"].to_numpy()}
    return {name: packed(values) for name, values in columns.items()}


def _facts(
    cells: pd.DataFrame,
    choices: Choices,
    columns: Columns,
    source: str,
    synthetic: bool,
    language: str,
) -> dict[str, Any]:
    """What `edition_facts` gives of an edition, as far as a frame can know it."""
    total, names = int(cells["n"].sum()), names_of(columns)
    groups = {group: k for k, group in enumerate(choices.circuits)}
    exact = {"all": 0, "circuit": 0, "court": 0}
    sizes = len(choices.platforms), len(choices.years)
    return {
        "edition": _slug(columns.count),
        "audience": "frame",
        "source": source,
        "synthetic": synthetic,
        "as_of": "",
        "manifest": "",
        "years": list(choices.years),
        "courts": [
            {"id": court, "circuit": groups[group], "name": court, "also": []}
            for group, courts in choices.circuits.items()
            for court in courts
        ],
        "circuits": _named(choices.circuits),
        "platforms": [
            {"id": code, "name": names["count"] if code == ALL else code}
            for code in choices.platforms
        ],
        "stages": _named(["-"]),
        "results": _named(["-"]),
        "measures": [
            {"id": "cases", "name": names["count"], "stages": [0], "results": [0]}
        ],
        "breakdowns": list(choices.breakdowns),
        "states": _STATES,
        "statuses": list(REPORTING),
        "reporting": _reporting(choices),
        "largest": None,
        "errors": {"cases": [[exact] * sizes[1]] * sizes[0]},
        "most": total,
        "chance": chance_table(total),
        "p_of_3_and_6": kept_together(
            Words(language).p_value(float(compare_counts(3, 6).p))
        ),
        "breaks": [],
        "thin": MINIMUM_SEEN,
    }


def _named(known: Any) -> list[dict[str, str]]:
    return [{"id": code, "name": code} for code in known]


def _reporting(choices: Choices) -> dict[str, str]:
    """No return was due: who reports to whom, a frame does not say."""
    unknown = list(REPORTING).index(NOT_ESTABLISHED)
    grid = len(choices.courts) * len(choices.years)
    return packed(pd.Series(unknown, index=range(grid)).to_numpy())


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name).split()) or "frame"
