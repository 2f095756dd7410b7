"""A frame of somebody's court statistics, read into counts that can be filtered.

What is wrong with it is refused in a sentence: a column that is not there, a count that
is none, two rows for one place and year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from qadaya.errors import ParameterError
from qadaya.views.explorer.selection import Choices
from qadaya.views.frames.named import unknown

# What a count, a year and a place can be called in the cells that are made of a frame.
CELLS = ["court", "group", "platform", "year", "n"]
ALL = "all"  # the one platform of a frame that tells none apart
_TOP = 2**32 - 1  # the front end's widest type
_YEARS = range(1000, 10_000)


@dataclass(frozen=True)
class Columns:
    """Which column of a frame says what; None where it has none of that kind."""

    court: str
    year: str
    count: str
    platform: str | None = None
    groups: str | None = None

    def named(self) -> dict[str, str]:
        """What is in the frame: the part that a column plays, and its name."""
        return {part: name for part, name in vars(self).items() if name is not None}


def cells_of(frame: Any, columns: Columns) -> pd.DataFrame:
    """The counts of a frame: court, group, platform, year, n; one row each.

    A row whose count is missing is left out: it says no more than a row that is not
    there. `court` is a name of its own: where two groups have a court of one name, each
    bears its group. `group` is the court itself where the frame has no groups.
    Raises: ParameterError.
    """
    rows = _rows(frame, columns)
    cells = pd.DataFrame(
        {
            "court": _texts(rows, columns.court, "court"),
            "group": _texts(rows, columns.groups or columns.court, "groups"),
            "platform": _texts(rows, columns.platform, "platform"),
            "year": _years(rows, columns.year),
            "n": _counts(rows, columns.count),
        }
    )
    if columns.groups:
        cells["court"] = _courts_apart(cells)
    cells = cells[cells["n"].notna()].astype({"n": "int64"})
    if cells.empty:
        raise ParameterError(
            f"the frame has {len(rows)} rows and no count in {columns.count!r}; "
            "expected one at least"
        )
    _once_each(cells, columns)
    return cells.reset_index(drop=True)


def choices_in(cells: pd.DataFrame, columns: Columns) -> Choices:
    """What can be chosen: groups and courts by name, platforms as they come, years."""
    circuits = {
        str(group): tuple(sorted(set(inside["court"])))
        for group, inside in cells.groupby("group", sort=True)
    }
    years = sorted({int(year) for year in cells["year"]})
    platforms = tuple(dict.fromkeys(cells["platform"]))
    by = ("platform", "circuit") if columns.platform else ("circuit",)
    return Choices("the frame", circuits, platforms, tuple(years), ("cases",), by)


def _rows(frame: Any, columns: Columns) -> pd.DataFrame:
    try:
        held = nw.from_native(frame)
    except TypeError:
        raise ParameterError(
            f"this is {type(frame).__name__}; expected an edition, or a frame of "
            "pandas, Polars or DuckDB with the names of its columns"
        ) from None
    if isinstance(held, nw.LazyFrame):
        held = held.collect()
    for part, name in columns.named().items():
        if name not in held.columns:
            raise unknown(f"{part}", name, [str(column) for column in held.columns])
    twice = [n for n in columns.named().values() if list(held.columns).count(n) > 1]
    if twice:
        raise ParameterError(f"the frame has two columns {twice[0]!r}; expected one")
    if not len(held):
        raise ParameterError("the frame has no row; expected one count at least")
    rows: pd.DataFrame = held.to_pandas().reset_index(drop=True)
    return rows


def _texts(rows: pd.DataFrame, name: str | None, part: str) -> "pd.Series[str]":
    if name is None:
        return pd.Series(ALL, index=rows.index)
    given = rows[name]
    texts = given.astype(str).str.strip()
    empty = given.isna() | (texts == "")
    if empty.any():
        raise _row_refused(rows, name, empty, f"a {part.removesuffix('s')} by name")
    return texts


def _years(rows: pd.DataFrame, name: str) -> "pd.Series[int]":
    numbers = pd.to_numeric(rows[name], errors="coerce")
    wrong = numbers.isna() | (numbers % 1 != 0) | ~numbers.isin(_YEARS)
    if wrong.any():
        raise _row_refused(rows, name, wrong, "a year such as 2023")
    return numbers.astype("int64")


def _counts(rows: pd.DataFrame, name: str) -> pd.Series:
    given = rows[name]
    if pd.api.types.is_bool_dtype(given):
        raise _row_refused(rows, name, given.notna(), "a whole number")
    numbers = pd.to_numeric(given, errors="coerce").astype("Float64")
    text = numbers.isna() & given.notna()
    whole = (numbers >= 0) & (numbers % 1 == 0) & (numbers <= _TOP)
    wrong = text | ~whole.fillna(True).astype(bool)
    if wrong.any():
        raise _row_refused(rows, name, wrong, "a whole number from 0, or nothing")
    return numbers


def _courts_apart(cells: pd.DataFrame) -> "pd.Series[str]":
    groups = cells.groupby("court")["group"].transform("nunique")
    both = cells["court"] + " (" + cells["group"] + ")"
    return cells["court"].where(groups == 1, both)


def _once_each(cells: pd.DataFrame, columns: Columns) -> None:
    keys = ["court", "platform", "year"]
    again = cells[cells.duplicated(keys, keep=False)]
    if again.empty:
        return
    first = again.iloc[0]
    same = again[(again[keys] == first[keys]).all(axis=1)]
    what = [str(first[key]) for key in keys if first[key] != ALL]
    own = [columns.court, columns.platform, columns.year]
    raise ParameterError(
        f"{len(same)} rows are of {', '.join(what)}; expected one row for each "
        f"{' x '.join(name for name in own if name)}. Add them up, or name the column "
        "that tells them apart as `platform` or `groups`"
    )


def _row_refused(
    rows: pd.DataFrame, name: str, wrong: "pd.Series[bool]", expected: str
) -> ParameterError:
    at = int(wrong.to_numpy().argmax())
    many = int(wrong.sum())
    more = f" (and {many - 1} more such rows)" if many > 1 else ""
    return ParameterError(
        f"row {at + 1}: {name} is {_said(rows[name].iloc[at])}{more}; "
        f"expected {expected}"
    )


def _said(value: Any) -> str:
    if value is None or value is pd.NA or value != value:
        return "empty"
    return repr(value.item() if hasattr(value, "item") else value)


def names_of(columns: Columns) -> dict[str, str]:
    """The columns as a reader sees them: words for underscores, a capital first."""
    return {part: _readable(name) for part, name in columns.named().items()}


def _readable(name: str) -> str:
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def distinct(names: Sequence[str | None]) -> bool:
    """Whether no column plays two parts."""
    given = [name for name in names if name is not None]
    return len(set(given)) == len(given)
