"""Horizontal bars with whiskers: name, bar, figure; states that are no number."""

import pandas as pd
import plotly.graph_objects as go

from qadaya.views.charts.axes import cases_axis, names_axis, rows_of, whiskers
from qadaya.views.charts.style import (
    EDGE,
    HATCH,
    INK,
    INK_2,
    LABEL,
    NOTE,
    PAPER,
    RULE,
    TOTAL,
    label_width,
)
from qadaya.views.frames.bounds import PLACES
from qadaya.views.prose.count_view import CountView
from qadaya.views.prose.words import Words
from qadaya.vocabulary import HIDDEN, NOT_ESTABLISHED, NOT_REPORTED, ZERO

ROW = 26  # px a row
AROUND = 236  # px of title, note and axis, as high as they come
BAR = 17  # px of a bar
NAME_WIDTH = 24  # characters of a line of a name


def draw_bars(view: CountView) -> go.Figure:
    """Bars for counts with a column `name`, in the order given.

    In Arabic the whole drawing is mirrored: name, bar and figure are read as one line.
    """
    return draw_rows(view.counts, _marked(view), view.words)


def draw_rows(counts: pd.DataFrame, names: list[str], words: Words) -> go.Figure:
    """The same for any counts with n, low, high and state, one name a row."""
    lines = [words.lines(name, NAME_WIDTH) for name in names]
    middles, end = rows_of(lines)
    counts = counts.assign(line=lines, at=middles)
    numbers = counts[counts["n"].notna()]
    figure = go.Figure()
    figure.add_traces([_value_bars(numbers, words), _zeros(numbers, words)])
    figure.add_trace(_figures(numbers, words))
    far = float(numbers[["n", "high"]].max().max() or 1) if len(numbers) else 1.0
    for state in (NOT_REPORTED, NOT_ESTABLISHED, HIDDEN):
        rows = counts[counts["state"] == state]
        if len(rows):
            figure.add_trace(_absent(rows, state, far, words))
    side = max((label_width(line) for line in lines), default=0) + 24
    figure.update_layout(
        showlegend=False,
        height=end + AROUND,
        margin={"r" if words.rtl else "l": side, "b": 44},
        xaxis=cases_axis(far, words),
        yaxis=names_axis(
            words,
            tickvals=middles,
            ticktext=lines,
            range=[end + 3, -3],
        ),
    )
    return figure


def _value_bars(numbers: pd.DataFrame, words: Words) -> go.Bar:
    return go.Bar(
        orientation="h",
        name=words("Cases"),
        y=numbers["at"].tolist(),
        x=numbers["n"].tolist(),
        width=BAR,
        marker={"color": TOTAL, "line": {"width": 0}},
        error_x=whiskers(numbers["low"], numbers["n"], numbers["high"], INK),
        customdata=[
            [line, words.span(low, high, 1)]
            for line, low, high in numbers[["line", "low", "high"]].itertuples(
                index=False
            )
        ],
        hovertemplate="%{customdata[0]}<br>%{x} (95%: %{customdata[1]})<extra></extra>",
    )


def _zeros(numbers: pd.DataFrame, words: Words) -> go.Scatter:
    """A zero is outlined: an empty square on the base line."""
    zeros = numbers[numbers["state"] == ZERO]
    return go.Scatter(
        mode="markers",
        name=words("zero"),
        y=zeros["at"].tolist(),
        x=[0] * len(zeros),
        marker={
            "symbol": "square-open",
            "size": 9,
            "color": INK_2,
            "line": {"width": 1.5},
        },
        cliponaxis=False,
        hoverinfo="skip",
    )


def _figures(numbers: pd.DataFrame, words: Words) -> go.Scatter:
    end = numbers[["n", "high"]].max(axis=1)
    return go.Scatter(
        mode="text",
        name=words("figures"),
        y=numbers["at"].tolist(),
        x=end.tolist(),
        text=[f" {words.number(n)} " for n in numbers["n"]],
        textposition="middle left" if words.rtl else "middle right",
        textfont={"size": LABEL, "color": INK, "weight": 700},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _absent(rows: pd.DataFrame, state: str, far: float, words: Words) -> go.Bar:
    """Not reported is hatched, hidden has a solid edge; neither is a length."""
    text = {
        NOT_REPORTED: words("not reported"),
        NOT_ESTABLISHED: "–",
        HIDDEN: "[c]",
    }[state]
    hatched = {"shape": "/", "fgcolor": HATCH, "bgcolor": PAPER, "size": 6}
    return go.Bar(
        orientation="h",
        name=text,
        y=rows["at"].tolist(),
        width=BAR,
        x=[far * 0.12] * len(rows),
        marker={
            "color": PAPER,
            "line": {"width": 1, "color": EDGE if state != NOT_ESTABLISHED else RULE},
            "pattern": hatched if state == NOT_REPORTED else {},
        },
        text=[words.line(text)] * len(rows),
        textposition="outside",
        outsidetextfont={"size": NOTE, "color": INK},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _marked(view: CountView) -> list[str]:
    """The names, with the corner mark where returns of that place are missing."""
    places = any(name in view.counts.columns for name in PLACES)
    return [
        f"{name} ◥" if missing and places else str(name)
        for name, missing in zip(view.counts["name"], view.some_missing, strict=True)
    ]
