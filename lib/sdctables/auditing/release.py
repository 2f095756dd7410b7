"""One published frame as its readers get it.

Counts that are not shown are struck out before anything else happens.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.cells.published import (
    attribute_columns,
    cell_name,
    require_frame,
    require_unique,
    whole_counts,
)
from sdctables.errors import ParameterError
from sdctables.rule import Reader, Rule
from sdctables.solver import Vector

STATUSES = ("shown", "primary", "secondary", "hidden")


@dataclass(frozen=True)
class Release:
    """One published frame: what it shows, by which rule, read by which reader.

    `shown`: published counts, NaN where hidden. `status`: one of STATUSES per cell.
    """

    cells: pd.DataFrame
    attributes: list[str]
    shown: Vector
    status: NDArray[np.object_]
    rule: Rule
    reader: Reader
    name: str = ""

    @property
    def kept_thresholds(self) -> tuple[int, frozenset[frozenset[str]]] | None:
        """The name of the thresholds that this edition shares with others, if any."""
        rule = self.rule
        kept = rule.method == "rounding" and rule.thresholds == "kept"
        if not kept or not self.reader.has_rule:
            return None
        return rule.base, frozenset(map(frozenset, rule.exact))

    def label(self, row: int) -> str:
        cell = cell_name(self.cells.iloc[row], self.attributes)
        return f"{cell} ({self.name})" if self.name else cell


def read_release(
    published: pd.DataFrame, *, rule: Rule, reader: Reader, name: str = ""
) -> Release:
    """The release of a published frame; `n` of a cell that is not shown is not read.

    Raises: ParameterError for missing columns, duplicate cells, unknown statuses and
    bad counts of shown cells.
    """
    require_frame(published, name or "published cells")
    if "n" not in published.columns:
        raise ParameterError(
            f"published cells have the columns {', '.join(map(str, published.columns))}"
            "; expected a column n with the published counts"
        )
    attributes = attribute_columns(published)
    if published.empty or not attributes:
        raise ParameterError(
            f"published cells have {len(published)} rows and {len(attributes)} "
            "attribute columns; expected at least one of each"
        )
    require_unique(published, attributes)
    status = _statuses(published)
    open_cells = status == "shown"
    shown = np.full(len(published), np.nan)
    if open_cells.any():
        shown[open_cells] = whole_counts(published[open_cells], attributes)
    noted = published[attributes].reset_index(drop=True)
    named = published.attrs.get("primary") == "named"
    if named and rule.primary != "named":
        rule = replace(rule, primary="named")
    return Release(noted, attributes, shown, status, rule, reader, name)


def _statuses(published: pd.DataFrame) -> NDArray[np.object_]:
    if "status" not in published.columns:
        return np.full(len(published), "shown", dtype=object)
    status = published["status"].astype("object").to_numpy()
    if unknown := set(status) - set(STATUSES):
        raise ParameterError(
            f"status is {min(map(str, unknown))!r}; expected {', '.join(STATUSES)}"
        )
    return status
