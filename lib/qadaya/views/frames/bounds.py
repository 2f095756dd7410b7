"""How far protection can have moved a count, from what an edition publishes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from qadaya.editions.edition import Edition
from qadaya.editions.margins import margin_columns
from qadaya.editions.once import once_an_edition
from qadaya.errors import ParameterError
from qadaya.vocabulary import RESULTS_OF_MEASURE, STAGES_OF_MEASURE, codes

PLACES = ("court_id", "circuit_id")
# Columns that only a table of its own has, beside year and platform.
TABLE_OF = {
    "body": "bodies",
    "subject": "subjects",
    "first_instance": "outcomes",
    "appeal": "outcomes",
    "cassation": "outcomes",
}
CODED = ("platform", "stage", "result", "first_instance", "appeal", "cassation")
Picked = dict[str, Sequence[Any]]

# A measure also is all cases less others: without a prosecution there is no result.
LESS: dict[str, tuple[Picked, ...]] = {
    "prosecuted": ({"result": ("none",)},),
    "decided": ({"result": ("none",)}, {"stage": ("prosecuted",)}),
}


@dataclass(frozen=True)
class Margins:
    """What an edition says of its rounding: the largest error of each kind of margin.

    largest: columns of a margin -> error in cases; sizes: how many values each column
    has, 0 where it is not ours. Empty for an edition that was not rounded.
    """

    largest: dict[tuple[str, ...], int]
    sizes: dict[str, int]

    def error(
        self,
        by: Sequence[str],
        measure: str = "cases",
        picked: Mapping[str, Sequence[Any]] | None = None,
    ) -> int | None:
        """The largest rounding error of one such count; see `rounding_error`.

        `picked`: the values that the count sums over, by column, where not all.
        """
        if not self.largest:
            return 0
        some = dict(picked or {})
        readings = [[some | _counted(measure)]]
        if measure in LESS:
            readings.append([some, *(some | less for less in LESS[measure])])
        errors = []
        for terms in readings:
            parts = [self._least(by, term) for term in terms]
            known = [error for error in parts if error is not None]
            if len(known) == len(terms):
                errors.append(sum(known))
        return min(errors, default=None)

    def _least(self, by: Sequence[str], picked: Picked) -> int | None:
        """The least error that one margin allows a sum over the picked values."""
        sums = [
            largest * cells
            for columns, largest in self.largest.items()
            if (cells := self._summed(set(columns), by, picked))
        ]
        return min(sums, default=None)

    def _summed(self, columns: set[str], by: Sequence[str], picked: Picked) -> int:
        """How many cells of a margin add up to such a count; 0 when they cannot."""
        # A court stands in one circuit, so a margin by court is one by circuit too.
        implied = {"circuit_id"} if "court_id" in columns else set()
        if (set(by) | set(picked)) - columns - implied:
            return 0
        summed = columns - set(by) - implied
        return prod(len(picked.get(name, ())) or self.sizes[name] for name in summed)


@once_an_edition
def margins_of(edition: Edition) -> Margins:
    """The margins of an edition with their errors."""
    largest = {
        margin_columns(margin): int(bound["largest"])
        for margin, bound in edition.bounds.items()
    }
    columns = {column for margin in largest for column in margin}
    return Margins(largest, {column: _size(edition, column) for column in columns})


@once_an_edition
def rounding_error(
    edition: Edition,
    *,
    by: Sequence[str],
    measure: str = "cases",
    years: Sequence[int] | None = None,
    where: Mapping[str, Sequence[Any]] | None = None,
) -> int | None:
    """The largest error that protection can have made in one such count, in cases.

    `where`: the values that it sums over, by column, where not all. 0 when internal. A
    count that is a sum of published cells carries their errors added up, and so does a
    difference of two; of all published margins those with the least such sum are
    taken. None where no published margin bounds it.
    """
    if not edition.bounds:
        return 0
    chosen = chosen_years(edition, years)
    picked = dict(where or {})
    if len(chosen) < len(edition.years):
        picked["year"] = chosen
    return margins_of(edition).error(by, measure, picked)


def chosen_years(edition: Edition, years: Sequence[int] | None) -> list[int]:
    """The years asked for in order, all of the edition when none were.

    Raises: ParameterError for a year that the edition lacks.
    """
    chosen = list(edition.years) if years is None else [int(year) for year in years]
    absent = sorted(set(chosen) - set(edition.years))
    if absent or not chosen:
        held = ", ".join(map(str, edition.years)) or "none"
        raise ParameterError(
            f"years are {absent or 'empty'}; this edition holds {held}"
        )
    return sorted(chosen)


def _counted(measure: str) -> dict[str, Sequence[Any]]:
    """Stages and results that a measure counts, where it does not count all."""
    picked: dict[str, Sequence[Any]] = {}
    if len(STAGES_OF_MEASURE[measure]) < len(codes("stage")):
        picked["stage"] = STAGES_OF_MEASURE[measure]
    if len(RESULTS_OF_MEASURE[measure]) < len(codes("result")):
        picked["result"] = RESULTS_OF_MEASURE[measure]
    return picked


def _size(edition: Edition, name: str) -> int:
    """How many values a column of a margin has; 0 for a column that is not ours."""
    if name == "year":
        return len(edition.years)
    if name in CODED:
        return len(codes(name))
    if name in PLACES:
        return int(edition.table("reporting")[name].nunique())
    return int(edition.table(TABLE_OF[name])[name].nunique()) if name in TABLE_OF else 0
