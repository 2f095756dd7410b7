"""How far cases have come: by stage and result, and from report to cassation."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.views.charts.axes import cases_axis, key_below, names_axis, whiskers
from qadaya.views.charts.bars import ROW
from qadaya.views.charts.style import (
    EDGE,
    HATCH,
    HEAT,
    INK,
    LABEL,
    PAPER,
    Frame,
    finished,
    label_width,
)
from qadaya.views.frames.counts import cases_table
from qadaya.views.prose.count_view import CountView, count_view
from qadaya.views.prose.words import Words
from qadaya.vocabulary import STAGES, label

UNDER_INVESTIGATION: Final = "under_investigation"
# A part of a bar is known by shade and by pattern.
RESULT_LOOK = {
    # An inquiry that goes on may still lead to a prosecution.
    UNDER_INVESTIGATION: (PAPER, "."),
    "none": (HATCH, ""),
    "pending": (PAPER, "/"),
    "convicted": (HEAT[2], ""),
    "acquitted": (HEAT[1], "."),
    "other": (EDGE, "x"),
}


def cases_by_stage(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """Cases by the stage they have come to, each bar divided by the standing result.

    Each case is at one stage. The line is the 95 % interval of the whole bar.
    """
    words = Words(language)
    parts = count_view(edition, words, by=["stage", "result"], years=years)
    wholes = cases_table(edition, by=["stage"], years=years)
    title = words(
        "Cases by stage and result, {years}", years=span_of(edition, years, words)
    )
    frame = Frame.of_edition(
        edition,
        words,
        title=title,
        unit=words("Number of cases; the line is the 95% interval"),
        notes=[parts.rounding],
        summary=_stage_summary(title, wholes, words),
        table=_stage_twin(parts),
    )
    return finished(_stages_drawn(parts.counts, wholes, words), frame, words)


def span_of(edition: Edition, years: Sequence[int] | None, words: Words) -> str:
    return words.years(list(years or edition.years))


def _stages_drawn(parts: pd.DataFrame, wholes: pd.DataFrame, words: Words) -> go.Figure:
    lines = {code: words.line(label("stage", code, words.language)) for code in STAGES}
    figure = go.Figure()
    open_ = (parts["stage"] == UNDER_INVESTIGATION) & (parts["result"] == "none")
    kinds = parts["result"].astype("str").mask(open_, UNDER_INVESTIGATION)
    for kind in RESULT_LOOK:
        rows = parts[(kinds == kind) & (parts["n"] > 0)]
        if len(rows):
            figure.add_trace(_result_bars(rows, kind, lines, words))
    ends = wholes[wholes["n"].notna()]
    figure.add_trace(_whole_whiskers(ends, lines, words))
    far = float(ends[["n", "high"]].max().max() or 1) if len(ends) else 1.0
    side = max(label_width(line) for line in lines.values()) + 24
    figure.update_layout(
        barmode="stack",
        bargap=0.32,
        height=len(lines) * (ROW + 8) + 270,
        legend=key_below(-60 / (len(lines) * (ROW + 8)), words),
        margin={"r" if words.rtl else "l": side, "b": 120},
        xaxis=cases_axis(far, words),
        yaxis=names_axis(
            words, categoryorder="array", categoryarray=list(lines.values())[::-1]
        ),
    )
    return figure


def _result_bars(
    rows: pd.DataFrame, result: str, lines: dict[str, str], words: Words
) -> go.Bar:
    color, shape = RESULT_LOOK[result]
    name = words.line(_look_name(result, words))
    return go.Bar(
        orientation="h",
        name=name,
        y=[lines[stage] for stage in rows["stage"]],
        x=rows["n"].tolist(),
        marker={
            "color": color,
            "line": {"width": 1, "color": EDGE},
            "pattern": {"shape": shape, "fgcolor": INK, "size": 6, "solidity": 0.25},
        },
        hovertemplate="%{y}<br>" + name + ": %{x}<extra></extra>",
    )


def _look_name(kind: str, words: Words) -> str:
    if kind == UNDER_INVESTIGATION:
        return label("stage", kind, words.language)
    if kind == "none":
        return words("Closed or referred")
    return label("result", kind, words.language)


def _whole_whiskers(
    ends: pd.DataFrame, lines: dict[str, str], words: Words
) -> go.Scatter:
    return go.Scatter(
        mode="markers+text",
        name=words.line(words("all results")),
        showlegend=False,
        y=[lines[stage] for stage in ends["stage"]],
        x=ends["n"].tolist(),
        marker={"symbol": "line-ns-open", "size": 1, "color": INK},
        text=[f" {words.number(n)} " for n in ends["n"]],
        textposition="top left" if words.rtl else "top right",
        textfont={"size": LABEL, "color": INK, "weight": 700},
        error_x=whiskers(ends["low"], ends["n"], ends["high"], INK),
        cliponaxis=False,
        hoverinfo="skip",
    )


def _stage_twin(parts: CountView) -> pd.DataFrame:
    words = parts.words
    shown = parts.counts[parts.counts["n"] > 0].reset_index(drop=True)
    stages = [label("stage", code, words.language) for code in shown["stage"]]
    results = [label("result", code, words.language) for code in shown["result"]]
    twin = replace(parts, counts=shown).twin(
        {words("Stage"): pd.Series(stages), words("Result"): pd.Series(results)}
    )
    # All bars rest on the same returns.
    return twin.drop(columns=words("Yearly returns received"))


def _stage_summary(title: str, wholes: pd.DataFrame, words: Words) -> str:
    reached = wholes[wholes["n"] > 0][["stage", "n"]].to_numpy().tolist()
    named = [
        f"{label('stage', stage, words.language)} {words.number(n)}"
        for stage, n in reached
    ]
    listed = words("; ").join(named) or "0"
    return words("{series}: {counts}.", series=title, counts=listed)
