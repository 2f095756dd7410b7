"""Editions by rounding: every table is a sum of inner cells that were rounded once."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from qadaya.counting.reporting import complete_years
from qadaya.counting.sums import FINEST_COLUMNS, table_of
from qadaya.editions.earlier import require_batch
from qadaya.editions.edition import Edition
from qadaya.editions.notices import RoundedNotice
from qadaya.editions.protection.attack_rounded import Attack, attack_tables
from qadaya.editions.protection.by_rounding import error_bounds, round_cells
from qadaya.editions.protection.earlier_rounded import Vintage, withstand_memory
from qadaya.editions.protection.policy import Policy, policy_of
from qadaya.editions.protection.proof import (
    proof_of,
    withstood,
)
from qadaya.editions.protection.protected import Counted, Protected
from sdctables.rule import Rule

Tables = Mapping[str, pd.DataFrame]


class Rounding(RoundedNotice):
    """Small inner cells become 0 or the base; what was published before stays."""

    def protect(self, counted: Counted) -> Protected:
        policy, records = counted.policy, counted.records
        before = {number: old for number, (old, _) in records.items()}
        # Asked of the true counts, before the search, which takes longest.
        require_batch(counted.cells, before, policy.batch)
        rounded = round_cells(
            counted.cells, policy, seed=counted.seed, before=list(records.values())
        )
        public = rounded.public_cells
        tables = {name: table_of(public, name) for name in policy.tables}
        bounds = error_bounds(rounded, policy, seed=counted.seed)
        # With all earlier ones at hand, as a reader has them who keeps what he loads.
        withstand_memory(
            Vintage("", rounded.rule, tables, public),
            [_vintage(number, *record) for number, record in records.items()],
        )
        printed = tables | {"reporting": counted.reporting}
        attacks = self.attack(printed, rounded.rule, policy, bounds)
        rule, earlier = rounded.rule, list(records)
        proof = proof_of(attacks, rule=rule, policy=policy, earlier=earlier)
        # As the tables say it: the true number beside them would be one equation more.
        accepted = int(tables["cube"]["n"].sum())
        return Protected(tables, rule, bounds, accepted, proof, rounded.cells)

    def attack(
        self,
        tables: Tables,
        rule: Rule,
        policy: Policy,
        bounds: Mapping[str, Mapping[str, Any]],
    ) -> list[Attack]:
        attacks = attack_tables(
            tables,
            rule=rule,
            policy=policy,
            bounds=bounds,
            years=complete_years(tables["reporting"]),
        )
        return withstood(attacks, rule)

    def compare(self, edition: Edition, earlier: Sequence[Edition]) -> None:
        withstand_memory(_as_published(edition), [_as_published(e) for e in earlier])


def _vintage(number: str, record: pd.DataFrame, rule: Rule) -> Vintage:
    """An earlier edition as it was published, from its record."""
    cells = record.drop(columns="n").rename(columns={"published": "n"})
    # An edition of fewer tables has records of fewer columns.
    tables = {
        name: table_of(cells, name)
        for name, columns in FINEST_COLUMNS.items()
        if set(columns) <= set(cells.columns)
    }
    return Vintage(number, rule, tables, cells)


def _as_published(edition: Edition) -> Vintage:
    policy, rule = policy_of(edition.manifest), edition.manifest.rule
    tables = {name: edition.table(name) for name in policy.tables}
    assert rule is not None  # a shared edition has one
    return Vintage(edition.number, rule, tables)
