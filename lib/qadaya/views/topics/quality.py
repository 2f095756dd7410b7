"""How far the returns can be relied on: who reported, what was found, what moved.

Problems stand in an internal edition only. A shared one gives the same tables without
rows, and a sentence that says so.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition, completeness
from qadaya.reference import court_name
from qadaya.views.frames.missing import missing_returns
from qadaya.views.frames.problems import current_problems
from qadaya.views.prose.history import revision_table, say_revisions
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.optional_columns import optional_columns
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.rules import rule_name
from qadaya.views.prose.severities import severity_name
from qadaya.views.prose.statuses import status_names
from qadaya.views.prose.table import NOTHING, Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import (
    ASK,
    BLOCKING,
    NIL,
    REPORTING,
    SEVERITIES,
    SHARED,
    label,
)

__all__ = [
    "answers_by_year",
    "difficulties_by_theme",
    "double_counting",
    "optional_columns",
    "problems_by_year",
    "revision_table",
    "say_answers",
    "say_difficulties",
    "say_problems",
    "say_revisions",
    "status_by_court",
]
DOUBLE = ("counted_twice", "second_degree_case", "duplicate_row")


def answers_by_year(edition: Edition, *, language: str = "en") -> Table:
    """Courts by what is known of them, year by year, and the share that answered.

    And what the missing would add, in cases. Rows: one per year. Unit: courts. A shared
    edition has no column for nil returns, which read there like any other answer.
    """
    words = Words(language)
    reporting = edition.table("reporting")
    counts = pd.crosstab(reporting["year"], reporting["status"])
    counts = counts.reindex(
        index=edition.years, columns=list(_statuses(edition)), fill_value=0
    )
    columns: dict[str, Any] = {words("Year"): counts.index.tolist()}
    names = status_names(list(counts.columns), words)
    for code, name in zip(counts.columns, names, strict=True):
        columns[name] = counts[code].tolist()
    columns[words("Completeness")] = [
        words.percent(came / due) if due else NOTHING
        for came, due in (completeness(edition, year) for year in edition.years)
    ]
    columns[words("Missing courts would add")] = [
        would_add(missing_returns(edition, [year]), words) for year in edition.years
    ]
    return Table(columns)


def say_answers(edition: Edition, *, language: str = "en") -> Paragraph:
    """In how many years every court reported, and which year is least complete."""
    words = Words(language)
    shares = {year: completeness(edition, year) for year in edition.years}
    if not shares:
        return Paragraph(words("This edition holds no year."))
    whole = [year for year, (came, due) in shares.items() if came == due]
    worst = min(shares, key=lambda year: shares[year][0] / max(shares[year][1], 1))
    came, due = shares[worst]
    parts = [
        words.plural(
            "Every court reported in {n} year of {years}.",
            "Every court reported in {n} years of {years}.",
            len(whole),
            years=len(shares),
        )
    ]
    if came < due:
        parts.append(
            words(
                "The least complete year is {year}: {reported} of {expected} courts.",
                year=worst,
                reported=came,
                expected=due,
            )
        )
    return Paragraph(" ".join(parts))


def status_by_court(edition: Edition, *, language: str = "en") -> Table:
    """What is known of each court in each year, circuit by circuit.

    Rows: one per court. Columns: court, circuit (several, the first one first, of a
    court that moved), one per year.
    """
    words = Words(language)
    reporting = edition.table("reporting").sort_values("year")
    homes = reporting.groupby("court_id")["circuit_id"].unique()
    grid = reporting.pivot(index="court_id", columns="year", values="status")
    grid = grid.loc[sorted(grid.index, key=lambda code: (homes[code][-1], code))]
    columns: dict[str, Any] = {
        words("Court"): [court_name(code, language) for code in grid.index],
        words("Circuit"): [_circuits(homes[code], words) for code in grid.index],
    }
    for year in grid.columns:
        columns[str(year)] = [
            label("status", code, language) for code in grid[year].tolist()
        ]
    return Table(columns)


def _circuits(homes: Iterable[str], words: Words) -> str:
    names = [court_name(code, words.language, short=True) for code in homes]
    return words(", ").join(names)


def problems_by_year(edition: Edition, *, language: str = "en") -> Table:
    """How often each rule found something, by year of the return.

    Rows: one per rule, the gravest first; none in a shared edition. Columns: rule, what
    it does, one per year, and one for returns whose year is not known. Versions that
    were replaced are left out.
    """
    words = Words(language)
    problems = current_problems(edition)
    counts = _by_year(problems, edition.years)
    severity = problems.groupby("rule")["severity"].first()
    order = sorted(
        counts.index, key=lambda rule: (SEVERITIES.index(severity[rule]), rule)
    )
    counts = counts.loc[order]
    columns: dict[str, Any] = {
        words("Rule"): [rule_name(rule, words) for rule in order],
        words("What it does"): [severity_name(severity[rule], words) for rule in order],
    }
    table = Table(columns | _year_columns(counts, words))
    if "problems" not in edition.tables:
        # `say_problems` has said so.
        table.nothing = ""
    return table


def say_problems(edition: Edition, *, language: str = "en") -> Paragraph:
    """How many problems were found, or that this edition does not hold them."""
    words = Words(language)
    if "problems" not in edition.tables:
        return Paragraph(
            words(
                "What was wrong with returns stays at the desk: a shared edition holds "
                "no problems, so none is listed here."
            )
        )
    problems = current_problems(edition)
    blocked, asked = problems["severity"].isin(BLOCKING), problems["severity"] == ASK
    found = words(
        "{n} problems in the returns that count or were refused: {blocked} kept a "
        "row or a return out of the counts, {asked} are questions to courts. "
        "{notes} more entries are for information, nil returns among them.",
        n=int((blocked | asked).sum()),
        blocked=int(blocked.sum()),
        asked=int(asked.sum()),
        notes=int((~blocked & ~asked).sum()),
    )
    order = words(
        "The gravest rules stand first; versions that a court has replaced are left "
        "out."
    )
    return Paragraph(f"{found} {order}")


def double_counting(edition: Edition, *, language: str = "en") -> Table:
    """Cases that seem to be counted twice, by the rule that found them and by year.

    Rows: one per rule, also where it found nothing; none in a shared edition.
    """
    words = Words(language)
    problems = current_problems(edition)
    rules = DOUBLE if "problems" in edition.tables else ()
    counts = _by_year(problems[problems["rule"].isin(DOUBLE)], edition.years)
    counts = counts.reindex(index=list(rules), fill_value=0)
    meaning = {
        "counted_twice": words("two returns seem to list one case; both count"),
        "second_degree_case": words(
            "a court of appeal lists a case of its first-instance court; left out"
        ),
        "duplicate_row": words("two rows of one return read alike; both count"),
    }
    columns: dict[str, Any] = {
        words("Rule"): [rule_name(rule, words) for rule in rules],
        words("Meaning"): [meaning[rule] for rule in rules],
    }
    table = Table(columns | _year_columns(counts, words))
    table.nothing = words(
        "Whether a case is counted twice is followed at the desk; this edition does "
        "not say."
    )
    return table


def difficulties_by_theme(edition: Edition, *, language: str = "en") -> Table:
    """How many courts reported a difficulty of each theme, by year of the return.

    Rows: one per theme that was reported, the most frequent first; none in a shared
    edition. Unit: courts; one that reported several themes counts under each.
    """
    words = Words(language)
    counts = pd.DataFrame({"theme": [], "year": [], f"name_{language}": []})
    if "difficulties" in edition.tables:
        counts = edition.table("difficulties")
    totals = counts.groupby("theme")["courts"].sum() if len(counts) else pd.Series()
    order = sorted(totals.index, key=lambda theme: (-totals[theme], theme))
    names = dict(zip(counts["theme"], counts[f"name_{language}"], strict=True))
    columns: dict[str, Any] = {words("Theme"): [names[theme] for theme in order]}
    for year in edition.years:
        of_year = counts[counts["year"] == year].set_index("theme")
        columns[str(year)] = [
            int(of_year["courts"].get(theme, 0)) if len(of_year) else 0
            for theme in order
        ]
    table = Table(columns)
    if "difficulties" not in edition.tables:
        # `say_difficulties` has said so.
        table.nothing = ""
    return table


def say_difficulties(edition: Edition, *, language: str = "en") -> Paragraph:
    """What is counted of difficulties, or that this edition does not hold them."""
    words = Words(language)
    if "difficulties" not in edition.tables:
        return Paragraph(
            words(
                "The difficulties that courts report stay at the desk: this edition "
                "holds none."
            )
        )
    return Paragraph(
        words(
            "Courts that reported a difficulty, by theme: how many wrote of it, and "
            "not how often it arises. What they wrote stays with the register: the "
            "desk reads it with qadaya difficulties."
        )
    )


def _statuses(edition: Edition) -> tuple[str, ...]:
    kept = [code for code in REPORTING if code != NIL or edition.audience != SHARED]
    return tuple(kept)


def _by_year(problems: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Rules down, years across; 0 stands for a year that could not be told."""
    year = pd.to_numeric(problems["year"]).fillna(0).astype("int64")
    counts = pd.crosstab(problems["rule"], year.where(year.isin(years), 0))
    return counts.reindex(columns=[*years, 0], fill_value=0)


def _year_columns(counts: pd.DataFrame, words: Words) -> dict[str, list[int]]:
    names = {0: words("Year not known")}
    years = [int(year) for year in counts.columns]
    return {names.get(year, str(year)): counts[year].tolist() for year in years}
