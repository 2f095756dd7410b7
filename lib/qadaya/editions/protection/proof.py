"""What the attacks on an edition must leave open, and the proof that they do."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from qadaya.editions.notices import notice_of
from qadaya.editions.protection.attack_rounded import PART, Attack
from qadaya.editions.protection.insider import COALITION
from qadaya.editions.protection.policy import Policy
from qadaya.errors import DisclosureError
from sdctables.cells.checks import TOTAL, audited_columns, cell_name
from sdctables.rule import Rule
from sdctables.solver import SOLVER

_MOST_NAMED = 5


def withstood(attacks: list[Attack], rule: Rule) -> list[Attack]:
    """The attacks, none of which has found more than it may.

    Raises: DisclosureError naming what would be given away.
    """
    require_wide_intervals(attacks, rule)
    require_nothing_certain(attacks, rule)
    return attacks


def require_wide_intervals(attacks: Iterable[Attack], rule: Rule) -> None:
    """Raises: DisclosureError naming the cells and what is known of each."""
    short = [
        f"{attack.table}, {_told(attack, row)}"
        for attack in attacks
        for _, row in attack.cells.iterrows()
        if row["high"] - row["low"] < rule.width
    ]
    if short:
        raise DisclosureError(
            f"{len(short)} counts would be given away: {_named(short)}. "
            f"Expected intervals at least {rule.width} wide; publish fewer margins"
            f"{notice_of(rule).remedy} in params/protection.yml"
        )


def require_nothing_certain(attacks: Iterable[Attack], rule: Rule) -> None:
    """Hold back shares that are certain, and what an insider would be sure of.

    Raises: DisclosureError naming the groups, or the base that is too small.
    """
    strength = notice_of(rule).strength
    for attack in attacks:
        view = attack.insider
        if view is None:
            continue
        # Before the insider: what any reader is sure of is the graver finding.
        _require_no_share(attack.table, view.certain, "a reader")
        insider = f"a reader who knows {COALITION} of the cases"
        if view.narrowest is not None and view.narrowest < 1:
            raise DisclosureError(
                f"{attack.table}: {insider} of a small count would know them all with "
                f"{strength} {getattr(rule, strength)}; expected an interval at least "
                f"1 wide for the others. Raise the {strength} in params/protection.yml"
            )
        _require_no_share(attack.table, view.certain_to_insider, insider)


def _require_no_share(table: str, shares: list[str], who: str) -> None:
    if shares:
        raise DisclosureError(
            f"{table}: {len(shares)} shares of 0 % or 100 % would be certain to {who}: "
            f"{_named(shares)}. Raise the base, publish fewer tables, or take the "
            "margins that give them away out of exact in params/protection.yml"
        )


def proof_of(
    attacks: list[Attack],
    *,
    rule: Rule,
    policy: Policy,
    earlier: list[str],
) -> dict[str, Any]:
    """What is written beside a shared edition: it follows from what is published.

    No seed, no true count, and nothing of the search: how long it took and how near it
    came depend on the true counts.
    """
    widths = [attack.narrowest for attack in attacks if attack.narrowest is not None]
    return {
        "rule": rule.to_dict(),
        "readers": list(policy.readers),
        # Every reader attacks the same cells: they count once.
        "cells": sum(attack.audited for attack in attacks) // len(policy.readers),
        "narrowest": min(widths, default=None),
        "width": rule.width,
        "insider": _insider(attacks),
        "certain_shares": _certain_shares(attacks),
        "solver": SOLVER if attacks else None,
        "earlier": earlier,
        "outside": [attack.model_dump(mode="json") for attack in policy.outside],
        "tables": [attack.to_dict() for attack in attacks],
    }


def _insider(attacks: list[Attack]) -> dict[str, Any]:
    """How wide the rest of a small count stays to those who know some of its cases."""
    views = [attack.insider for attack in attacks if attack.insider]
    widths = [view.narrowest for view in views if view.narrowest is not None]
    return {
        "coalition": COALITION,
        "narrowest": min(widths, default=None),
        "certain_shares": sum(len(view.certain_to_insider) for view in views),
    }


def _certain_shares(attacks: list[Attack]) -> dict[str, int]:
    views = [attack.insider for attack in attacks if attack.insider]
    return {
        "groups": sum(view.groups for view in views),
        "found": sum(len(view.certain) for view in views),
    }


def _named(words: list[str]) -> str:
    more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
    return f"{'; '.join(words[:_MOST_NAMED])}{more}"


def _told(attack: Attack, row: pd.Series) -> str:
    named = [name for name in audited_columns(attack.cells) if name != PART]
    # The published sums whose cells hold this one, which is where its interval is from.
    sums = [
        each.words
        for each in attack.exact
        if all(row[key] in (value, TOTAL) for key, value in each.cell.items())
    ]
    return (
        f"{cell_name(row, named)}: between {row['low']:.0f} and {row['high']:.0f} "
        f"for a {attack.reader} reader, who subtracts what is published beside it from "
        f"{' and '.join(sums) or 'the published sums that hold it'}"
    )
