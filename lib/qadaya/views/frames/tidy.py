"""Counts of an edition as a researcher asks for them: a tidy frame, codes and names.

    tidy_counts(edition, by=["circuit", "year"], where={"platform": "NCMEC"})

The columns are called the same in every language; only what stands in those that end
in `_name` is in the language of the reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.reference import body_name, court_name, courts
from qadaya.views.frames.bounds import CODED, PLACES, TABLE_OF
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.named import codes_named, unknown
from qadaya.views.frames.places import in_map_order
from qadaya.vocabulary import MEASURES, codes, label

# What can be asked for, and the column of the edition that says it.
DIMENSIONS = {
    "year": "year",
    "platform": "platform",
    "circuit": "circuit_id",
    "court": "court_id",
    "stage": "stage",
    "result": "result",
    **{name: name for name in TABLE_OF},
}
_ASKED = {column: name for name, column in DIMENSIONS.items()}
INTERVALS = ["low", "high"]
WHOLE = ("n", "fewest", "most", "missing_most")  # whole numbers, and may be missing
UNKNOWN = "unknown"  # a body that no return names


def tidy_counts(
    edition: Edition,
    *,
    by: str | Iterable[str] = "year",
    where: Mapping[str, Any] | None = None,
    measure: str = "cases",
    intervals: bool = False,
    language: str = "en",
) -> pd.DataFrame:
    """Cases by what is asked for, on the complete grid, codes and names side by side.

    `by`: one or several of DIMENSIONS; none (`by=[]`) for one sum. `where`: one value
    or several of a dimension, as codes or names in any language, `{"court": "Salé"}`.
    Columns: of each dimension its code (year, platform, circuit_id, court_id, stage,
    result) and, but for the year, its name (platform_name, circuit_name ...); n
    (missing where it is no number), state, fewest, most, reported, expected,
    missing_most, never_reported; with `intervals` also low and high. See
    `cases_table`. Unit: cases.
    Raises: ParameterError for what the edition does not hold, with the nearest.
    """
    columns = _columns(by)
    picked = _picked(edition, where or {})
    if measure not in MEASURES:
        raise unknown("measure", measure, tuple(MEASURES))
    years = picked.pop("year", None)
    counts = cases_table(
        edition, by=columns, measure=measure, years=years, where=picked
    )
    returns = ["reported", "expected", "missing_most", "never_reported"]
    facts = ["n", "state", "fewest", "most", *INTERVALS, *returns]
    shown = [name for name in facts if intervals or name not in INTERVALS]
    whole = counts.astype(dict.fromkeys(WHOLE, "Int64"))
    return _named(whole[[*columns, *shown]], columns, language)


def _columns(by: str | Iterable[str]) -> list[str]:
    asked = [by] if isinstance(by, str) else list(by)
    columns = [_column("by", name) for name in asked]
    if len(set(columns)) < len(columns):
        raise ParameterError(f"by names one column twice: {', '.join(asked)}")
    return columns


def _column(argument: str, name: Any) -> str:
    known = _ASKED.get(name, name)
    if known not in DIMENSIONS:
        raise unknown(argument, name, tuple(DIMENSIONS))
    return DIMENSIONS[known]


def _picked(edition: Edition, where: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The codes of each condition, where it leaves any out."""
    if not isinstance(where, Mapping):
        raise ParameterError(
            f"where is {where!r}; expected a dict such as {{'court': 'Salé'}}"
        )
    picked: dict[str, list[Any]] = {}
    for name, given in where.items():
        column = _column("where", name)
        known = _known(edition, column)
        values = (
            years_named(given, known)
            if column == "year"
            else codes_named(_ASKED[column], given, known)
        )
        if not values:
            raise ParameterError(f"where: {name} is {given!r}; expected one at least")
        if len(values) < len(known):
            picked[column] = values
    return _whole_circuits(edition, picked)


def years_named(given: Any, known: Sequence[int]) -> list[int]:
    """The years meant by one year or several, in order.

    Raises: ParameterError for what is none of the known years.
    """
    several = given if isinstance(given, Iterable) else [given]
    several = [given] if isinstance(given, str) else list(several)
    for year in several:
        if not any(_is_year(year, each) for each in known):
            raise unknown("year", year, [str(each) for each in known])
    return [each for each in known if any(_is_year(year, each) for year in several)]


def _is_year(given: Any, year: int) -> bool:
    return str(given) == str(year) if isinstance(given, str) else given == year


def _known(edition: Edition, column: str) -> list[Any]:
    if column == "year":
        return list(edition.years)
    if column in PLACES:
        return in_map_order(edition.table("reporting")[column])
    if column in CODED:
        return list(codes(column))
    return sorted(edition.table(TABLE_OF[column])[column].unique())


def _whole_circuits(
    edition: Edition, picked: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    """Courts that make up whole circuits as circuits: their sums err by less."""
    if "court_id" not in picked or "circuit_id" in picked:
        return picked
    places = edition.table("reporting")[list(PLACES)].drop_duplicates()
    inside = places["court_id"].isin(picked["court_id"])
    touched = in_map_order(places.loc[inside, "circuit_id"])
    if inside.sum() < places["circuit_id"].isin(touched).sum():
        return picked
    rest = {name: each for name, each in picked.items() if name != "court_id"}
    return {**rest, "circuit_id": touched}


def _named(counts: pd.DataFrame, columns: Sequence[str], language: str) -> pd.DataFrame:
    named: dict[str, Any] = {}
    for column in counts:
        named[str(column)] = counts[column]
        if column in columns and column != "year":
            names = [code_name(str(column), code, language) for code in counts[column]]
            named[f"{str(column).removesuffix('_id')}_name"] = names
    return pd.DataFrame(named)


def code_name(column: str, code: str, language: str) -> str:
    """The name of a code of a column; the code itself where nothing has a name."""
    if column in PLACES:
        whole = column == "court_id"
        known = code in courts().index
        return court_name(code, language, short=not whole) if known else code
    if column == "body":
        return code if code == UNKNOWN else body_name(code, language)
    return label(column, code, language) if code in codes(column) else code
