"""Plain controls of ipywidgets for court, platform and year, without the explorer.

    filters(edition, lambda counts: counts.plot.bar(x="year", y="n"))

The function is given a frame of what is chosen, again after every choice, and what it
gives is shown under the controls.
"""

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets
import pandas as pd
import traitlets

from qadaya.editions.edition import Edition
from qadaya.views.explorer.drawn import error_output, forms_of, output_of
from qadaya.views.explorer.facts import choices_of, place_name
from qadaya.views.explorer.selection import Choices
from qadaya.views.explorer.stays import court_of
from qadaya.views.frames.tidy import tidy_counts
from qadaya.views.prose.words import Words
from qadaya.vocabulary import label

Function = Callable[[pd.DataFrame], Any]


class Filters(ipywidgets.VBox):  # type: ignore[misc]
    """Court, platform and years as three controls; a widget like any other.

    `where` is what is chosen, as `edition.counts(where=...)` takes it; it can be
    observed. `frame()` gives the counts of it.
    """

    where = traitlets.Dict()

    def __init__(
        self,
        edition: Edition,
        function: Function | None = None,
        *,
        by: str | Iterable[str] = ("year", "platform"),
        measure: str = "cases",
        intervals: bool = False,
        language: str = "en",
    ) -> None:
        choices, words = choices_of(edition), Words(language)
        self._edition, self._function = edition, function
        self._asked: dict[str, Any] = {
            "by": by if isinstance(by, str) else tuple(by),
            "measure": measure,
            "intervals": intervals,
            "language": language,
        }
        self.court = _court_list(choices, words)
        self.platform = _platform_list(choices, words)
        self.years = _year_slider(choices, words)
        self._shown = ipywidgets.Output()
        super().__init__([self.court, self.platform, self.years, self._shown])
        self._choose()
        self._show()
        for control in (self.court, self.platform, self.years):
            control.observe(self._follow, names="value")

    def frame(self) -> pd.DataFrame:
        """The counts of what is chosen, as `edition.counts` gives them."""
        return tidy_counts(self._edition, where=self.where, **self._asked)

    def _follow(self, _: object) -> None:
        self._choose()
        try:
            self._show()
        except Exception as error:
            # A front end tells nobody of an error in an observer; here it is seen.
            self._shown.outputs = (error_output(error),)

    def _choose(self) -> None:
        first, last = self.years.value
        where: dict[str, Any] = dict([self.court.value] if self.court.value else [])
        if self.platform.value:
            where["platform"] = self.platform.value
        years = [year for year in self._edition.years if first <= year <= last]
        self.where = where | {"year": years}

    def _show(self) -> None:
        counts = self.frame()
        if self._function is not None:
            drawn = forms_of(self._function(counts))
            self._shown.outputs = (output_of(drawn),)


def filters(
    edition: Edition,
    function: Function | None = None,
    *,
    by: str | Iterable[str] = ("year", "platform"),
    measure: str = "cases",
    intervals: bool = False,
    language: str = "en",
) -> Filters:
    """Controls for court, platform and years that hand a frame to any function.

    `function` is given `edition.counts(by=by, where=...)` of what is chosen, and gives
    a plotly, matplotlib or Altair figure, a frame or text; what goes wrong in it later
    is shown in its place. Without one, read `.frame()` or observe `.where`.
    Raises: ParameterError for an unknown column, measure or language; what `function`
    raises for the choice it begins with.
    """
    return Filters(
        edition,
        function,
        by=by,
        measure=measure,
        intervals=intervals,
        language=language,
    )


def _court_list(choices: Choices, words: Words) -> ipywidgets.Dropdown:
    """All courts, then each circuit with its courts under it."""
    options: list[tuple[str, Any]] = [(words("All courts"), ())]
    for circuit, courts in choices.circuits.items():
        place = place_name(circuit, words.language)
        options.append((words("Circuit of {place}", place=place), ("circuit", circuit)))
        options += [
            (f"\u2003{_court(court, circuit, words)}", ("court", court))
            for court in (court_of(each, choices.moved) for each in courts)
            # A court that moved stands where it was last.
            if choices.moved.get(court, courts)[-1] in courts
        ]
    return ipywidgets.Dropdown(description=words("Court"), options=options)


def _court(court: str, circuit: str, words: Words) -> str:
    place = place_name(court, words.language)
    return words("Court of Appeal, {place}", place=place) if court == circuit else place


def _platform_list(choices: Choices, words: Words) -> ipywidgets.Dropdown:
    known = [(label("platform", p, words.language), p) for p in choices.platforms]
    return ipywidgets.Dropdown(
        description=words("Platform"),
        options=[(words("All platforms"), ""), *known],
    )


def _year_slider(choices: Choices, words: Words) -> ipywidgets.SelectionRangeSlider:
    last = len(choices.years) - 1
    return ipywidgets.SelectionRangeSlider(
        description=words("Year"),
        options=[(str(year), year) for year in choices.years],
        index=(0, last),
        continuous_update=False,
    )
