"""Cases by court of appeal circuit, by body and by subject, as bars."""

from collections.abc import Callable, Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.reference import body_name, court_name
from qadaya.views.charts.bars import draw_bars
from qadaya.views.charts.style import (
    Frame,
    Words,
    finished,
    rounding_note,
    source_of,
)
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.views.prose.states import twin_rows
from qadaya.vocabulary import label


def cases_by_circuit(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by court of appeal circuit, largest first, with 95 % chance intervals.

    The order is for reading, not for ranking: intervals overlap.
    """
    words = Words(language)
    about = _about(edition, measure, years, words)
    title = words("{measure} by court of appeal circuit, {years}", **about)
    names = _circuit_names(language)
    return _bars(edition, "circuit_id", names, title, words, measure, years)


def cases_by_body(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """Cases by the body in charge of the inquiry, with 95 % chance intervals."""
    words = Words(language)
    about = _about(edition, "cases", years, words)
    title = words("{measure} by investigating body, {years}", **about)

    def name(code: str) -> str:
        return words("Not coded") if code == "unknown" else body_name(code, language)

    return _bars(edition, "body", name, title, words, "cases", years)


def cases_by_subject(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """Cases by subject of the notification, with 95 % chance intervals."""
    words = Words(language)
    about = _about(edition, "cases", years, words)
    title = words("{measure} by subject of the report, {years}", **about)

    def name(code: str) -> str:
        unknown = code == "unknown"
        return words("Not coded") if unknown else label("subject", code, language)

    return _bars(edition, "subject", name, title, words, "cases", years)


def _bars(
    edition: Edition,
    column: str,
    name: Callable[[str], str],
    title: str,
    words: Words,
    measure: str,
    years: Sequence[int] | None,
) -> go.Figure:
    counts = cases_table(edition, by=[column], measure=measure, years=years)
    error = rounding_error(edition, by=[column], measure=measure, years=years)
    counts["name"] = [name(code) for code in counts[column]]
    counts = counts.sort_values(
        ["n", "name"], ascending=[False, True], na_position="last", ignore_index=True
    )
    figure = draw_bars(counts, words)
    names = {_heading(column, words): counts["name"]}
    frame = Frame(
        title=title,
        unit=words("Number of cases; the line is the 95% chance interval"),
        note=_note(edition, counts, error, words),
        summary=_summary(title, counts, words),
        source=source_of(edition, words),
        table=twin_rows(counts, names, edition, error, words),
        synthetic=edition.synthetic,
    )
    return finished(figure, frame, words)


def _about(
    edition: Edition, measure: str, years: Sequence[int] | None, words: Words
) -> dict[str, str]:
    return {
        "measure": label("measure", measure, words.language),
        "years": words.years(list(years or edition.years)),
    }


def _heading(column: str, words: Words) -> str:
    return {
        "circuit_id": words("Circuit"),
        "court_id": words("Court"),
        "body": words("Investigating body"),
        "subject": words("Subject"),
        "stage": words("Stage"),
    }[column]


def _circuit_names(language: str) -> Callable[[str], str]:
    return lambda code: court_name(code, language, short=True)


def _note(
    edition: Edition, counts: pd.DataFrame, error: int | None, words: Words
) -> str:
    parts = [rounding_note(error, words)]
    if "circuit_id" in counts.columns:
        some = (counts["reported"] > 0) & (counts["reported"] < counts["expected"])
        parts += [words("◥ some returns missing.")] if some.any() else []
    else:
        # every bar rests on the same returns
        came, due = counts[["reported", "expected"]].iloc[0]
        parts.append(
            words(
                "{reported} of {expected} yearly returns.", reported=came, expected=due
            )
        )
    parts.append(words("The order is for reading, not for ranking."))
    return " ".join([part for part in parts if part] + [source_of(edition, words)])


def _summary(title: str, counts: pd.DataFrame, words: Words) -> str:
    numbers = counts[counts["n"] > 0]
    whole = int(numbers["n"].sum())
    if not whole:
        return words("{title}: no case was reported.", title=title)
    largest = numbers.head(3)
    text = words.plural(
        "{title}: {part} of {n} case: {names}.",
        "{title}: {part} of {n} cases: {names}.",
        whole,
        title=title,
        part=int(largest["n"].sum()),
        names=words("; ").join(largest["name"]),
    )
    absent = int((counts["state"] == "not_reported").sum())
    if not absent:
        return text
    silent = words.plural(
        "{n} line has no return.", "{n} lines have no return.", absent
    )
    return f"{text} {silent}"
