"""The methods of protection: one type each, and which one a rule asks for."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.notices import Notice
from qadaya.editions.protection.attack_rounded import Attack
from qadaya.editions.protection.policy import Policy
from qadaya.editions.protection.protected import Counted, Protected
from qadaya.editions.protection.rounding import Rounding
from qadaya.editions.protection.suppression import Suppression
from sdctables.rule import Rule


class Method(Notice, Protocol):
    """What a method of protection does to counts, besides what it says of itself."""

    def protect(self, counted: Counted) -> Protected:
        """The tables to publish, with their proof: attacked, compared, found to hold.

        Raises: DisclosureError where they would give a count away.
        """
        ...

    def attack(
        self,
        tables: Mapping[str, pd.DataFrame],
        rule: Rule,
        policy: Policy,
        bounds: Mapping[str, Mapping[str, Any]],
    ) -> list[Attack]:
        """What each reader can tell of the tables, "reporting" among them.

        Raises: DisclosureError naming what is given away.
        """
        ...

    def compare(self, edition: Edition, earlier: Sequence[Edition]) -> None:
        """Set an edition beside all before it, the oldest first.

        Raises: DisclosureError naming the edition and what both give away.
        """
        ...


METHODS: dict[str, Method] = {"rounding": Rounding(), "suppression": Suppression()}


def method_of(rule: Rule) -> Method:
    return METHODS[rule.method]
