"""What a reader knows about the true counts: from a release, from totals elsewhere."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.audit.constraints import Columns, Knowledge
from sdctables.audit.reader_rounded import learn_rounded
from sdctables.audit.release import Release
from sdctables.cells import TOTAL, cell_name
from sdctables.errors import ParameterError
from sdctables.incidence import Universe
from sdctables.rule import Rule
from sdctables.solver import INFINITY, Vector


def learn(
    knowledge: Knowledge, release: Release, universe: Universe, counts: Columns
) -> None:
    """Add what `release` says about the true counts at the columns `counts`."""
    if release.rule.method == "suppression":
        _learn_suppressed(knowledge, release, universe, counts)
    elif release.reader == "rule-aware":
        learn_rounded(knowledge, release, universe, counts)


def _learn_suppressed(
    knowledge: Knowledge, release: Release, universe: Universe, counts: Columns
) -> None:
    low, high = hidden_range(release.status, release.rule, release.reader)
    low = np.where(release.status == "shown", release.shown, low)
    high = np.where(release.status == "shown", release.shown, high)
    told = np.flatnonzero((low > 0) | (high < INFINITY))
    matrix = universe.incidence(release.cells)[told]
    knowledge.add_rows([(matrix, counts)], low[told], high[told], release, told)


def hidden_range(
    status: NDArray[np.object_], rule: Rule, reader: str
) -> tuple[Vector, Vector]:
    """The least and greatest count that each status can stand for, to a reader."""
    low, high = np.zeros(len(status)), np.full(len(status), INFINITY)
    if reader == "plain":
        return low, high
    low[:] = 1 if rule.zeros == "show" else 0
    if rule.marks == "kind" and rule.primary == "threshold":
        high[status == "primary"] = rule.threshold
        low[status == "secondary"] = rule.threshold + 1
    return low, high


def learn_totals(
    knowledge: Knowledge,
    cells: pd.DataFrame,
    totals: Vector,
    universe: Universe,
    counts: Columns,
) -> None:
    """Exact totals that are public elsewhere; `cells` has "Total" where summed over."""
    matrix = universe.incidence(cells)
    names = [
        f"{cell_name(cells.iloc[row], universe.attributes)} (outside total)"
        for row in range(len(cells))
    ]
    if (empty := np.diff(matrix.indptr) == 0).any():
        row = int(np.argmax(empty))
        raise ParameterError(
            f"external {names[row]}: no published cell holds these cases; expected "
            f'values that occur in the edition, or "{TOTAL}"'
        )
    sources = np.array(names, dtype=object)
    knowledge.add_rows([(matrix, counts)], totals, totals, None, sources)
