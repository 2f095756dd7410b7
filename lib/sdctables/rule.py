"""The public rule of an edition: what was changed or hidden, and by how much.

A rule is printed with every edition, so a reader knows it. Everything the auditor lets
a rule-aware reader use stands here, and nothing else does.
"""

import numbers
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

from sdctables.errors import ParameterError

Reader = Literal["plain", "rule-aware"]
READERS = ("plain", "rule-aware")

_CHOICES = {
    "method": ("rounding", "suppression"),
    "zeros": ("show", "protect"),
    "marks": ("kind", "hidden"),
    "primary": ("threshold", "named"),
}
_LEAST = {"base": 2, "threshold": 1, "width": 1, "shift": 0}
_PRINTED = {
    "rounding": ("method", "base", "width", "exact", "shift"),
    "suppression": ("method", "threshold", "zeros", "width", "marks", "primary"),
}


@dataclass(frozen=True)
class Rule:
    """How counts are protected, as it is told to every reader.

    `method="rounding"`: inner counts from 1 to `base` - 1 become 0 or `base`. If
    margins were hit exactly (`exact`), larger counts moved by `shift` at most and
    stayed at `base` or above.

    `method="suppression"`: counts from 1 to `threshold` are hidden (from 0 with
    `zeros="protect"`), then more, until every hidden small count keeps an interval at
    least `width` wide. `marks="kind"`: a reader sees whether a cell is hidden for
    itself (primary) or for another (secondary), and so knows which side of the
    threshold it is on; `marks="hidden"`: only that it is hidden. `primary="named"`: the
    owner named the sensitive cells, the threshold says nothing about them.

    Raises: ParameterError for an unknown word or a number out of range.
    """

    method: Literal["rounding", "suppression"] = "rounding"
    base: int = 3
    threshold: int = 3
    zeros: Literal["show", "protect"] = "show"
    width: int = 1
    marks: Literal["kind", "hidden"] = "kind"
    primary: Literal["threshold", "named"] = "threshold"
    exact: tuple[tuple[str, ...], ...] = ()
    shift: int = 0

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
        if self.method == "rounding" and self.width >= self.base:
            raise ParameterError(
                f"rule: width is {self.width} with base {self.base}; expected less "
                "than the base: a rounded count stands for no more. Raise the base."
            )

    @property
    def smallest_open(self) -> int:
        """The least count that is published as it is."""
        return self.base if self.method == "rounding" else self.threshold + 1

    def to_dict(self) -> dict[str, Any]:
        """What is printed with an edition: only what the method uses."""
        every = asdict(self)
        printed = {name: every[name] for name in _PRINTED[self.method]}
        if "exact" in printed:
            printed["exact"] = [list(margin) for margin in self.exact]
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


def require_reader(reader: str) -> None:
    """Raises: ParameterError for a reader other than plain and rule-aware."""
    _require_choice("reader", reader, READERS)


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
