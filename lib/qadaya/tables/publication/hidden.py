"""The attack on an edition with hidden counts, alone and beside earlier ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from qadaya.errors import DisclosureError
from qadaya.tables.audit import audit
from qadaya.tables.disclosure.margins import TOTAL, cell_name
from qadaya.tables.disclosure.rule import Rule
from qadaya.tables.publication.attacks import Attack
from qadaya.tables.publication.insider import COALITION, Insider
from qadaya.tables.publication.policy import Policy
from qadaya.tables.publication.vintages import more, require_wide_differences

TABLE = "all tables together"


@dataclass(frozen=True)
class HiddenVintage:
    """One edition by suppression: its rule, its published cells as readers get them."""

    rule: Rule
    printed: pd.DataFrame


def attack_hidden(
    now: HiddenVintage, policy: Policy, years: Collection[int]
) -> list[Attack]:
    """All tables of the edition at once against every reader of the policy.

    `years`: those for which every court has reported; a total from elsewhere is used
    there, unless the edition shows that total itself.
    """
    totals = _unshown(now.printed, policy, years)
    found = []
    for reader in policy.readers:
        audited = audit(now.printed, rule=now.rule, reader=reader, external=totals)
        small = _small(audited, now)
        found.append(
            Attack(
                table=TABLE,
                reader=reader,
                audited=len(now.printed),
                narrowest=_narrowest(small["high"] - small["low"]),
                method=audited.attrs["method"],
                seconds=audited.attrs["seconds"],
                solver=audited.attrs["solver"],
                cells=small,
                exact=[],
                insider=_inside(small) if reader == "rule-aware" else None,
            )
        )
    return found


def require_same_columns(
    columns: Sequence[str], earlier: Mapping[str, HiddenVintage]
) -> None:
    """Raises: DisclosureError naming an edition whose tables have other columns."""
    for number, one in earlier.items():
        before = _attributes(one)
        if set(columns) != set(before):
            raise DisclosureError(
                f"the edition is held back: its tables have {', '.join(columns)}, "
                f"those of the edition {number} {', '.join(before)}, and what both "
                "together tell cannot be worked out. Keep the columns of the margins"
            )


def withstand(now: HiddenVintage, earlier: Mapping[str, HiddenVintage]) -> None:
    """Hold an edition back that gives counts away beside those before it.

    A total that both show may not move by so few cases as would be hidden; and no small
    count may be told from all editions together.

    Raises: DisclosureError naming the edition, the cells, and what must come in.
    """
    require_same_columns(_attributes(now), earlier)
    for number, one in earlier.items():
        shown = _shown_in_both(now, one, _attributes(now))
        require_wide_differences(*shown, number, now.rule.smallest_open)
    if not earlier:
        return
    audited = audit(
        now.printed,
        rule=now.rule,
        reader="rule-aware",
        earlier=[(one.printed, one.rule) for one in earlier.values()],
    )
    small = _small(audited, now)
    short = small[small["high"] - small["low"] < now.rule.width]
    if len(short):
        names = [cell_name(row, _attributes(now)) for _, row in short.iterrows()]
        others = f" and {len(names) - 3} more" if len(names) > 3 else ""
        wanting = int(now.rule.smallest_open - short["low"].min())
        raise DisclosureError(
            f"the edition is held back: beside {', '.join(earlier)} it would tell "
            f"{'; '.join(names[:3])}{others}; expected intervals at least "
            f"{now.rule.width} wide. It may be published when {more(wanting)} come in"
        )


def _small(audited: pd.DataFrame, now: HiddenVintage) -> pd.DataFrame:
    """The hidden cells that can be small counts, as far as a reader can tell."""
    cells = audited.iloc[: len(now.printed)]
    hidden = (cells["status"] != "shown") & (cells["low"] <= now.rule.threshold)
    small = cells[hidden]
    small.attrs = audited.attrs
    return small


def _inside(small: pd.DataFrame) -> Insider:
    """What is left of each count to somebody who knows one of its cases."""
    attributes = small.attrs["attributes"]
    zeros = [cell_name(row, attributes) for _, row in small.iterrows() if not row.high]
    return Insider(
        groups=len(small),
        narrowest=_narrowest(small["high"] - small["low"].clip(lower=COALITION)),
        certain=zeros,
        certain_to_insider=[],
    )


def _narrowest(widths: pd.Series) -> int | None:
    finite = widths[np.isfinite(widths.to_numpy(dtype=float))]
    return int(finite.min()) if len(finite) else None


def _unshown(
    printed: pd.DataFrame, policy: Policy, years: Collection[int]
) -> list[dict[str, Any]]:
    """Totals from elsewhere of years whose total the edition does not show."""
    if "year" not in policy.inner:
        return []
    rest = [column for column in policy.inner if column != "year"]
    totals = printed[(printed[rest] == TOTAL).all(axis=1)] if rest else printed
    shown = set(totals.loc[totals["status"] == "shown", "year"]) - {TOTAL}
    return [
        {"year": each.year, "n": each.n}
        for each in policy.outside
        if each.year in years and each.year not in shown
    ]


def _shown_in_both(
    now: HiddenVintage, one: HiddenVintage, columns: list[str]
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    sides = [
        each.printed.loc[each.printed["status"] == "shown", [*columns, "n"]]
        for each in (now, one)
    ]
    keys = sides[0][columns].merge(sides[1][columns])
    both = [{TABLE: side.merge(keys)} for side in sides]
    return both[0], both[1]


def _attributes(vintage: HiddenVintage) -> list[str]:
    return list(vintage.printed.attrs["attributes"])
