"""What a reader who kept every earlier edition learns when the next one comes.

Each earlier edition is compared with the new one, not the latest alone: a step that is
wide from one edition to the next can be narrow over two. Where both share their
thresholds (the same base, the same inner cells), all editions are read together, down
to the rounded inner cells, which no table shows. Where they do not, the inner cells
were rounded anew, and what the two intervals of each count have in common tells. Steps
of sums tell wherever the base is the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from qadaya.editions.earlier import (
    by_court,
    more,
    require_wide_differences,
)
from qadaya.editions.protection.attack_rounded import with_parts
from qadaya.errors import DisclosureError
from sdctables import audit, published_cells
from sdctables.cells.checks import cell_name
from sdctables.rule import Rule

Tables = Mapping[str, pd.DataFrame]
_MOST_NAMED = 3


@dataclass(frozen=True)
class Vintage:
    """One shared edition as it was published: its number, its rule, its tables.

    `cells`: its rounded inner cells, with the count in `n`; None where only the tables
    are at hand.
    """

    number: str
    rule: Rule
    tables: Tables
    cells: pd.DataFrame | None = None

    @property
    def columns(self) -> set[str]:
        """The columns of the inner cells: all that a table is made of."""
        every = {str(name) for table in self.tables.values() for name in table}
        return every - {"n"}

    def shares_thresholds_of(self, other: "Vintage") -> bool:
        """Whether inner cells that did not change were published alike in both."""
        mine, theirs = self.rule, other.rule
        same = mine.base == theirs.base and set(mine.exact) == set(theirs.exact)
        return same and self.columns == other.columns


def withstand_memory(now: Vintage, earlier: Sequence[Vintage]) -> None:
    """Hold an edition back that gives counts away beside any of the earlier ones.

    Raises: DisclosureError naming the edition, the cells, and how many cases must come
    in before the new one can be published.
    """
    now, *earlier = [_by_court(one) for one in (now, *earlier)]
    # The latest first: it is nearest to the new one, and named where it is at fault.
    for one in reversed(earlier):
        if one.rule.base == now.rule.base:
            both = now.tables, one.tables, one.number, now.rule.base
            require_wide_differences(*both)
        # With thresholds of its own each edition rounds a count anew, and a reader may
        # intersect both intervals. Where they are shared the audit of all together
        # knows it.
        if not now.shares_thresholds_of(one):
            _require_wide_intervals(now, one)
    _withstand_together(now, earlier)


def _by_court(one: Vintage) -> Vintage:
    """An edition with counts by court alone, in whatever circuit each stands by now."""
    tables = {name: by_court(table) for name, table in one.tables.items()}
    cells = None if one.cells is None else by_court(one.cells)
    return replace(one, tables=tables, cells=cells)


def _withstand_together(now: Vintage, earlier: Sequence[Vintage]) -> None:
    """The strongest reader: every rounded inner cell of all editions at once."""
    if now.cells is None or now.cells.empty:
        return
    # Other columns than before: only tables tell, and these were compared.
    columns = set(now.cells.columns)
    alike = [
        (edition, edition.cells)
        for edition in earlier
        if edition.cells is not None and set(edition.cells.columns) == columns
    ]
    if not alike:
        return
    margins = [tuple(column for column in now.cells.columns if column != "n"), ()]
    audited = audit(
        published_cells(now.cells, margins),
        rule=now.rule,
        reader="rule-aware",
        earlier=[
            (published_cells(cells, margins), edition.rule) for edition, cells in alike
        ],
    )
    width = audited["high"] - audited["low"]
    # As in `attack_rounded`: may be small, and is not certainly none.
    small = (audited["low"] < now.rule.smallest_open) & (audited["high"] > 0)
    short = audited[small & (width < now.rule.width)]
    if len(short):
        numbers = ", ".join(edition.number for edition, _ in alike)
        raise DisclosureError(
            f"the edition is held back: beside {_editions(numbers, len(alike))} it "
            f"would give {len(short)} counts away; expected intervals at least "
            f"{now.rule.width} wide. {_when(short['low'], now.rule)}"
        )


def _require_wide_intervals(now: Vintage, one: Vintage) -> None:
    """Two editions that were rounded apart: what both intervals of a count leave."""
    narrow: list[str] = []
    least: list[float] = []
    for name in sorted(now.tables.keys() & one.tables.keys()):
        intersections = _told_by_both(
            now.tables[name], now.rule, one.tables[name], one.rule
        )
        columns = [str(column) for column in intersections if column not in _ENDS]
        for _, row in intersections.iterrows():
            narrow.append(f"{name}, {_both_ends(row, columns, one.number)}")
            least.append(row["low"])
    if narrow:
        others = len(narrow) - _MOST_NAMED
        further = f" and {others} more" if others > 0 else ""
        raise DisclosureError(
            f"the edition is held back: {'; '.join(narrow[:_MOST_NAMED])}{further}. "
            f"Expected intervals at least {now.rule.width} wide. "
            f"{_when(pd.Series(least), now.rule)}"
        )


_ENDS = ("low", "high", "low_then", "high_then")


def _told_by_both(
    now: pd.DataFrame, rule: Rule, then: pd.DataFrame, old_rule: Rule
) -> pd.DataFrame:
    """Small counts that two editions leave too narrow, or whose change they show."""
    by = [column for column in now.columns if column != "n"]
    both = _intervals(now, rule).merge(
        _intervals(then, old_rule), how="outer", on=by, suffixes=("", "_then")
    )
    # A cell without a row was rounded to 0.
    both = both.fillna(
        {"low": 0, "low_then": 0, "high": rule.base - 1, "high_then": old_rule.base - 1}
    )
    # If the count did not change, both intervals hold for it:
    #     max(low, low then) <= x <= min(high, high then)
    low = np.maximum(both["low"], both["low_then"])
    high = np.minimum(both["high"], both["high_then"])
    small = (low < rule.smallest_open) & (high > 0)
    # What the earlier edition told by itself is not this one's doing.
    news = high - low < both["high_then"] - both["low_then"]
    narrow = small & news & (high >= low) & (high - low < rule.width)
    # If it did, the change lies between low - high then and high - low then.
    least, most = both["low"] - both["high_then"], both["high"] - both["low_then"]
    size = np.maximum(np.maximum(least, -most), 0)
    shown = (size > 0) & (size < rule.base) & (most - least < rule.width)
    return both[narrow | shown]


def _intervals(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """What each count of a table stands for, to one who knows the rule."""
    by = [column for column in table.columns if column != "n"]
    if table.empty:
        return table[by].astype("object").assign(low=0.0, high=0.0)
    published = with_parts(published_cells(table, [tuple(by)]), table, rule)
    audited = audit(
        published,
        # Without exact sums or thresholds: what these tell is asked of all editions
        # together.
        rule=Rule(base=rule.base, shift=rule.shift),
        reader="rule-aware",
    )
    audited = audited[: len(published)][[*by, "low", "high"]]
    return audited.astype(dict.fromkeys(by, "object"))


def _both_ends(row: pd.Series, columns: Sequence[str], number: str) -> str:
    return (
        f"{cell_name(row, columns)}: {row['low_then']:.0f} to {row['high_then']:.0f} "
        f"by edition {number} and {row['low']:.0f} to {row['high']:.0f} by this one"
    )


def _when(least: pd.Series, rule: Rule) -> str:
    """A count that has come to the base is published as it is."""
    wanting = max(int(rule.smallest_open - least.min()), 1)
    return f"It can be published when {more(wanting)} come into each of them"


def _editions(numbers: str, count: int) -> str:
    return f"edition {numbers}" if count == 1 else f"the editions {numbers}"
