"""Rows over unknown whole numbers: the form that what a reader knows takes.

Each row says `low <= sum of some counts <= high` and remembers where it comes from.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.solver import Programme, Vector

Columns = NDArray[np.intp]


class Labelled(Protocol):
    """What can name the published cell in one of its rows."""

    def label(self, row: int) -> str: ...


@dataclass
class Constraints:
    """Rows and bounds collected from releases; one reader's view of the counts."""

    _low: list[Vector] = field(default_factory=list)
    _high: list[Vector] = field(default_factory=list)
    _entries: list[NDArray[np.float64]] = field(default_factory=list)
    _row_low: list[Vector] = field(default_factory=list)
    _row_high: list[Vector] = field(default_factory=list)
    _sources: list[tuple[Labelled | None, NDArray[Any]]] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add_columns(self, high: Vector) -> Columns:
        """New whole numbers from 0 to `high`; their positions."""
        # Columns are never taken back, so a position stays good for all rows to come.
        first, self.columns = self.columns, self.columns + len(high)
        self._low.append(np.zeros(len(high)))
        self._high.append(np.asarray(high, dtype=float))
        return np.arange(first, self.columns)

    def add_rows(
        self,
        parts: list[tuple[sparse.csr_matrix, Columns]],
        low: Any,
        high: Any,
        release: Labelled | None,
        sources: NDArray[Any],
    ) -> None:
        """Rows that are the sum of `matrix @ x[columns]` over the parts.

        `sources`: row numbers of the release, or texts where there is none.
        """
        count = len(sources)
        for matrix, columns in parts:
            entries = sparse.coo_matrix(matrix)
            self._entries.append(
                # Row, column and value; the rows of each call come below those before.
                np.vstack([entries.row + self.rows, columns[entries.col], entries.data])
            )
        # One end for all rows or one for each.
        self._row_low.append(np.broadcast_to(np.asarray(low, float), count))
        self._row_high.append(np.broadcast_to(np.asarray(high, float), count))
        self._sources.append((release, sources))
        self.rows += count

    def programme(self) -> Programme:
        # An empty block first, so that a reader who knows nothing has a programme as
        # well.
        entries = np.hstack([np.empty((3, 0)), *self._entries])
        # A coefficient of 0 is no entry: presolve divides by each of them.
        entries = entries[:, entries[2] != 0]
        shape = (self.rows, self.columns)
        places = (entries[0].astype(int), entries[1].astype(int))
        matrix = sparse.csr_matrix((entries[2], places), shape=shape)
        none = np.empty(0)
        return Programme(
            matrix,
            np.concatenate([none, *self._row_low]),
            np.concatenate([none, *self._row_high]),
            np.concatenate([none, *self._low]),
            np.concatenate([none, *self._high]),
        )

    def source(self, row: int) -> str:
        """The name of the published cell that a row comes from."""
        # Rows stand as they were added: count down to the call that the row is of.
        for release, sources in self._sources:
            if row < len(sources):
                return release.label(sources[row]) if release else str(sources[row])
            row -= len(sources)
        raise IndexError(row)
