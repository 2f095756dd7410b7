"""The other method: tables whose totals are exact, with small counts hidden.

The policy's margins are the tables. All of them are protected at once, since they are
sums of the same cases: counts up to the threshold are hidden, zeros among them, and as
many others as it takes to leave each of those an interval as wide as the rule says.
"""

import time
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from qadaya.errors import DisclosureError, EditionError
from qadaya.tables.disclosure.margins import TOTAL, Margin, published_cells
from qadaya.tables.disclosure.suppression import as_printed, suppress
from qadaya.tables.disclosure.universe import patterns
from qadaya.tables.publication.columns import COUNTRY
from qadaya.tables.publication.hidden import (
    HiddenVintage,
    attack_hidden,
    require_same_columns,
    withstand,
)
from qadaya.tables.publication.policy import Policy
from qadaya.tables.publication.proof import (
    proof_of,
    require_nothing_certain,
    require_width,
)
from qadaya.tables.publication.protected import Protected
from qadaya.tables.reporting import complete_years
from qadaya.vocabulary import codes

# Beyond this many the search and the attack take minutes.
MOST_INNER_CELLS = 20_000
_PLACES = ("court_id", "circuit_id")


def suppressed(
    cells: pd.DataFrame,
    reporting: pd.DataFrame,
    policy: Policy,
    *,
    seed: int,
    earlier: Mapping[str, HiddenVintage],
) -> Protected:
    """The policy's margins with small counts hidden, attacked and found to hold.

    `cells`: the true inner cells. `reporting`: of each court and year; counts stand
    where one has reported, nil or not. `earlier`: the editions by the same method.

    Raises: DisclosureError when no choice of hidden cells protects the small counts,
    or when they can be told beside an earlier edition; EditionError for cases of a
    court that has not reported.
    """
    require_same_columns(policy.inner, earlier)
    began = time.perf_counter()
    grid = inner_grid(reporting, policy.inner)
    counted = grid.merge(cells, how="left", on=list(policy.inner))
    counted["n"] = counted["n"].fillna(0).astype("int64")
    if counted["n"].sum() != cells["n"].sum():
        raise EditionError(
            "the cases are not all of courts and years that have reported; expected "
            "cases and returns of one register"
        )
    hidden = _hidden(counted, policy, seed, list(earlier.values()))
    seconds = time.perf_counter() - began
    printed = as_printed(hidden, rule=policy.rule)
    now = HiddenVintage(policy.rule, printed)
    withstand(now, earlier)
    attacks = attack_hidden(now, policy, complete_years(reporting))
    require_width(attacks, policy.rule)
    require_nothing_certain(attacks, policy.rule)
    proof = proof_of(
        attacks,
        rule=policy.rule,
        policy=policy,
        gap=None,
        seconds=seconds,
        earlier=list(earlier),
    )
    proof["hidden"] = int((printed["status"] != "shown").sum())
    proof["search"] = hidden.attrs["method"]
    return Protected(
        tables=level_tables(printed, policy),
        rule=policy.rule,
        bounds={},
        accepted=_shown_total(printed),
        proof=proof,
        record=cells.assign(published=cells["n"]),
        printed=printed,
    )


def inner_grid(reporting: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Every combination that can occur, of the courts and years that have reported.

    What did not occur must stand there as a 0 like any other, or its absence would say
    so. Who has not reported is published, so there a reader knows that nothing counts.

    Raises: DisclosureError when there are too many to search among.
    """
    answered = reporting[reporting["status"] == "reported"]
    known = [column for column in (*_PLACES, "year") if column in columns]
    groups = [answered[known].drop_duplicates()] if known else []
    groups += [
        pd.DataFrame({column: list(codes(column))})
        for column in columns
        if column not in known
    ]
    size = int(np.prod([len(group) for group in groups]))
    if size > MOST_INNER_CELLS:
        raise DisclosureError(
            f"margins: crossed with each other they have {size:,} inner cells; "
            f"expected at most {MOST_INNER_CELLS:,}. Publish margins of fewer columns"
        )
    grid = pd.DataFrame(index=[0])
    for group in groups:
        grid = grid.merge(group, how="cross")
    return grid[list(columns)]


def level_tables(printed: pd.DataFrame, policy: Policy) -> dict[str, pd.DataFrame]:
    """One table for each margin: its columns, `n` (missing where hidden), `hidden`."""
    attributes = list(policy.inner)
    found = patterns(printed, attributes)
    tables = {}
    for margin in policy.margins:
        kept = tuple(column for column in attributes if column in margin)
        rows = printed.iloc[found[kept]]
        table = rows[[*margin, "n"]].assign(hidden=rows["status"] != "shown")
        if "year" in margin:
            table["year"] = table["year"].astype("int64")
        tables[table_name(margin)] = table.reset_index(drop=True)
    return tables


def printed_cells(
    tables: Iterable[pd.DataFrame], reporting: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    """The tables of an edition as one frame of published cells, as it was protected."""
    parts = []
    for table in tables:
        rest = [column for column in columns if column not in table]
        status = np.where(table["hidden"], "hidden", "shown")
        filled = table.assign(**dict.fromkeys(rest, TOTAL), status=status)
        parts.append(filled[[*columns, "n", "status"]].astype({"n": "Int64"}))
    printed = pd.concat([part.astype({c: object for c in columns}) for part in parts])
    nesting = []
    if set(_PLACES) <= set(columns):
        pairs = reporting[list(_PLACES)].drop_duplicates()
        nesting = [(*_PLACES, list(pairs.itertuples(index=False, name=None)))]
    printed.attrs = {"attributes": list(columns), "nesting": nesting}
    return printed.reset_index(drop=True)


def table_name(margin: Margin) -> str:
    """What the table of a margin is called: `by_circuit_year`, `country`."""
    names = [column.removesuffix("_id") for column in margin]
    return f"by_{'_'.join(names)}" if names else COUNTRY


def _hidden(
    counted: pd.DataFrame,
    policy: Policy,
    seed: int,
    earlier: Sequence[HiddenVintage],
) -> pd.DataFrame:
    """All cells with their status; what was hidden before is hidden again first."""
    published = published_cells(counted, policy.margins)
    attrs = published.attrs
    cost = published["n"] + 1
    if earlier:
        by = attrs["attributes"]
        last = earlier[-1].printed[[*by, "status"]].rename(columns={"status": "before"})
        before = published[by].merge(last, how="left", on=by)["before"]
        cost = cost.where((before != "hidden").to_numpy(), 0)
    published["cost"] = cost
    published.attrs = attrs
    hidden = suppress(
        published,
        rule=policy.rule,
        cost="cost",
        seed=seed,
        totals=policy.totals,
    )
    kept = hidden.drop(columns="cost")
    kept.attrs = hidden.attrs
    return kept


def _shown_total(printed: pd.DataFrame) -> int | None:
    attributes = printed.attrs["attributes"]
    country = printed[(printed[attributes] == TOTAL).all(axis=1)]
    shown = country["n"].dropna()
    return int(shown.iloc[0]) if len(shown) else None
