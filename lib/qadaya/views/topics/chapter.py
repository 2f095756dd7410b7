"""The chapter of the public prosecution's annual report, one year at a time.

Everything here is real and published: from the ledger alone, each figure with its
source, each missing one with its reason. No edition and no return stands behind it.
"""

from collections.abc import Sequence
from typing import Any

from qadaya.ledger import offences as all_offences
from qadaya.ledger.chapter import (
    CHANGES,
    CHILD,
    GROUPS,
    OFFENCES,
    PARAGRAPHS,
    PROFILE,
    SHARE,
    TOTAL,
    Published,
    figure_of,
    lines_of,
)
from qadaya.views.prose.chapter import printed, step
from qadaya.views.prose.published import series_name
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.views.topics.chapter_sources import figures, sources, sums, victims
from qadaya.views.topics.chapter_text import (
    outside_the_total,
    platforms,
    profile,
    summary,
)

__all__ = [
    "children",
    "figures",
    "key_figures",
    "offences",
    "outside_the_total",
    "platforms",
    "profile",
    "sources",
    "summary",
    "sums",
    "victims",
]
Lines = dict[tuple[str, str], Published]


def key_figures(year: int, *, language: str = "en") -> Table:
    """The figures to take away, each with what it counts: four, or what is known.

    Rows: total, child cases, largest line, who was prosecuted, what the platforms
    detected. Columns: line, cases, persons prosecuted, note.
    """
    words, lines = Words(language), lines_of(year)
    rows: list[Sequence[str | None]] = [
        _key_row(lines, TOTAL, words, step(TOTAL, year, words)),
        _key_row(lines, CHILD, words, words("outside the total")),
    ]
    known = [name for name in OFFENCES if _counts(lines, name)]
    if known:
        largest = max(known, key=lambda name: _counts(lines, name))
        rows.append(_key_row(lines, largest, words, _share(lines, largest, words)))
    if men := _printed(PROFILE, year, words):
        note = words("adult Moroccan men, a lower bound")
        rows.append((words("those prosecuted"), None, men, note))
    detected, begun = (figure_of(name, "cases", year) for name in GROUPS["platforms"])
    if detected.value is not None:
        note = words("{n} of them with a prosecution begun", n=begun.value)
        name = series_name(detected.series, words)
        rows.append((name, printed(detected, words), None, note))
    return Table(
        rows,
        columns=[words("Line"), words("Cases"), words("Persons prosecuted"), ""],
    )


def offences(year: int, *, language: str = "en") -> Table:
    """The offences by modern means, line by line, and their total.

    Rows: five offences, then the total. A dash is a figure that was not printed; its
    reason stands in `figures`. The share is of the total's cases, beside the one that
    the report prints; the change is to the year before, with what chance allows.
    """
    words, lines = Words(language), lines_of(year)
    rows = (*OFFENCES, TOTAL)
    columns: dict[str, list[str | None]] = {
        words("Offence"): [series_name(name, words) for name in rows],
        words("Cases"): [printed(lines[name, "cases"], words) for name in rows],
        words("Persons prosecuted"): [
            printed(lines[name, "persons"], words) for name in rows
        ],
        words("Persons per case"): [_per_case(lines, name, words) for name in rows],
        words("Share of cases"): [_percent(lines, name, words) for name in rows],
        words("Share as printed"): [
            _printed(f"{name}_{SHARE}", year, words) for name in rows
        ],
        words("Change on the year before"): [
            step(name, year, words, short=True) for name in rows
        ],
        words("Change as printed"): [
            _printed(f"{name}_{CHANGES[0]}", year, words) for name in rows
        ],
    }
    return Table(_with_known(columns, 3))


def children(year: int, *, language: str = "en") -> Table:
    """The cases of exploiting children in pornographic material, by paragraph.

    Rows: the two paragraphs of article 503-2 of the penal code, then both. Columns:
    line, the article's words, cases, persons, and the change, where known, with what
    chance allows and as printed.
    """
    words, lines = Words(language), lines_of(year)
    rows = (*PARAGRAPHS, CHILD)
    code = all_offences().set_index("offence").reindex(rows)
    articles = code["article"].fillna("503-2")
    columns: dict[str, list[str | None]] = {
        words("Line"): [series_name(name, words) for name in rows],
        words("Article"): [
            words("article {article}", article=words.isolated(article))
            for article in articles
        ],
        words("In the words of the code"): code[f"name_{language}"].fillna("").tolist(),
        words("Cases"): [printed(lines[name, "cases"], words) for name in rows],
        words("Persons prosecuted"): [
            printed(lines[name, "persons"], words) for name in rows
        ],
        words("Change on the year before"): [
            step(name, year, words, short=True) or None for name in rows
        ],
        words("Change as printed"): [
            _printed(f"{name}_{CHANGES[0]}", year, words) for name in rows
        ],
    }
    return Table(_with_known(columns, 5))


def _with_known(columns: dict[str, list[str | None]], kept: int) -> dict[str, Any]:
    """What is known of no line needs no column; the first stay, as dashes."""
    return {
        title: values
        for place, (title, values) in enumerate(columns.items())
        if place < kept or any(values)
    }


def _counts(lines: Lines, name: str) -> float:
    """Cases of a line, or persons where only they are printed; 0 where neither."""
    values = (lines[name, measure].value for measure in ("cases", "persons"))
    return next((float(value) for value in values if value is not None), 0.0)


def _key_row(lines: Lines, name: str, words: Words, note: str) -> Sequence[str | None]:
    return (
        series_name(name, words),
        printed(lines[name, "cases"], words),
        printed(lines[name, "persons"], words),
        note,
    )


def _per_case(lines: Lines, name: str, words: Words) -> str | None:
    n_cases, n_persons = lines[name, "cases"].value, lines[name, "persons"].value
    if not n_cases or n_persons is None:
        return None
    return words.decimal(float(n_persons) / float(n_cases), 2)


def _percent(lines: Lines, name: str, words: Words) -> str | None:
    part, whole = lines[name, "cases"].value, lines[TOTAL, "cases"].value
    if part is None or whole is None or name == TOTAL:
        return None
    return words.percent(float(part / whole), digits=1)


def _share(lines: Lines, name: str, words: Words) -> str:
    percent = _percent(lines, name, words)
    return words("{percent} of the cases", percent=percent) if percent else ""


def _printed(series: str, year: int, words: Words) -> str | None:
    return printed(figure_of(series, "percent", year), words)
