"""What the published chapter says in sentences: finding, rules, programme."""

from qadaya.ledger import implied_before
from qadaya.ledger.chapter import (
    CHILD,
    GROUPS,
    OFFENCES,
    PROFILE,
    TOTAL,
    figure_of,
    lines_of,
)
from qadaya.views.prose.chapter import both, finding, printed, step
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.words import Words


def summary(year: int, *, language: str = "en") -> Paragraph:
    """The chapter of a year in two or three sentences, for the head of its page."""
    words, lines = Words(language), lines_of(year)
    whole, child = (
        both(lines[name, "cases"], lines[name, "persons"], words)
        for name in (TOTAL, CHILD)
    )
    parts = [finding(year, whole, child, words)]
    parts += _implied(year, words)
    if change := step(CHILD, year, words):
        parts.append(words("The child cases: {change}", change=change))
    return Paragraph(" ".join(parts))


def outside_the_total(year: int, *, language: str = "en") -> Paragraph:
    """The rule that child cases are no part of the total, and the sum that shows it."""
    words, lines = Words(language), lines_of(year)
    parts = [lines[name, "cases"].value for name in OFFENCES]
    total, child = lines[TOTAL, "cases"].value, lines[CHILD, "cases"].value
    if total is None or child is None or None in parts:
        return Paragraph(
            words(
                "The report counts the child cases beside the offences by modern "
                "means, not among them. For {year} too little is printed to show it "
                "by a sum.",
                year=year,
            )
        )
    return Paragraph(
        words(
            "The child cases stand outside the total: the other lines fill it by "
            "themselves ({sum}), so there is no room in it for the {child}.",
            sum=words.isolated(f"{' + '.join(map(str, parts))} = {total}"),
            child=child,
        )
    )


def profile(year: int, *, language: str = "en") -> Paragraph:
    """Who was prosecuted, as far as the report says it: a lower bound and no more."""
    words = Words(language)
    figure = figure_of(PROFILE, "percent", year)
    if figure.value is None:
        return Paragraph(
            words("Who was prosecuted in {year} was not found.", year=year)
        )
    return Paragraph(
        words(
            "More than {n}% of those prosecuted in {year} were adult Moroccan men. "
            "This is a lower bound, as printed; the others are not broken down.",
            n=figure.value,
            year=year,
        )
    )


def platforms(year: int, *, language: str = "en") -> Paragraph:
    """The programme of the two platforms, the circular, and what came of it."""
    words = Words(language)
    parts = [
        words(
            "Two platforms report material to Morocco under a programme with the "
            "embassies of the United States and the United Kingdom: that of NCMEC, the "
            "National Center for Missing and Exploited Children (printed NECMED), and "
            "the British CPS, the Child Protection System."
        ),
        words(
            "A circular of 14 April 2023 asks the prosecutors to act on what both "
            "detect, and to send in the returns that this workbench reads."
        ),
    ]
    figure, tried = (figure_of(name, "cases", year) for name in GROUPS["platforms"])
    if figure.value is None:
        parts.append(
            words("How many cases came of it in {year} was not found.", year=year)
        )
    else:
        parts.append(
            words(
                "For {year} one line is published: {found} cases detected through the "
                "platforms, {tried} of them with a prosecution begun.",
                year=year,
                found=figure.value,
                tried=tried.value,
            )
        )
    return Paragraph("\n\n".join(parts))


def _implied(year: int, words: Words) -> list[str]:
    """What the next report's printed change allows where the year is missing."""
    own = figure_of(TOTAL, "cases", year)
    after = figure_of(TOTAL, "cases", year + 1)
    change = figure_of(f"{TOTAL}_yoy_cases", "percent", year + 1)
    if own.value is not None or after.value is None or change.value is None:
        return []
    low, high = implied_before(float(after.value), float(change.value))
    return [
        words(
            "The report for {next} prints {after} cases and a change of {percent} on "
            "the year before; {span} cases would fit that. This is arithmetic and no "
            "figure: it stands in no table.",
            next=year + 1,
            after=after.value,
            percent=printed(change, words),
            span=words.between(low, high),
        )
    ]
