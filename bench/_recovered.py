"""What a reader who knows the rule makes of an answer, by whomever it was given.

Small counts known for certain are what counts: our auditor finds them where figures are
hidden or small counts rounded, whole-number programmes where a figure stands for more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from sdctables import TOTAL, CellTable, DisclosureError, Rule, audit, published_cells

Margin = tuple[str, ...]
Mask = NDArray[np.bool_]
READERS = ("plain", "rule-aware")
# Larger counts need no protection: the base is 5, the threshold 4.
LARGEST_SMALL = 4


@dataclass(frozen=True)
class Told:
    """How an answer did: cells and cases hidden, errors of the sums, what is known."""

    what: str
    hidden: str = ""
    cases: str = ""
    errors: str = ""
    # None where it was not asked here: published by its authors, or refused.
    seconds: float | None = None
    plain: str = ""
    aware: str = ""
    refused: bool = False

    @property
    def took(self) -> str:
        if self.refused:
            return ""
        return "published" if self.seconds is None else f"{self.seconds:.2f}"


def of_hidden(
    what: str,
    published: CellTable,
    hidden: Sequence[bool],
    rule: Rule,
    seconds: float | None = None,
) -> Told:
    """Of published cells with their true counts, some of them hidden.

    Who hides a zero although zeros need no protection has another rule, and the reader
    knows that one.
    """
    gone = np.asarray(hidden, dtype=bool)
    least = 0 if rule.zeros == "protect" else 1
    small = published["n"].between(least, rule.threshold).to_numpy()
    if (published["n"][gone] == 0).any():
        rule = replace(rule, zeros="protect")
    status = np.where(gone, "hidden", "shown")
    if rule.marks == "kind":
        kinds = np.where(small, "primary", "secondary")
        status = np.where(gone, kinds, "shown")
    n = published["n"].astype("Int64").where(~gone)
    printed = published.assign(n=n, status=status)
    known = {reader: _known(printed, rule, reader, small & gone) for reader in READERS}
    return Told(
        what,
        hidden=f"{gone.sum()} of {len(published)}",
        cases=f"{int(published['n'][gone].sum())}",
        seconds=seconds,
        plain=known["plain"],
        aware=known["rule-aware"],
    )


def _known(printed: CellTable, rule: Rule, reader: str, small: Mask) -> str:
    try:
        found = audit(printed, rule=rule, reader=reader).iloc[: len(printed)]
    except DisclosureError:
        return "no table fits"
    certain = (found["low"] == found["high"]).to_numpy()
    return f"{int(certain[small].sum())} of {small.sum()}"


def of_rounded(
    what: str,
    rounded: pd.DataFrame,
    margins: Sequence[Margin],
    sums: Sequence[Margin],
    *,
    base: int,
    seconds: float | None = None,
) -> Told:
    """Of inner cells, true `n` and `published`: small ones are 0 or the base."""
    names = attributes(rounded)
    printed = rounded[[*names, "published"]].rename(columns={"published": "n"})
    rule = Rule(method="rounding", base=base)
    found = audit(published_cells(printed, margins), rule=rule, reader="rule-aware")
    inner = found[(found[names] != TOTAL).all(axis=1)].set_index(names)
    truth = rounded.set_index(names)["n"].reindex(inner.index)
    small = truth.between(1, base - 1)
    certain = inner["low"] == inner["high"]
    told = Told(what, errors=errors_of(rounded, sums), seconds=seconds)
    return replace(told, aware=f"{int(certain[small].sum())} of {small.sum()}")


def of_spans(
    cells: pd.DataFrame, figures: Iterable[tuple[Mask, int]], *, apart: int
) -> str:
    """Of figures that are each less than `apart` away from the sum over a mask."""
    rows, least, most = [], [], []
    for mask, figure in figures:
        rows.append(mask.astype(float))
        least.append(max(0, figure - apart + 1))
        most.append(figure + apart - 1)
    programme = LinearConstraint(np.array(rows), least, most)
    small = np.flatnonzero(cells["n"].between(1, LARGEST_SMALL))
    known = sum(_one_value(place, [programme], len(cells), None) for place in small)
    return f"{known} of {len(small)}"


def of_needed(rounded: pd.DataFrame, sums: Sequence[Margin], *, base: int) -> str:
    """Of sums alone: each inner cell was kept, or was small and is 0 or the base.

    A cell is kept + small, where one of the two is 0; printed it is kept + base * up.
    """
    cells = len(rounded)
    one = np.eye(cells)
    none = np.zeros((cells, cells))
    most = float(rounded["published"].sum()) + base * cells
    # Columns: kept, small, changed (yes or no), up (yes or no).
    programme = [
        LinearConstraint(np.hstack([none, one, -(base - 1) * one, none]), ub=0),
        LinearConstraint(np.hstack([none, one, -one, none]), lb=0),
        LinearConstraint(np.hstack([one, none, most * one, none]), ub=most),
        LinearConstraint(np.hstack([none, none, -one, one]), ub=0),
    ]
    for mask in masks(rounded, sums):
        figure = int(rounded["published"][mask].sum())
        line = np.concatenate([mask, none[0], none[0], base * mask])
        programme.append(LinearConstraint(line, figure, figure))
    upper = np.concatenate([np.full(2 * cells, np.inf), np.ones(2 * cells)])
    small = np.flatnonzero(rounded["n"].between(1, base - 1))
    known = sum(_one_value(place, programme, cells, upper) for place in small)
    return f"{known} of {len(small)}"


def _one_value(
    place: int, programme: list[LinearConstraint], cells: int, upper: Mask | None
) -> bool:
    """Whether one value alone of an inner count fits what is printed."""
    columns = cells if upper is None else len(upper)
    aim = np.zeros(columns)
    aim[place] = 1
    if upper is not None:
        aim[place + cells] = 1
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * aim,
            constraints=programme,
            integrality=np.ones(columns),
            bounds=Bounds(0, np.inf if upper is None else upper),
        )
        if found.x is None:
            raise SystemExit(f"no table fits what is printed: {found.message}")
        ends.append(round(sign * found.fun))
    return ends[0] == ends[1]


def errors_of(rounded: pd.DataFrame, sums: Sequence[Margin]) -> str:
    """How far the printed sums are from the true ones, all together and at most."""
    wrong = [
        abs(int(rounded["published"][mask].sum() - rounded["n"][mask].sum()))
        for mask in masks(rounded, sums)
    ]
    return f"{sum(wrong)}, at most {max(wrong)}"


def masks(cells: pd.DataFrame, margins: Iterable[Margin]) -> Iterable[Mask]:
    """For each sum of the margins, which inner cells it is of."""
    for margin in margins:
        if not margin:
            yield np.ones(len(cells), dtype=bool)
            continue
        group = cells.groupby(list(margin), sort=False).ngroup().to_numpy()
        for number in range(group.max() + 1):
            yield group == number


def attributes(cells: pd.DataFrame) -> list[str]:
    return [name for name in cells if name not in ("n", "published")]
