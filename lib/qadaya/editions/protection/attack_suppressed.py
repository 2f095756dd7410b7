"""The attack on an edition with hidden counts, from its tables alone.

No margin goes over several years, so a year is attacked by itself. Besides the counts
that are hidden, those that no table has must stay open as well: a reader may ask for
any crossing of the columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from qadaya.counting.reporting import complete_years
from qadaya.editions.protection.attack_rounded import Attack
from qadaya.editions.protection.insider import COALITION, Insider
from qadaya.editions.protection.policy import Policy
from qadaya.errors import DisclosureError
from qadaya.vocabulary import REPORTED, codes
from sdctables import TOTAL, CellTable, audit
from sdctables.auditing.audit import weakest_method
from sdctables.cells.checks import Margin, audited_columns, cell_name
from sdctables.cells.incidence import patterns
from sdctables.rule import Reader, ReaderName

YEAR = "year"
# Beyond this many of a year the search and the attack take minutes.
MOST_INNER_CELLS = 5_000
_PLACES = ("court_id", "circuit_id")


def attack_years(tables: Mapping[str, pd.DataFrame], policy: Policy) -> list[Attack]:
    """Every year of an edition against every reader of the policy.

    Raises: DisclosureError where others have published the total that is hidden.
    """
    reporting = tables["reporting"]
    _require_open_totals(tables, policy, complete_years(reporting))
    years = sorted({int(year) for year in reporting[YEAR]})
    return [
        _attacked(tables, policy, year, reader)
        for year in years
        for reader in policy.readers
    ]


def inner_grid(reporting: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Every combination that can occur in a year, of the places that have reported.

    What did not occur must stand there as a 0 like any other, or its absence would say
    so. Who has not reported is published, so there a reader knows that nothing counts.

    Raises: DisclosureError when there are too many to search among.
    """
    answered = reporting[reporting["status"] == REPORTED]
    places = [column for column in _PLACES if column in columns]
    groups = [answered[places].drop_duplicates()] if places else []
    # Of all codes there are, not of those that occurred.
    groups += [
        pd.DataFrame({column: list(codes(column))})
        for column in columns
        if column not in places
    ]
    size = int(np.prod([len(group) for group in groups]))
    if size > MOST_INNER_CELLS:
        raise DisclosureError(
            f"margins: crossed with each other they have {size:,} inner cells a year; "
            f"expected at most {MOST_INNER_CELLS:,}. Publish margins of fewer columns"
        )
    grid = pd.DataFrame(index=[0])
    for group in groups:
        grid = grid.merge(group, how="cross")
    return grid[list(columns)]


def table_name(margin: Margin) -> str:
    """What the table of a margin is called: `by_circuit_year`."""
    return f"by_{'_'.join(column.removesuffix('_id') for column in margin)}"


def require_repeated(
    tables: Mapping[str, pd.DataFrame],
    earlier: Mapping[str, pd.DataFrame],
    number: str,
) -> None:
    """Raises: DisclosureError where a year is not as an earlier edition printed it."""
    for name in tables.keys() & earlier.keys():
        years = set(tables[name][YEAR]) & set(earlier[name][YEAR])
        both = [
            table[table[YEAR].isin(years)].reset_index(drop=True)
            for table in (tables[name], earlier[name])
        ]
        if not both[0].equals(both[1]):
            raise DisclosureError(
                f"{name}: a year is not as the edition {number} printed it, and the "
                "difference of the two can give cases away; expected every year as it "
                "was first published"
            )


def _attacked(
    tables: Mapping[str, pd.DataFrame], policy: Policy, year: int, reader: ReaderName
) -> Attack:
    columns = [column for column in policy.inner if column != YEAR]
    reporting = tables["reporting"]
    inner = inner_grid(reporting[reporting[YEAR] == year], columns)
    cells = _printed(tables, policy.margins, columns, year)
    # No true count goes in: only what the tables print, and the grid that anybody can
    # make of the list of courts and codes.
    printed = CellTable(cells, columns, inner=inner, rule=policy.rule)
    also = _crossings(cells, inner, columns)
    audited = audit(printed, reader=reader, also=also)
    # A count that cannot be small needs no protection, however narrowly it is known.
    small = audited[
        (audited["status"] != "shown") & (audited["low"] <= policy.rule.threshold)
    ]
    return Attack(
        table=f"year {year}",
        reader=reader,
        audited=len(printed),
        narrowest=_narrowest(small["high"] - small["low"]),
        method=weakest_method(audited),
        cells=small,
        exact=[],
        insider=_inside(small) if Reader(reader).has_rule else None,
    )


def _printed(
    tables: Mapping[str, pd.DataFrame],
    margins: Iterable[Margin],
    columns: list[str],
    year: int,
) -> pd.DataFrame:
    """The cells of a year as one frame of published cells, as they were protected."""
    parts = []
    for margin in margins:
        table = tables[table_name(margin)]
        rows = table[table[YEAR] == year].drop(columns=YEAR)
        # A margin is the total over each column that it does not have.
        rest = [column for column in columns if column not in rows]
        status = np.where(rows["hidden"], "hidden", "shown")
        filled = rows.assign(**dict.fromkeys(rest, TOTAL), status=status)
        words = dict.fromkeys(columns, "object")
        parts.append(filled[[*columns, "n", "status"]].astype(words | {"n": "Int64"}))
    return pd.concat(parts, ignore_index=True)


def _crossings(
    printed: pd.DataFrame, inner: pd.DataFrame, columns: list[str]
) -> pd.DataFrame:
    """All sums that no table has."""
    published = set(patterns(printed, columns))
    parts = [inner[columns].iloc[:0]]
    for size in range(1, len(columns)):
        for margin in combinations(columns, size):
            if margin not in published:
                cells = inner[list(margin)].drop_duplicates()
                rest = dict.fromkeys((c for c in columns if c not in margin), TOTAL)
                parts.append(cells.assign(**rest))
    return pd.concat([part.astype("object") for part in parts], ignore_index=True)


def _inside(small: pd.DataFrame) -> Insider:
    """What is left of each count to somebody who knows one of its cases."""
    attributes = audited_columns(small)
    # high = 0: surely none, and with its group a share of 0 %.
    zeros = [cell_name(row, attributes) for _, row in small.iterrows() if not row.high]
    return Insider(
        groups=len(small),
        # Who knows k cases of a count n knows that n >= k: [max(low, k), high] is left.
        narrowest=_narrowest(small["high"] - small["low"].clip(lower=COALITION)),
        certain=zeros,
        certain_to_insider=[],
    )


def _narrowest(widths: pd.Series) -> int | None:
    finite = widths[np.isfinite(widths.to_numpy(dtype=float))]
    return int(finite.min()) if len(finite) else None


def _require_open_totals(
    tables: Mapping[str, pd.DataFrame], policy: Policy, complete: Iterable[int]
) -> None:
    """Where others have published a total, hiding ours would protect nothing."""
    totals = tables[table_name((YEAR,))]
    # Of a year that is not complete theirs is of more courts than ours.
    hidden = set(totals.loc[totals["hidden"], YEAR]) & set(complete)
    for total in policy.outside:
        if total.year in hidden:
            raise DisclosureError(
                f"{total.year}: its total is hidden, and others have published one "
                f"({total.n}, {total.source}) for a year that is complete; expected a "
                "total that may be shown. Leave the year out, by years in the profile"
            )
