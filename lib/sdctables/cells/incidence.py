"""Which inner cells stand behind published ones, as a reader can work it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sdctables.cells.published import TOTAL, Margin
from sdctables.errors import ParameterError

MOST_INNER_CELLS = 500_000


@dataclass(frozen=True)
class InnerCells:
    """The inner cells (`keys`, attributes only) behind a frame of published cells."""

    attributes: list[str]
    keys: pd.DataFrame

    def __len__(self) -> int:
        return len(self.keys)

    def incidence(self, published: pd.DataFrame) -> sparse.csr_matrix:
        """Rows: published cells; columns: inner cells; 1 where one is in the other."""
        found: list[NDArray[np.int64]] = []
        for margin, positions in patterns(published, self.attributes).items():
            inner, cell = self._members(published.iloc[positions], margin)
            found.append(np.vstack([positions[cell], inner]))
        rows, columns = np.hstack(found)
        shape = (len(published), len(self))
        return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)

    def cells_of(self, margin: Margin) -> pd.DataFrame:
        """The cells of a margin, with "Total" in the columns that it sums over."""
        if not margin:
            return pd.DataFrame([dict.fromkeys(self.attributes, TOTAL)])
        cells = _distinct(self.keys, list(margin))
        rest = {name: TOTAL for name in self.attributes if name not in margin}
        return cells.assign(**rest)[self.attributes]

    def _members(
        self, table: pd.DataFrame, margin: Margin
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if not margin:
            every = np.arange(len(self))
            return np.tile(every, len(table)), np.arange(len(table)).repeat(len(every))
        by = list(margin)
        wanted = table[by].astype("object").assign(_cell=np.arange(len(table)))
        keys = self.keys[by].assign(_inner=np.arange(len(self)))
        pairs = keys.merge(wanted, on=by, how="inner")
        return pairs["_inner"].to_numpy(), pairs["_cell"].to_numpy()


def totals_among(incidence: sparse.csr_matrix) -> NDArray[np.bool_]:
    """The published cells that hold another published cell and more."""
    size = np.diff(incidence.indptr)
    overlap = sparse.coo_matrix(incidence @ incidence.T)
    holds = (overlap.data == size[overlap.col]) & (size[overlap.row] > overlap.data)
    total = np.zeros(len(size), dtype=bool)
    total[overlap.row[holds]] = True
    return total


def patterns(
    published: pd.DataFrame, attributes: Sequence[str]
) -> dict[Margin, NDArray[np.int64]]:
    """For each margin found in the frame the positions of its rows."""
    kept = np.column_stack(
        [(published[column] != TOTAL).to_numpy(dtype=bool) for column in attributes]
    )
    kinds, which = np.unique(kept, axis=0, return_inverse=True)
    which = which.reshape(-1)
    return {
        tuple(name for name, keep in zip(attributes, kind, strict=True) if keep): (
            np.flatnonzero(which == number)
        )
        for number, kind in enumerate(kinds)
    }


def inner_cells_of(
    published: pd.DataFrame,
    attributes: Sequence[str],
    inner: pd.DataFrame | None = None,
) -> InnerCells:
    """The inner cells behind `published`: named by `inner`, else worked out.

    If the inner table is published its rows are the inner cells. If not, they are the
    combinations that occur in every published table and agree with the nesting of the
    columns: what a reader who knows the classifications would write down.
    """
    columns = list(attributes)
    if inner is not None:
        return InnerCells(columns, _distinct(inner, columns))
    tables = patterns(published, columns)
    if tuple(columns) in tables:
        rows = published.iloc[tables[tuple(columns)]]
        return InnerCells(columns, _distinct(rows, columns))
    keys = _join(published, tables)
    keys = _fill_nested(keys, published.attrs.get("nesting", []))
    for column in columns:
        if column not in keys:
            keys[column] = TOTAL
    return InnerCells(columns, _distinct(keys, columns))


def _join(
    published: pd.DataFrame, tables: dict[Margin, NDArray[np.int64]]
) -> pd.DataFrame:
    nesting = published.attrs.get("nesting", [])
    keys = pd.DataFrame(index=[0])
    # The widest tables first: they leave the fewest combinations for the next ones.
    for margin in sorted(tables, key=lambda margin: (-len(margin), margin)):
        if not margin:
            continue
        rows = _distinct(published.iloc[tables[margin]], list(margin))
        shared = [column for column in margin if column in keys]
        size = len(keys) * len(rows) if not shared else len(keys)
        if size > MOST_INNER_CELLS:
            raise ParameterError(
                f"published tables allow {size:,} inner cells; expected at most "
                f"{MOST_INNER_CELLS:,}. Name the ones that can occur with inner=."
            )
        if shared:
            keys = keys.merge(rows, on=shared, how="inner")
        else:
            keys = keys.merge(rows, how="cross")
        keys = _nested(keys, nesting)
    return keys


def _nested(keys: pd.DataFrame, nesting: Sequence[Sequence[Any]]) -> pd.DataFrame:
    for fine, coarse, pairs in nesting:
        if fine in keys and coarse in keys:
            belongs = keys[fine].map(dict(map(tuple, pairs)))
            keys = keys[(belongs == keys[coarse]).to_numpy(dtype=bool)]
    return keys


def _fill_nested(keys: pd.DataFrame, nesting: Sequence[Sequence[Any]]) -> pd.DataFrame:
    for fine, coarse, pairs in nesting:
        if fine in keys and coarse not in keys:
            keys = keys.assign(**{coarse: keys[fine].map(dict(map(tuple, pairs)))})
    return keys


def _distinct(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    keys = frame[columns].astype("object").drop_duplicates()
    return keys.reset_index(drop=True)
