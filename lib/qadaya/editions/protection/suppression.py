"""Editions by suppression: tables whose totals are exact, with small counts hidden.

The policy's margins are the tables. Every one of them has the year, so that a year is
protected by itself, all its tables at once: counts up to the threshold are hidden,
zeros among them, and as many others as leave each of those an interval as wide as the
rule says. A year is published once. Exact totals that move would tell late cases, so
later editions repeat it as it was printed, with who had reported then.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.notices import HiddenNotice
from qadaya.editions.protection.attack_rounded import Attack
from qadaya.editions.protection.attack_suppressed import (
    YEAR,
    attack_years,
    inner_grid,
    require_repeated,
    table_name,
)
from qadaya.editions.protection.policy import Policy
from qadaya.editions.protection.proof import (
    proof_of,
    withstood,
)
from qadaya.editions.protection.protected import Counted, Protected
from qadaya.errors import DisclosureError, EditionError
from sdctables import CellTable, published_cells, suppress
from sdctables.cells.checks import Margin
from sdctables.cells.incidence import patterns
from sdctables.rule import Rule

Tables = Mapping[str, pd.DataFrame]


class Suppression(HiddenNotice):
    """Small counts are hidden, and others with them; a year is published once."""

    def protect(self, counted: Counted) -> Protected:
        """The policy's margins with small counts hidden, attacked and found to hold.

        Raises: DisclosureError when no choice of hidden cells protects the small
        counts, or when there is no new year; EditionError for cases of a court that has
        not reported.
        """
        policy = counted.policy
        years = _years(counted.reporting, policy)
        earlier = {
            number: (counted.printed(number), rule)
            for number, (_, rule) in counted.records.items()
        }
        before = _published_before(earlier, policy)
        tables = _joined(_parts(counted, years, before, earlier))
        # Attacked as it will be printed, repeated years too: what a search for hidden
        # cells takes for safe is no proof.
        attacks = self.attack(tables, policy.rule, policy, {})
        numbers = list(earlier)
        proof = proof_of(attacks, rule=policy.rule, policy=policy, earlier=numbers)
        levels = [tables[table_name(margin)] for margin in policy.margins]
        proof["hidden"] = int(sum(table["hidden"].sum() for table in levels))
        proof["published_first"] = {str(y): before[y] for y in years if y in before}
        totals = tables[table_name((YEAR,))]
        return Protected(
            tables=tables,
            rule=policy.rule,
            bounds={},
            # Less the totals that are shown, it would be the one that is hidden.
            accepted=None if totals["hidden"].any() else int(totals["n"].sum()),
            proof=proof,
            # Every count that is shown is exact, so nothing else was published for it.
            record=counted.cells.assign(published=counted.cells["n"]),
            repeated=tables,
        )

    def attack(
        self,
        tables: Tables,
        rule: Rule,
        policy: Policy,
        bounds: Mapping[str, Mapping[str, Any]],
    ) -> list[Attack]:
        return withstood(attack_years(tables, policy), rule)

    def compare(self, edition: Edition, earlier: Sequence[Edition]) -> None:
        tables = _all_tables(edition)
        for other in earlier:
            require_repeated(tables, _all_tables(other), other.number)


def _all_tables(edition: Edition) -> dict[str, pd.DataFrame]:
    return {name: edition.table(name) for name in edition.tables}


def _parts(
    counted: Counted,
    years: Sequence[int],
    before: Mapping[int, str],
    earlier: Mapping[str, tuple[Tables, Rule]],
) -> list[Tables]:
    """The tables of each year: new ones protected, others as they were printed."""
    cells, reporting = counted.cells, counted.reporting
    policy, seed = counted.policy, counted.seed
    new = [year for year in years if year not in before]
    if not new:
        raise DisclosureError(
            f"the edition is held back: its years were published in {before[years[0]]} "
            "already, and exact totals that move would give late cases away. Expected "
            "a year that was not published"
        )
    parts: list[Tables] = [
        _tables_of(_hidden(cells, reporting, policy, year, seed), policy, year)
        for year in new
    ]
    # From the edition that printed it first, not from the register: late cases would
    # show in the difference.
    for year in years:
        if year in before:
            tables, _ = earlier[before[year]]
            parts.append({name: _of(table, [year]) for name, table in tables.items()})
    return [*parts, {"reporting": _of(reporting, new)}]


def _years(reporting: pd.DataFrame, policy: Policy) -> list[int]:
    held = sorted({int(year) for year in reporting[YEAR]})
    if unknown := sorted(set(policy.years) - set(held)):
        raise EditionError(
            f"years has {unknown[0]}, for which no return was accepted; expected some "
            f"of {', '.join(map(str, held))}"
        )
    return sorted(policy.years) or held


def _published_before(
    earlier: Mapping[str, tuple[Tables, Rule]], policy: Policy
) -> dict[int, str]:
    """The first edition that published each year.

    Raises: DisclosureError where it did so by other tables or another rule.
    """
    names = {table_name(margin) for margin in policy.margins}
    first: dict[int, str] = {}
    for number, (tables, rule) in earlier.items():
        if {*tables} - {"reporting"} != names or rule != policy.rule:
            raise DisclosureError(
                f"the edition is held back: the edition {number} was published by "
                "other margins or another rule, and both together could give counts "
                "away. Expected the margins and the rule of that edition"
            )
        # Editions come in their order, so that the first one stays.
        for year in tables["reporting"][YEAR]:
            first.setdefault(int(year), number)
    return first


def _hidden(
    cells: pd.DataFrame,
    reporting: pd.DataFrame,
    policy: Policy,
    year: int,
    seed: int,
) -> CellTable:
    """The published cells of one year as readers get them, without the year."""
    columns = [column for column in policy.inner if column != YEAR]
    grid = inner_grid(_of(reporting, [year]), columns)
    true = _of(cells, [year]).drop(columns=YEAR)
    counted = grid.merge(true, how="left", on=columns) if columns else true
    counted["n"] = counted["n"].fillna(0).astype("int64")
    # A case outside the grid would be missing from its cell and stand in the totals:
    # what is printed would contradict itself by just that case.
    if counted["n"].sum() != true["n"].sum():
        raise EditionError(
            "the cases are not all of courts and years that have reported; expected "
            "cases and returns of one register"
        )
    margins = [_without_year(margin) for margin in policy.margins]
    published = published_cells(counted, margins)
    # Were the cheapest always hidden, what is hidden would tell which counts are small.
    draw = np.random.default_rng([seed, year])
    cost = (published["n"] + 1) * draw.uniform(1, 2, len(published))
    priced = published.assign(cost=cost)
    return suppress(priced, rule=policy.rule, cost="cost", seed=seed).as_printed()


def _tables_of(
    printed: CellTable, policy: Policy, year: int
) -> dict[str, pd.DataFrame]:
    """One table for each margin: its columns, `n` (missing where hidden), `hidden`."""
    cells, attributes = printed.frame, printed.attributes
    rows_of = patterns(cells, attributes)
    tables = {}
    for margin in policy.margins:
        kept = tuple(name for name in attributes if name in margin)
        rows = cells.iloc[rows_of[kept]].assign(year=year)
        hidden = rows["status"] != "shown"
        tables[table_name(margin)] = rows[[*margin, "n"]].assign(hidden=hidden)
    return tables


def _joined(parts: Sequence[Tables]) -> dict[str, pd.DataFrame]:
    """The tables of several years as one each, in order."""
    names = dict.fromkeys(name for part in parts for name in part)
    tables = {}
    for name in names:
        rows = pd.concat([part[name] for part in parts if name in part])
        # By places and codes: in what order cells were hidden is not to be told.
        keys = [str(c) for c in rows if c not in ("n", "hidden", "status")]
        tables[name] = rows.sort_values(keys, ignore_index=True, kind="stable")
    return tables


def _of(table: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    return table[table[YEAR].isin(years)]


def _without_year(margin: Margin) -> Margin:
    return tuple(column for column in margin if column != YEAR)
