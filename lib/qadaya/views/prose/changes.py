"""The parts of a sentence on a change: verdict, intervals, completeness, breaks."""

from math import isnan

from qadaya.inference import Change
from qadaya.views.frames.changes import (
    FIRST_YEAR,
    NO_COUNT,
    NO_TWO_YEARS,
    NOT_BOUNDED,
    SOURCES_DISAGREE,
)
from qadaya.views.prose.words import Words


def not_compared(reason: str, words: Words) -> str:
    """Why two counts are not compared; `reason`: a code of REASONS."""
    return {
        FIRST_YEAR: words("There is no earlier year to compare with."),
        NO_COUNT: words(
            "There is no count for one of the two years: nothing is compared."
        ),
        NOT_BOUNDED: words(
            "How far rounding moved these counts is not published: nothing is compared."
        ),
        SOURCES_DISAGREE: words("Sources disagree: nothing is compared."),
        NO_TWO_YEARS: words(
            "No two years in a row were published: nothing is compared."
        ),
    }[reason]


def counted(n: int, unit: str, language: str) -> str:
    """A number with its unit in the right form: 1 case, 44 قضية, 3 affaires."""
    words = Words(language)
    return {
        "cases": lambda: words.plural("{n} case", "{n} cases", n),
        "persons": lambda: words.plural("{n} person", "{n} persons", n),
        "police_cases": lambda: words.plural("{n} police case", "{n} police cases", n),
        "reports": lambda: words.plural("{n} report", "{n} reports", n),
    }[unit]()


def verdict(change: Change, words: Words) -> str:
    """Both counts with their unit, and what chance has to do with the difference."""
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


def short_verdict(change: Change, words: Words) -> str:
    """What chance has to do with a difference, for a cell of a table."""
    return {
        "rise": words("a rise beyond chance"),
        "fall": words("a fall beyond chance"),
        "open": words("rounding leaves it open"),
        "chance": words("may be chance"),
    }[change.verdict]


def short_p(change: Change, words: Words) -> str:
    """The exact p, and in brackets what it may be where counts were rounded."""
    p = words.p_number(float(change.test.p))
    if not (change.before.error or change.after.error):
        return p
    low, high = change.p_range
    span = f"{words.p_number(low)}–{words.p_number(high)}"
    return words.isolated(f"{p} ({span})")


def rounding(change: Change, words: Words) -> str:
    """How far both counts were rounded and the range of p; empty where exact."""
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


def intervals(change: Change, words: Words) -> str:
    """The interval of the later count, and the ratio of the two with its interval."""
    chance = words.between(*change.after.interval)
    low, high = change.ratio_interval
    if isnan(change.test.ratio) or isnan(high):
        return words(
            "95% interval of the count of {year}: {chance}; no ratio, since the "
            "earlier count is or may be 0.",
            year=change.after.year,
            chance=chance,
        )
    return words(
        "95% interval of the count of {year}: {chance}; ratio of the two years "
        "{ratio}, 95% interval {span}.",
        year=change.after.year,
        chance=chance,
        ratio=words.decimal(change.test.ratio, 2),
        span=words.between(low, high, 2),
    )


def detectable(change: Change, words: Words) -> str:
    """The counts that would have been told from chance."""
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


def courts_behind_both(change: Change, words: Words) -> str:
    """The courts behind both counts; empty where that is not known."""
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


def series_break(change: Change, words: Words) -> str:
    """That the circular lies between the two years, where it does."""
    if not change.crosses_break or change.unit != "cases":
        return ""
    return words(
        "Break in series: the circular of 14 April 2023 lies between the two years, so "
        "read no trend from them."
    )


def from_to(change: Change, words: Words) -> str:
    """The two counts with their exact p, for a list of components."""
    return words(
        "from {before} to {after} (exact {p})",
        before=change.before.n,
        after=change.after.n,
        p=words.p_value(float(change.test.p)),
    )
