"""What the method of an edition means for whoever reads it: what to say, what is there.

One type for each method, so that nothing that reads editions asks which it was. What a
method does to counts stands in `qadaya.editions.protection.methods`.
"""

from collections.abc import Callable
from typing import Protocol

from qadaya.editions.manifest import Manifest
from qadaya.errors import ParameterError
from sdctables.rule import Rule

Say = Callable[[str], str]

INTERNAL = "Internal: exact counts, for the desk only."
SHARED = (
    "Shared: counts of 1 to {largest} in the inner cells were rounded to 0 or {base}; "
    "a 0 need not mean that there was no case."
)
HIDDEN = (
    "Shared: counts up to {threshold} are hidden, zeros among them, and others so that "
    "they cannot be worked out; a count that is shown is exact. No row stands where no "
    "court has reported."
)
REPEATED = "Repeated as first published, in an earlier edition: {years}."


class Notice(Protocol):
    """`absent`: why an edition may lack a table, said behind the table's name.

    `remedy`: what would protect more, said behind "publish fewer margins"; `strength`:
    the number of the rule that protects more when it is raised.
    """

    absent: str
    remedy: str
    strength: str

    def notice(self, manifest: Manifest, say: Say) -> list[str]:
        """What every file of the edition says of its counts, a sentence each."""
        ...

    def require_pages(self, manifest: Manifest) -> None:
        """Raises: ParameterError where no page can be made of such tables."""
        ...

    def never_shown_below(self, rule: Rule | None) -> int:
        """Counts from 1 to below this stand in no table of the edition."""
        ...


class CountsNotice:
    """Counts as they are."""

    absent, remedy, strength = "", "", ""

    def notice(self, manifest: Manifest, say: Say) -> list[str]:
        return [say(INTERNAL)]

    def require_pages(self, manifest: Manifest) -> None:
        """Its tables add up."""

    def never_shown_below(self, rule: Rule | None) -> int:
        return 0


class RoundedNotice:
    """Inner counts that became 0 or the base."""

    absent, remedy, strength = "", " or raise the base", "base"

    def notice(self, manifest: Manifest, say: Say) -> list[str]:
        assert manifest.rule is not None  # a shared edition has one
        base = manifest.rule.base
        return [say(SHARED).format(largest=base - 1, base=base)]

    def require_pages(self, manifest: Manifest) -> None:
        """Its tables add up."""

    def never_shown_below(self, rule: Rule | None) -> int:
        return 0 if rule is None else rule.base


class HiddenNotice:
    """Exact counts, the small ones hidden."""

    absent, remedy, strength = ", as its small counts are hidden", "", "width"

    def notice(self, manifest: Manifest, say: Say) -> list[str]:
        assert manifest.rule is not None  # a shared edition has one
        lines = [say(HIDDEN).format(threshold=manifest.rule.threshold)]
        if first := manifest.published_first:
            years = [f"{year} ({number})" for year, number in first.items()]
            lines.append(say(REPEATED).format(years=say(", ").join(years)))
        return lines

    def require_pages(self, manifest: Manifest) -> None:
        raise ParameterError(
            f"edition {manifest.number} ({manifest.audience}) hides small counts, so "
            "its tables do not add up and no page is made of it; take them with "
            f"`qadaya tables {manifest.number} -o DIR`, and build the other pages with "
            "--audience internal"
        )

    def never_shown_below(self, rule: Rule | None) -> int:
        return 0


_NOTICES: dict[str, Notice] = {
    "rounding": RoundedNotice(),
    "suppression": HiddenNotice(),
}


def notice_of(rule: Rule | None) -> Notice:
    """The notice of an edition by this rule; None for counts as they are."""
    return CountsNotice() if rule is None else _NOTICES[rule.method]
