"""What a reader knows about the true counts: from a release, from totals elsewhere."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.auditing.constraints import Columns, Constraints
from sdctables.auditing.reader_rounded import learn_rounded
from sdctables.auditing.release import Release
from sdctables.cells.checks import TOTAL, cell_name
from sdctables.cells.incidence import InnerCells, totals_among
from sdctables.errors import ParameterError
from sdctables.rule import Reader, Rule
from sdctables.solver import INFINITY, Vector


def learn(
    constraints: Constraints,
    release: Release,
    counts: Columns,
    thresholds: Columns | None = None,
) -> None:
    """Add what `release` says about the true counts at the columns `counts`.

    `thresholds`: the columns of their thresholds less 1, where editions share them.
    """
    if release.rule.shows_true_counts:
        _learn_suppressed(constraints, release, counts)
    elif release.reader.has_rule:
        # Without the rule a rounded figure says nothing for sure of the true count.
        learn_rounded(constraints, release, counts, thresholds)


def _learn_suppressed(
    constraints: Constraints, release: Release, counts: Columns
) -> None:
    incidence = release.behind.incidence(release.cells)
    low, high = hidden_range(
        release.status, totals_among(incidence), release.rule, release.reader
    )
    # A x = n where it is shown; else what the status can stand for.
    low = np.where(release.status == "shown", release.shown, low)
    high = np.where(release.status == "shown", release.shown, high)
    # A cell of which nothing is known beyond its being a count needs no row.
    bounded = np.flatnonzero((low > 0) | (high < INFINITY))
    constraints.add_rows(
        [(incidence[bounded], counts)], low[bounded], high[bounded], release, bounded
    )


def hidden_range(
    status: NDArray[np.object_],
    total: NDArray[np.bool_],
    rule: Rule,
    reader: Reader,
) -> tuple[Vector, Vector]:
    """The least and greatest count that each status can stand for, to a reader.

    `total`: which cells are sums of others.
    """
    low, high = np.zeros(len(status)), np.full(len(status), INFINITY)
    if not reader.has_rule:
        return low, high
    # Zeros that are shown are no hidden cells.
    low[:] = 1 if rule.zeros == "show" else 0
    # What the owner named may be large, and so may what is hidden beside it.
    if rule.primary == "named":
        return low, high
    if rule.marks == "kind":
        # The kind of a cell tells which side of the threshold it is on.
        high[status == "primary"] = rule.threshold
        low[status == "secondary"] = rule.threshold + 1
    if rule.totals == "keep":
        # A total is hidden for itself only, whether or not that is said beside it.
        untold = (status == "hidden") | (rule.marks == "hidden")
        high[untold & total & (status != "shown")] = rule.threshold
    return low, high


def learn_totals(
    constraints: Constraints,
    cells: pd.DataFrame,
    totals: Vector,
    behind: InnerCells,
    counts: Columns,
) -> None:
    """Exact totals that are public elsewhere; `cells` has "Total" where summed over."""
    matrix = behind.incidence(cells)
    names = [
        f"{cell_name(cells.iloc[row], behind.attributes)} (outside total)"
        for row in range(len(cells))
    ]
    # A total over cells that nobody published has no count that it could bound.
    if (empty := np.diff(matrix.indptr) == 0).any():
        row = int(np.argmax(empty))
        raise ParameterError(
            f"external {names[row]}: no published cell holds these cases; expected "
            f'values that occur in the edition, or "{TOTAL}"'
        )
    sources = np.array(names, dtype=object)
    # A x = total, to the case.
    constraints.add_rows([(matrix, counts)], totals, totals, None, sources)
