"""What happened over the years: our counts, the published ones, and why they differ.

Published figures are real and never altered; ours may be invented, and then every table
says so in a column of its own. The two are never joined in one series.
"""

from itertools import pairwise

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import Change, check_break
from qadaya.reference import body_name
from qadaya.views.frames.changes import NotCompared, compare, component_changes
from qadaya.views.frames.counts import cases_table
from qadaya.views.prose.changes import not_compared
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.sentences import say, say_break
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.views.topics.published import (
    calibration,
    conflicts_table,
    origin_of,
    published_break,
    published_change,
    published_changes,
    reconciliation,
    reconciliation_reasons,
    sources_table,
)
from qadaya.vocabulary import PLATFORMS, SUBJECTS, label

__all__ = [
    "calibration",
    "component_break",
    "conflicts_table",
    "our_changes",
    "our_counts",
    "published_break",
    "published_change",
    "published_changes",
    "reconciliation",
    "reconciliation_reasons",
    "sources_table",
]
COMPONENTS = ("platform", "subject", "body")


def our_counts(edition: Edition, *, language: str = "en") -> Table:
    """Our cases by year with interval, completeness and origin.

    Rows: one per year. Unit: cases; the interval covers chance and rounding.
    """
    words = Words(language)
    counts = cases_table(edition, by=["year"])
    return Table(
        {
            words("Year"): counts["year"],
            words("Cases"): counts["n"],
            words("95% interval"): [
                words.span(low, high)
                for low, high in counts[["low", "high"]].to_numpy().tolist()
            ],
            words("Courts that reported"): [
                words("{reported} of {expected}", reported=came, expected=due)
                for came, due in counts[["reported", "expected"]].to_numpy().tolist()
            ],
            words("Origin"): origin_of(edition, words),
        }
    )


def our_changes(edition: Edition, *, language: str = "en") -> Paragraph:
    """Each change of our counts from one year to the next, a paragraph each."""
    changes = [
        compare(edition, after, against=before)
        for before, after in pairwise(sorted(edition.years))
    ]
    if not changes:
        words = Words(language)
        return Paragraph(words("One year only: there is nothing to compare."))
    return Paragraph("\n\n".join(say(one, language=language) for one in changes))


def component_break(
    edition: Edition, year: int, *, by: str = "platform", language: str = "en"
) -> Paragraph:
    """Whether the parts of our count tell the same story as the total, in a sentence.

    `by`: platform, subject or body. Raises: ParameterError for another column.
    """
    if by not in COMPONENTS:
        raise ParameterError(f"by is {by!r}; expected one of {', '.join(COMPONENTS)}")
    words = Words(language)
    total = compare(edition, year)
    if isinstance(total, NotCompared):
        return Paragraph(not_compared(total.reason, words))
    found = component_changes(edition, by, total.before.year, year)
    parts = {code: part for code, part in found.items() if isinstance(part, Change)}
    if not parts:
        reasons = [
            part.reason for part in found.values() if isinstance(part, NotCompared)
        ]
        return Paragraph(
            not_compared(reasons[0], words)
            if reasons
            else words("There is no part to compare.")
        )
    names = {code: _component_name(by, code, words) for code in parts}
    return Paragraph(
        say_break(check_break(parts, total), language=language, names=names)
    )


def _component_name(by: str, code: str, words: Words) -> str:
    if by == "platform" and code in PLATFORMS:
        return label("platform", code, words.language)
    if by == "subject" and code in SUBJECTS:
        return label("subject", code, words.language)
    if by == "body" and code != "unknown":
        return body_name(code, words.language)
    return words("not coded")
