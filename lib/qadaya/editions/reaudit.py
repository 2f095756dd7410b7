"""The audit of an edition by anyone who holds it: published tables and policy alone."""

from qadaya.editions.edition import Edition, edition_at, edition_numbers
from qadaya.editions.protection.attack_rounded import Attack
from qadaya.editions.protection.methods import method_of
from qadaya.editions.protection.policy import policy_of
from qadaya.errors import EditionError


def audit_edition(edition: Edition) -> list[Attack]:
    """What each reader of the policy can learn from each table of the edition.

    Every edition before it in the same folder is compared with it as well.

    Raises: EditionError for an internal edition; DisclosureError naming what is given
    away.
    """
    rule = edition.manifest.rule
    if rule is None:
        raise EditionError(
            f"{edition.path}: this edition is {edition.audience}, its counts are not "
            "protected; expected a shared edition"
        )
    method, policy = method_of(rule), policy_of(edition.manifest)
    tables = {name: edition.table(name) for name in edition.tables}
    attacks = method.attack(tables, rule, policy, edition.bounds)
    method.compare(edition, _before(edition))
    return attacks


def _before(edition: Edition) -> list[Edition]:
    """The editions before this one in the same folder, the oldest first."""
    place = edition.path.parent
    numbers = edition_numbers(place)
    if edition.number not in numbers:
        return []
    earlier = numbers[: numbers.index(edition.number)]
    editions = [edition_at(place / number) for number in earlier]
    # Editions of invented returns say nothing of real ones.
    return [other for other in editions if other.synthetic == edition.synthetic]
