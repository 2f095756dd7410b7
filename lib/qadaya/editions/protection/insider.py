"""What somebody who knows his own case learns, and shares that become certain.

A reader learns more from "everyone in this court was convicted" than from a count. Such
a share is certain only where the other counts of the group are certainly 0, and nobody
is told a 0: it is rounded, and stands for 0 to base - 1. The exceptions are groups in a
sum that is known exactly and that the published counts use up. The insider subtracts
his own case, so to him the others are certain one case earlier.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.auditing.findings import certain_shares
from sdctables.cells.checks import TOTAL, audited_columns, cell_name
from sdctables.rule import Rule

# How many cases the insiders know between them.
COALITION = 1
_ROUNDED_DOWN = "(rounded to 0)"


@dataclass(frozen=True)
class ExactSum:
    """A sum that is known exactly: its attributes, its count, how to say it."""

    cell: dict[str, Any]
    n: int
    words: str

    def holds(self, rows: pd.DataFrame) -> np.ndarray:
        """The rows whose cases are all in this sum."""
        inside = np.ones(len(rows), dtype=bool)
        for column, value in self.cell.items():
            inside &= (rows[column] == value).to_numpy(dtype=bool)
        return inside


@dataclass(frozen=True)
class Insider:
    """`groups`: how many groups were looked at, each with its shares of one column.

    `narrowest`: the width of the narrowest interval that is left for the cases of
    others where his own may be. `certain`, `certain_to_insider`: shares of 0 % and
    100 %, in words.
    """

    groups: int
    narrowest: int | None
    certain: list[str]
    certain_to_insider: list[str]


def inside_view(
    audited: pd.DataFrame,
    free: pd.DataFrame,
    part: str,
    exact: Sequence[ExactSum],
    rule: Rule,
) -> Insider:
    """What is certain beside the audit of one table's published cells.

    `free`: the same cells audited as if no sum were known exactly.
    """
    attributes = [name for name in audited_columns(audited) if name != part]
    cells = audited[[*attributes, "low", "high"]]
    # Of each exact sum what its published parts can leave for the others.
    rooms = [_room(total, free, attributes) for total in exact]
    groups, certain = 0, {0: [], COALITION: []}  # type: ignore[var-annotated]
    for column in attributes:
        rest = _rest(cells, column, attributes, list(zip(exact, rooms, strict=True)))
        # What is not published is rounded to 0, and such a count is below the base.
        rest["high"] = np.minimum(rest["high"], rule.base - 1)
        groups += len(rest)
        whole = pd.concat([cells, rest], ignore_index=True)
        for coalition, found in certain.items():
            shares = certain_shares(whole, column, coalition=coalition)
            found += _in_words(shares, column, attributes)
    # Intervals of counts rounded to 0, of what a sum leaves, and of published counts;
    # by his own cases an insider narrows each.
    widths = [rule.base - 1, *rooms, *_widths(cells, exact, rule)]
    narrowest = int(min(widths)) - COALITION
    return Insider(groups, narrowest, certain[0], certain[COALITION])


def _room(exact: ExactSum, free: pd.DataFrame, attributes: list[str]) -> int:
    """How many cases of an exact sum may be in counts that were rounded to 0."""
    # The finest cells alone: a sum beside its parts would be counted twice.
    finest = (free[attributes] != TOTAL).all(axis=1).to_numpy()
    least = free["low"].to_numpy()[exact.holds(free) & finest]
    # room = n - the least true value of the cells that are published inside the sum.
    # A total of the same cases counts those rounded to 0 too, so that its least value,
    # printed total less printed error, says nothing of how n is shared out.
    return int(exact.n - least.sum())


def _rest(
    cells: pd.DataFrame,
    column: str,
    attributes: list[str],
    rooms: Iterable[tuple[ExactSum, int]],
) -> pd.DataFrame:
    """One row per group: what it may hold beside its published counts."""
    parts = cells[cells[column] != TOTAL]
    rest = parts[attributes].assign(**{column: _ROUNDED_DOWN}).drop_duplicates()
    rest = rest.astype("object").assign(low=0, high=np.inf)
    for exact, room in rooms:
        # A sum that names this column says nothing of the column's other values.
        if column not in exact.cell:
            inside = exact.holds(rest)
            rest.loc[inside, "high"] = np.minimum(rest.loc[inside, "high"], room)
    return rest


def _widths(
    cells: pd.DataFrame, exact: Sequence[ExactSum], rule: Rule
) -> NDArray[np.float64]:
    """The widths of small counts; in an exact sum his case may be in any of them."""
    # A count of the base or more, and a certain zero, give nobody away.
    small = (cells["low"] < rule.base) & (cells["high"] > 0)
    known = np.zeros(len(cells), dtype=bool)
    for total in exact:
        known |= total.holds(cells)
    # Elsewhere he knows which count his case is in, and the others are one fewer.
    least = np.where(known, cells["low"], np.maximum(cells["low"] - COALITION, 0))
    widths = cells["high"].to_numpy(dtype=float) - least
    wide: NDArray[np.float64] = widths[small & np.isfinite(widths)]
    return wide


def _in_words(shares: pd.DataFrame, column: str, attributes: list[str]) -> list[str]:
    others = [name for name in attributes if name != column]
    found = []
    for _, row in shares.iterrows():
        value = f"{column}={row[column]}"
        if row[column] == _ROUNDED_DOWN:
            value = f"any other {column}"
        found.append(f"{row['share']} of {cell_name(row, others)} is {value}")
    return found
