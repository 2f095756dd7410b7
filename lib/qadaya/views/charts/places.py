"""Which circuit in which year: cells whose look keeps the states of a count apart."""

from collections.abc import Sequence
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
    Words,
    finished,
    label_width,
    rounding_note,
    source_of,
)
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.views.prose.states import state_words, twin_rows
from qadaya.vocabulary import label

ROW = 25  # px a row
BANDS = ((1, 3), (4, 5), (6, 7), (8, None))  # cases a cell, lightest to darkest
_EDGES = {"zero": RULE, "not_reported": EDGE, "hidden": EDGE, "not_established": PAPER}


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
    by = ["circuit_id", "year"]
    counts = cases_table(edition, by=by, measure=measure, years=years)
    error = rounding_error(edition, by=by, measure=measure, years=years)
    counts["name"] = [court_name(c, language, short=True) for c in counts["circuit_id"]]
    counts["kind"] = [
        _kind(n, state) for n, state in counts[["n", "state"]].to_numpy().tolist()
    ]
    title = words(
        "{measure} by court of appeal circuit and year",
        measure=label("measure", measure, language),
    )
    names = {words("Circuit"): counts["name"], words("Year"): counts["year"]}
    frame = Frame(
        title=title,
        unit=words("Number of cases in a cell"),
        note=_note(edition, counts, error, words),
        summary=_summary(title, counts, words),
        source=source_of(edition, words),
        table=twin_rows(counts, names, edition, error, words),
        synthetic=edition.synthetic,
    )
    return finished(_drawn(counts, edition, error, words), frame, words)


def _kind(n: float, state: str) -> str:
    """What a cell looks like: a band of counts, or a state."""
    if state != "value":
        return state
    bands = [place for place, (low, _) in enumerate(BANDS) if n >= low]
    return f"band{bands[-1]}"


def _drawn(
    counts: pd.DataFrame, edition: Edition, error: int | None, words: Words
) -> go.Figure:
    years = sorted(counts["year"].unique().tolist())
    totals = counts.groupby("name")["n"].sum(min_count=1)
    order = sorted(totals.index, key=lambda name: (totals.fillna(-1)[name], name))
    lines = {name: words.line(name) for name in order}
    figure = go.Figure()
    for kind in _kinds():
        cells = counts[counts["kind"] == kind]
        if len(cells):
            figure.add_trace(_cells(cells, kind, years, lines, edition, error, words))
    figure.add_trace(_totals(totals, len(years), lines))
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
    return [*bands, "zero", "not_reported", "hidden", "not_established"]


def _cells(
    cells: pd.DataFrame,
    kind: str,
    years: list[int],
    lines: dict[str, str],
    edition: Edition,
    error: int | None,
    words: Words,
) -> go.Bar:
    """Cells of one look. Bars, not a heat map trace: only a bar can be hatched."""
    place = [years.index(year) for year in cells["year"]]
    band = int(kind[-1]) if kind.startswith("band") else None
    hatched = {"shape": "/", "fgcolor": HATCH, "bgcolor": PAPER, "size": 6}
    fill = HEAT[band] if band is not None else PANEL if kind == "hidden" else PAPER
    return go.Bar(
        orientation="h",
        name=words.line(_kind_name(kind, edition, error, words)),
        y=[lines[name] for name in cells["name"]],
        base=[at - 0.47 for at in place],
        x=[0.94] * len(cells),
        marker={
            "color": fill,
            "line": {"width": 1, "color": _EDGES.get(kind, fill)},
            "pattern": hatched if kind == "not_reported" else {},
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
                words.line(state_words(state, edition, error, words)),
                "–" if pd.isna(low) else words.span(low, high, 1),
            ]
            for year, state, low, high in cells[["year", "state", "low", "high"]]
            .to_numpy()
            .tolist()
        ],
        hovertemplate="%{y} %{customdata[0]}: %{text}<br>%{customdata[1]}"
        "<br>95%: %{customdata[2]}<extra></extra>",
    )


def _cell_text(row: Any, kind: str, words: Words) -> str:
    if kind == "not_reported":
        return words.line(words("no return"))
    text = {"hidden": "[c]", "not_established": "–"}.get(kind)
    if text is None:
        text = f"{row.n:.0f}"
    part = 0 < row.reported < row.expected
    return f"{text} ◥" if part else text


def _kind_name(kind: str, edition: Edition, error: int | None, words: Words) -> str:
    if not kind.startswith("band"):
        return state_words(kind, edition, error, words)
    low, high = BANDS[int(kind[-1])]
    if high is None:
        return words("{n} cases and more", n=low)
    return words("{low} to {high} cases", low=low, high=high)


def _totals(totals: pd.Series, place: int, lines: dict[str, str]) -> go.Scatter:
    return go.Scatter(
        mode="text",
        showlegend=False,
        y=[lines[name] for name in totals.index],
        x=[place + 0.15] * len(totals),
        text=["–" if pd.isna(n) else f"<b>{n:.0f}</b>" for n in totals],
        textfont={"size": LABEL, "color": INK},
        hoverinfo="skip",
    )


def _note(
    edition: Edition, counts: pd.DataFrame, error: int | None, words: Words
) -> str:
    years = counts["year"]
    parts = [words("Read rows, not cells: small counts differ by chance.")]
    if ((counts["reported"] < counts["expected"]) & (counts["reported"] > 0)).any():
        parts.append(words("◥ some returns missing."))
    if years.min() < CIRCULAR_YEAR <= years.max():
        parts.append(words("Break in series between 2022 and 2023."))
    if error:
        parts.append(words("Largest error of a cell from rounding: ±{n}.", n=error))
    elif error is None:
        parts.append(rounding_note(error, words))
    return " ".join([*parts, source_of(edition, words)])


def _summary(title: str, counts: pd.DataFrame, words: Words) -> str:
    found = counts["state"].value_counts()
    return words(
        "{title}: {cells} cells, {value} with cases, {zero} with zero, {missing} "
        "without a return, {hidden} hidden.",
        title=title,
        cells=len(counts),
        value=int(found.get("value", 0)),
        zero=int(found.get("zero", 0)),
        missing=int(found.get("not_reported", 0)),
        hidden=int(found.get("hidden", 0)),
    )
