"""What suppression is given: counts, sensitive cells, prices; each checked once."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sdctables.cells.checks import cell_name, require_frame, whole_counts
from sdctables.cells.table import CellTable
from sdctables.errors import ParameterError
from sdctables.rule import Rule
from sdctables.solver import Vector
from sdctables.suppression.attacker import Mask

Counts = NDArray[np.int64]


def table_of(
    published: CellTable | pd.DataFrame, besides: Iterable[object]
) -> CellTable:
    """The table, or that of a frame; `besides`: columns that are no attributes.

    Raises: ParameterError for whatever is no table of published cells.
    """
    if isinstance(published, CellTable):
        return published
    require_frame(published, "published cells")
    # Prices and marks stand beside the cells and do not tell which cell it is.
    apart = [column for column in published.columns if column in set(besides)]
    bare = CellTable(published.drop(columns=set(apart) - {"n"}))
    return CellTable(published, bare.attributes)


def true_counts(table: CellTable) -> Counts:
    """The counts of all cells, shown or not.

    Raises: ParameterError naming the first cell that has none.
    """
    return whole_counts(table.frame, table.attributes).to_numpy()


def small_cells(counts: Counts, rule: Rule) -> Mask:
    """The cells that the threshold makes primary."""
    # From 1 where zeros are shown, from 0 where they are protected.
    return (counts <= rule.threshold) & (counts >= (rule.zeros == "show"))


def least_hidden(rule: Rule) -> int:
    """The least count that may be hidden beside the primary cells."""
    # Kinds may be printed: a secondary cell then says "above the threshold", so one
    # below it would be a lie; where cells are named any count but a shown zero will do.
    if rule.primary == "threshold":
        return rule.threshold + 1
    return int(rule.zeros == "show")


def named_cells(published: pd.DataFrame, primary: str | ArrayLike) -> Mask:
    """The primary cells that the owner names: a column of yes and no, or its name.

    Raises: ParameterError for anything else.
    """
    if isinstance(primary, str):
        if primary not in published.columns:
            raise ParameterError(
                f"primary is {primary!r}; expected a column among "
                f"{', '.join(map(str, published.columns))}"
            )
        primary = published[primary].to_numpy()
    values = np.asarray(primary)
    # A column that was read from a file has 0 and 1, or yes and no as objects.
    if not pd.isna(values).any() and set(np.unique(values)) <= {False, True}:
        values = values.astype(bool)
    if values.dtype != bool or len(values) != len(published):
        raise ParameterError(
            f"primary has {len(values)} values of type {values.dtype}; expected true "
            f"or false for each of the {len(published)} cells"
        )
    return values


def prices_of(published: pd.DataFrame, counts: Counts, cost: str) -> Vector:
    """What it costs to hide each cell; infinite where a price is missing.

    Raises: ParameterError for an unknown column and a negative price.
    """
    if cost == "n":
        return counts.astype(float)
    if cost == "count":
        return np.ones(len(counts))
    if cost not in published.columns:
        raise ParameterError(
            f"cost is {cost!r}; expected n, count or a column among "
            f"{', '.join(map(str, published.columns))}"
        )
    prices = pd.to_numeric(published[cost], errors="coerce").astype(float).to_numpy()
    # A price below 0 would hide for its own sake.
    if (prices < 0).any():
        raise ParameterError(
            f"cost column {cost}: the least price is {np.nanmin(prices):g}; expected "
            "at least 0, or missing where a cell must stay"
        )
    # No price, no sale: what costs infinitely much is no candidate.
    return np.where(np.isnan(prices), np.inf, prices)


def require_public_prices(prices: Vector, rule: Rule) -> None:
    """Raises: ParameterError where a missing price would say why a cell is hidden."""
    if rule.marks == "hidden" and np.isinf(prices).any():
        raise ParameterError(
            'cost: a price is missing and the rule says marks="hidden": a cell that is '
            "hidden without a price would be known to be sensitive; expected a price "
            "for each cell"
        )


def require_no_shown_zero(
    published: pd.DataFrame, zeros: Mask, rule: Rule, attributes: list[str]
) -> None:
    """Raises: ParameterError when a named cell is a zero that the rule shows."""
    if rule.zeros == "show" and zeros.any():
        cell = cell_name(published[zeros].iloc[0], attributes)
        raise ParameterError(
            f"cell {cell}: is named primary and is 0, but the rule shows zeros; "
            'expected zeros="protect" in the rule'
        )
