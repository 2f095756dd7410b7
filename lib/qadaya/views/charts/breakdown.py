"""Cases by court of appeal circuit, by body and by subject, as bars."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.reference import body_name, court_name
from qadaya.views.charts.bars import draw_bars
from qadaya.views.charts.style import Frame, finished
from qadaya.views.frames.missing import missing_returns
from qadaya.views.prose.count_view import CountView, count_view
from qadaya.views.prose.findings import say_largest
from qadaya.views.prose.missing import others_add
from qadaya.views.prose.words import Words
from qadaya.vocabulary import NOT_REPORTED, label


def cases_by_circuit(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by court of appeal circuit, largest first, with 95 % intervals.

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
    """Cases by the body in charge of the inquiry, with 95 % intervals."""
    words = Words(language)
    about = _about(edition, "cases", years, words)
    title = words("{measure} by investigating body, {years}", **about)

    def name(code: str) -> str:
        return words("Not coded") if code == "unknown" else body_name(code, language)

    return _bars(edition, "body", name, title, words, "cases", years)


def cases_by_subject(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """Cases by subject of the notification, with 95 % intervals."""
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
    view = count_view(edition, words, by=[column], measure=measure, years=years)
    # Ties keep the order of the codes: one order for readers of every language.
    counts = view.counts.assign(name=view.counts[column].map(name)).sort_values(
        "n", ascending=False, na_position="last", ignore_index=True, kind="stable"
    )
    view = replace(view, counts=counts)
    finding = say_largest(view, unknown=words("Not coded"))
    frame = Frame.of_edition(
        edition,
        words,
        title=finding or title,
        subject=title if finding else "",
        half=column in ("body", "subject"),
        unit=words("Number of cases; the line is the 95% interval"),
        notes=_notes(view, list(years or edition.years)),
        summary=_summary(title, counts, words),
        table=view.twin({_heading(column, words): counts["name"]}),
    )
    return finished(draw_bars(view), frame, words)


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


def _notes(view: CountView, years: list[int]) -> list[str]:
    words = view.words
    notes = [view.rounding]
    came, due = _returns_behind(view.counts)
    if "circuit_id" in view.counts.columns and view.some_missing.any():
        notes.append(words("◥ some returns missing."))
    others = others_add(missing_returns(view.edition, years), words)
    about = {"reported": came, "expected": due, "others": others}
    if others:
        sentence = words("{reported} of {expected} yearly returns; {others}.", **about)
    else:
        sentence = words("{reported} of {expected} yearly returns.", **about)
    notes.append(sentence)
    return [*notes, words("The order is for reading, not for ranking.")]


def _returns_behind(counts: pd.DataFrame) -> tuple[int, int]:
    """How many yearly returns came, of how many that were due, behind all bars."""
    returns = counts[["reported", "expected"]]
    # Circuits have returns of their own; bodies and subjects all rest on the same.
    came, due = returns.sum() if "circuit_id" in counts.columns else returns.iloc[0]
    return int(came), int(due)


def _summary(title: str, counts: pd.DataFrame, words: Words) -> str:
    numbers = counts[counts["n"] > 0]
    whole = int(numbers["n"].sum())
    if not whole:
        return words("{title}: 0.", title=title)
    largest = numbers.head(3)
    text = words.plural(
        "{title}: {part} of {n} case: {names}.",
        "{title}: {part} of {n} cases: {names}.",
        whole,
        title=title,
        part=int(largest["n"].sum()),
        names=words("; ").join(largest["name"]),
    )
    absent = int((counts["state"] == NOT_REPORTED).sum())
    if not absent:
        return text
    silent = words.plural(
        "{n} line has no return.", "{n} lines have no return.", absent
    )
    return f"{text} {silent}"
