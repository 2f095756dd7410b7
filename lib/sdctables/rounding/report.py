"""What a rounding reports to the desk, and what of it may be printed."""

from dataclasses import dataclass, field
from typing import Any

from sdctables.cells.checks import Margin
from sdctables.rounding.search import Rounded
from sdctables.rule import Rule
from sdctables.solver import SOLVER


@dataclass(frozen=True)
class RoundingReport:
    """What rounding did: for the desk, which alone may see it; also readable by key.

    `errors`: for each margin `{"largest", "mean"}` of |published - true|, in cases.
    `gap`: how far the weighted sum of errors can be above the least possible one, as a
    share, by what is proven. `cap`: the largest error of any margin that counts.
    `rounded`, `moved`: how many small counts there were, and cases that larger counts
    moved. `cut`: the time limit ended the search. `rule`: as it must be printed and
    given to the auditor. All but the rule come of the true counts and tell of them;
    `to_dict` has none of that.
    """

    rule: Rule
    gap: float = field(repr=False)
    seconds: float = field(repr=False)
    errors: dict[Margin, dict[str, float]] = field(repr=False)
    cap: int = field(repr=False)
    rounded: int = field(repr=False)
    moved: int = field(repr=False)
    solver: str
    status: str = field(repr=False)
    cut: bool = field(repr=False)
    seed: int = field(repr=False)

    def __getitem__(self, name: str) -> Any:
        if name not in self.__dataclass_fields__:
            raise KeyError(name)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """What may be printed: no seed, and nothing that depends on a true count."""
        return {"rule": self.rule.to_dict(), "solver": self.solver}


def report_of(
    rounded: Rounded, rule: Rule, errors: dict[Margin, dict[str, float]], seed: int
) -> RoundingReport:
    """The report of a rounding by this rule, as it is printed."""
    return RoundingReport(
        rule=rule,
        gap=rounded.gap,
        seconds=rounded.seconds,
        errors=errors,
        cap=rounded.cap,
        rounded=rounded.rounded,
        moved=rounded.moved,
        solver=SOLVER,
        status=_status(rounded),
        cut=rounded.cut,
        seed=seed,
    )


def _status(rounded: Rounded) -> str:
    if rounded.cut:
        return "best answer within the time limit"
    return "optimal within the gap" if rounded.proven else "cap not proven least"
