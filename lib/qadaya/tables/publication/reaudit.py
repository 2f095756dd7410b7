"""The audit of an edition by anyone who holds it: published tables and policy alone."""

from itertools import pairwise

from qadaya.errors import EditionError
from qadaya.tables.disclosure.rule import Rule
from qadaya.tables.edition import Edition, edition_at, edition_numbers
from qadaya.tables.publication.policy import Policy, policy_of
from qadaya.tables.publication.proof import Attack, attack_tables, require_width
from qadaya.tables.publication.vintages import require_wide_differences
from qadaya.tables.reporting import complete_years


def audit_edition(edition: Edition) -> list[Attack]:
    """What each reader of the policy can learn from each table of the edition.

    The editions before it in the same folder are compared with it as well.

    Raises: EditionError for an internal edition; DisclosureError naming what is given
    away.
    """
    if edition.audience != "shared":
        raise EditionError(
            f"{edition.path}: this edition is {edition.audience}, its counts are not "
            "protected; expected a shared edition"
        )
    policy = policy_of(edition.manifest)
    rule = Rule.from_dict(edition.manifest["rule"])
    attacks = attack_tables(
        {name: edition.table(name) for name in policy.tables},
        rule=rule,
        policy=policy,
        bounds=edition.bounds,
        years=complete_years(edition.table("reporting")),
    )
    require_width(attacks, rule.width)
    _compare_vintages(edition, policy, rule)
    return attacks


def _compare_vintages(edition: Edition, policy: Policy, rule: Rule) -> None:
    place = edition.path.parent
    numbers = edition_numbers(place)
    upto = numbers[: numbers.index(edition.number) + 1]
    editions = [edition_at(place / number) for number in upto]
    # Editions of invented returns say nothing of real ones.
    alike = [each for each in editions if each.synthetic == edition.synthetic]
    for one, other in pairwise(alike):
        both = [name for name in policy.tables if name in one.tables]
        require_wide_differences(
            {name: other.table(name) for name in both},
            {name: one.table(name) for name in both},
            one.number,
            rule.base,
        )
