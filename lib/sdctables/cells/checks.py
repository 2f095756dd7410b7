"""Cells and margins as given, each checked once; how a message names a cell."""

import numbers
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sdctables.errors import ParameterError

TOTAL = "Total"
# Columns that hold counts or what is said about them; all others are attributes.
RESERVED = (
    *("n", "published", "needed", "status"),
    *("low", "high", "method", "changes"),
)

Margin = tuple[str, ...]


def require_frame(given: object, what: str) -> None:
    """Raises: ParameterError for anything but a data frame."""
    if not isinstance(given, pd.DataFrame):
        raise ParameterError(
            f"{what}: a {type(given).__name__} was given; expected a pandas data "
            "frame, one row per cell, with the count in n"
        )


def inner_columns(cells: pd.DataFrame) -> list[str]:
    """The attributes of inner cells: yes and no can be one of them (a minor)."""
    return [column for column in cells.columns if column not in RESERVED]


def require_seed(seed: object) -> None:
    """Raises: ParameterError, which does not tell what was given: it is a secret."""
    if seed is not None and (not isinstance(seed, numbers.Integral) or seed < 0):
        raise ParameterError("seed is not a whole number of at least 0, or None")


def require_audit(given: object) -> None:
    """Raises: ParameterError for anything that `audit` does not give."""
    require_frame(given, "the audit")
    assert isinstance(given, pd.DataFrame)
    if lacking := [name for name in ("low", "high") if name not in given]:
        raise ParameterError(
            f"the audit has no column {lacking[0]}; expected what audit(...) gives"
        )


def audited_columns(audited: pd.DataFrame) -> list[str]:
    """The attributes of an audit, of all its rows or of some."""
    return inner_columns(audited)


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
