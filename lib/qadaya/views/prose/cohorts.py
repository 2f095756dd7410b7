"""Cohorts in words: where their cases stand, and how much of them is decided."""

from typing import Any

from qadaya.editions.edition import Edition, completeness
from qadaya.views.frames.cohorts import (
    BEFORE_COURT,
    STANDINGS,
    cohort_counts,
    decided_share,
)
from qadaya.views.frames.missing import missing_returns
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import label


def cohort_table(edition: Edition, *, language: str = "en") -> Table:
    """Where the cases of each year's returns stand today; pending stays pending.

    Rows: one per standing, then all cases, the courts that reported, and what the
    others would add. Columns: the standing, one per year of the return.
    """
    words = Words(language)
    counts = cohort_counts(edition)
    names = [standing_name(code, words) for code in STANDINGS]
    names += [words("All cases"), words("Courts that reported")]
    names.append(words("Missing courts would add"))
    columns: dict[str, list[Any]] = {words("Where they stand"): names}
    for year in edition.years:
        came, due = completeness(edition, year)
        columns[str(year)] = [
            *counts.T[year].tolist(),
            sum(counts.T[year].tolist()),
            words("{reported} of {expected}", reported=came, expected=due),
            would_add(missing_returns(edition, [year]), words),
        ]
    return Table(columns)


def say_decided(edition: Edition, *, language: str = "en") -> Paragraph:
    """How much of each cohort has been decided, one sentence a year."""
    words = Words(language)
    parts = []
    for row in decided_share(edition).to_dict("records"):
        facts = {"year": row["year"], "prosecuted": row["prosecuted"]}
        if not row["prosecuted"]:
            parts.append(
                words("Returns of {year}: 0 cases prosecuted, so no share.", **facts)
            )
            continue
        parts.append(
            words(
                "Returns of {year}: {n} of {prosecuted} prosecuted cases decided, "
                "{share} (95% interval {span}); {pending} pending.",
                **facts,
                n=row["decided"],
                share=words.percent(row["share"]),
                span=words.percent_between(row["low"], row["high"]),
                pending=row["pending"],
            )
        )
    return Paragraph("\n\n".join(parts))


def standing_name(code: str, words: Words) -> str:
    """The words for one of STANDINGS."""
    if code in BEFORE_COURT:
        return label("stage", code, words.language)
    return {
        "awaiting_judgment": words("Prosecuted, judgment pending"),
        "judged": words("Judged, not appealed"),
        "appeal_pending": words("Appeal pending"),
        "appeal_decided": words("Decided on appeal"),
        "cassation_pending": words("Cassation pending"),
        "cassation_decided": words("Decided in cassation"),
    }[code]
