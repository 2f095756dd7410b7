"""What is chosen in the explorer, one readable dict, and the counts that it means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from qadaya.errors import ParameterError
from qadaya.views.explorer.stays import chosen_by, in_stays
from qadaya.views.frames.counts import cells_of_measure
from qadaya.views.frames.grid import counts_on_grid
from qadaya.views.frames.named import codes_named, unknown
from qadaya.vocabulary import MEASURES, RESULTS_OF_MEASURE, STAGES_OF_MEASURE

# What a table can be broken down by, and the column of the cube that says it.
BREAKDOWNS = {
    "platform": "platform",
    "circuit": "circuit_id",
    "stage": "stage",
    "result": "result",
}
KEYS = ("courts", "platforms", "years", "measure", "breakdown")
# A way of naming courts; it is read, then written as `courts`.
_SHORTHAND = "circuits"


@dataclass(frozen=True)
class Choices:
    """What can be chosen: courts by circuit, platforms, years.

    `holder`: what holds them, as a refusal calls it: edition 2026.1. `moved`: courts
    that were in several circuits, each with its stays, which are chosen in its place.
    """

    holder: str
    circuits: dict[str, tuple[str, ...]]
    platforms: tuple[str, ...]
    years: tuple[int, ...]
    measures: tuple[str, ...] = tuple(MEASURES)
    breakdowns: tuple[str, ...] = tuple(BREAKDOWNS)
    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def courts(self) -> tuple[str, ...]:
        """All courts, or stays of courts that moved, circuit by circuit."""
        return tuple(court for courts in self.circuits.values() for court in courts)


def everything(choices: Choices) -> dict[str, Any]:
    """The selection that the explorer starts with: all that the edition holds."""
    return {
        "courts": list(choices.courts),
        "platforms": list(choices.platforms),
        "years": [choices.years[0], choices.years[-1]],
        "measure": "cases",
        "breakdown": choices.breakdowns[0],
    }


def checked(given: Mapping[str, Any] | None, choices: Choices) -> dict[str, Any]:
    """The complete selection that `given` means.

    A key left out means everything. `courts` and `platforms` take "all", one or
    several, as codes or as names in any language; `circuits` names whole circuits,
    alone or beside `courts`. `years` takes one year, or the first and the last.
    Raises: ParameterError for an unknown key, court, circuit or platform, a year that
    the edition does not hold, or a measure or breakdown that does not exist.
    """
    if given is None:
        return everything(choices)
    if not isinstance(given, Mapping):
        raise ParameterError(
            f"selection is {given!r}; expected a dict with {', '.join(KEYS)}"
        )
    for key in given:
        _one_of("a key", key, (*KEYS, _SHORTHAND))
    base = everything(choices)
    return {
        "courts": _courts(given, choices),
        "platforms": _listed(given, "platforms", choices.platforms),
        "years": _years(given.get("years", base["years"]), choices),
        "measure": _one_of(
            "measure", given.get("measure", base["measure"]), choices.measures
        ),
        "breakdown": _one_of(
            "breakdown", given.get("breakdown", base["breakdown"]), choices.breakdowns
        ),
    }


def in_few_words(selection: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    """What of a selection is not everything; whole circuits by their own codes."""
    base = everything(choices)
    few = {key: value for key, value in selection.items() if value != base[key]}
    if "courts" not in few:
        return few
    chosen = set(few.pop("courts"))
    whole = [name for name, all_ in choices.circuits.items() if chosen >= set(all_)]
    rest = chosen - {court for name in whole for court in choices.circuits[name]}
    circuits = {_SHORTHAND: whole} if whole else {}
    courts = [court for court in choices.courts if court in rest]
    return {**circuits, **({"courts": courts} if courts or not whole else {}), **few}


def chosen_cells(
    cube: pd.DataFrame, selection: Mapping[str, Any], choices: Choices
) -> pd.DataFrame:
    """The cells of the cube that a selection counts, a new frame."""
    first, last = selection["years"]
    chosen = cube[
        chosen_by(cube, choices.moved).isin(selection["courts"])
        & cube["platform"].isin(selection["platforms"])
        & cube["year"].between(first, last)
    ]
    return cells_of_measure(chosen, selection["measure"]).reset_index(drop=True)


def counted_table(
    cube: pd.DataFrame,
    reporting: pd.DataFrame,
    selection: Mapping[str, Any],
    choices: Choices,
) -> pd.DataFrame:
    """Counts by year and breakdown, with the returns of the chosen courts behind them.

    Rows: one per year x code of the breakdown, the complete grid; none when no court
    or no platform is chosen. Columns: see `counts_on_grid`. The front end counts the
    same cells; tests hold the two together.
    """
    first, last = selection["years"]
    column = BREAKDOWNS[selection["breakdown"]]
    years = [year for year in choices.years if first <= year <= last]
    domains = {"year": years, column: _domain(selection, choices, column)}
    chosen = chosen_by(reporting, choices.moved).isin(selection["courts"])
    cells = chosen_cells(cube, selection, choices)
    table = counts_on_grid(cells, reporting[chosen], domains)
    columns = ["year", column, "n", "state", "reported", "expected", "nil"]
    return table.astype({"n": "Int64"})[columns]


def _domain(
    selection: Mapping[str, Any], choices: Choices, column: str
) -> Sequence[str]:
    if not (selection["courts"] and selection["platforms"]):
        return []
    if column == "circuit_id":
        chosen = set(selection["courts"])
        return [c for c, courts in choices.circuits.items() if chosen & set(courts)]
    every: dict[str, Sequence[str]] = {
        "platform": selection["platforms"],
        "stage": STAGES_OF_MEASURE[selection["measure"]],
        "result": RESULTS_OF_MEASURE[selection["measure"]],
    }
    return every[column]


def _courts(given: Mapping[str, Any], choices: Choices) -> list[str]:
    wanted: set[str] = set()
    if _SHORTHAND in given:
        circuits = _listed(given, _SHORTHAND, tuple(choices.circuits))
        wanted |= {court for circuit in circuits for court in choices.circuits[circuit]}
    if "courts" in given or _SHORTHAND not in given:
        named = _listed(given, "courts", (*choices.moved, *choices.courts))
        wanted |= in_stays(named, choices.moved)
    return [court for court in choices.courts if court in wanted]


def _listed(given: Mapping[str, Any], key: str, known: Sequence[str]) -> list[str]:
    wanted = given.get(key, "all")
    if isinstance(wanted, str) and wanted == "all":
        return list(known)
    return codes_named(key, wanted, known, "selection: ")


def _years(wanted: Any, choices: Choices) -> list[int]:
    span = _span(wanted, choices)
    if span is None:
        first, last = choices.years[0], choices.years[-1]
        raise ParameterError(
            f"selection: years is {wanted!r}; {choices.holder} holds {first} "
            f"to {last}, give a year, or the first and the last as [{first}, {last}]"
        )
    return span


def _span(wanted: Any, choices: Choices) -> list[int] | None:
    """First and last of one year, two, or several in a row; None for anything else.

    Numbers of numpy and pandas are numbers too, and so is a year that was read as
    text or with a decimal point.
    """
    if isinstance(wanted, str) and wanted == "all":
        return [choices.years[0], choices.years[-1]]
    given = [wanted] if isinstance(wanted, str | Real) else wanted
    if not isinstance(given, Iterable):
        return None
    years = [_year(year, choices.years) for year in given]
    if not years or None in years:
        return None
    named = [year for year in years if year is not None]
    first, last = named[0], named[-1]
    between = [year for year in choices.years if first <= year <= last]
    return [first, last] if (len(named) == 2 and between) or named == between else None


def _year(given: Any, years: Sequence[int]) -> int | None:
    """The year that is meant, of those that there are."""
    if isinstance(given, bool | np.bool_):
        return None
    asked = str(given) if isinstance(given, str) else given
    return next((y for y in years if asked in (y, str(y))), None)


def is_span(wanted: Any, first: int, last: int) -> bool:
    """Whether this is a first and a last year, both of those that there are."""
    return (
        isinstance(wanted, Sequence)
        and len(wanted) == 2
        and all(type(year) is int for year in wanted)
        and first <= wanted[0] <= wanted[1] <= last
    )


def _one_of(name: str, value: Any, known: Sequence[str]) -> Any:
    if value not in known:
        raise unknown(f"selection: {name}", value, known)
    return value
