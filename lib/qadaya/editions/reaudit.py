"""The audit of an edition by anyone who holds it: published tables and policy alone."""

import pandas as pd

from qadaya.counting.reporting import complete_years
from qadaya.editions.edition import Edition, edition_at, edition_numbers
from qadaya.editions.protection.attack_rounded import Attack, attack_tables
from qadaya.editions.protection.attack_suppressed import attack_years, require_repeated
from qadaya.editions.protection.earlier_rounded import Vintage, withstand_memory
from qadaya.editions.protection.policy import policy_of
from qadaya.editions.protection.proof import (
    require_nothing_certain,
    require_wide_intervals,
)
from qadaya.errors import EditionError
from qadaya.vocabulary import SHARED


def audit_edition(edition: Edition) -> list[Attack]:
    """What each reader of the policy can learn from each table of the edition.

    Every edition before it in the same folder is compared with it as well.

    Raises: EditionError for an internal edition; DisclosureError naming what is given
    away.
    """
    if edition.audience != SHARED:
        raise EditionError(
            f"{edition.path}: this edition is {edition.audience}, its counts are not "
            "protected; expected a shared edition"
        )
    if policy_of(edition.manifest).rule.method == "suppression":
        return _audit_hidden(edition)
    policy, now = policy_of(edition.manifest), _vintage(edition)
    attacks = attack_tables(
        now.tables,
        rule=now.rule,
        policy=policy,
        bounds=edition.bounds,
        years=complete_years(edition.table("reporting")),
    )
    require_wide_intervals(attacks, now.rule)
    require_nothing_certain(attacks, now.rule)
    withstand_memory(now, [_vintage(earlier) for earlier in _before(edition)])
    return attacks


def _audit_hidden(edition: Edition) -> list[Attack]:
    policy, tables = policy_of(edition.manifest), _all_tables(edition)
    attacks = attack_years(tables, policy)
    require_wide_intervals(attacks, policy.rule)
    require_nothing_certain(attacks, policy.rule)
    for earlier in _before(edition):
        require_repeated(tables, _all_tables(earlier), earlier.number)
    return attacks


def _all_tables(edition: Edition) -> dict[str, pd.DataFrame]:
    return {name: edition.table(name) for name in edition.tables}


def _vintage(edition: Edition) -> Vintage:
    policy, rule = policy_of(edition.manifest), edition.manifest.rule
    tables = {name: edition.table(name) for name in policy.tables}
    assert rule is not None  # a shared edition has one
    return Vintage(edition.number, rule, tables)


def _before(edition: Edition) -> list[Edition]:
    """The editions before this one in the same folder, the oldest first."""
    place = edition.path.parent
    numbers = edition_numbers(place)
    if edition.number not in numbers:
        return []
    earlier = numbers[: numbers.index(edition.number)]
    editions = [edition_at(place / number) for number in earlier]
    # Editions of invented returns say nothing of real ones.
    return [each for each in editions if each.synthetic == edition.synthetic]
