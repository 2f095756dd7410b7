"""The audit: what a reader can work out about the true counts, cell by cell.

The auditor is given what the reader is given: published cells, the public rule, exact
totals from elsewhere, earlier editions. It never looks at a count that is not shown.

Readers. The plain one knows that counts are whole and not negative, and believes every
published sum. For a rounded edition he knows that figures were changed but not how, so
that alone tells him nothing; judge an edition by the rule-aware reader, who also knows
everything in the `Rule`: what hidden, a rounded 0 or the base can stand for, that zeros
are shown if they are, that secondary cells lie above the threshold.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sdctables.auditing.bounds import METHODS, Bounds, bound_parts
from sdctables.auditing.constraints import Columns, Constraints
from sdctables.auditing.evidence import (
    CHANGES,
    Cells,
    Changes,
    Earlier,
    Evidence,
    External,
    constraints_of,
    gather,
)
from sdctables.cells.incidence import patterns
from sdctables.errors import DisclosureError, ParameterError
from sdctables.rule import Reader, Rule


def audit(
    published: Cells,
    *,
    rule: Rule | None = None,
    reader: Reader | str = "plain",
    external: External = (),
    earlier: Earlier | Iterable[Earlier] = (),
    bounds: Mapping[Any, Any] | None = None,
    inner: pd.DataFrame | None = None,
    also: pd.DataFrame | None = None,
    changes: Changes | None = None,
) -> pd.DataFrame:
    """The least and greatest true count, `low` and `high`, of every cell.

    Rows: the published cells in their order, then sums that are not published (`also`,
    a frame of attributes with "Total" where summed over) and the inner cells that are
    not published themselves (`status` "not published"). Columns: the attributes, `n`
    (missing where not shown), `status`, `low`, `high` (infinite where nothing bounds
    it), `method` (one of bounds.METHODS or "published"), `changes` (below).

    `published`: a table, or a frame of which no more is known than it shows. `rule`: by
    which its counts were protected, by default that of the table. `external`: exact
    totals from elsewhere, a frame of attributes and `n` or a list of
    `{"year": 2023, "n": 30}`; what is not named is summed over. `earlier`: tables of
    earlier editions, oldest first, each alone (its rule, else this one) or as
    `(table, rule)`. `bounds`: the largest error of a margin where the edition prints
    it; `inner`: the inner cells that can occur, if the cells do not show them; both by
    default those of the table. `changes`: what may have happened to a true count
    between editions; by default, for each cell, the strongest of "none", "added" (late
    cases only) and "any" that the figures allow.

    Raises: ParameterError for bad input; DisclosureError when no true table fits what
    is published.
    """
    # Read once, then asked under one belief after another.
    evidence = gather(published, rule, reader, external, earlier, bounds, inner)
    asked = _asked(evidence, also)
    believed, found = _strongest(evidence, asked, changes)
    return _result(evidence, asked, found).assign(changes=believed)


def weakest_method(audited: pd.DataFrame) -> str:
    """How the least certain bounds of an audit were found: one of bounds.METHODS."""
    ranks = audited["method"].map({name: place for place, name in enumerate(METHODS)})
    return METHODS[int(ranks.max()) if ranks.notna().any() else 0]


def _asked(evidence: Evidence, also: pd.DataFrame | None) -> pd.DataFrame:
    """All cells to bound, by their attributes: the published ones stand first."""
    attributes = evidence.present.attributes
    parts = [evidence.present.cells]
    if also is not None:
        parts.append(also[attributes])
    parts.append(evidence.behind.keys.iloc[_unpublished_inner(evidence)][attributes])
    return pd.concat([part.astype("object") for part in parts], ignore_index=True)


def _strongest(
    evidence: Evidence, asked: pd.DataFrame, changes: Changes | None
) -> tuple[NDArray[np.object_], Bounds]:
    """For each cell the strongest belief that the figures around it allow, its bounds.

    Cell by cell: that a case was withdrawn in one court says nothing of the others.
    """
    if changes is not None and changes not in CHANGES:
        raise ParameterError(
            f"changes is {changes!r}; expected {', '.join(CHANGES)} or None"
        )
    size = len(asked)
    models: tuple[Changes, ...] = (changes,) if changes else CHANGES
    models = models if evidence.earlier else ("none",)
    best = Bounds(np.zeros(size), np.zeros(size), np.zeros(size, dtype=np.int64))
    believed, still = np.full(size, "", dtype=object), np.ones(size, dtype=bool)
    # Under a belief that the figures contradict no table fits: only the cells that hang
    # together with the contradiction go on to a weaker one.
    for model in models:
        # Each belief has rows of its own, and columns: with "none" one for all
        # editions.
        constraints, columns = constraints_of(evidence, model)
        targets = _targets(evidence, asked, columns, constraints.columns)
        wanted = np.flatnonzero(still)
        found, fits, broken = bound_parts(constraints.programme(), targets[wanted])
        took = wanted[fits]
        # A weaker belief never narrows a bound, so the first that fits is the last
        # word.
        best.low[took], best.high[took] = found.low[fits], found.high[fits]
        best.method[took], believed[took] = found.method[fits], model
        still[took] = False
        if not still.any():
            return believed, best
    raise _no_table(constraints, broken)


def _no_table(constraints: Constraints, rows: list[int]) -> DisclosureError:
    # Several rows can come of one cell: it is named once, in the order of the rows.
    names = dict.fromkeys(constraints.source(row) for row in rows)
    shown = "; ".join(list(names)[:5])
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return DisclosureError(
        f"no true table fits what is published: these cells contradict each other: "
        f"{shown}{more}. Check that all tables were added up from the same cells and "
        "that the rule is the one they were protected by."
    )


def _targets(
    evidence: Evidence, asked: pd.DataFrame, columns: Columns, size: int
) -> sparse.csr_matrix:
    """Each cell that is asked for as a sum of columns."""
    entries = evidence.behind.incidence(asked).tocoo()
    places = (entries.row, columns[entries.col])
    return sparse.csr_matrix((entries.data, places), shape=(entries.shape[0], size))


def _result(evidence: Evidence, asked: pd.DataFrame, found: Bounds) -> pd.DataFrame:
    present, published = evidence.present, len(evidence.present.cells)
    rest = len(asked) - published
    # Categories of the owner may lack "Total" and the cells that he did not publish.
    kinds = present.cells.dtypes.to_dict() if not rest else {}
    cells = asked.astype(kinds)
    shown = np.concatenate([present.shown, np.full(rest, np.nan)])
    cells["n"] = pd.Series(shown).astype("Int64")
    cells["status"] = [*present.status, *["not published"] * rest]
    cells["low"], cells["high"] = _whole(found.low), _whole(found.high)
    how = np.array(METHODS, dtype=object)[found.method]
    if present.rule.shows_true_counts:
        # Its bounds are the count itself, whatever they were found by.
        how[:published][present.status == "shown"] = "published"
    cells["method"] = how
    return cells


def _unpublished_inner(evidence: Evidence) -> np.ndarray:
    """Inner cells that have no row of their own among the published cells."""
    attributes = evidence.present.attributes
    tables = patterns(evidence.present.cells, attributes)
    # Only rows of the finest margin are inner cells; where it is not published, none
    # is.
    table = tables.get(tuple(attributes), np.array([], dtype=np.intp))
    own = set(evidence.present.cells.iloc[table].itertuples(index=False, name=None))
    keys = evidence.behind.keys[attributes].itertuples(index=False, name=None)
    return np.array([i for i, key in enumerate(keys) if key not in own], dtype=np.intp)


def _whole(values: np.ndarray) -> np.ndarray:
    return values.astype(np.int64) if np.isfinite(values).all() else values
