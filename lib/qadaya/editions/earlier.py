"""One shared edition after another: what the difference between two gives away.

What has not changed keeps the count it was published with (`sdctables.rounding`), so
that the difference of two editions speaks of changed cases only; and of those there
must be enough.
"""

from collections.abc import Mapping

import pandas as pd

from qadaya.errors import DisclosureError
from sdctables.cells.checks import cell_name

Tables = Mapping[str, pd.DataFrame]
_COURT, _CIRCUIT = "court_id", "circuit_id"


def changed_cases(now: pd.DataFrame, before: pd.DataFrame) -> int:
    """How many cases came in, went away or moved between two sets of inner cells.

    A case that moved from one cell to another counts once; that a court moved to
    another circuit changes none of its cases.
    """
    both = _beside(by_court(now), by_court(before), "n")
    change = both["n"] - both["n_before"]
    return int(max(change.clip(lower=0).sum(), -change.clip(upper=0).sum()))


def by_court(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts without the circuit where the court says more: a move changes no case."""
    if _COURT not in counts:
        return counts
    return counts.drop(columns=_CIRCUIT, errors="ignore")


def require_batch(
    now: pd.DataFrame, before: Mapping[str, pd.DataFrame], batch: int
) -> None:
    """Hold a revision back that so few cases have changed in that they would show.

    `before`: the inner cells of every earlier edition, by its number.

    Raises: DisclosureError naming the edition and how many more cases must come in.
    """
    changes = {number: changed_cases(now, cells) for number, cells in before.items()}
    short = {number: n for number, n in changes.items() if 0 < n < batch}
    if short:
        number = min(short, key=lambda earlier: short[earlier])
        changed = short[number]
        raise DisclosureError(
            f"the edition is held back: {_cases(changed)} changed since the edition "
            f"{number}, and the difference of the two would give it away; expected 0 "
            f"or at least {batch}. It can be published when {more(batch - changed)} "
            "come in"
        )


def require_wide_differences(
    tables: Tables, earlier: Tables, number: str, base: int
) -> None:
    """Compare two editions as a reader would, cell by cell.

    Sums of rounded counts move by the base or more. A smaller step is the true change
    of a count that is published exactly, unless it was the base, or has become it: that
    stands for fewer cases as well.

    Raises: DisclosureError naming the cells, the equation and how many are wanting.
    """
    narrow = []
    for name in tables.keys() & earlier.keys():
        both = _beside(tables[name], earlier[name], "n")
        step = (both["n"] - both["n_before"]).abs()
        rounded = both[["n", "n_before"]].eq(base).any(axis=1)
        for _, row in both[(step > 0) & (step < base) & ~rounded].iterrows():
            narrow.append((name, row))
    if not narrow:
        return
    cells = [_equation(name, row, number) for name, row in sorted(narrow, key=_first)]
    wanting = max(base - abs(int(row["n"] - row["n_before"])) for _, row in narrow)
    others = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
    raise DisclosureError(
        f"the edition is held back: {'; '.join(cells[:3])}{others}. Expected steps of "
        f"at least {base}; it can be published when {more(wanting)} come in"
    )


def more(wanting: int) -> str:
    """How many cases are wanting: "1 more case has", "2 more cases have"."""
    return "1 more case has" if wanting == 1 else f"{wanting} more cases have"


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def _first(named_row: tuple[str, pd.Series]) -> tuple[str, list[str]]:
    name, row = named_row
    return name, [str(value) for value in row]


def _equation(name: str, row: pd.Series, number: str) -> str:
    columns = [column for column in row.index if column not in ("n", "n_before")]
    now, before = int(row["n"]), int(row["n_before"])
    return (
        f"{name}, {cell_name(row, columns)}: {now} less {before} of edition {number} "
        f"gives a change of {now - before}"
    )


def _beside(now: pd.DataFrame, before: pd.DataFrame, count: str) -> pd.DataFrame:
    """Both counts of each cell, on the columns that both have; 0 for none."""
    by = [column for column in _columns(now) if column in _columns(before)]
    sums = [
        frame.groupby(by, observed=True)[count].sum().reset_index()
        for frame in (now, before)
    ]
    both = sums[0].merge(sums[1], how="outer", on=by, suffixes=("", "_before"))
    counts = {count: "int64", f"{count}_before": "int64"}
    return both.fillna(dict.fromkeys(counts, 0)).astype(counts)


def _columns(frame: pd.DataFrame) -> list[str]:
    return [column for column in frame.columns if column not in ("n", "published")]
