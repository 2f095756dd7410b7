"""A change in one paragraph, chosen by rule, in Arabic, French and English.

Counts with their unit, whether chance explains the difference, the intervals, what it
would have taken to tell a change, the returns behind both years, and breaks.
"""

from math import isnan

from qadaya.errors import ParameterError
from qadaya.tables.edition import Edition
from qadaya.tables.inference import BreakCheck, Change, YearCount
from qadaya.views.counts import cases_table, rounding_error
from qadaya.views.words import Words
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
    words = Words(language, "sentences")
    if change is None:
        return [
            words("There is no count for one of the two years: nothing is compared.")
        ]
    parts = [
        _verdict(change, words),
        _rounding(change, words),
        _intervals(change, words),
        _detectable(change, words),
        _completeness(change, words),
        _series_break(change, words),
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
    words = Words(language, "sentences")
    total = _from_to(check.total, words)
    if not check.suspected:
        return _unsuspected(check, words)
    moved = [
        words(
            "{name} {counts}",
            name=(names or {}).get(key, key),
            counts=_from_to(check.components[key], words),
        )
        for key in check.suspected
    ]
    return words(
        "Break suspected: {components} moved beyond chance, while the total {total} "
        "did not. Look for a change of definition or of recording first.",
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
        total=_from_to(check.total, words),
    )


def say_chance_zone(change: Change, *, language: str = "en") -> str:
    """What chance alone can make of the earlier count, as a caption of the picture."""
    words = Words(language, "sentences")
    down, up = change.detectable
    return words(
        "After a year of {n}, chance alone can explain any count from {low} to {high}.",
        n=change.before.n,
        low=0 if isnan(down) else int(down) + 1,
        high=int(up) - 1,
    )


def counted(n: int, unit: str, language: str) -> str:
    """A number with its unit in the right form: 1 case, 44 قضية, 3 affaires."""
    words = Words(language, "sentences")
    return {
        "cases": lambda: words.plural("{n} case", "{n} cases", n),
        "persons": lambda: words.plural("{n} person", "{n} persons", n),
        "police_cases": lambda: words.plural("{n} police case", "{n} police cases", n),
        "reports": lambda: words.plural("{n} report", "{n} reports", n),
    }[unit]()


def _verdict(change: Change, words: Words) -> str:
    facts = {
        "counted": counted(change.after.n, change.unit, words.language),
        "year": change.after.year,
        "n": change.before.n,
        "against": change.before.year,
        "p": words.p_value(float(change.test.p)),
    }
    if change.verdict == "rise":
        return words(
            "{counted} in {year}, against {n} in {against}: a rise larger than chance "
            "explains (exact {p}).",
            **facts,
        )
    if change.verdict == "fall":
        return words(
            "{counted} in {year}, against {n} in {against}: a fall larger than chance "
            "explains (exact {p}).",
            **facts,
        )
    if change.verdict == "open":
        return words(
            "{counted} in {year}, against {n} in {against}: rounding leaves open "
            "whether chance explains it (exact {p}).",
            **facts,
        )
    return words(
        "{counted} in {year}, against {n} in {against}: not distinguishable from "
        "chance (exact {p}).",
        **facts,
    )


def _rounding(change: Change, words: Words) -> str:
    if not (change.before.error or change.after.error):
        return ""
    low, high = change.p_range
    return words(
        "Both counts are rounded, by at most {error}; whatever that did, the exact p "
        "lies between {low} and {high}.",
        error=max(change.before.error, change.after.error),
        low=words.p_number(low),
        high=words.p_number(high),
    )


def _intervals(change: Change, words: Words) -> str:
    chance = words.between(*change.after.interval)
    low, high = change.ratio_interval
    if isnan(change.test.ratio) or isnan(high):
        return words(
            "95% chance interval of the count of {year}: {chance}; no ratio to a year "
            "without a count.",
            year=change.after.year,
            chance=chance,
        )
    return words(
        "95% chance interval of the count of {year}: {chance}; ratio of the two years "
        "{ratio}, 95% interval {span}.",
        year=change.after.year,
        chance=chance,
        ratio=words.decimal(change.test.ratio, 2),
        span=words.between(low, high, 2),
    )


def _detectable(change: Change, words: Words) -> str:
    down, up = change.detectable
    if isnan(down):
        return words(
            "After {n}, it takes {up} to tell a rise from chance; "
            "no fall could be told.",
            n=change.before.n,
            up=up,
        )
    return words(
        "After {n}, it takes {up} to tell a rise from chance, "
        "or {down} to tell a fall.",
        n=change.before.n,
        up=up,
        down=down,
    )


def _completeness(change: Change, words: Words) -> str:
    before, after = change.before, change.after
    if before.expected is None or after.expected is None:
        return ""
    facts = {
        "reported": after.reported,
        "expected": after.expected,
        "year": after.year,
        "earlier": before.reported,
        "due": before.expected,
        "against": before.year,
    }
    if not change.completeness_differs:
        return words(
            "{reported} of {expected} courts reported in {year}, {earlier} of {due} in "
            "{against}.",
            **facts,
        )
    return words(
        "{reported} of {expected} courts reported in {year}, {earlier} of {due} in "
        "{against}: part of the difference may be courts that did not report.",
        **facts,
    )


def _series_break(change: Change, words: Words) -> str:
    if not change.crosses_break or change.unit != "cases":
        return ""
    return words(
        "Break in series: the circular of 14 April 2023 lies between the two years, so "
        "read no trend from them."
    )


def _from_to(change: Change, words: Words) -> str:
    return words(
        "from {before} to {after} (exact {p})",
        before=change.before.n,
        after=change.after.n,
        p=words.p_value(float(change.test.p)),
    )
