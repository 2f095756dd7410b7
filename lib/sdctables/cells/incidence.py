"""Which inner cells stand behind published ones, as a reader can work it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sdctables.cells.checks import TOTAL, Margin
from sdctables.cells.nesting import Nesting
from sdctables.cells.table import CellTable
from sdctables.errors import ParameterError

MOST_INNER_CELLS = 500_000
# Times the values of one more attribute it is still a whole number of 64 bits.
LARGEST_NUMBER = 1 << 40

Places = NDArray[np.int64]


@dataclass(frozen=True)
class InnerCells:
    """The inner cells (`keys`, attributes only) behind a frame of published cells."""

    attributes: list[str]
    keys: pd.DataFrame

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def _coded(self) -> dict[str, tuple[pd.Index, Places]]:
        """The values of each attribute, and the place of each cell's among them."""
        coded = {}
        for name in self.attributes:
            places, values = pd.factorize(self.keys[name], use_na_sentinel=False)
            coded[name] = (pd.Index(values, dtype="object"), places.astype(np.int64))
        return coded

    def incidence(self, published: pd.DataFrame) -> sparse.csr_matrix:
        """Rows: published cells; columns: inner cells; 1 where one is in the other."""
        places = {
            name: values.get_indexer(pd.Index(published[name], dtype="object"))
            for name, (values, _) in self._coded.items()
        }
        entries: list[Places] = []
        # Margin by margin: within one, cells and inner cells meet by equal values.
        for margin, positions in patterns(published, self.attributes).items():
            wanted = [places[name][positions] for name in margin]
            inner, cell = self._members(wanted, margin, len(positions))
            entries.append(np.vstack([positions[cell], inner]))
        rows, columns = np.hstack(entries)
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
        self, wanted: Sequence[Places], margin: Margin, count: int
    ) -> tuple[Places, Places]:
        """Inner cells and cells of a margin (`wanted`: their places), pair by pair."""
        if not margin:
            every = np.arange(len(self))
            return np.tile(every, count), np.arange(count).repeat(len(every))
        # The values of a cell as digits of one number, with as many digits as
        # attributes; where the numbers are equal the inner cell lies in the published
        # one.
        inner, cell = np.zeros(len(self), np.int64), np.zeros(count, np.int64)
        for name, places in zip(margin, wanted, strict=True):
            values, own = self._coded[name]
            inner, cell = _numbered(
                inner * len(values) + own,
                # What occurs in no inner cell is a number that none of them has.
                np.where((cell < 0) | (places < 0), -1, cell * len(values) + places),
            )
        # Both ends of the run of equal numbers: an inner cell lies in none, in one, or
        # in several where a cell is asked for more than once.
        order = np.argsort(cell, kind="stable")
        first = np.searchsorted(cell[order], inner, side="left")
        many = np.searchsorted(cell[order], inner, side="right") - first
        # Of n pairs with the same inner cell, the k-th takes the k-th of its cells.
        begun = np.cumsum(many) - many
        nth = np.arange(many.sum()) - np.repeat(begun, many)
        return (
            np.repeat(np.arange(len(self)), many),
            order[np.repeat(first, many) + nth],
        )


def _numbered(inner: Places, cell: Places) -> tuple[Places, Places]:
    """Numbers of inner cells and cells, small again: a product of many grows large."""
    if inner.max(initial=0) < LARGEST_NUMBER:
        return inner, cell
    # Ranks instead of values; -1, in no inner cell, is the least and stays -1.
    both, numbers = np.unique(np.concatenate([inner, cell]), return_inverse=True)
    numbers = numbers.reshape(-1) - int(both[0] < 0)
    return numbers[: len(inner)], numbers[len(inner) :]


def totals_among(incidence: sparse.csr_matrix) -> NDArray[np.bool_]:
    """The published cells that hold another published cell and more."""
    # overlap = |a and b|: equal to |b| where b lies in a, and less than |a| where a is
    # more than b.
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
    # A row of yes and no for each cell is the margin it is of: equal rows, one margin.
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


def inner_cells_of(table: CellTable) -> InnerCells:
    """The inner cells behind a table: those that it names, else worked out.

    If the inner table is published its rows are the inner cells. If not, they are the
    combinations that occur in every published table and agree with the nesting of the
    columns: what a reader who knows the classifications would write down.

    Raises: ParameterError where nobody has said whether one column belongs to another,
    or where there would be too many inner cells.
    """
    columns, published = list(table.attributes), table.frame
    if table.inner is not None:
        return InnerCells(columns, _distinct(table.inner, columns))
    tables = patterns(published, columns)
    # The finest table is published: there are no other inner cells than its rows.
    if tuple(columns) in tables:
        rows = published.iloc[tables[tuple(columns)]]
        return InnerCells(columns, _distinct(rows, columns))
    _require_nesting(table)
    keys = _join(published, tables, table.nesting)
    keys = _fill_nested(keys, table.nesting)
    # A column that no margin keeps says nothing: one value stands for all.
    for column in columns:
        if column not in keys:
            keys[column] = TOTAL
    return InnerCells(columns, _distinct(keys, columns))


def _require_nesting(table: CellTable) -> None:
    if table.mute:
        one, other = table.mute[0]
        raise ParameterError(
            f"published cells: no margin keeps {one} and {other} together, so they do "
            "not show whether one belongs to the other, which readers know; expected "
            f"nesting=[({one!r}, {other!r}, {{value: value}})], or [] for none. "
            "Give it to CellTable, or read the table with its notes by read_table"
        )


def _join(
    published: pd.DataFrame,
    tables: dict[Margin, NDArray[np.int64]],
    nesting: Sequence[Nesting],
) -> pd.DataFrame:
    keys = pd.DataFrame(index=[0])
    # The widest tables first: they leave the fewest combinations for the next ones.
    for margin in sorted(tables, key=lambda margin: (-len(margin), margin)):
        if not margin:
            continue
        rows = _distinct(published.iloc[tables[margin]], list(margin))
        shared = [column for column in margin if column in keys]
        # Without a common column every pair can occur: the product grows fast.
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


def _nested(keys: pd.DataFrame, nesting: Sequence[Nesting]) -> pd.DataFrame:
    for nested in nesting:
        if nested.fine in keys and nested.coarse in keys:
            belongs = nested.coarse_of(keys[nested.fine])
            keys = keys[(belongs == keys[nested.coarse]).to_numpy(dtype=bool)]
    return keys


def _fill_nested(keys: pd.DataFrame, nesting: Sequence[Nesting]) -> pd.DataFrame:
    for nested in nesting:
        if nested.fine in keys and nested.coarse not in keys:
            keys = keys.assign(**{nested.coarse: nested.coarse_of(keys[nested.fine])})
    return keys


def _distinct(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    keys = frame[columns].astype("object").drop_duplicates()
    return keys.reset_index(drop=True)
