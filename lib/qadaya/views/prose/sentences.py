"""A change in one paragraph, chosen by rule, in Arabic, French and English.

Counts with their unit, whether chance explains the difference, the intervals, what it
would have taken to tell a change, the returns behind both years, and breaks.
"""

from math import isnan

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import BreakCheck, Change, YearCount
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.views.prose.changes import (
    completeness,
    detectable,
    from_to,
    intervals,
    rounding,
    series_break,
    verdict,
)
from qadaya.views.prose.words import Words
from qadaya.vocabulary import PLATFORMS

UNITS = ("cases", "persons", "police_cases", "reports")


def compare(
    edition: Edition,
    year: int,
    *,
    against: int | None = None,
    measure: str = "cases",
    platform: str | None = None,
) -> Change | None:
    """The change of a measure from `against` (the year before, unless told) to `year`.

    None where the edition has no number for one of the two years: nothing is compared.
    Raises: ParameterError for a year, measure or platform that the edition lacks.
    """
    earlier = [held for held in edition.years if held < year]
    before = against if against is not None else max(earlier, default=None)
    if platform is not None and platform not in PLATFORMS:
        raise ParameterError(
            f"platform is {platform!r}; expected one of {', '.join(PLATFORMS)}"
        )
    if before is None:
        return None
    by = ["year"] if platform is None else ["platform", "year"]
    pair = sorted({before, year})
    counts = cases_table(edition, by=by, measure=measure, years=pair)
    if platform is not None:
        counts = counts[counts["platform"] == platform]
    if counts["n"].isna().any() or len(counts) < 2:
        return None
    error = rounding_error(edition, by=by, measure=measure)
    if error is None:
        return None
    found = {
        int(at): YearCount(int(at), int(n), error, int(came), int(due))
        for at, n, came, due in counts[["year", "n", "reported", "expected"]].to_numpy()
    }
    return Change(found[before], found[year])


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


def say(change: Change | None, *, language: str = "en") -> str:
    """The change as a paragraph; see `sentences` for its parts."""
    return " ".join(sentences(change, language=language))


def lead(change: Change | None, *, language: str = "en") -> str:
    """The first sentence only: counts, unit and what chance has to do with it."""
    return sentences(change, language=language)[0]


def sentences(change: Change | None, *, language: str = "en") -> list[str]:
    """Counts and verdict; intervals; detectable change; completeness; breaks.

    One sentence each, in that order; those that do not apply are left out.
    """
    words = Words(language)
    if change is None:
        return [
            words("There is no count for one of the two years: nothing is compared.")
        ]
    parts = [
        verdict(change, words),
        rounding(change, words),
        intervals(change, words),
        detectable(change, words),
        completeness(change, words),
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
