"""Which circuit in which year: cells whose look keeps the states of a count apart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import CIRCULAR_YEAR
from qadaya.reference import court_name
from qadaya.views.charts.axes import axis, names_axis
from qadaya.views.charts.style import (
    EDGE,
    HATCH,
    HEAT,
    HEAT_INK,
    INK,
    INK_2,
    LABEL,
    NOTE,
    PANEL,
    PAPER,
    RULE,
    Frame,
    finished,
    label_width,
)
from qadaya.views.prose.count_view import CountView, count_view
from qadaya.views.prose.words import Words
from qadaya.vocabulary import HIDDEN, NOT_ESTABLISHED, NOT_REPORTED, VALUE, ZERO, label

ROW = 25  # px a row
BANDS = ((1, 3), (4, 5), (6, 7), (8, None))  # cases a cell, lightest to darkest
_EDGES = {ZERO: RULE, NOT_REPORTED: EDGE, HIDDEN: EDGE, NOT_ESTABLISHED: PAPER}


def cases_by_circuit_and_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """A cell for each court of appeal circuit and year: its shade and its figure.

    Zero is outlined, not reported hatched, hidden marked [c] on a solid edge, not yet
    established a dash; a corner mark says that some returns are missing.
    """
    words = Words(language)
    view = count_view(
        edition, words, by=["circuit_id", "year"], measure=measure, years=years
    )
    view = replace(view, counts=_named(view.counts, language))
    title = words(
        "{measure} by court of appeal circuit and year",
        measure=label("measure", measure, language),
    )
    frame = Frame.of_edition(
        edition,
        words,
        title=title,
        unit=words("Number of cases in a cell"),
        notes=_notes(view),
        summary=_summary(title, view.counts, words),
        table=view.twin(
            {words("Circuit"): view.counts["name"], words("Year"): view.counts["year"]}
        ),
    )
    return finished(_drawn(view), frame, words)


def _named(counts: pd.DataFrame, language: str) -> pd.DataFrame:
    """The same rows with the name of the circuit and the look of the cell."""
    cells = counts[["n", "state"]].itertuples(index=False)
    return counts.assign(
        name=[court_name(code, language, short=True) for code in counts["circuit_id"]],
        kind=[_kind(n, state) for n, state in cells],
    )


def _kind(n: float, state: str) -> str:
    """What a cell looks like: a band of counts, or a state."""
    if state != VALUE:
        return state
    bands = [place for place, (low, _) in enumerate(BANDS) if n >= low]
    return f"band{bands[-1]}"


def _drawn(view: CountView) -> go.Figure:
    counts, words = view.counts, view.words
    years = sorted(counts["year"].unique().tolist())
    totals = counts.groupby("name")["n"].sum(min_count=1)
    # Upwards. Ties stand in the order of the map, in every language.
    named = list(counts["name"].drop_duplicates())
    order = sorted(
        named, key=lambda name: (totals.fillna(-1)[name], -named.index(name))
    )
    lines = {name: words.line(name) for name in order}
    figure = go.Figure()
    for kind in _kinds():
        cells = counts[counts["kind"] == kind]
        if len(cells):
            figure.add_trace(_cells(replace(view, counts=cells), kind, years, lines))
    figure.add_trace(_totals(totals, len(years), lines, words))
    # on a phone each mark of the key takes a line of its own
    key = 22 * counts["kind"].nunique() + 12
    side = max(map(label_width, lines.values())) + 24
    figure.update_layout(
        barmode="overlay",
        bargap=0.12,
        height=len(order) * ROW + 190 + key,
        margin={"r" if words.rtl else "l": side, "t": 30, "b": key},
        legend={
            "orientation": "h",
            "x": 1 if words.rtl else 0,
            "xanchor": "right" if words.rtl else "left",
            "y": 0,
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis=_year_axis(years, words),
        yaxis=names_axis(
            words,
            categoryorder="array",
            categoryarray=list(lines.values()),
            range=[-0.6, len(order) - 0.4],
        ),
    )
    return figure


def _year_axis(years: list[int], words: Words) -> dict[str, Any]:
    places = [*range(len(years)), len(years) + 0.15]
    names = [f"<b>{year}</b>" for year in years] + [words.line(words("Total"))]
    return axis(
        words,
        side="top",
        showgrid=False,
        zeroline=False,
        tickvals=places,
        ticktext=names,
        range=[-0.6, len(years) + 0.7],
    )


def _kinds() -> list[str]:
    bands = [f"band{place}" for place in range(len(BANDS))]
    return [*bands, ZERO, NOT_REPORTED, HIDDEN, NOT_ESTABLISHED]


def _cells(
    view: CountView, kind: str, years: list[int], lines: dict[str, str]
) -> go.Bar:
    """Cells of one look. Bars, not a heat map trace: only a bar can be hatched."""
    cells, words = view.counts, view.words
    place = [years.index(year) for year in cells["year"]]
    band = int(kind[-1]) if kind.startswith("band") else None
    hatched = {"shape": "/", "fgcolor": HATCH, "bgcolor": PAPER, "size": 6}
    fill = HEAT[band] if band is not None else PANEL if kind == HIDDEN else PAPER
    return go.Bar(
        orientation="h",
        name=words.line(_kind_name(kind, view)),
        y=[lines[name] for name in cells["name"]],
        base=[at - 0.47 for at in place],
        x=[0.94] * len(cells),
        marker={
            "color": fill,
            "line": {"width": 1, "color": _EDGES.get(kind, fill)},
            "pattern": hatched if kind == NOT_REPORTED else {},
        },
        text=[_cell_text(row, kind, words) for row in cells.itertuples()],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={
            "size": LABEL if band is not None else NOTE + 1,
            "color": HEAT_INK[band] if band is not None else INK_2,
        },
        customdata=[
            [
                year,
                words.line(view.state(state)),
                "–" if pd.isna(low) else words.span(low, high, 1),
            ]
            for year, state, low, high in cells[
                ["year", "state", "low", "high"]
            ].itertuples(index=False)
        ],
        hovertemplate="%{y} %{customdata[0]}: %{text}<br>%{customdata[1]}"
        "<br>95%: %{customdata[2]}<extra></extra>",
    )


def _cell_text(row: Any, kind: str, words: Words) -> str:
    if kind == NOT_REPORTED:
        return words.line(words("no return"))
    text = {HIDDEN: "[c]", NOT_ESTABLISHED: "–"}.get(kind)
    if text is None:
        text = words.number(row.n)
    part = 0 < row.reported < row.expected
    return f"{text} ◥" if part else text


def _kind_name(kind: str, view: CountView) -> str:
    words = view.words
    if not kind.startswith("band"):
        return view.state(kind)
    low, high = BANDS[int(kind[-1])]
    if high is None:
        return words("{n} cases and more", n=low)
    if view.error == 0:
        return words("{low} to {high} cases", low=low, high=high)
    # What is behind a rounded figure may lie outside the band of the figure.
    return words("{low} to {high} cases, as rounded", low=low, high=high)


def _totals(
    totals: pd.Series, place: int, lines: dict[str, str], words: Words
) -> go.Scatter:
    return go.Scatter(
        mode="text",
        showlegend=False,
        y=[lines[name] for name in totals.index],
        x=[place + 0.15] * len(totals),
        text=["–" if pd.isna(n) else f"<b>{words.number(n)}</b>" for n in totals],
        textfont={"size": LABEL, "color": INK},
        hoverinfo="skip",
    )


def _notes(view: CountView) -> list[str]:
    words, years = view.words, view.counts["year"]
    notes = [words("Read rows, not cells: small counts differ by chance.")]
    if view.some_missing.any():
        notes.append(words("◥ some returns missing."))
    if years.min() < CIRCULAR_YEAR <= years.max():
        notes.append(words("Break in series between 2022 and 2023."))
    if view.error:
        error = view.error
        notes.append(words("Largest error of a cell from rounding: ±{n}.", n=error))
    elif view.error is None:
        notes.append(view.rounding)
    return notes


def _summary(title: str, counts: pd.DataFrame, words: Words) -> str:
    by_state = counts["state"].value_counts()
    return words(
        "{title}: {cells} cells, {value} with cases, {zero} with zero, {missing} "
        "without a return, {hidden} hidden.",
        title=title,
        cells=len(counts),
        value=int(by_state.get(VALUE, 0)),
        zero=int(by_state.get(ZERO, 0)),
        missing=int(by_state.get(NOT_REPORTED, 0)),
        hidden=int(by_state.get(HIDDEN, 0)),
    )
