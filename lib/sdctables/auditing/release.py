"""One published table as its readers get it.

Counts that are not shown are struck out before anything else happens.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.cells.checks import cell_name, whole_counts
from sdctables.cells.incidence import InnerCells, inner_cells_of
from sdctables.cells.table import CellTable
from sdctables.errors import ParameterError
from sdctables.rule import Reader, Rule
from sdctables.solver import Vector


@dataclass(frozen=True)
class Release:
    """One published table: what it shows, by which rule, read by which reader.

    `cells`: the attributes of each cell. `shown`: published counts, NaN where hidden.
    `status`: one of STATUSES per cell. `behind`: the inner cells that there can be.
    `bounds`: the printed largest errors. `left`: which inner cells were left as they
    are by a rule that rounds only what is needed.
    """

    cells: pd.DataFrame
    attributes: list[str]
    shown: Vector
    status: NDArray[np.object_]
    behind: InnerCells
    bounds: dict[frozenset[str], float]
    rule: Rule
    reader: Reader
    left: NDArray[np.bool_]
    name: str = ""

    @property
    def kept_thresholds(self) -> tuple[int, frozenset[frozenset[str]]] | None:
        """The name of the thresholds that this edition shares with others, if any."""
        rule = self.rule
        # A reader who does not know the rule does not know that thresholds are kept.
        kept = not rule.shows_true_counts and rule.thresholds == "kept"
        if not kept or not self.reader.has_rule:
            return None
        # In another base, or with other exact margins, a count may be rounded
        # otherwise.
        return rule.base, frozenset(map(frozenset, rule.exact))

    def label(self, row: int) -> str:
        cell = cell_name(self.cells.iloc[row], self.attributes)
        return f"{cell} ({self.name})" if self.name else cell


def read_release(
    table: CellTable, *, rule: Rule | None, reader: Reader, name: str = ""
) -> Release:
    """The release of a table; `n` of a cell that is not shown is not read.

    `rule`: by which the counts were protected, else that of the table.

    Raises: ParameterError for bad counts of shown cells, and where no rule is known.
    """
    attributes, status = list(table.attributes), table.status
    # Hidden counts may stand in the owner's frame: they are never even converted.
    open_cells = status == "shown"
    shown = np.full(len(table), np.nan)
    if open_cells.any():
        shown[open_cells] = whole_counts(table.frame[open_cells], attributes)
    bounds = {frozenset(margin): error for margin, error in table.bounds.items()}
    behind, rule = inner_cells_of(table), _rule(table, rule)
    return Release(
        table.keys,
        attributes,
        shown,
        status,
        behind,
        bounds,
        rule,
        reader,
        _left(table, rule, behind),
        name,
    )


def _rule(table: CellTable, given: Rule | None) -> Rule:
    rule = table.rule if given is None else given
    if not isinstance(rule, Rule):
        raise ParameterError(
            f"rule is {rule!r}; expected a Rule, that of the table or with rule="
        )
    named = table.rule is not None and table.rule.primary == "named"
    return replace(rule, primary="named") if named else rule


def _left(table: CellTable, rule: Rule, behind: InnerCells) -> NDArray[np.bool_]:
    """Which inner cells were left: what a reader may guess, the audit lets him know.

    Raises: ParameterError where that is lost: the audit would find too little.
    """
    if not rule.only_where_needed:
        return np.zeros(len(behind), dtype=bool)
    if table.left is None:
        raise ParameterError(
            "rule: only what was needed is rounded, and the table does not say which "
            "counts were left; expected the table that published_cells makes of the "
            "cells of round_counts, with their column needed"
        )
    left = set(table.left[behind.attributes].itertuples(index=False, name=None))
    keys = behind.keys.itertuples(index=False, name=None)
    return np.array([key in left for key in keys], dtype=bool)
