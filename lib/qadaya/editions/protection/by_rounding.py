"""The rounded inner cells of a shared edition, and how far each sum was moved."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from qadaya.editions.earlier import settled
from qadaya.editions.margins import margin_name
from qadaya.editions.protection.policy import Policy
from sdctables.cells.published import Margin
from sdctables.rounding.round import round_counts
from sdctables.rule import Rule

# A mean over fewer cells would say too much about each.
_ENOUGH_CELLS = 20


@dataclass(frozen=True)
class RoundedCells:
    """`cells`: the inner cells with `n` (true) and `published`. The rest is public."""

    cells: pd.DataFrame
    rule: Rule
    gap: float
    seconds: float

    @property
    def public_cells(self) -> pd.DataFrame:
        """The inner cells with the rounded counts in `n`, and no other."""
        return self.cells.drop(columns="n").rename(columns={"published": "n"})


def round_cells(
    cells: pd.DataFrame,
    policy: Policy,
    *,
    seed: int,
    before: Sequence[tuple[pd.DataFrame, Rule]] = (),
) -> RoundedCells:
    """The inner cells rounded once, for all tables, by the policy.

    `before`: the inner cells of the earlier shared editions, the oldest first, and the
    rule of each. A count that is what it was in one of them is published as it was
    then; of several the latest holds.
    """
    if cells.empty:
        return RoundedCells(cells.assign(published=cells["n"]), policy.rule, 0.0, 0.0)
    rounded, report = round_counts(
        _settled(cells, policy, before),
        policy.margins,
        rule=policy.rule,
        exact=policy.exact,
        seed=seed,
        gap=policy.gap,
        time_limit=policy.time_limit,
    )
    published = rounded["published"].to_numpy()
    return RoundedCells(
        cells.assign(published=published), report.rule, report.gap, report.seconds
    )


def _settled(
    cells: pd.DataFrame,
    policy: Policy,
    before: Sequence[tuple[pd.DataFrame, Rule]],
) -> pd.DataFrame:
    # What another rule made of a count would be no rounding of this one.
    alike = [
        record
        for record, rule in before
        if rule.base == policy.rule.base and set(rule.exact) == set(policy.exact)
    ]
    return settled(cells, alike, exact=policy.exact)


def error_bounds(rounded: RoundedCells, policy: Policy) -> dict[str, dict[str, Any]]:
    """How far rounding moved each kind of margin, as it may be printed.

    `largest` is never below base - 1: a smaller one would itself narrow what is known.
    `mean` is rounded up to a tenth; over few cells it is the largest.
    """
    floor = policy.rule.base - 1
    change = rounded.cells.assign(error=rounded.cells["published"] - rounded.cells["n"])
    found = {}
    for margin in (*policy.margins, *policy.printed):
        errors = _errors(change, margin)
        largest = max(int(errors.max()), floor) if len(errors) else floor
        mean = math.ceil(float(errors.mean()) * 10) / 10 if len(errors) else 0.0
        few = len(errors) < _ENOUGH_CELLS
        found[margin_name(margin)] = {
            "largest": largest,
            "mean": float(largest) if few else mean,
        }
    return found


def _errors(change: pd.DataFrame, margin: Margin) -> pd.Series:
    if not margin:
        return pd.Series([abs(change["error"].sum())])
    return change.groupby(list(margin), observed=True)["error"].sum().abs()
