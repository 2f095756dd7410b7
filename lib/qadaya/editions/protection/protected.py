"""What protection is given, and what it makes of it before an edition is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from qadaya.editions.protection.policy import Policy
from qadaya.errors import DisclosureError
from sdctables.rule import Rule

# The inner cells of earlier editions with `n` and `published`, and the rule of each.
Records = dict[str, tuple[pd.DataFrame, Rule]]


@dataclass(frozen=True)
class Counted:
    """The true counts, and what was published before.

    `cells`: the true inner cells. `reporting`: who has reported. `printed`: the tables
    of an earlier edition, by its number, as it printed them.
    """

    cells: pd.DataFrame
    reporting: pd.DataFrame
    policy: Policy
    seed: int
    records: Records
    printed: Callable[[str], dict[str, pd.DataFrame]]


@dataclass(frozen=True)
class Protected:
    """The tables of an edition that have withstood every attack of the policy.

    `bounds`: how far each kind of margin was moved. `accepted`: how many cases the
    tables hold, as they say it; None where they do not. `record`: the inner cells with
    their true `n` and what was `published`, for the register alone. `repeated`: tables
    that later editions repeat; None where the record is enough.
    """

    tables: dict[str, pd.DataFrame]
    rule: Rule
    bounds: dict[str, dict[str, Any]]
    accepted: int | None
    proof: dict[str, Any]
    record: pd.DataFrame
    repeated: dict[str, pd.DataFrame] | None = None


def require_one_method(rule: Rule, earlier: Mapping[str, Rule]) -> None:
    """Hold back exact totals beside rounded counts of the same cases.

    Raises: DisclosureError naming the earlier edition.
    """
    for number, other in earlier.items():
        if other.method != rule.method:
            raise DisclosureError(
                f"the edition is held back: the edition {number} of the same cases is "
                f"protected by {other.method}, and exact totals beside rounded counts "
                f"give counts away. Expected {other.method} again"
            )
