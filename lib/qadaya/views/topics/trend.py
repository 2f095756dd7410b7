"""What happened over the years: our counts, the published ones, and why they differ.

Published figures are real and never altered; ours may be invented, and then every table
says so in a column of its own. The two are never joined in one series.
"""

from itertools import pairwise
from math import isnan

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import Change, check_break
from qadaya.reference import body_name
from qadaya.views.frames.changes import NotCompared, compare, component_changes
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.missing import missing_returns
from qadaya.views.prose.changes import not_compared, short_p, short_verdict
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.sentences import say, say_break
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.views.topics.disputed import conflicts_table
from qadaya.views.topics.published import (
    calibration,
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
    "changes_table",
    "component_break",
    "conflicts_table",
    "our_changes",
    "our_counts",
    "parts_agree",
    "published_break",
    "published_change",
    "published_changes",
    "reconciliation",
    "reconciliation_reasons",
    "sources_table",
]
COMPONENTS = ("platform", "subject", "body")


def our_counts(edition: Edition, *, language: str = "en") -> Table:
    """Our cases by year with interval, completeness, what is missing, and origin.

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
            words("Missing courts would add"): [
                would_add(missing_returns(edition, [int(year)]), words)
                for year in counts["year"]
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
    return Paragraph("\n\n".join(say(change, language=language) for change in changes))


def changes_table(edition: Edition, *, language: str = "en") -> Table:
    """Each step of our counts from one year to the next, a row each.

    Columns: the step, both counts, the exact p with its range under rounding, what
    chance has to do with it, what a change would have taken, the courts behind it.
    """
    words = Words(language)
    steps = list(pairwise(sorted(edition.years)))
    changes = [compare(edition, after, against=before) for before, after in steps]
    rows = [
        _step_row(step, one, words) for step, one in zip(steps, changes, strict=True)
    ]
    names = [
        words("Step"),
        words("Cases"),
        words("Exact p"),
        words("Chance"),
        words("A rise from"),
        words("A fall from"),
        words("Courts that reported"),
    ]
    return Table(rows, columns=names)


def _step_row(
    step: tuple[int, int], change: Change | NotCompared, words: Words
) -> list[str | None]:
    # A word joiner on both sides of the dash: no line ends at it.
    name = words.isolated(f"{step[0]}\u2060–\u2060{step[1]}")
    if isinstance(change, NotCompared):
        return [name, None, None, not_compared(change.reason, words), None, None, None]
    before, after = change.before, change.after
    verdict = short_verdict(change, words)
    if change.crosses_break:
        verdict = words("{verdict}; break in series", verdict=verdict)
    down, up = change.detectable
    return [
        name,
        words("{n}, then {m}", n=before.n, m=after.n).replace(" ", "\u00a0"),
        short_p(change, words),
        verdict,
        words.number(int(up)),
        None if isnan(down) else words.number(int(down)),
        words.isolated(
            f"{before.reported}/{before.expected}, {after.reported}/{after.expected}"
        ),
    ]


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
    components = component_changes(edition, by, total.before.year, year)
    parts = {
        code: part for code, part in components.items() if isinstance(part, Change)
    }
    if not parts:
        reasons = [
            part.reason for part in components.values() if isinstance(part, NotCompared)
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


def parts_agree(edition: Edition, year: int, *, language: str = "en") -> Paragraph:
    """Whether platforms and subjects tell the same story as the total.

    A sentence each; one where both say the same.
    """
    words = Words(language)
    platforms = component_break(edition, year, language=language)
    subjects = component_break(edition, year, by="subject", language=language)
    if platforms == subjects:
        alike = words("This holds for platforms and for subjects alike.")
        return Paragraph(f"{platforms} {alike}")
    parts = {words("Platforms"): platforms, words("Subjects"): subjects}
    return Paragraph("\n\n".join(f"{name} – {said}" for name, said in parts.items()))


def _component_name(by: str, code: str, words: Words) -> str:
    if by == "platform" and code in PLATFORMS:
        return label("platform", code, words.language)
    if by == "subject" and code in SUBJECTS:
        return label("subject", code, words.language)
    if by == "body" and code != "unknown":
        return body_name(code, words.language)
    return words("not coded")
