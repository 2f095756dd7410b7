"""The attack on an edition from what it publishes alone.

Each table is attacked with what is printed beside it: the rule, the error bounds (all
of them meet in the cube), exact totals from elsewhere. The inner cells are not
published, so a count stands for an unknown number of them. The reader here is told more
than readers are: that a count is made of no more than the cells it needs and one that
was rounded down. Real intervals are at least as wide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from qadaya.counting.sums import TABLE_COLUMNS
from qadaya.editions.margins import margin_columns, parts_by_circuit
from qadaya.editions.protection.insider import ExactSum, Insider, inside_view
from qadaya.editions.protection.policy import Policy
from sdctables import TOTAL, CellTable, audit, published_cells
from sdctables.auditing.audit import weakest_method
from sdctables.cells.checks import Margin, cell_name
from sdctables.rule import Reader, Rule

PART = "part"
_PLACES = ("court_id", "circuit_id")


@dataclass(frozen=True)
class Attack:
    """What one reader found in one table.

    `cells`: the small counts, with `low` and `high`. `narrowest`: the width of the
    narrowest interval, that of a rounded 0 included; None when nothing is bounded.
    `exact`: the sums known exactly. `insider`: what somebody who knows his own case
    learns beside this reader; None where the reader knows no rule.
    """

    table: str
    reader: str
    audited: int
    narrowest: int | None
    method: str
    cells: pd.DataFrame = field(repr=False)
    exact: list[ExactSum] = field(repr=False)
    insider: Insider | None = field(repr=False, default=None)

    def to_dict(self) -> dict[str, Any]:
        """For the proof: how many published cells, how narrow, by what method."""
        return {
            "table": self.table,
            "reader": self.reader,
            "cells": self.audited,
            "narrowest": self.narrowest,
            "method": self.method,
        }


def attack_tables(
    tables: Mapping[str, pd.DataFrame],
    *,
    rule: Rule,
    policy: Policy,
    bounds: Mapping[str, Mapping[str, Any]],
    years: Iterable[int] = (),
) -> list[Attack]:
    """Every table against every reader of the policy.

    `years`: the years for which every court has reported; only there is a national
    total from elsewhere the total of the same cases.
    """
    # The ends that the edition prints tell a reader which totals can be of its cases.
    outside = _usable(policy, tables["cube"], bounds, set(years))
    found = []
    for name in policy.tables:
        if tables[name].empty:
            continue
        # The two measures of sentences count the same cases, which no total holds.
        totals = [] if name == "sentences" else outside
        target = _target(name, tables[name], policy, rule, bounds, totals)
        found += [_attacked(target, rule, Reader(name)) for name in policy.readers]
    return found


def parts_behind(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """The inner cells that may stand behind each count: those it needs and one more."""
    # n = base * (parts rounded up) + (parts that stayed, of base or more each): there
    # are n // base of both at most. The one more is what was rounded down to 0.
    parts = table["n"].to_numpy() // rule.base + 1
    inner = table.loc[table.index.repeat(parts)].drop(columns="n")
    numbers = np.concatenate([np.arange(count) for count in parts])
    return inner.assign(**{PART: numbers.astype(str)}).reset_index(drop=True)


def with_parts(published: CellTable, table: pd.DataFrame, rule: Rule) -> CellTable:
    """The published cells of a table as sums over parts that are not published."""
    return published.of(
        frame=published.frame.assign(**{PART: TOTAL}),
        attributes=[*published.attributes, PART],
        inner=parts_behind(table, rule),
    )


@dataclass(frozen=True)
class _Target:
    """One table as it is attacked, with all that is known beside it."""

    name: str
    published: CellTable
    totals: list[dict[str, int]]
    exact: list[ExactSum]

    def audited(
        self, rule: Rule, reader: Any, totals: list[dict[str, int]]
    ) -> pd.DataFrame:
        return audit(
            self.published,
            rule=rule,
            reader=reader,
            external=totals,
        )


def _target(
    name: str,
    table: pd.DataFrame,
    policy: Policy,
    rule: Rule,
    bounds: Mapping[str, Mapping[str, Any]],
    totals: list[dict[str, int]],
) -> _Target:
    margins = _margins(name, policy)
    # A total from elsewhere is of a year: the reader adds up that margin himself.
    margins += [("year",)] if totals and ("year",) not in margins else []
    parted = _parted(margins, table)
    margins += [part for part in parted.values() if part not in margins]
    published = with_parts(published_cells(table, margins), table, rule)
    inside = _inside(bounds, published)
    # The printed error of a court holds for its years in each circuit as well.
    inside |= {part: inside[own] for own, part in parted.items() if own in inside}
    return _Target(
        name,
        published.of(rule=rule, bounds=inside),
        totals,
        [*_totals(totals), *_exact_cells(published, rule)],
    )


def _attacked(target: _Target, rule: Rule, reader: Reader) -> Attack:
    audited = target.audited(rule, reader, target.totals)
    # Counts that may be small and are not certainly none.
    small = audited[(audited["low"] < rule.smallest_open) & (audited["high"] > 0)]
    widths = (small["high"] - small["low"]).to_numpy(dtype=float)
    return Attack(
        table=target.name,
        reader=reader.knows,
        audited=len(target.published),
        narrowest=_narrowest(widths[np.isfinite(widths)], rule, reader),
        method=weakest_method(audited),
        cells=small,
        exact=target.exact,
        insider=_insider(target, audited, rule) if reader.has_rule else None,
    )


def _insider(target: _Target, audited: pd.DataFrame, rule: Rule) -> Insider:
    """How far counts could go down if no sum were known exactly, to leave room."""
    # room of a sum = n - sum of least values: those must not use the sum itself, so the
    # cells are audited without what is known exactly.
    free = audited
    if target.exact:
        free = target.audited(Rule(base=rule.base, shift=rule.shift), "rule-aware", [])
    shown = len(target.published)
    return inside_view(audited[:shown], free[:shown], PART, target.exact, rule)


def _usable(
    policy: Policy,
    cube: pd.DataFrame,
    bounds: Mapping[str, Mapping[str, Any]],
    complete: set[int],
) -> list[dict[str, int]]:
    """Totals from elsewhere that can be of the same cases, as a reader can tell."""
    largest = bounds.get("year", {}).get("largest", float("inf"))
    sums = cube.groupby("year")["n"].sum()
    return [
        {"year": total.year, "n": total.n}
        for total in policy.outside
        # |published - total| <= the printed error: else it counts other cases.
        if total.year in complete and abs(sums.get(total.year, 0) - total.n) <= largest
    ]


def _margins(name: str, policy: Policy) -> list[Margin]:
    """The finest level of a table, and the sums over it of which something is told."""
    columns = TABLE_COLUMNS[name]
    bounded = (*policy.margins, *policy.printed) if name == "cube" else ()
    limited = (*bounded, *policy.exact)
    # The others are no sums over this table, and tell nothing of its cells.
    inside = [margin for margin in limited if set(margin) < set(columns)]
    return [columns, *inside]


def _parted(margins: Iterable[Margin], table: pd.DataFrame) -> dict[Margin, Margin]:
    """The margins by court whose error holds for the parts of a court that moved."""
    homes = table[[column for column in _PLACES if column in table]].drop_duplicates()
    if "court_id" not in homes or not homes["court_id"].duplicated().any():
        return {}
    return {
        margin: part
        for margin in margins
        if (part := parts_by_circuit(margin)) != margin
    }


def _inside(
    bounds: Mapping[str, Mapping[str, Any]], published: CellTable
) -> dict[Margin, Mapping[str, Any]]:
    """The error bounds of the margins that this table has."""
    attributes = set(published.attributes)
    named = {margin_columns(name): bound for name, bound in bounds.items()}
    return {
        margin: bound for margin, bound in named.items() if set(margin) <= attributes
    }


def _totals(outside: list[dict[str, int]]) -> Iterable[ExactSum]:
    for total in outside:
        year, n = total["year"], total["n"]
        yield ExactSum({"year": year}, n, f"{n} in {year} elsewhere")


def _exact_cells(published: CellTable, rule: Rule) -> Iterable[ExactSum]:
    """The cells of exact margins, as what they say and in words."""
    attributes = [name for name in published.attributes if name != PART]
    cells = published.frame
    for margin in rule.exact:
        # Rows of this margin: its columns have a value, and all others the total.
        kept = (cells[attributes] != TOTAL).eq(
            [column in margin for column in attributes]
        )
        for _, row in cells[kept.all(axis=1)].iterrows():
            cell, n = {name: row[name] for name in margin}, int(row["n"])
            yield ExactSum(cell, n, f"{n} exactly for {cell_name(row, attributes)}")


def _narrowest(widths: np.ndarray, rule: Rule, reader: Reader) -> int | None:
    """The least width; to one who knows the rule a 0 stands for base values."""
    if reader.has_rule:
        widths = np.append(widths, rule.base - 1)
    return int(widths.min()) if len(widths) else None
