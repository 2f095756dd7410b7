"""Lines, marks, breaks and names of a drawing over the years."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qadaya.inference import CIRCULAR_YEAR
from qadaya.views.charts.axes import axis, whiskers
from qadaya.views.charts.style import (
    EARLY,
    INK,
    INK_2,
    INK_3,
    LABEL,
    NOTE,
    SERIES,
    TOTAL,
    label_width,
)
from qadaya.views.prose.words import Words
from qadaya.vocabulary import HIDDEN, VALUE, ZERO, label

HEIGHT = 300
SHIFT = 0.09  # of a year, so that whiskers do not stand on each other


def platform_traces(
    rows: pd.DataFrame, code: str, offset: float, words: Words
) -> list[go.Scatter]:
    """The joining lines, never across the break, then marks with whiskers."""
    color, symbol, dash = SERIES[code]
    numbers = rows[rows["n"].notna()]
    at = (numbers["year"] + offset).tolist()
    name = words.line(platform_name(code, words))
    joined = go.Scatter(
        mode="lines",
        name=name,
        x=_broken(numbers["year"].tolist(), at),
        y=_broken(numbers["year"].tolist(), numbers["n"].tolist()),
        line={"color": color, "width": 1.25, "dash": dash},
        opacity=0.5,
        connectgaps=False,
        hoverinfo="skip",
    )
    return [joined, _marks(numbers, at, name, color, symbol, words)]


def _marks(
    numbers: pd.DataFrame,
    at: list[float],
    name: str,
    color: str,
    symbol: str,
    words: Words,
) -> go.Scatter:
    zero = numbers["state"] == ZERO
    return go.Scatter(
        mode="markers+text",
        name=name,
        x=at,
        y=numbers["n"].tolist(),
        text=[f"{words.number(n)} " for n in numbers["n"]],
        textposition="middle left",
        textfont={"size": LABEL, "color": _ink(color), "weight": 700},
        marker={
            "color": color,
            "symbol": [f"{symbol}-open" if empty else symbol for empty in zero],
            "size": 13,
            "line": {"width": 1.5, "color": color},
        },
        error_y=whiskers(numbers["low"], numbers["n"], numbers["high"], color),
        customdata=[
            [year, words.span(low, high, 1)]
            for year, low, high in zip(
                numbers["year"], numbers["low"], numbers["high"], strict=True
            )
        ],
        hovertemplate=name
        + " %{customdata[0]}: %{y} (95%: %{customdata[1]})<extra></extra>",
        cliponaxis=False,
    )


def _broken(years: list[int], values: list[float]) -> list[float | None]:
    """The same values with a gap where the series breaks or a year is missing."""
    joined: list[float | None] = []
    for place, (year, value) in enumerate(zip(years, values, strict=True)):
        before = years[place - 1] if place else year
        if year - before > 1 or before < CIRCULAR_YEAR <= year:
            joined.append(None)
        joined.append(value)
    return joined


def name_at_the_end(
    figure: go.Figure, counts: pd.DataFrame, top: float, series: int, words: Words
) -> None:
    """Name each series where it ends; names that would touch are moved apart."""
    if series < 2:
        return
    last = counts[counts["n"].notna()].groupby("platform").tail(1).sort_values("n")
    step, floor = top * 0.09, 0.0
    ends = last[["platform", "name", "year", "n"]].to_numpy().tolist()
    for platform, name, year, n in ends:
        floor = max(float(n), floor)
        figure.add_annotation(
            text=words.line(name),
            x=year + SHIFT * series + 0.05,
            y=floor,
            xanchor="left",
            yanchor="middle",
            showarrow=False,
            font={"size": LABEL, "color": _ink(SERIES[platform][0]), "weight": 700},
        )
        floor += step


def lay_out(figure: go.Figure, counts: pd.DataFrame, top: float, words: Words) -> None:
    years = sorted(counts["year"].unique().tolist())
    names = [words.line(name) for name in counts["name"].unique()]
    end = max(map(label_width, names)) + 8 if len(names) > 1 else 16
    figure.update_layout(
        showlegend=False,
        height=HEIGHT + 190,
        margin={"l": 48, "r": end, "t": 38, "b": 56},
        xaxis=axis(
            words,
            tickvals=years,
            ticktext=[_year_tick(counts, year) for year in years],
            tickangle=0,
            range=[years[0] - 0.6, years[-1] + 0.5],
            showgrid=False,
            zeroline=False,
            ticklabelstandoff=8,  # a mark at zero reaches below the axis
        ),
        yaxis=axis(
            words,
            words("cases"),
            range=[0, top * 1.08],
            tickformat="d",
            nticks=6,
        ),
    )
    _absent_years(figure, counts, words)
    if years[0] < CIRCULAR_YEAR <= years[-1]:
        draw_break(
            figure,
            CIRCULAR_YEAR - 0.5,
            words("Break in series"),
            words("circular of 14 April 2023"),
            words,
            start=years[0] - 0.6,
            before=words("gathered afterwards"),
        )


def _year_tick(counts: pd.DataFrame, year: int) -> str:
    row = counts[counts["year"] == year].iloc[0]
    return f"<b>{year}</b><br>{row['reported']:.0f}/{row['expected']:.0f}"


def _absent_years(figure: go.Figure, counts: pd.DataFrame, words: Words) -> None:
    """A year without a number says so in its place; it is neither gap nor zero."""
    for year in counts["year"].unique().tolist():
        states = set(counts.loc[counts["year"] == year, "state"])
        if states & {VALUE, ZERO}:
            continue
        text = "[c]" if HIDDEN in states else words("not reported")
        figure.add_annotation(
            text=words.line(text),
            x=year,
            y=0,
            yanchor="bottom",
            showarrow=False,
            textangle=-90,
            font={"size": NOTE, "color": INK_2},
        )


def draw_break(
    figure: go.Figure,
    at: float,
    name: str,
    reason: str,
    words: Words,
    *,
    start: float,
    before: str = "",
    **place: Any,
) -> None:
    """A dashed upright line with its name, over a tinted ground before it."""
    figure.add_vrect(
        x0=start,
        x1=at,
        fillcolor=EARLY,
        opacity=1,
        layer="below",
        line_width=0,
        **place,
    )
    figure.add_vline(x=at, line={"color": INK_3, "width": 1.5, "dash": "dash"}, **place)
    figure.add_annotation(
        text=f"<b>{words.line(name)}</b><br>{words.line(reason)}",
        x=at,
        y=1,
        yref="y domain",
        yanchor="bottom",
        showarrow=False,
        font={"size": NOTE, "color": INK},
        **place,
    )
    if before:
        figure.add_annotation(
            text=words.line(before),
            x=start,
            y=1,
            yref="y domain",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": NOTE, "color": INK_3},
            **place,
        )


def platform_name(code: str, words: Words) -> str:
    if code == "total":
        return words("All platforms")
    return label("platform", code, words.language)


def _ink(color: str) -> str:
    """The colour of a series in letters, for which that of the total is too light."""
    return INK if color == TOTAL else color
