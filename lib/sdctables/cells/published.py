"""Published cells: every sum over inner cells that an edition shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sdctables.errors import ParameterError

TOTAL = "Total"
# Columns that hold counts or what is said about them; all others are attributes.
RESERVED = ("n", "published", "status", "low", "high", "method")

Margin = tuple[str, ...]


def published_cells(
    cells: pd.DataFrame, margins: Iterable[str | Sequence[str]]
) -> pd.DataFrame:
    """Every published cell: one row per margin and combination found in `cells`.

    `cells`: one row per inner cell: attribute columns and the count `n`, in cases.
    `margins`: tuples of the columns that are kept; `()` is the grand total. Columns:
    the attributes, "Total" where summed over, `n`, `status` ("shown").

    The rows of `cells` are all there is: a combination without a row counts as known to
    be impossible, so give the complete grid (`complete_grid`), zeros included. A column
    that another one determines (court, circuit) is a hierarchy; which value belongs to
    which is public and travels along in `.attrs["nesting"]`.

    Raises: ParameterError for bad counts, duplicate cells and unknown columns.
    """
    cells = checked_cells(cells)
    attributes = inner_columns(cells)
    kinds = checked_margins(margins, attributes)
    tables = [_table(cells, attributes, margin) for margin in kinds]
    published = pd.concat(tables, ignore_index=True)
    for column in attributes:
        published[column] = _with_total(published[column], cells[column])
    published["status"] = "shown"
    published.attrs = {"attributes": attributes, "nesting": _nesting(cells, attributes)}
    return published


def complete_grid(
    cells: pd.DataFrame, groups: Sequence[str | Sequence[str]]
) -> pd.DataFrame:
    """All combinations of the groups of columns, with `n` = 0 where `cells` has none.

    `groups`: columns that vary together form one group, for example
    `[("court", "circuit"), "year", ("stage", "result")]`. In a rounded edition a
    missing row would tell a true zero from a small count that was rounded down.
    """
    cells = checked_cells(cells)
    attributes = inner_columns(cells)
    columns = [(group,) if isinstance(group, str) else tuple(group) for group in groups]
    if sorted(sum(columns, ())) != sorted(attributes):
        raise ParameterError(
            f"groups are {list(columns)}; expected each of {', '.join(attributes)} once"
        )
    grid = cells[list(columns[0])].drop_duplicates()
    for group in columns[1:]:
        grid = grid.merge(cells[list(group)].drop_duplicates(), how="cross")
    counted = grid.merge(cells[[*attributes, "n"]], how="left", on=attributes)
    counted["n"] = counted["n"].fillna(0).astype("int64")
    return counted[[*attributes, "n"]]


def attribute_columns(
    published: pd.DataFrame, *, besides: Iterable[object] = ()
) -> list[str]:
    """The columns that say which published cell a row is, in their order.

    Taken from `.attrs["attributes"]` where it fits, else every column that is neither
    reserved, nor among `besides`, nor a column of yes and no (which marks cells, as
    `primary` does).
    """
    noted = published.attrs.get("attributes")
    if noted and set(noted) <= set(published.columns):
        return list(noted)
    apart = {*RESERVED, *besides}
    return [
        column
        for column in published.columns
        if column not in apart and not pd.api.types.is_bool_dtype(published[column])
    ]


def inner_columns(cells: pd.DataFrame) -> list[str]:
    """The attributes of inner cells: yes and no can be one of them (a minor)."""
    noted = cells.attrs.get("attributes")
    if noted and set(noted) <= set(cells.columns):
        return list(noted)
    return [column for column in cells.columns if column not in RESERVED]


def require_frame(given: object, what: str) -> None:
    """Raises: ParameterError for anything but a data frame."""
    if not isinstance(given, pd.DataFrame):
        raise ParameterError(
            f"{what}: a {type(given).__name__} was given; expected a pandas data "
            "frame, one row per cell, with the count in n"
        )


def checked_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Inner cells with whole counts in `n`.

    Raises: ParameterError for an empty frame, a missing `n`, negative, fractional or
    missing counts, missing attributes, the value "Total", and duplicate cells.
    """
    require_frame(cells, "cells")
    if "n" not in cells.columns:
        raise ParameterError(
            f"cells have the columns {', '.join(map(str, cells.columns))}; expected a "
            "column n with the counts. Rename it."
        )
    attributes = inner_columns(cells)
    if cells.empty or not attributes:
        raise ParameterError(
            f"cells have {len(cells)} rows and {len(attributes)} attribute columns; "
            "expected at least one of each"
        )
    for column in attributes:
        _require_values(cells, column)
    require_unique(cells, attributes)
    counts = whole_counts(cells, attributes)
    return cells.assign(n=counts)


def checked_margins(
    margins: Iterable[str | Sequence[str]], attributes: Sequence[str]
) -> list[Margin]:
    """Each margin once, as a tuple; a bare name is a margin of one column."""
    kinds: dict[frozenset[str], Margin] = {}
    if margins is None or isinstance(margins, str):
        raise ParameterError(
            f"margins are {margins!r}; expected a list of tuples of columns, for "
            f"example [(), ({attributes[0]!r},)]"
        )
    for margin in margins:
        columns = (margin,) if isinstance(margin, str) else tuple(margin)
        if unknown := [column for column in columns if column not in attributes]:
            raise ParameterError(
                f"margin {columns}: unknown column {unknown[0]!r}; expected columns "
                f"among {', '.join(map(str, attributes))}"
            )
        kinds.setdefault(frozenset(columns), columns)
    if not kinds:
        raise ParameterError(
            "margins are empty; expected at least one, () for the grand total"
        )
    return list(kinds.values())


def cell_name(cell: Mapping[Any, Any] | pd.Series, attributes: Sequence[str]) -> str:
    """How a message names a cell: the attributes that are not summed over."""
    parts = [f"{name}={cell[name]}" for name in attributes if cell[name] != TOTAL]
    return ", ".join(parts) if parts else "the grand total"


def whole_counts(frame: pd.DataFrame, attributes: Sequence[str]) -> pd.Series:
    """The column `n` as whole numbers; the message names the first bad cell."""
    given = frame["n"]
    numbers = pd.to_numeric(given, errors="coerce")
    numbers = pd.Series(numbers, index=given.index).astype("float64")
    bad = (
        (numbers.isna() & given.isna(), "missing"),
        (numbers.isna() | pd.api.types.is_bool_dtype(given), "not a number"),
        (~np.isfinite(numbers), "not finite"),
        (numbers < 0, "negative"),
        (numbers % 1 != 0, "fractional"),
    )
    for where, fault in bad:
        if np.any(where):
            row = int(np.argmax(np.broadcast_to(where, len(frame))))
            raise ParameterError(
                f"cell {cell_name(frame.iloc[row], attributes)}: n is {fault} "
                f"({given.iloc[row]}); expected a whole number of at least 0"
            )
    return numbers.astype("int64")


def require_unique(frame: pd.DataFrame, attributes: Sequence[str]) -> None:
    """Raises: ParameterError naming the first cell that has two rows."""
    twice = frame.duplicated(list(attributes)).to_numpy()
    if twice.any():
        row = frame.iloc[int(np.argmax(twice))]
        raise ParameterError(
            f"cell {cell_name(row, attributes)}: {int(twice.sum()) + 1} duplicate rows "
            "in all; expected one row per cell. Add them up first."
        )


def _require_values(cells: pd.DataFrame, column: str) -> None:
    values = cells[column]
    if values.isna().any():
        raise ParameterError(
            f"cells: column {column} has {int(values.isna().sum())} missing values; "
            "expected a value in every row. Name the unknown ones."
        )
    if (values == TOTAL).any():
        raise ParameterError(
            f'cells: column {column} has the value "{TOTAL}", which marks sums; '
            "expected inner cells only. Remove or rename it."
        )


def _table(cells: pd.DataFrame, attributes: list[str], margin: Margin) -> pd.DataFrame:
    kept = [column for column in attributes if column in margin]
    sums = pd.DataFrame({"n": [cells["n"].sum()]})
    if kept:
        sums = cells.groupby(kept, observed=True)["n"].sum().reset_index()
    for column in kept:
        sums[column] = sums[column].astype("object")
    return sums.assign(
        **{column: TOTAL for column in attributes if column not in kept}
    )[[*attributes, "n"]]


def _with_total(values: pd.Series, original: pd.Series) -> pd.Series:
    if isinstance(original.dtype, pd.CategoricalDtype):
        categories = [*original.cat.categories, TOTAL]
        return values.astype(pd.CategoricalDtype(categories, original.cat.ordered))
    kept = bool((values == TOTAL).any()) or pd.api.types.is_bool_dtype(original)
    return values if kept else values.astype(original.dtype)


def _nesting(cells: pd.DataFrame, attributes: Sequence[str]) -> list[list[Any]]:
    """Each pair of columns where the first determines the second, value by value.

    Plain lists, so that the attributes of a frame can be written to Parquet.
    """
    sizes = {column: cells[column].nunique() for column in attributes}
    found: list[list[Any]] = []
    for fine in attributes:
        for coarse in attributes:
            if fine == coarse or sizes[coarse] == 1 or sizes[fine] < sizes[coarse]:
                continue
            pairs = cells[[fine, coarse]].drop_duplicates()
            if len(pairs) == sizes[fine]:
                found.append([fine, coarse, pairs.astype("object").values.tolist()])
    return found
