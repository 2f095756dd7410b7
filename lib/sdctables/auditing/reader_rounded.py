"""What a reader who knows the rule learns from one rounded release.

A rounded inner count that is published stands for a range; one that is not is an
unknown of its own, tied to the true count by the rule.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sdctables.auditing.constraints import Columns, Constraints
from sdctables.auditing.reader_unknown import learn_unknown
from sdctables.auditing.release import Release
from sdctables.cells.checks import Margin, cell_name
from sdctables.cells.incidence import InnerCells
from sdctables.errors import DisclosureError
from sdctables.solver import INFINITY, Vector


def learn_rounded(
    constraints: Constraints,
    release: Release,
    counts: Columns,
    thresholds: Columns | None,
) -> None:
    behind = release.behind
    incidence = behind.incidence(release.cells)
    # A published cell of one inner cell shows that one's own rounded count.
    single = np.flatnonzero(np.diff(incidence.indptr) == 1)
    known = np.full(len(behind), np.nan)
    known[incidence[single].indices] = release.shown[single]
    low, high = _true_range(known, release, single, incidence)
    # What was left as it is and is published is the true count.
    low, high = (np.where(release.left, known, end) for end in (low, high))
    inner = np.flatnonzero(~np.isnan(known))
    # low <= x <= high, where the rounded count itself is published.
    constraints.add_rows(
        [(sparse.identity(len(inner), format="csr"), counts[inner])],
        low[inner],
        high[inner],
        release,
        _cells_of(incidence, single, len(behind))[inner],
    )
    _learn_left(constraints, release, incidence, counts)
    if thresholds is not None:
        # A count that was not rounded did not meet its threshold.
        given = np.where(release.left, np.nan, known)
        _learn_threshold(constraints, given, release.rule.base, counts, thresholds)
    # What a published sum leaves for those of its counts that are not published.
    rest = release.shown - incidence @ np.nan_to_num(known)
    not_shown = np.isnan(known)
    unknown = np.flatnonzero(not_shown & ~release.left)
    left = np.flatnonzero(not_shown & release.left)
    open_rows = np.diff(incidence[:, not_shown].indptr) > 0
    _require_sums(release, rest, open_rows)
    parts = [(sparse.identity(len(behind), format="csr"), counts)]
    if open_rows.any():
        p = learn_unknown(
            constraints, release, incidence, unknown, left, rest, counts, thresholds
        )
        # true - rounded, cell by cell; the rounded ones that are published are numbers
        # and stand on the other side, in `known`.
        inside = sparse.identity(len(behind), format="csr")[:, unknown]
        parts.append((-sparse.csr_matrix(inside), p))
    for margin in release.rule.exact:
        _learn_exact(constraints, behind, margin, parts, np.nan_to_num(known))


def _learn_exact(
    constraints: Constraints,
    behind: InnerCells,
    margin: Margin,
    difference: list[tuple[sparse.csr_matrix, Columns]],
    known: Vector,
) -> None:
    """True and rounded counts have the same sum in every cell of an exact margin.

    `difference`: true counts minus the rounded ones that are unknown; `known`: the
    rounded counts that are published.
    """
    cells = behind.cells_of(margin)
    sums = behind.incidence(cells)
    names = np.array(
        [
            f"{cell_name(cells.iloc[row], behind.attributes)} (exact)"
            for row in range(len(cells))
        ],
        dtype=object,
    )
    # sum of (x - p) over the cells where p is unknown = sum of the p that are known
    parts = [(sparse.csr_matrix(sums @ matrix), place) for matrix, place in difference]
    constraints.add_rows(parts, sums @ known, sums @ known, None, names)


def _true_range(
    known: Vector,
    release: Release,
    single: NDArray[np.intp],
    incidence: sparse.csr_matrix,
) -> tuple[Vector, Vector]:
    """What a rounded inner count can stand for."""
    base, shift = release.rule.base, release.rule.shift
    if (bad := (known > 0) & (known < base)).any():
        inner = int(np.argmax(bad))
        row = int(_cells_of(incidence, single, len(known))[inner])
        raise DisclosureError(
            f"cell {release.label(row)}: a count from 1 to {base - 1} is not rounded "
            f"to base {base}; expected 0 or at least {base}. Publish the rounded "
            "counts."
        )
    # 0 stands for 0 to base - 1, the base for 1 to base + shift, and a larger p for p -
    # shift to p + shift, though not for less than the base.
    low = np.select(
        [known == 0, known == base], [0, 1], np.maximum(known - shift, base)
    )
    high = np.where(known == 0, base - 1, known + shift)
    return low, high


def _cells_of(
    incidence: sparse.csr_matrix, single: NDArray[np.intp], size: int
) -> NDArray[np.intp]:
    cells = np.full(size, -1, dtype=np.intp)
    cells[incidence[single].indices] = single
    return cells


def _require_sums(release: Release, rest: Vector, open_rows: NDArray[np.bool_]) -> None:
    """Raises: DisclosureError when published sums and inner counts disagree."""
    # With all parts published the sum must be met; else the others get the rest.
    wrong = np.where(open_rows, rest < 0, rest != 0)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise DisclosureError(
            f"cell {release.label(row)}: {release.shown[row]:.0f} is published, its "
            f"parts add up to {release.shown[row] - rest[row]:.0f}; no true table "
            "fits. Publish sums of the same rounded cells."
        )


def _learn_left(
    constraints: Constraints,
    release: Release,
    incidence: sparse.csr_matrix,
    counts: Columns,
) -> None:
    """No sum below the base has a count that was left: such a sum is at least the base.

    That each count which was rounded stands in such a sum he cannot say: some are
    rounded by chance.
    """
    rows = np.flatnonzero(np.diff(incidence[:, release.left].indptr) > 0)
    # sum of x >= base, over the inner cells of the sum
    base = release.rule.base
    constraints.add_rows([(incidence[rows], counts)], base, INFINITY, release, rows)


def _learn_threshold(
    constraints: Constraints,
    known: Vector,
    base: int,
    counts: Columns,
    thresholds: Columns,
) -> None:
    """Where p is published: x - t <= 0 if p is 0, x - t >= 1 if p is the base."""
    low = np.where(known == base, 1.0, -INFINITY)
    high = np.where(known == 0, 0.0, INFINITY)
    revealing = np.flatnonzero((known == 0) | (known == base))
    one = sparse.identity(len(revealing), format="csr")
    names = np.array(["a threshold that is kept"] * len(revealing), dtype=object)
    parts = [(one, counts[revealing]), (-one, thresholds[revealing])]
    constraints.add_rows(parts, low[revealing], high[revealing], None, names)
