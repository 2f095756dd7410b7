"""Units beside each other as a funnel with prediction limits, never as a league table.

Only units with four or more expected cases are drawn: below that neither side of the
limits can be reached. The others are counted in the note, not shown as points. A bar
through a point is what rounding leaves open about it.
"""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import LOOSE, MINIMUM_EXPECTED, STRICT, funnel_limits
from qadaya.views.charts.axes import axis
from qadaya.views.charts.style import (
    ACCENT,
    INK,
    INK_2,
    LABEL,
    NOTE,
    TOTAL,
    Frame,
    finished,
)
from qadaya.views.frames.funnel import funnel_units
from qadaya.views.prose.funnel import notes, rounded, summary, table
from qadaya.views.prose.words import Words

LINES = {LOOSE: ("dash", 1.25), STRICT: ("solid", 1.5)}


def funnel_plot(
    units: pd.DataFrame,
    edition: Edition,
    *,
    title: str,
    subject: str = "",
    beside: bool = False,
    language: str = "en",
    error: int = 0,
    blurred: int = 0,
    marked: str | None = None,
) -> go.Figure:
    """A funnel of observed over expected with prediction limits at 95 and 99.8 %.

    `units`: as for `funnel_units`; `title`: in the reader's language, a finding where
    `subject` says what is drawn; `beside`: it may stand beside the answer of a page;
    `error`: the largest rounding error of an observed count, where `units` does not
    tell it; `blurred`: how many units are not among `units` because rounding leaves too
    much doubt about them; `marked`: the name of the unit to look at.
    Raises: ParameterError for a frame without name, observed and expected.
    """
    words = Words(language)
    drawn = funnel_units(units if "error" in units else units.assign(error=error))
    frame = Frame.of_edition(
        edition,
        words,
        title=title,
        subject=subject,
        beside=beside,
        unit=words("Observed over expected cases; lines: what chance allows"),
        notes=notes(units, drawn, blurred, words),
        summary=summary(subject or title, units, drawn, blurred, words),
        table=table(drawn, words),
    )
    return finished(_drawn(drawn, blurred, marked, words), frame, words)


def _drawn(
    drawn: pd.DataFrame, blurred: int, marked: str | None, words: Words
) -> go.Figure:
    right = max(drawn["expected"].max() * 1.1 if len(drawn) else 0, 12.0)
    top = max(drawn["ratio_high"].max() * 1.15 if len(drawn) else 0, 2.5)
    figure = go.Figure()
    for level, (dash, width) in LINES.items():
        figure.add_traces(_limits(level, dash, width, right, words))
    figure.add_trace(_points(drawn, marked, words))
    figure.add_hline(y=1, line={"color": INK_2, "width": 1})
    figure.update_layout(
        showlegend=False,
        height=520,
        margin={"l": 56, "r": 56, "b": 56},
        xaxis=axis(words, words("expected cases"), range=[0, right]),
        yaxis=axis(words, words("observed over expected"), range=[0, top]),
    )
    if not len(drawn):
        _too_thin(figure, blurred, words)
    return figure


def _limits(
    level: float, dash: str, width: float, right: float, words: Words
) -> list[go.Scatter]:
    expected = np.linspace(MINIMUM_EXPECTED, right, 300)
    low, high = funnel_limits(expected, level)
    name = words.line(f"{words.decimal(level * 100, 1 if level == STRICT else 0)}%")
    return [
        go.Scatter(
            mode="lines+text",
            name=name,
            x=expected,
            y=limit,
            # named where it ends, so no legend is needed
            text=[""] * (len(expected) - 1) + [name],
            textposition="middle right",
            textfont={"size": NOTE, "color": INK_2},
            line={"color": ACCENT, "width": width, "dash": dash},
            cliponaxis=False,
            hoverinfo="skip",
        )
        for limit in (low, high)
    ]


def _beside(drawn: pd.DataFrame) -> list[str]:
    """Where names stand: clear of the limits, or of whiskers and the nearer edge."""
    if not rounded(drawn):
        above = drawn["ratio"] >= 1
        return ["top center" if each else "bottom center" for each in above]
    middle = drawn["expected"].max() / 2
    return ["middle left" if x > middle else "middle right" for x in drawn["expected"]]


def _points(drawn: pd.DataFrame, marked: str | None, words: Words) -> go.Scatter:
    chosen = drawn["name"] == marked
    outside = drawn["outside_998"].astype(bool)
    return go.Scatter(
        mode="markers+text",
        name=words.line(words("units")),
        x=drawn["expected"],
        y=drawn["ratio"],
        error_y=_rounding_bars(drawn),
        text=[
            words.line(name) if named else ""
            for name, named in zip(drawn["name"], outside | chosen, strict=True)
        ],
        textposition=_beside(drawn),
        textfont={"size": LABEL, "color": INK},
        marker={
            "size": 10,
            "color": [ACCENT if one else TOTAL for one in chosen],
            "symbol": ["diamond" if flagged else "circle" for flagged in outside],
            "line": {"width": 1, "color": INK},
        },
        customdata=[
            [words.line(name), observed]
            for name, observed in zip(drawn["name"], drawn["observed"], strict=True)
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]} / %{x:.1f}<extra></extra>",
        cliponaxis=False,
    )


def _rounding_bars(drawn: pd.DataFrame) -> dict[str, Any]:
    """A bar over every ratio that rounding allows; none where nothing was rounded."""
    return {
        "type": "data",
        "symmetric": False,
        "array": drawn["ratio_high"] - drawn["ratio"],
        "arrayminus": drawn["ratio"] - drawn["ratio_low"],
        "visible": rounded(drawn),
        "color": INK_2,
        "thickness": 1.25,
        "width": 4,
    }


def _too_thin(figure: go.Figure, blurred: int, words: Words) -> None:
    figure.add_annotation(
        text=words.lines(
            words("Rounded too coarsely to compare: see the note.")
            if blurred
            else words("Too thin to compare: no unit has four expected cases."),
            40,
        ),
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.5,
        showarrow=False,
        font={"size": LABEL, "color": INK},
    )
