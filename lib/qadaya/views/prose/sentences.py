"""A change in one paragraph, chosen by rule, in Arabic, French and English.

Counts with their unit, whether chance explains the difference, the intervals, what it
would have taken to tell a change, the returns behind both years, and breaks.
"""

from math import isnan

from qadaya.errors import ParameterError
from qadaya.inference import BreakCheck, Change, YearCount
from qadaya.views.frames.changes import NotCompared, compare
from qadaya.views.prose.changes import (
    courts_behind_both,
    detectable,
    from_to,
    intervals,
    not_compared,
    rounding,
    series_break,
    verdict,
)
from qadaya.views.prose.words import Words

__all__ = [
    "UNITS",
    "change",
    "compare",
    "lead",
    "say",
    "say_break",
    "say_chance_zone",
    "sentences",
]
UNITS = ("cases", "persons", "police_cases", "reports")


def change(
    before: int,
    after: int,
    *,
    years: tuple[int, int],
    unit: str = "cases",
) -> Change:
    """The change between two published figures of one unit.

    Raises: ParameterError for an unknown unit or a count that is none.
    """
    if unit not in UNITS:
        raise ParameterError(f"unit is {unit!r}; expected one of {', '.join(UNITS)}")
    return Change(YearCount(years[0], before), YearCount(years[1], after), unit)


def say(change: Change | NotCompared, *, language: str = "en") -> str:
    """The change as a paragraph; see `sentences` for its parts."""
    return " ".join(sentences(change, language=language))


def lead(change: Change | NotCompared, *, language: str = "en") -> str:
    """The first sentence only: counts, unit and what chance has to do with it."""
    return sentences(change, language=language)[0]


def sentences(change: Change | NotCompared, *, language: str = "en") -> list[str]:
    """Counts and verdict; intervals; detectable change; completeness; breaks.

    One sentence each, in that order; those that do not apply are left out. Where
    nothing is compared, the reason.
    """
    words = Words(language)
    if isinstance(change, NotCompared):
        return [not_compared(change.reason, words)]
    parts = [
        verdict(change, words),
        rounding(change, words),
        intervals(change, words),
        detectable(change, words),
        courts_behind_both(change, words),
        series_break(change, words),
    ]
    return [part for part in parts if part]


def say_break(
    check: BreakCheck,
    *,
    language: str = "en",
    names: dict[str, str] | None = None,
) -> str:
    """Whether components and total tell one story, in a sentence.

    `names`: the words for the components, where their keys are codes.
    """
    words = Words(language)
    total = from_to(check.total, words)
    if not check.suspected:
        return _unsuspected(check, words)
    moved = [
        words(
            "{name} {counts}",
            name=(names or {}).get(key, key),
            counts=from_to(check.components[key], words),
        )
        for key in check.suspected
    ]
    return words.plural(
        "Break suspected: {components} moved beyond chance, while the total {total} "
        "did not. Look for a change of definition or of recording first.",
        "Break suspected: {components} moved beyond chance, while the total {total} "
        "did not. Look for a change of definition or of recording first.",
        len(moved),
        components=words("; ").join(moved),
        total=total,
    )


def _unsuspected(check: BreakCheck, words: Words) -> str:
    """Why no break is suspected: nothing moved, the total did too, or nobody knows."""
    verdicts = {change.verdict for change in check.components.values()}
    if not verdicts & {"rise", "fall"}:
        return words("No break suspected: no component moved against its total.")
    if check.total.verdict == "open":
        return words(
            "Whether to suspect a break stays open: components moved beyond chance, "
            "and rounding hides whether the total did."
        )
    return words(
        "No break suspected: components moved beyond chance, and so did the total, "
        "{total}.",
        total=from_to(check.total, words),
    )


def say_chance_zone(change: Change, *, language: str = "en") -> str:
    """What chance alone can make of the earlier count, as a caption of the picture."""
    words = Words(language)
    down, up = change.detectable
    return words(
        "After a year of {n}, chance alone can explain any count from {low} to {high}.",
        n=change.before.n,
        low=0 if isnan(down) else int(down) + 1,
        high=int(up) - 1,
    )
