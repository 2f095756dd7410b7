"""The attack on an edition from what it publishes alone, and its proof.

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

from qadaya.errors import DisclosureError
from qadaya.tables.audit import audit
from qadaya.tables.disclosure.margins import TOTAL, Margin, cell_name, published_cells
from qadaya.tables.disclosure.rule import Rule
from qadaya.tables.publication.policy import Policy
from qadaya.tables.publication.rounded import margin_of
from qadaya.tables.sums import TABLE_COLUMNS

_PART = "part"
Exact = tuple[dict[str, Any], str]


@dataclass(frozen=True)
class Attack:
    """What one reader found in one table.

    `cells`: the small counts, with `low` and `high`. `narrowest`: the width of the
    narrowest interval, that of a rounded 0 included; None when nothing is bounded.
    `exact`: the sums known exactly, as attributes and in words.
    """

    table: str
    reader: str
    audited: int
    narrowest: int | None
    method: str
    seconds: float
    solver: str
    cells: pd.DataFrame = field(repr=False)
    exact: list[Exact] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """For the proof: how many published cells, how narrow, by what method."""
        return {
            "table": self.table,
            "reader": self.reader,
            "cells": self.audited,
            "narrowest": self.narrowest,
            "method": self.method,
            "seconds": round(self.seconds, 2),
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
    outside = _usable(policy, tables["cube"], bounds, set(years))
    found = []
    for name in policy.tables:
        if tables[name].empty:
            continue
        published, inner = _frames(tables[name], _margins(name, policy), rule)
        # The two measures of sentences count the same cases, which no total holds.
        totals = [] if name == "sentences" else outside
        exact = [*_totals(totals), *_exact_cells(published, rule)]
        for reader in policy.readers:
            audited = audit(
                published,
                rule=rule,
                reader=reader,
                external=totals,
                bounds=_inside(bounds, published),
                inner=inner,
            )
            found.append(_attack(name, reader, audited, len(published), rule, exact))
    return found


def require_width(attacks: Iterable[Attack], width: int) -> None:
    """Raises: DisclosureError naming the cells and what is known of each."""
    attacks = list(attacks)
    short = [
        f"{attack.table}, {_told(attack, row)}"
        for attack in attacks
        for _, row in attack.cells.iterrows()
        if row["high"] - row["low"] < width
    ]
    if short:
        more = f" and {len(short) - 5} more" if len(short) > 5 else ""
        raise DisclosureError(
            f"{len(short)} counts would be given away: {'; '.join(short[:5])}{more}. "
            f"Expected intervals at least {width} wide; publish fewer margins or raise "
            "the base in params/protection.yml"
        )


def proof_of(
    attacks: list[Attack],
    *,
    rule: Rule,
    policy: Policy,
    gap: float,
    seconds: float,
    earlier: list[str],
) -> dict[str, Any]:
    """What is written beside a shared edition; no seed, no true count."""
    widths = [each.narrowest for each in attacks if each.narrowest is not None]
    return {
        "rule": rule.to_dict(),
        "readers": list(policy.readers),
        "cells": sum(each.audited for each in attacks) // len(policy.readers),
        "narrowest": min(widths, default=None),
        "width": rule.width,
        "solver": attacks[0].solver if attacks else None,
        "gap": round(gap, 4),
        "seconds": {
            "rounding": round(seconds, 2),
            "audit": round(sum(each.seconds for each in attacks), 2),
        },
        "earlier": earlier,
        "outside": [each.model_dump(mode="json") for each in policy.outside],
        "tables": [each.to_dict() for each in attacks],
    }


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
        {"year": each.year, "n": each.n}
        for each in policy.outside
        if each.year in complete and abs(sums.get(each.year, 0) - each.n) <= largest
    ]


def _margins(name: str, policy: Policy) -> list[Margin]:
    """The finest level of a table, and the sums over it of which something is told."""
    columns = TABLE_COLUMNS[name]
    bounded = (*policy.margins, *policy.printed) if name == "cube" else ()
    told = (*bounded, *policy.exact)
    inside = [margin for margin in told if set(margin) < set(columns)]
    return [columns, *inside]


def _frames(
    table: pd.DataFrame, margins: list[Margin], rule: Rule
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The published cells, and the inner cells that may stand behind each of them."""
    published = published_cells(table, margins)
    attrs = published.attrs
    published[_PART] = TOTAL
    published.attrs = {**attrs, "attributes": [*attrs["attributes"], _PART]}
    parts = table["n"].to_numpy() // rule.base + 1
    inner = table.loc[table.index.repeat(parts)].drop(columns="n")
    numbers = np.concatenate([np.arange(count) for count in parts])
    return published, inner.assign(**{_PART: numbers.astype(str)}).reset_index(
        drop=True
    )


def _inside(
    bounds: Mapping[str, Mapping[str, Any]], published: pd.DataFrame
) -> dict[Margin, Mapping[str, Any]]:
    """The error bounds of the margins that this table has."""
    attributes = set(published.attrs["attributes"])
    named = {margin_of(name): each for name, each in bounds.items()}
    return {margin: each for margin, each in named.items() if set(margin) <= attributes}


def _totals(outside: list[dict[str, int]]) -> Iterable[Exact]:
    for total in outside:
        yield {"year": total["year"]}, f"{total['n']} in {total['year']} elsewhere"


def _exact_cells(published: pd.DataFrame, rule: Rule) -> Iterable[Exact]:
    """The cells of exact margins, as what they say and in words."""
    attributes = [name for name in published.attrs["attributes"] if name != _PART]
    for margin in rule.exact:
        kept = (published[attributes] != TOTAL).eq(
            [each in margin for each in attributes]
        )
        for _, row in published[kept.all(axis=1)].iterrows():
            cell = {name: row[name] for name in margin}
            yield cell, f"{row['n']} exactly for {cell_name(row, attributes)}"


def _attack(
    name: str,
    reader: str,
    audited: pd.DataFrame,
    size: int,
    rule: Rule,
    exact: list[Exact],
) -> Attack:
    small = audited[(audited["low"] < rule.smallest_open) & (audited["high"] > 0)]
    widths = (small["high"] - small["low"]).to_numpy(dtype=float)
    finite = widths[np.isfinite(widths)]
    return Attack(
        table=name,
        reader=reader,
        audited=size,
        narrowest=_narrowest(finite, reader, rule),
        method=audited.attrs["method"],
        seconds=audited.attrs["seconds"],
        solver=audited.attrs["solver"],
        cells=small,
        exact=exact,
    )


def _narrowest(widths: np.ndarray, reader: str, rule: Rule) -> int | None:
    """The least width; to one who knows the rule a 0 stands for base values."""
    if reader == "rule-aware" and rule.method == "rounding":
        widths = np.append(widths, rule.base - 1)
    return int(widths.min()) if len(widths) else None


def _told(attack: Attack, row: pd.Series) -> str:
    columns = attack.cells.attrs["attributes"]
    named = [column for column in columns if column != _PART]
    sums = [
        words
        for cell, words in attack.exact
        if all(row[key] in (value, TOTAL) for key, value in cell.items())
    ]
    return (
        f"{cell_name(row, named)}: between {row['low']:.0f} and {row['high']:.0f} "
        f"for a {attack.reader} reader, who subtracts what is published beside it from "
        f"{' and '.join(sums) or 'the published sums that hold it'}"
    )
