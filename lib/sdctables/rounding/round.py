"""Consistent rounding: inner counts change once, every table adds them up.

Inner counts from 1 to base - 1 become 0 or the base, such that the margins stay as near
to the truth as they can: first the worst error is made as small as possible, most of
all that of the coarsest margins, then the weighted sum of all errors. What earlier
editions have settled stays (`thresholds`); of the rest chance settles a share, and the
programme makes up for it in the others (`search`, `model`).
"""

import math
import numbers
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.cells.checks import (
    Margin,
    cell_name,
    checked_cells,
    checked_margins,
    inner_columns,
    require_frame,
    require_seed,
)
from sdctables.cells.order import order_by_name
from sdctables.errors import ParameterError
from sdctables.rounding.model import Clock
from sdctables.rounding.needed import in_small_sums, needed_at_first
from sdctables.rounding.search import Rounded, RoundingProgramme
from sdctables.rounding.thresholds import kept_moves, thresholds_of
from sdctables.rule import Rule, require_method
from sdctables.solver import SOLVER

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class RoundingReport:
    """What rounding did: for the desk, which alone may see it; also readable by key.

    `errors`: for each margin `{"largest", "mean"}` of |published - true|, in cases.
    `gap`: how far the weighted sum of errors can be above the least possible one, as a
    share, by what is proven. `cap`: the largest error of any margin that counts.
    `rounded`, `moved`: how many small counts there were, and cases that larger counts
    moved. `cut`: the time limit ended the search. `rule`: as it must be printed and
    given to the auditor. All but the rule come of the true counts and tell of them;
    `to_dict` has none of that.
    """

    rule: Rule
    gap: float = field(repr=False)
    seconds: float = field(repr=False)
    errors: dict[Margin, dict[str, float]] = field(repr=False)
    cap: int = field(repr=False)
    rounded: int = field(repr=False)
    moved: int = field(repr=False)
    solver: str
    status: str = field(repr=False)
    cut: bool = field(repr=False)
    seed: int = field(repr=False)

    def __getitem__(self, name: str) -> Any:
        if name not in self.__dataclass_fields__:
            raise KeyError(name)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """What may be printed: no seed, and nothing that depends on a true count."""
        return {"rule": self.rule.to_dict(), "solver": self.solver}


def round_counts(
    cells: pd.DataFrame,
    margins: Iterable[str | Sequence[str]],
    *,
    rule: Rule,
    exact: Iterable[str | Sequence[str]] = (),
    earlier: Iterable[pd.DataFrame] = (),
    only_where_needed: bool = False,
    seed: int | None = None,
    gap: float = 0.02,
    time_limit: float = 30,
) -> tuple[pd.DataFrame, RoundingReport]:
    """The cells with a column `published`, and a report.

    `cells`: one row per inner cell, attribute columns and `n`, best as a complete grid.
    Zeros and counts of the base or more stay, unless a margin in `exact` can only be
    hit by moving a larger count: then as few cases as possible are moved, each count by
    `rule.shift` at most, and a moved count stays at the base or above. `earlier`: the
    cells of earlier editions with `n` and `published`, rounded to the same base; what
    they settle stays as it was, and the printed rule says so. `gap`: share by which the
    weighted sum of errors may exceed the least one; a published inner table has no
    weight of its own. Among the answers within the gap the secret `seed` chooses one;
    None draws a fresh one.

    `only_where_needed`, for inner cells that are not published: small counts that no
    sum of the margins needs rounded stay as they are, so that the sums come nearer to
    the truth. A column `needed` then says of which cells that is not so. Differences of
    printed sums may tell a count that was left: look at the audit, which is given that
    column by `published_cells`, before anything is printed.

    The same cells and seed give the same answer in any order of rows. Renaming the
    labels renames the answer; cells that only their names tell apart may trade places.

    At the time limit the best answer is taken that was found, with its gap, and the
    report says so in `status`; until then no clock has a say. Tables too large for one
    programme are rounded in parts.

    Raises: ParameterError for bad counts, margins and settings. DisclosureError when an
    exact margin cannot be hit (with the nearest achievable count), or when the time
    limit is too short to find whether it can.
    """
    require_method(rule, "rounding", "round_counts")
    _require_settings(gap, time_limit, seed)
    cells = checked_cells(cells)
    attributes = inner_columns(cells)
    kinds = checked_margins(margins, attributes)
    wanted = list(exact) or list(rule.exact)
    hit = checked_margins(wanted, attributes) if wanted else []
    rule = replace(rule, exact=tuple(hit), shift=rule.shift if rule.exact else -1)
    if before := _records(earlier):
        rule = replace(rule, thresholds="kept")
    if only_where_needed:
        rule = replace(rule, only_where_needed=True)
    seed = secrets.randbits(63) if seed is None else int(seed)
    order = order_by_name(cells, attributes)
    inner = cells.iloc[order].reset_index(drop=True)
    counts = inner["n"].to_numpy(dtype=np.int64)
    margin_cells = [_groups(inner, margin) for margin in [*kinds, *hit]]

    def solve(needed: NDArray[np.bool_], seconds: float) -> Rounded:
        programme = RoundingProgramme(
            counts,
            margin_cells,
            rule.base,
            exact=len(hit),
            shift=rule.shift,
            thresholds=thresholds_of(inner, attributes, rule.base, before),
            moved=kept_moves(inner, attributes, margin_cells[len(kinds) :], before),
            chance=rule.chance,
            needed=needed,
            describe=lambda margin, cell: _name(
                inner, [*kinds, *hit][margin], margin_cells[margin] == cell
            ),
        )
        return programme.solve(gap=gap, seconds=seconds, seed=seed)

    if rule.only_where_needed:
        needed, rounded = _where_needed(
            solve, counts, margin_cells, rule.base, time_limit, seed
        )
    else:
        rounded = solve(np.ones(len(inner), dtype=bool), time_limit)
    published = np.empty(len(cells), dtype=np.int64)
    published[order] = rounded.published
    cells = cells.assign(published=published)
    if rule.only_where_needed:
        cells["needed"] = needed[np.argsort(order)]
    change = rounded.published - counts
    errors = {
        margin: _errors(change, groups)
        for margin, groups in zip(kinds, margin_cells, strict=False)
    }
    return cells, _report(rule, rounded, errors, seed)


def _where_needed(
    solve: Callable[[NDArray[np.bool_], float], Rounded],
    counts: Counts,
    margins: Sequence[Counts],
    base: int,
    seconds: float,
    seed: int,
) -> tuple[NDArray[np.bool_], Rounded]:
    """Round what is needed, and once more with what that has made needed."""
    clock = Clock(seconds)
    needed = needed_at_first(counts, margins, base, seed=seed)
    while True:
        rounded = solve(needed, clock.rest)
        more = needed | in_small_sums(rounded.published, margins, base)
        if (more == needed).all():
            return needed, replace(rounded, seconds=clock.passed)
        needed = more


def _require_settings(gap: float, time_limit: float, seed: int | None) -> None:
    if not _is_number(gap) or not 0 <= gap < 1:
        raise ParameterError(f"gap is {gap!r}; expected a share from 0 to below 1")
    if not _is_number(time_limit) or not time_limit > 0:
        raise ParameterError(
            f"time_limit is {time_limit!r}; expected seconds, more than 0"
        )
    require_seed(seed)


def _records(earlier: Iterable[pd.DataFrame]) -> list[pd.DataFrame]:
    """The cells of earlier editions; one alone counts as a list of one."""
    records = [earlier] if isinstance(earlier, pd.DataFrame) else list(earlier)
    for number, record in enumerate(records, start=1):
        name = f"earlier edition {number}"
        require_frame(record, name)
        if lacking := [column for column in ("n", "published") if column not in record]:
            raise ParameterError(
                f"{name} has no column {lacking[0]}; expected the cells that "
                "round_counts gave, with n and published"
            )
    return records


def _is_number(value: object) -> bool:
    return isinstance(value, numbers.Real) and not math.isnan(value)


def _groups(inner: pd.DataFrame, margin: Margin) -> Counts:
    if not margin:
        return np.zeros(len(inner), dtype=np.int64)
    grouped = inner.groupby(list(margin), observed=True, sort=False)
    return np.asarray(grouped.ngroup(), dtype=np.int64)


def _name(inner: pd.DataFrame, margin: Margin, members: NDArray[np.bool_]) -> str:
    return cell_name(inner[members].iloc[0], margin)


def _errors(change: Counts, groups: Counts) -> dict[str, float]:
    errors = np.abs(np.bincount(groups, weights=change))
    return {"largest": int(errors.max()), "mean": float(errors.mean())}


def _report(
    rule: Rule, rounded: Rounded, errors: dict[Margin, dict[str, float]], seed: int
) -> RoundingReport:
    return RoundingReport(
        rule=rule,
        gap=rounded.gap,
        seconds=rounded.seconds,
        errors=errors,
        cap=rounded.cap,
        rounded=rounded.rounded,
        moved=rounded.moved,
        solver=SOLVER,
        status=_status(rounded),
        cut=rounded.cut,
        seed=seed,
    )


def _status(rounded: Rounded) -> str:
    if rounded.cut:
        return "best answer within the time limit"
    return "optimal within the gap" if rounded.proven else "cap not proven least"
