"""An order of cells that does not depend on what they are called.

The answer of an integer programme depends on the order of its columns. If that order
came from the labels, renaming two courts could change which of them is rounded up; if
it came from the rows, sorting the file could. So cells are put in order by their place
in the table: counts, margins they are in, counts beside them there, and so on (colour
refinement of the graph of cells and margins). Only cells that nothing but their name
tells apart are taken in the order of their names.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

Order = NDArray[np.intp]
Colours = NDArray[np.uint64]
# Beyond this many cells the last ties are broken by name alone, which is faster.
MOST_INDIVIDUAL = 3000


def order_by_name(cells: pd.DataFrame, attributes: Sequence[str]) -> Order:
    """The order of rows by their labels, whatever type those have."""
    names = [
        np.array([f"{type(value).__name__} {value}" for value in cells[column]])
        for column in sorted(attributes, reverse=True)
    ]
    return np.lexsort(names)


def canonical_order(
    incidence: sparse.csr_matrix,
    cell_kinds: NDArray[np.int64],
    row_kinds: NDArray[np.int64],
) -> tuple[Order, Order]:
    """The order of cells (columns) and of margins (rows) by structure.

    `incidence`: rows are margins, columns are cells sorted by name. The kinds are what
    sets two of them apart by themselves: a count, a weight, a total.
    """
    graph = _Graph(incidence)
    cells, rows = _mix(cell_kinds.astype(np.uint64)), _mix(row_kinds.astype(np.uint64))
    cells, rows = graph.refine(cells, rows)
    if len(cells) <= MOST_INDIVIDUAL:
        while (tied := _first_tied(cells)) is not None:
            # One of those that nothing tells apart goes first; its neighbours then
            # differ, so the others are refined anew before the next is singled out.
            cells[tied] = _mix(cells[tied : tied + 1] + np.uint64(1))[0]
            cells, rows = graph.refine(cells, rows)
    return np.argsort(cells, kind="stable"), np.argsort(rows, kind="stable")


class _Graph:
    def __init__(self, incidence: sparse.csr_matrix) -> None:
        entries = incidence.tocoo()
        self.row, self.cell = entries.row, entries.col

    def refine(self, cells: Colours, rows: Colours) -> tuple[Colours, Colours]:
        """Split colours by the colours of neighbours until nothing more splits."""
        distinct = 0
        while (now := len(np.unique(cells)) + len(np.unique(rows))) > distinct:
            distinct = now
            # A colour keeps what it was and adds what is around it, so classes only
            # split.
            rows = _mix(rows + self._gather(cells, self.cell, self.row, len(rows)))
            cells = _mix(cells + self._gather(rows, self.row, self.cell, len(cells)))
        return cells, rows

    @staticmethod
    def _gather(colours: Colours, source: Order, target: Order, size: int) -> Colours:
        sums = np.zeros(size, dtype=np.uint64)
        # A sum of scattered values stands for the multiset of the neighbours.
        np.add.at(sums, target, _mix(colours)[source])
        return _mix(sums + np.uint64(0x9E3779B97F4A7C15))


def _first_tied(colours: Colours) -> int | None:
    # Cells are sorted by name, so the first of a colour is the first by name.
    _, first, count = np.unique(colours, return_index=True, return_counts=True)
    tied = np.flatnonzero(count > 1)
    return int(first[tied[0]]) if len(tied) else None


def _mix(values: Colours) -> Colours:
    """Scatter 64 bits (the finaliser of SplitMix64); overflow is meant."""
    with np.errstate(over="ignore"):
        mixed = values + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
