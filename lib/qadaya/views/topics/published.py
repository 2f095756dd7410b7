"""Published figures: how they changed, and why ours differ.

They are real and never altered; what is ours beside them may be invented, and then the
table says so in a column of its own.
"""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.inference import Change, YearCount, check_break
from qadaya.ledger import ledger_sources, load_ledger, reconcile
from qadaya.views.frames.changes import (
    NO_TWO_YEARS,
    SOURCES_DISAGREE,
    NotCompared,
)
from qadaya.views.frames.ledger_counts import figures_of
from qadaya.views.prose.changes import not_compared
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.published import printed_value, series_name, unit_name
from qadaya.views.prose.sentences import lead, say_break
from qadaya.views.prose.table import Table, quoted
from qadaya.views.prose.words import Words
from qadaya.vocabulary import MEASURES, SHARED, SUBJECTS, label

# The parts of the published total of offences by modern means, in cases.
CYBERCRIME = (
    "sextortion",
    "sexual_harassment",
    "online_fraud",
    "incitement",
    "data_theft",
)


def published_changes(
    series: Sequence[tuple[str, str]], *, language: str = "en"
) -> Table:
    """What can be said of the last step of published series, one sentence each.

    Rows: one per series; the step is between its last two years in a row with counts.
    Where sources disagree nothing is compared.
    """
    words = Words(language)
    rows = []
    for name, measure in series:
        years = _last_two(name, measure)
        change = (
            published_change(name, measure, *years)
            if years
            else NotCompared(NO_TWO_YEARS)
        )
        text = lead(change, language=language)
        rows.append((words.line(series_name(name, words)), text))
    return Table(rows, columns=[words("Published series"), words("Its last change")])


def published_change(
    series: str, measure: str, before: int, after: int
) -> Change | NotCompared:
    """The change between two published figures; NotCompared where sources disagree.

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
            return NotCompared(SOURCES_DISAGREE)
        counts.append(YearCount(year, int(values.pop())))
    return Change(counts[0], counts[1], str(wanted["unit"].iloc[0]))


def published_break(*, language: str = "en") -> Paragraph:
    """Whether parts and total of the published offences agree, 2023 to 2024."""
    changes = {name: published_change(name, "cases", 2023, 2024) for name in CYBERCRIME}
    total = published_change("cybercrime_total", "cases", 2023, 2024)
    whole = {
        name: change for name, change in changes.items() if isinstance(change, Change)
    }
    words = Words(language)
    if isinstance(total, NotCompared):
        return Paragraph(not_compared(total.reason, words))
    names = {name: series_name(name, words) for name in whole}
    return Paragraph(
        say_break(check_break(whole, total), language=language, names=names)
    )


def reconciliation(
    edition: Edition,
    *,
    year: int | None = None,
    measure: str | None = None,
    language: str = "en",
) -> Table:
    """Our count beside each public figure on the same subject, and why they differ.

    `year`: the last one of the edition unless told. `measure`: one measure or subject;
    all of ours unless told. Rows: one per figure of ours and published figure. The last
    column has the numbers of `reconciliation_reasons`. No difference is formed between
    units.
    """
    words = Words(language)
    rows = _reconciled(edition, year, language)
    numbers = {reason: n for n, reason in enumerate(_reasons(rows), start=1)}
    if measure is not None:
        rows = rows[rows["ours"] == measure]
    return Table(
        {
            words("Our figure"): [_our_name(code, language) for code in rows["ours"]],
            words("Ours, in cases"): rows["n"],
            words("Origin"): origin_of(edition, words),
            words("Published series"): [
                series_name(code, words) for code in rows["series"]
            ],
            words("Unit"): [unit_name(unit, words) for unit in rows["unit"]],
            words("Value as printed"): [
                printed_value(text, words) for text in rows["as_printed"]
            ],
            words("Published on"): [
                words.dated(day) if isinstance(day, str) else None
                for day in rows["published_on"]
            ],
            words("Why they differ"): [
                words(", ").join(str(numbers[figure]) for figure in pair if figure)
                for pair in rows[["reason_unit", "reason_scope"]].to_numpy().tolist()
            ],
        }
    )


def reconciliation_reasons(
    edition: Edition, *, year: int | None = None, language: str = "en"
) -> Table:
    """Why our counts and the published ones differ: the numbers of `reconciliation`."""
    words = Words(language)
    reasons = _reasons(_reconciled(edition, year, language))
    rows = [(str(n), reason) for n, reason in enumerate(reasons, start=1)]
    return Table(rows, columns=[words("No."), words("Why they differ")])


def calibration(edition: Edition, *, language: str = "en") -> Paragraph:
    """What an agreement of ours with the published figures is worth."""
    words = Words(language)
    parts = []
    if edition.synthetic:
        parts.append(
            words(
                "The invented returns were made to give the published 84 cases of 2024 "
                "and 13 of them prosecuted: that ours come near those figures confirms "
                "nothing."
            )
        )
    if edition.audience == SHARED:
        parts.append(words("Ours is rounded to protect people."))
    parts.append(
        words(
            "Ours is as of {as_of}; each published figure is of its own day.",
            as_of=words.date(edition.as_of),
        )
    )
    return Paragraph(" ".join(parts))


def _reconciled(edition: Edition, year: int | None, language: str) -> pd.DataFrame:
    rows = reconcile(figures_of(edition), language=language)
    wanted = max(edition.years) if year is None else year
    rows = rows[rows["published"].notna() & (rows["year"] == wanted)]
    rows = rows.drop_duplicates(["ours", "year", "series", "unit", "as_printed"])
    return rows.sort_values(
        "ours", key=lambda ours: ours.map(_order), kind="stable", ignore_index=True
    )


def _reasons(rows: pd.DataFrame) -> list[str]:
    both = pd.concat([rows["reason_unit"], rows["reason_scope"]])
    return [reason for reason in both.drop_duplicates() if reason]


def sources_table(*, language: str = "en") -> Table:
    """Every source of the published figures; the ledger holds the full addresses.

    Rows: one per source. A date after the sign ~ is inferred; "–" where none is known.
    """
    words = Words(language)
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
    dated = words("Published on")
    table = Table(
        {
            name: values.map(
                words.dated if name == dated else words.isolated, na_action="ignore"
            )
            for name, values in columns.items()
        }
    )
    for name in (words("Title"), words("Publisher")):
        table[name] = quoted(table[name])
    return table


def origin_of(edition: Edition, words: Words) -> str:
    """Whether our counts are invented or came from courts."""
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


def _order(ours: str) -> int:
    return [*MEASURES, *SUBJECTS].index(ours)


def _our_name(ours: str, language: str) -> str:
    return label("measure" if ours in MEASURES else "subject", ours, language)
