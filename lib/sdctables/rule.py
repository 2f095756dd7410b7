"""The public rule of a table, what was changed or hidden and by how much; its readers.

A rule is printed with every table, so a reader knows it. Everything the auditor lets a
rule-aware reader use stands here, and nothing else does.
"""

import numbers
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

from sdctables.errors import ParameterError

ReaderName = Literal["plain", "rule-aware", "simulating"]
READERS = ("plain", "rule-aware", "simulating")

_CHOICES = {
    "method": ("rounding", "suppression"),
    "zeros": ("show", "protect"),
    "marks": ("kind", "hidden"),
    "primary": ("threshold", "named"),
    "totals": ("keep", "hide"),
    "thresholds": ("fresh", "kept"),
}
_LEAST = {"base": 2, "threshold": 1, "width": 1}
_PRINTED = {
    "rounding": ("method", "base", "width", "exact", "shift", "chance", "thresholds"),
    "suppression": (
        *("method", "threshold", "zeros", "width"),
        *("marks", "primary", "totals", "chance"),
    ),
}
# Printed where it holds only, so that the rule of most tables stays as short as it is.
_PRINTED_IF_SO = "only_where_needed"


@dataclass(frozen=True)
class Rule:
    """How counts are protected, as it is told to every reader.

    `method="rounding"`: inner counts from 1 to `base` - 1 become 0 or `base`. Where
    margins are hit exactly (`exact`), larger counts may move by `shift` (`base` - 1
    unless given) and stay at `base` or above. `thresholds="kept"`: each cell has one
    threshold in all editions of this base; counts below it are published as 0.
    `only_where_needed`: a small inner count that no printed sum below `base` holds is
    left as it is (`rounding.needed`).

    `method="suppression"`: counts from 1 to `threshold` are hidden (from 0 with
    `zeros="protect"`), then more, until every hidden small count keeps an interval at
    least `width` wide. `marks="kind"`: a reader sees whether a cell is hidden for
    itself (primary) or for another (secondary), and so knows which side of the
    threshold it is on; `marks="hidden"`: only that it is hidden. `primary="named"`: the
    owner named the sensitive cells, the threshold says nothing about them.
    `totals="keep"`: a sum of other published cells is hidden for itself only, never
    for another.

    `chance`: this share of the small counts is rounded by chance alone, or of the other
    cells hidden by chance, before the programme makes the best of the rest. With any
    chance at all each answer that the rule allows can come of each true table that it
    allows. Without it a reader who runs the programme himself learns more than the rule
    says.

    Raises: ParameterError for an unknown word or a number out of range.
    """

    method: Literal["rounding", "suppression"] = "rounding"
    base: int = 3
    threshold: int = 3
    zeros: Literal["show", "protect"] = "show"
    width: int = 1
    marks: Literal["kind", "hidden"] = "kind"
    primary: Literal["threshold", "named"] = "threshold"
    totals: Literal["keep", "hide"] = "keep"
    exact: tuple[tuple[str, ...], ...] = ()
    shift: int = -1
    chance: float = 0.0
    thresholds: Literal["fresh", "kept"] = "fresh"
    only_where_needed: bool = False

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            _require_choice(name, getattr(self, name), choices)
        for name, least in _LEAST.items():
            _require_whole(name, getattr(self, name), least)
        exact = tuple(
            (margin,) if isinstance(margin, str) else tuple(margin)
            for margin in self.exact
        )
        object.__setattr__(self, "exact", exact)
        if self.shift == -1:
            # Known beforehand: the farthest move that was made would tell of counts.
            object.__setattr__(self, "shift", self.base - 1 if exact else 0)
        _require_whole("shift", self.shift, 0)
        _require_share("chance", self.chance)
        if self.only_where_needed and (exact or self.method != "rounding"):
            raise ParameterError(
                "rule: only_where_needed beside "
                f"{'exact margins' if exact else 'suppression'}; expected rounding "
                "without exact margins. Leave one of them out."
            )
        if self.method == "rounding" and self.width >= self.base:
            raise ParameterError(
                f"rule: width is {self.width} with base {self.base}; expected less "
                "than the base: a rounded count stands for no more. Raise the base."
            )

    @property
    def shows_true_counts(self) -> bool:
        """Whether a count that stands in the table is the true one."""
        return self.method == "suppression"

    @property
    def smallest_open(self) -> int:
        """The least count that is published as it is."""
        return self.threshold + 1 if self.shows_true_counts else self.base

    def to_dict(self) -> dict[str, Any]:
        """What is printed with a table: only what the method uses."""
        every = asdict(self)
        printed = {name: every[name] for name in _PRINTED[self.method]}
        if "exact" in printed:
            printed["exact"] = [list(margin) for margin in self.exact]
        if self.only_where_needed:
            printed[_PRINTED_IF_SO] = True
        return printed

    @classmethod
    def from_dict(cls, settings: Mapping[str, Any]) -> Self:
        """The rule of a YAML or JSON file; an unknown key is refused by name."""
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(settings) - known):
            raise ParameterError(
                f"rule: unknown key {unknown[0]!r}; expected {', '.join(sorted(known))}"
            )
        return cls(**settings)


@dataclass(frozen=True)
class Reader:
    """Who attacks a table.

    `knows`: "plain" has every published number and knows that counts are whole and not
    negative; "rule-aware" also has the rule; "simulating" also runs the programme on
    every table that might be the true one, all but for its secret seed. What a
    contributor knows, who has some of the cases himself, is asked of the audit
    (`certain_shares`).

    Raises: ParameterError for an unknown word.
    """

    knows: ReaderName = "rule-aware"

    def __post_init__(self) -> None:
        _require_choice("reader", self.knows, READERS)

    @classmethod
    def of(cls, given: "Reader | str") -> "Reader":
        """The reader, or the one of that name."""
        return given if isinstance(given, Reader) else cls(given)  # type: ignore[arg-type]

    @property
    def has_rule(self) -> bool:
        """Whether this reader knows by which rule the counts were protected."""
        return self.knows != "plain"

    def require_audit_of(self, rule: Rule) -> None:
        """Raises: ParameterError where the rule does not bound what this one learns."""
        if self.knows == "simulating" and not rule.chance:
            raise ParameterError(
                "reader is 'simulating' and the rule has no chance: what the programme "
                "would make of each true table tells more than the rule, and the audit "
                "does not run it. Expected a rule with chance above 0"
            )


def require_method(rule: Rule, method: str, task: str) -> None:
    """Raises: ParameterError when a rule of the other method is handed over."""
    if not isinstance(rule, Rule):
        raise ParameterError(f"rule is {rule!r}; expected Rule(method={method!r}, ...)")
    if rule.method != method:
        raise ParameterError(
            f"rule: method is {rule.method!r}; {task} expects Rule(method={method!r})"
        )


def _require_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ParameterError(f"{name} is {value!r}; expected {' or '.join(choices)}")


def _require_whole(name: str, value: object, least: int) -> None:
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or int(value) < least:  # type: ignore[call-overload]
        raise ParameterError(
            f"rule: {name} is {value!r}; expected a whole number of at least {least}"
        )


def _require_share(name: str, value: object) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= float(value) <= 1:  # type: ignore[arg-type]
        raise ParameterError(f"rule: {name} is {value!r}; expected a share from 0 to 1")
