"""Consistent rounding: inner counts change once, every table adds them up.

Inner counts from 1 to base - 1 become 0 or the base, such that the margins stay as near
to the truth as they can: first the worst error is made as small as possible, most of
all that of the coarsest margins, then the weighted sum of all errors. What earlier
editions have settled stays (`thresholds`); of the rest chance settles a share, and the
programme makes up for it in the others (`programme`, `search`, `model`).
"""

import math
import numbers
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
from sdctables.rounding.programme import RoundingProgramme
from sdctables.rounding.report import RoundingReport, report_of
from sdctables.rounding.search import Rounded
from sdctables.rounding.thresholds import kept_moves, thresholds_of
from sdctables.rule import Rule, require_method

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class _Task:
    """What is asked of one rounding, with inner cells in the order of their names.

    `margins`: those whose errors are to be small, `hit`: those without any error;
    `groups`: for each of both the number of the cell that an inner cell belongs to.
    """

    rule: Rule
    inner: pd.DataFrame
    attributes: list[str]
    margins: list[Margin]
    hit: list[Margin]
    groups: list[Counts]
    before: list[pd.DataFrame]
    gap: float
    seed: int

    @property
    def counts(self) -> Counts:
        return self.inner["n"].to_numpy(dtype=np.int64)

    def solve(self, needed: NDArray[np.bool_], seconds: float) -> Rounded:
        """The rounding of those that are needed; all others stay."""
        # The exact margins stand last, as the programme expects them.
        exact = self.groups[len(self.margins) :]
        programme = RoundingProgramme(
            self.counts,
            self.groups,
            self.rule.base,
            exact=len(self.hit),
            shift=self.rule.shift,
            thresholds=thresholds_of(
                self.inner, self.attributes, self.rule.base, self.before
            ),
            moved=kept_moves(self.inner, self.attributes, exact, self.before),
            chance=self.rule.chance,
            needed=needed,
            describe=self._name,
        )
        return programme.solve(gap=self.gap, seconds=seconds, seed=self.seed)

    def solve_where_needed(self, seconds: float) -> tuple[NDArray[np.bool_], Rounded]:
        """Round what is needed, and once more with what that has made needed."""
        clock, counts, base = Clock(seconds), self.counts, self.rule.base
        needed = needed_at_first(counts, self.groups, base, seed=self.seed)
        while True:
            rounded = self.solve(needed, clock.rest)
            more = needed | in_small_sums(rounded.published, self.groups, base)
            # `needed` only grows, so this ends: at the latest with all of them.
            if (more == needed).all():
                return needed, replace(rounded, seconds=clock.passed)
            needed = more

    def _name(self, margin: int, cell: int) -> str:
        first = self.inner[self.groups[margin] == cell].iloc[0]
        return cell_name(first, [*self.margins, *self.hit][margin])


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
    # Named in the call or in the rule that it is given; printed in the rule anyhow.
    wanted = list(exact) or list(rule.exact)
    hit = checked_margins(wanted, attributes) if wanted else []
    before = _records(earlier)
    rule = _as_printed(
        rule, hit, kept=bool(before), only_where_needed=only_where_needed
    )
    # The desk keeps it, in the report: with it the same answer comes again.
    seed = secrets.randbits(63) if seed is None else int(seed)
    # By name and not by row, so that sorting a file changes nothing.
    order = order_by_name(cells, attributes)
    inner = cells.iloc[order].reset_index(drop=True)
    groups = [_groups(inner, margin) for margin in [*kinds, *hit]]
    task = _Task(rule, inner, attributes, kinds, hit, groups, before, gap, seed)
    needed = np.ones(len(inner), dtype=bool)
    if rule.only_where_needed:
        needed, rounded = task.solve_where_needed(time_limit)
    else:
        rounded = task.solve(needed, time_limit)
    published = np.empty(len(cells), dtype=np.int64)
    published[order] = rounded.published
    cells = cells.assign(published=published)
    if rule.only_where_needed:
        # The inverse of the order: back to the rows as they were given.
        cells["needed"] = needed[np.argsort(order)]
    errors = {
        margin: _errors(rounded.published - task.counts, cell)
        for margin, cell in zip(kinds, groups, strict=False)
    }
    return cells, report_of(rounded, rule, errors, seed)


def _as_printed(
    rule: Rule, hit: list[Margin], *, kept: bool, only_where_needed: bool
) -> Rule:
    """The rule with all that readers have to be told of what is done by it."""
    # Without exact margins a rule has no shift; -1 makes it follow from the base.
    shift = rule.shift if rule.exact else -1
    rule = replace(rule, exact=tuple(hit), shift=shift)
    if kept:
        rule = replace(rule, thresholds="kept")
    if only_where_needed:
        rule = replace(rule, only_where_needed=True)
    return rule


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
    # The grand total: one cell of all.
    if not margin:
        return np.zeros(len(inner), dtype=np.int64)
    # Numbered as they first come: the order is that of the inner cells.
    grouped = inner.groupby(list(margin), observed=True, sort=False)
    return np.asarray(grouped.ngroup(), dtype=np.int64)


def _errors(change: Counts, groups: Counts) -> dict[str, float]:
    # What a cell errs is the sum of what its inner cells were changed by.
    errors = np.abs(np.bincount(groups, weights=change))
    return {"largest": int(errors.max()), "mean": float(errors.mean())}
