"""What happened over the years: our counts, the published ones, and why they differ.

Published figures are real and never altered; ours may be invented, and then every table
says so in a column of its own. The two are never joined in one series.
"""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import pandas as pd

from qadaya.errors import ParameterError
from qadaya.reference import body_name
from qadaya.tables.edition import Edition
from qadaya.tables.inference import Change, YearCount, check_break
from qadaya.tables.ledger import conflicts, ledger_sources, load_ledger, reconcile
from qadaya.views.charts.names import series_name, unit_name
from qadaya.views.counts import cases_table, rounding_error
from qadaya.views.paragraph import Paragraph
from qadaya.views.sentences import compare, lead, say, say_break
from qadaya.views.table import Table
from qadaya.views.words import Words
from qadaya.vocabulary import PLATFORMS, SUBJECTS, label

# The parts of the published total of offences by modern means, in cases.
CYBERCRIME = (
    "sextortion",
    "sexual_harassment",
    "online_fraud",
    "incitement",
    "data_theft",
)
COMPONENTS = ("platform", "subject", "body")


def our_counts(edition: Edition, *, language: str = "en") -> Table:
    """Our cases by year with interval, completeness and origin.

    Rows: one per year. Unit: cases; the interval covers chance and rounding.
    """
    words = Words(language, "trend")
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
            words("Origin"): _origin(edition, words),
        }
    )


def our_changes(edition: Edition, *, language: str = "en") -> Paragraph:
    """Each change of our counts from one year to the next, a paragraph each."""
    changes = [
        compare(edition, after, against=before)
        for before, after in pairwise(sorted(edition.years))
    ]
    if not changes:
        words = Words(language, "trend")
        return Paragraph(words("One year only: there is nothing to compare."))
    return Paragraph("\n\n".join(say(one, language=language) for one in changes))


def published_change(
    series: str, measure: str, before: int, after: int
) -> Change | None:
    """The change between two published figures; None where sources disagree.

    Raises: ParameterError where the ledger holds no such figure.
    """
    figures = load_ledger()
    wanted = figures[(figures["series"] == series) & (figures["measure"] == measure)]
    counts = []
    for year in (before, after):
        values = set(wanted.loc[wanted["year"] == year, "value"])
        if not values:
            raise ParameterError(
                f"the ledger holds no {measure} of {series} for {year}; expected a "
                "year, series and measure of load_ledger()"
            )
        if len(values) > 1:
            return None
        counts.append(YearCount(year, int(values.pop())))
    return Change(counts[0], counts[1], str(wanted["unit"].iloc[0]))


def published_changes(
    series: Sequence[tuple[str, str]], *, language: str = "en"
) -> Table:
    """What can be said of the last step of published series, one sentence each.

    Rows: one per series; the step is between its last two years in a row with counts.
    Where sources disagree nothing is compared.
    """
    words = Words(language, "trend")
    rows = []
    for name, measure in series:
        years = _last_two(name, measure)
        change = published_change(name, measure, *years) if years else None
        text = (
            lead(change, language=language)
            if change is not None
            else words("Sources disagree or years are missing: nothing is compared.")
        )
        rows.append((words.line(series_name(name, Words(language))), text))
    return Table(rows, columns=[words("Published series"), words("Its last change")])


def published_break(*, language: str = "en") -> Paragraph:
    """Whether parts and total of the published offences agree, 2023 to 2024."""
    changes = {name: published_change(name, "cases", 2023, 2024) for name in CYBERCRIME}
    total = published_change("cybercrime_total", "cases", 2023, 2024)
    whole = {name: change for name, change in changes.items() if change is not None}
    assert total is not None
    names = {name: series_name(name, Words(language)) for name in whole}
    return Paragraph(
        say_break(check_break(whole, total), language=language, names=names)
    )


def component_break(
    edition: Edition, year: int, *, by: str = "platform", language: str = "en"
) -> Paragraph:
    """Whether the parts of our count tell the same story as the total, in a sentence.

    `by`: platform, subject or body. Raises: ParameterError for another column.
    """
    if by not in COMPONENTS:
        raise ParameterError(f"by is {by!r}; expected one of {', '.join(COMPONENTS)}")
    words = Words(language, "trend")
    total = compare(edition, year)
    if total is None:
        return Paragraph(words("There is no earlier year to compare with."))
    parts = _component_changes(edition, by, total.before.year, year)
    if not parts:
        return Paragraph(words("There is no part to compare."))
    names = {code: _component_name(by, code, words) for code in parts}
    return Paragraph(
        say_break(check_break(parts, total), language=language, names=names)
    )


def conflicts_table(*, language: str = "en") -> Table:
    """Published figures on which sources disagree: every value, none chosen.

    Rows: one per figure and value as printed, with who printed it.
    """
    words, names = Words(language, "trend"), Words(language)
    found = conflicts()
    found = found[found["kind"] == "values"]
    found = found.drop_duplicates(["series", "measure", "year", "as_printed"])
    return Table(
        {
            words("Published series"): [
                series_name(code, names) for code in found["series"]
            ],
            words("Year"): found["year"],
            words("Unit"): [unit_name(unit, names) for unit in found["unit"]],
            words("Value as printed"): found["as_printed"].map(words.isolated),
            words("Publisher"): found["publisher"],
        }
    )


def reconciliation(
    edition: Edition, *, measure: str = "cases", language: str = "en"
) -> Table:
    """Our count beside each public figure on the same subject, and why they differ.

    Rows: one per year and published figure. No difference is formed between units.
    """
    words, names = Words(language, "trend"), Words(language)
    rows = reconcile(edition, language=language)
    rows = rows[(rows["ours"] == measure) & rows["series"].notna()]
    rows = rows.drop_duplicates(["year", "series", "unit", "as_printed"])
    return Table(
        {
            words("Year"): rows["year"],
            words("Ours, in cases"): rows["n"],
            words("Origin"): _origin(edition, words),
            words("Published series"): [
                series_name(code, names) for code in rows["series"]
            ],
            words("Unit"): [unit_name(unit, names) for unit in rows["unit"]],
            words("Value as printed"): rows["as_printed"].map(words.isolated),
            words("Why they differ"): rows["reason"],
        }
    )


def sources_table(*, language: str = "en") -> Table:
    """Every source of the published figures; the ledger holds the full addresses.

    Rows: one per source. A date after the sign ~ is inferred; "–" where none is known.
    """
    words = Words(language, "trend")
    sources = ledger_sources()
    sites = [
        urlsplit(url).hostname if isinstance(url, str) else None
        for url in sources["url"]
    ]
    columns = {
        words("Source"): sources["source_id"],
        words("Title"): sources["title"],
        words("Publisher"): sources["publisher"],
        words("Published on"): sources["published"],
        words("Site"): pd.Series(sites, index=sources.index),
    }
    return Table(
        {
            name: values.map(words.isolated, na_action="ignore")
            for name, values in columns.items()
        }
    )


def _origin(edition: Edition, words: Words) -> str:
    return words("synthetic") if edition.synthetic else words("returns of the courts")


def _last_two(series: str, measure: str) -> tuple[int, int] | None:
    figures = load_ledger()
    wanted = figures[(figures["series"] == series) & (figures["measure"] == measure)]
    steps = [
        (before, after)
        for before, after in pairwise(sorted({int(year) for year in wanted["year"]}))
        if after == before + 1
    ]
    return steps[-1] if steps else None


def _component_changes(
    edition: Edition, by: str, before: int, after: int
) -> dict[str, Change]:
    counts = cases_table(edition, by=[by, "year"], years=[before, after])
    error = rounding_error(edition, by=[by, "year"], years=[before, after])
    if error is None:
        return {}
    grid = counts.pivot(index=by, columns="year", values="n").dropna()
    grid = grid[grid.sum(axis=1) > 0]
    return {
        str(code): Change(
            YearCount(before, int(row[before]), error),
            YearCount(after, int(row[after]), error),
        )
        for code, row in grid.iterrows()
    }


def _component_name(by: str, code: str, words: Words) -> str:
    if by == "platform" and code in PLATFORMS:
        return label("platform", code, words.language)
    if by == "subject" and code in SUBJECTS:
        return label("subject", code, words.language)
    if by == "body" and code != "unknown":
        return body_name(code, words.language)
    return words("not coded")
