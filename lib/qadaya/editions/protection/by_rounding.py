"""The rounded inner cells of a shared edition, and how far each sum was moved."""

import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from qadaya.editions.margins import margin_name, parts_by_circuit
from qadaya.editions.protection.policy import Policy
from sdctables.cells.checks import Margin
from sdctables.rounding.round import round_counts
from sdctables.rule import Rule

# How often a printed error is the largest there was, where it may be told; else more.
_AS_IT_WAS = 0.9
_COURT, _CIRCUIT = "court_id", "circuit_id"


@dataclass(frozen=True)
class RoundedCells:
    """`cells`: the inner cells with `n` (true) and `published`. `rule` is public."""

    cells: pd.DataFrame
    rule: Rule

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
    rule of each. What they have settled stays: a count that is what it was in one of
    them is published as it was then.
    """
    # Nothing to round, but the rule is printed all the same, as of any edition.
    if cells.empty:
        rule = replace(policy.rule, thresholds="kept")
        return RoundedCells(cells.assign(published=cells["n"]), rule)
    rounded, report = round_counts(
        cells,
        policy.margins,
        # The first edition too: those that follow keep what it settles.
        rule=replace(policy.rule, thresholds="kept"),
        exact=policy.exact,
        earlier=_alike(cells, policy, before),
        seed=seed,
        gap=policy.gap,
        time_limit=policy.time_limit,
    )
    if report.cut:
        warnings.warn(
            f"rounding: the time limit of {policy.time_limit:g} s came before the gap "
            "that was asked; the edition has the best rounding found, and another "
            "machine may find another one. Allow more time_limit or a wider gap in "
            "params/protection.yml.",
            stacklevel=2,
        )
    published = rounded["published"].to_numpy()
    return RoundedCells(cells.assign(published=published), report.rule)


def _alike(
    cells: pd.DataFrame,
    policy: Policy,
    before: Sequence[tuple[pd.DataFrame, Rule]],
) -> list[pd.DataFrame]:
    """The records of the same cells; what another rule made of them settles nothing."""
    return [
        on_the_map_of(cells, record)
        for record, rule in before
        if rule.base == policy.rule.base
        and set(rule.exact) == set(policy.exact)
        and set(record) - {"published"} == set(cells)
    ]


def on_the_map_of(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """Earlier counts with each court in the circuit that it has now in that year.

    It is the same court: a move changes none of its cases. What `now` does not hold
    stays where it was.
    """
    if not {_COURT, _CIRCUIT} <= set(then) & set(now):
        return then
    where = [column for column in (_COURT, "year") if column in set(then) & set(now)]
    homes = now[[*where, _CIRCUIT]].drop_duplicates(where)
    moved = then[where].merge(homes, how="left", on=where)[_CIRCUIT].to_numpy()
    # A court that the new edition does not hold has no other place.
    stays = pd.isna(moved)
    return then.assign(circuit_id=then[_CIRCUIT].where(stays, moved))


def error_bounds(
    rounded: RoundedCells, policy: Policy, *, seed: int
) -> dict[str, dict[str, Any]]:
    """How far rounding may have moved each kind of margin, as it is printed.

    An error by court holds as well for the years of a court in each of its circuits.
    Never below base - 1: a smaller error would itself narrow what is known. And one
    time in ten more than it was: a largest error that some sum is known to have says
    of a table which sums it can be.
    """
    floor = policy.rule.base - 1
    change = rounded.cells.assign(error=rounded.cells["published"] - rounded.cells["n"])
    printed_errors = {}
    for margin in (*policy.margins, *policy.printed):
        errors, name = _errors(change, margin), margin_name(margin)
        # A stream for each margin by its name: another margin printed moves none of the
        # rest.
        draw = np.random.default_rng([seed, zlib.crc32(name.encode())])
        # max |published - true| over the cells of the margin, and never below base - 1.
        largest = max(int(errors.max()), floor) if len(errors) else floor
        printed_errors[name] = {
            "largest": largest + int(draw.geometric(_AS_IT_WAS)) - 1
        }
    return printed_errors


def _errors(change: pd.DataFrame, margin: Margin) -> pd.Series:
    if not margin:
        return pd.Series([abs(change["error"].sum())])
    kinds = [margin, parts_by_circuit(margin)] if "circuit_id" in change else [margin]
    sums = [change.groupby(list(kind), observed=True)["error"].sum() for kind in kinds]
    return pd.concat(sums, ignore_index=True).abs()
