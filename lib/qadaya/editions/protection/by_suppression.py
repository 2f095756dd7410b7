"""The other method: tables whose totals are exact, with small counts hidden.

The policy's margins are the tables. Every one of them has the year, so that a year is
protected by itself, all its tables at once: counts up to the threshold are hidden,
zeros among them, and as many others as leave each of those an interval as wide as the
rule says. A year is published once. Exact totals that move would tell late cases, so
later editions repeat it as it was printed, with who had reported then.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from qadaya.editions.protection.attack_suppressed import (
    YEAR,
    attack_years,
    inner_grid,
    table_name,
)
from qadaya.editions.protection.policy import Policy
from qadaya.editions.protection.proof import (
    proof_of,
    require_nothing_certain,
    require_wide_intervals,
)
from qadaya.editions.protection.protected import Protected
from qadaya.errors import DisclosureError, EditionError
from sdctables.cells.incidence import patterns
from sdctables.cells.published import Margin, published_cells
from sdctables.rule import Rule
from sdctables.suppression.suppress import as_printed, suppress

Tables = Mapping[str, pd.DataFrame]


def suppressed(
    cells: pd.DataFrame,
    reporting: pd.DataFrame,
    policy: Policy,
    *,
    seed: int,
    earlier: Mapping[str, tuple[Tables, Rule]],
) -> Protected:
    """The policy's margins with small counts hidden, attacked and found to hold.

    `cells`: the true inner cells. `reporting`: of each court and year; counts stand
    where one has reported, nil or not. `earlier`: the tables of earlier editions by
    this method, and the rule of each.

    Raises: DisclosureError when no choice of hidden cells protects the small counts, or
    when there is no new year; EditionError for cases of a court that has not reported.
    """
    years = _years(reporting, policy)
    before = _published_before(earlier, policy)
    new = [year for year in years if year not in before]
    if not new:
        raise DisclosureError(
            f"the edition is held back: its years were published in {before[years[0]]} "
            "already, and exact totals that move would give late cases away. Expected "
            "a year that was not published"
        )
    parts = [
        _tables_of(_hidden(cells, reporting, policy, year, seed), policy, year)
        for year in new
    ]
    for year in years:
        if year in before:
            tables, _ = earlier[before[year]]
            parts.append({name: _of(table, [year]) for name, table in tables.items()})
    tables = _joined([*parts, {"reporting": _of(reporting, new)}])
    attacks = attack_years(tables, policy)
    require_wide_intervals(attacks, policy.rule)
    require_nothing_certain(attacks, policy.rule)
    proof = proof_of(
        attacks,
        rule=policy.rule,
        policy=policy,
        earlier=list(earlier),
    )
    levels = [tables[table_name(margin)] for margin in policy.margins]
    proof["hidden"] = int(sum(table["hidden"].sum() for table in levels))
    proof["published_first"] = {str(y): before[y] for y in years if y in before}
    totals = tables[table_name((YEAR,))]
    return Protected(
        tables=tables,
        rule=policy.rule,
        bounds={},
        accepted=None if totals["hidden"].any() else int(totals["n"].sum()),
        proof=proof,
        record=cells.assign(published=cells["n"]),
        repeated=tables,
    )


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
        for year in tables["reporting"][YEAR]:
            first.setdefault(int(year), number)
    return first


def _hidden(
    cells: pd.DataFrame,
    reporting: pd.DataFrame,
    policy: Policy,
    year: int,
    seed: int,
) -> pd.DataFrame:
    """The published cells of one year as readers get them, without the year."""
    columns = [column for column in policy.inner if column != YEAR]
    grid = inner_grid(_of(reporting, [year]), columns)
    true = _of(cells, [year]).drop(columns=YEAR)
    counted = grid.merge(true, how="left", on=columns) if columns else true
    counted["n"] = counted["n"].fillna(0).astype("int64")
    if counted["n"].sum() != true["n"].sum():
        raise EditionError(
            "the cases are not all of courts and years that have reported; expected "
            "cases and returns of one register"
        )
    margins = [_without_year(margin) for margin in policy.margins]
    published = published_cells(counted, margins)
    attrs = published.attrs
    # Were the cheapest always hidden, what is hidden would tell which counts are small.
    draw = np.random.default_rng([seed, year])
    published["cost"] = (published["n"] + 1) * draw.uniform(1, 2, len(published))
    published.attrs = attrs
    hidden = suppress(published, rule=policy.rule, cost="cost", seed=seed)
    printed = as_printed(hidden, rule=policy.rule)
    printed.attrs = hidden.attrs
    return printed


def _tables_of(
    printed: pd.DataFrame, policy: Policy, year: int
) -> dict[str, pd.DataFrame]:
    """One table for each margin: its columns, `n` (missing where hidden), `hidden`."""
    attributes = printed.attrs["attributes"]
    found = patterns(printed, attributes)
    tables = {}
    for margin in policy.margins:
        kept = tuple(name for name in attributes if name in margin)
        rows = printed.iloc[found[kept]].assign(year=year)
        hidden = rows["status"] != "shown"
        tables[table_name(margin)] = rows[[*margin, "n"]].assign(hidden=hidden)
    return tables


def _joined(parts: Sequence[Tables]) -> dict[str, pd.DataFrame]:
    """The tables of several years as one each, in order."""
    names = dict.fromkeys(name for part in parts for name in part)
    tables = {}
    for name in names:
        rows = pd.concat([part[name] for part in parts if name in part])
        keys = [str(c) for c in rows if c not in ("n", "hidden", "status")]
        tables[name] = rows.sort_values(keys, ignore_index=True, kind="stable")
    return tables


def _of(table: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    return table[table[YEAR].isin(years)]


def _without_year(margin: Margin) -> Margin:
    return tuple(column for column in margin if column != YEAR)
