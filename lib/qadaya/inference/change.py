"""A change between two years, judged by rule: chance, rounding and breaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from qadaya.errors import ParameterError
from qadaya.inference.arguments import Interval, counts_of
from qadaya.inference.comparison import (
    Comparison,
    compare_counts,
    exact_p,
    smallest_significant_change,
)
from qadaya.inference.intervals import interval_between

SIGNIFICANT = 0.05  # two-sided; the complement of the 95 % used in every interval
CIRCULAR_YEAR = 2023  # the first year that courts reported as cases came in


@dataclass(frozen=True)
class YearCount:
    """A count of one year, with the doubt that rounding left and the returns behind it.

    n: the published count; error: the largest rounding error, 0 when exact; reported,
    expected: courts, or None where that is not known (a figure of others).
    """

    year: int
    n: int
    error: int = 0
    reported: int | None = None
    expected: int | None = None

    def __post_init__(self) -> None:
        counts_of(self.n, "n")
        counts_of(self.error, "error")

    @property
    def fewest(self) -> int:
        """The least that the true count can be."""
        return max(0, self.n - self.error)

    @property
    def most(self) -> int:
        """The most that the true count can be."""
        return self.n + self.error

    @property
    def interval(self) -> Interval:
        """The 95 % interval, over every true count that rounding allows."""
        return interval_between(self.fewest, self.most)


@dataclass(frozen=True)
class Change:
    """Two counts of one unit in two years; what it says is worked out by rule.

    unit: a code of the sentences (cases, persons, police_cases, reports).
    """

    before: YearCount
    after: YearCount
    unit: str = "cases"

    @cached_property
    def test(self) -> Comparison:
        """The exact comparison of the two counts as published."""
        return compare_counts(self.before.n, self.after.n)

    @cached_property
    def p_range(self) -> Interval:
        """The least and the greatest exact p over the true counts rounding allows."""
        # Not at the ends alone: p of an exact test is no smooth function of the counts.
        p_values = exact_p(*self._all_pairs)
        return Interval(float(p_values.min()), float(p_values.max()))

    @property
    def ratio_interval(self) -> Interval:
        """The 95 % interval of the ratio, over the true counts that rounding allows.

        Missing (NaN) where one of them leaves no ratio.
        """
        tests = self._all_tests
        # NaN if one pair has none: a limit that holds for some of them only is no
        # limit.
        return Interval(float(tests.low.min()), float(tests.high.max()))

    @cached_property
    def _all_tests(self) -> Comparison:
        return compare_counts(*self._all_pairs)

    @property
    def _all_pairs(self) -> tuple[Any, Any]:
        # Each true count that rounding allows, with each: the two were rounded apart.
        befores = np.arange(self.before.fewest, self.before.most + 1)
        afters = np.arange(self.after.fewest, self.after.most + 1)
        pairs = np.array(list(product(befores, afters)))
        return pairs[:, 0], pairs[:, 1]

    @property
    def detectable(self) -> Interval:
        """The counts (down, up) that would have been a fall or a rise.

        From the fewest and the most cases that the earlier count can stand for.
        """
        # Down from the fewest and up from the most: what lies beyond is a change,
        # whatever the earlier count was.
        down = smallest_significant_change(self.before.fewest).low
        return Interval(down, smallest_significant_change(self.before.most).high)

    @property
    def verdict(self) -> str:
        """chance, rise, fall, or open: rounding decides whether chance explains it."""
        # A verdict is given only if every true count gives it.
        low, high = self.p_range
        if low > SIGNIFICANT:
            return "chance"
        # Beyond chance for every true count, the direction is the same for all.
        if high <= SIGNIFICANT:
            return "rise" if self.after.n > self.before.n else "fall"
        return "open"

    @property
    def crosses_break(self) -> bool:
        """Whether the circular of 14 April 2023 lies between the two years."""
        # Between two years of the same way of reporting nothing is broken, on either
        # side.
        first, last = sorted((self.before.year, self.after.year))
        return first < CIRCULAR_YEAR <= last

    @property
    def completeness_differs(self) -> bool:
        """Whether another share of the courts stands behind the two counts."""
        counts = (self.before, self.after)
        # Unknown is not different: figures of others come without their returns.
        if any(not count.expected or count.reported is None for count in counts):
            return False
        # Shares, since courts open and close: 110 of 110 is more than 110 of 112.
        shares = [(count.reported or 0) / (count.expected or 1) for count in counts]
        return shares[0] != shares[1]


@dataclass(frozen=True)
class BreakCheck:
    """Components beside their total; `suspected` moved beyond chance and it did not."""

    total: Change
    components: dict[str, Change]
    suspected: tuple[str, ...]


def check_break(components: Mapping[str, Change], total: Change) -> BreakCheck:
    """Whether components moved beyond chance while their total did not.

    Such a swing looks like reclassification, not like crime: a break is suspected.
    Components of another unit or other years than the total are refused.
    Raises: ParameterError, also when there is no component.
    """
    if not components:
        raise ParameterError("components is empty; expected at least one change")
    if not isinstance(components, Mapping):
        kind = type(components).__name__
        raise ParameterError(
            f"components is a {kind}; expected changes by the name of the component"
        )
    for name, change in [*components.items(), ("total", total)]:
        if not isinstance(change, Change):
            kind = type(change).__name__
            raise ParameterError(f"{name} is a {kind}; expected a Change")
        # Persons in a total of cases, or other years, would show a swing that none
        # made.
        if _kind(change) != _kind(total):
            raise ParameterError(
                f"{name} is in {change.unit} for {_years(change)}, the total in "
                f"{total.unit} for {_years(total)}; expected the same unit and years"
            )
    moved = [name for name, c in components.items() if c.verdict in ("rise", "fall")]
    # Rounding may leave the total open: then it is not known to have stood still.
    quiet = total.verdict == "chance"
    return BreakCheck(total, dict(components), tuple(moved) if quiet else ())


def _kind(change: Change) -> tuple[str, int, int]:
    return change.unit, change.before.year, change.after.year


def _years(change: Change) -> str:
    return f"{change.before.year} to {change.after.year}"
