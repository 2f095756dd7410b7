"""How far cases have come: by stage and result, and from report to cassation."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.tables.edition import Edition
from qadaya.views.charts_bars import ROW
from qadaya.views.charts_states import state_words
from qadaya.views.charts_style import (
    ACCENT,
    EDGE,
    EXIT,
    EXIT_NODE,
    FLOW,
    HATCH,
    HEAT,
    INK,
    LABEL,
    PAPER,
    Frame,
    Words,
    axis,
    finished,
    label_width,
    names_axis,
    rounding_note,
    source_of,
)
from qadaya.views.counts import cases_table, rounding_error
from qadaya.vocabulary import RESULTS, STAGES, label

# A part of a bar is known by shade and by pattern.
RESULT_LOOK = {
    "none": (HATCH, ""),
    "pending": (PAPER, "/"),
    "convicted": (HEAT[2], ""),
    "acquitted": (HEAT[1], "."),
    "other": (EDGE, "x"),
}
# The trunk of the flow: each step holds what follows it.
STEPS = {
    "registered": tuple(STAGES),
    "prosecuted": ("prosecuted", "first_instance", "appeal", "cassation"),
    "decided": ("first_instance", "appeal", "cassation"),
    "appealed": ("appeal", "cassation"),
    "cassation": ("cassation",),
}
# Where the cases are that did not take the next step.
EXITS = {
    "registered": ("under_investigation", "closed", "referred"),
    "prosecuted": ("prosecuted",),
    "decided": ("first_instance",),
    "appealed": ("appeal",),
}


def cases_by_stage(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """Cases by the stage they have come to, each bar divided by the standing result.

    Each case is at one stage. The line is the 95 % chance interval of the whole bar.
    """
    words = Words(language)
    parts = cases_table(edition, by=["stage", "result"], years=years)
    wholes = cases_table(edition, by=["stage"], years=years)
    error = rounding_error(edition, by=["stage", "result"], years=years)
    title = words(
        "Cases by stage and result, {years}", years=_span(edition, years, words)
    )
    frame = Frame(
        title=title,
        unit=words("Number of cases; the line is the 95% chance interval"),
        note=f"{rounding_note(error, words)} {source_of(edition, words)}".strip(),
        summary=_stage_summary(title, wholes, words),
        source=source_of(edition, words),
        table=_stage_twin(parts, edition, error, words),
        synthetic=edition.synthetic,
    )
    return finished(_stages_drawn(parts, wholes, words), frame, words)


def case_flow(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """From report to cassation: how many cases took each step, and where the rest are.

    Cases of recent years have had less time, so no rate is drawn from this picture.
    """
    words = Words(language)
    stages = cases_table(edition, by=["stage"], years=years)
    error = rounding_error(edition, by=["stage"], years=years)
    n = stages.set_index("stage")["n"].fillna(0)
    reached = {step: float(n[list(at)].sum()) for step, at in STEPS.items()}
    title = words(
        "From report to cassation, {years}", years=_span(edition, years, words)
    )
    caution = words("Cases of recent years have had less time to go further.")
    frame = Frame(
        title=title,
        unit=words("Number of cases"),
        note=" ".join(
            part
            for part in (
                caution,
                rounding_note(error, words),
                source_of(edition, words),
            )
            if part
        ),
        summary=_flow_summary(reached, words),
        source=source_of(edition, words),
        table=_flow_twin(reached, n, words),
        synthetic=edition.synthetic,
    )
    figure = go.Figure(_sankey(reached, n, words))
    figure.update_layout(height=430, margin={"l": 16, "r": 16, "b": 16})
    return finished(figure, frame, words)


def _span(edition: Edition, years: Sequence[int] | None, words: Words) -> str:
    return words.years(list(years or edition.years))


def _stages_drawn(parts: pd.DataFrame, wholes: pd.DataFrame, words: Words) -> go.Figure:
    lines = {code: words.line(label("stage", code, words.language)) for code in STAGES}
    figure = go.Figure()
    for result in RESULTS:
        rows = parts[(parts["result"] == result) & (parts["n"] > 0)]
        if len(rows):
            figure.add_trace(_result_bars(rows, result, lines, words))
    ends = wholes[wholes["n"].notna()]
    figure.add_trace(_whole_whiskers(ends, lines, words))
    far = float(ends[["n", "high"]].max().max() or 1) if len(ends) else 1.0
    side = max(label_width(line) for line in lines.values()) + 24
    figure.update_layout(
        barmode="stack",
        bargap=0.32,
        height=len(lines) * (ROW + 8) + 270,
        legend=_legend_below(len(lines) * (ROW + 8), words),
        margin={"r" if words.rtl else "l": side, "b": 120},
        xaxis=axis(
            words,
            words("cases"),
            range=[far * 1.16, 0] if words.rtl else [0, far * 1.16],
            tickformat="d",
        ),
        yaxis=names_axis(
            words, categoryorder="array", categoryarray=list(lines.values())[::-1]
        ),
    )
    return figure


def _result_bars(
    rows: pd.DataFrame, result: str, lines: dict[str, str], words: Words
) -> go.Bar:
    color, shape = RESULT_LOOK[result]
    name = words.line(label("result", result, words.language))
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
        text=[f" {n:.0f} " for n in ends["n"]],
        textposition="top left" if words.rtl else "top right",
        textfont={"size": LABEL, "color": INK, "weight": 700},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (ends["high"] - ends["n"]).tolist(),
            "arrayminus": (ends["n"] - ends["low"]).tolist(),
            "color": INK,
            "thickness": 1.75,
            "width": 4,
        },
        cliponaxis=False,
        hoverinfo="skip",
    )


def _legend_below(height: float, words: Words) -> dict[str, object]:
    return {
        "orientation": "h",
        "x": 1 if words.rtl else 0,
        "xanchor": "right" if words.rtl else "left",
        "y": -60 / height,
        "yanchor": "top",
        "traceorder": "normal",
    }


def _stage_twin(
    parts: pd.DataFrame, edition: Edition, error: int | None, words: Words
) -> pd.DataFrame:
    shown = parts[parts["n"] > 0]
    column = [
        label("stage", stage, words.language) for stage in shown["stage"].astype(str)
    ]
    result = [label("result", code, words.language) for code in shown["result"]]
    states = [state_words(state, edition, error, words) for state in shown["state"]]
    return pd.DataFrame(
        {
            words("Stage"): column,
            words("Result"): result,
            words("Cases"): shown["n"].to_numpy(),
            words("95% interval, from"): shown["low"].round(1).to_numpy(),
            words("95% interval, to"): shown["high"].round(1).to_numpy(),
            words("State"): states,
        }
    )


def _stage_summary(title: str, wholes: pd.DataFrame, words: Words) -> str:
    named = [
        f"{label('stage', row.stage, words.language)} {row.n:.0f}"
        for row in wholes.itertuples()
        if row.n > 0
    ]
    return f"{title}: {words('; ').join(named)}." if named else f"{title}: 0."


def _step_label(step: str, words: Words) -> str:
    return {
        "registered": words("Registered"),
        "prosecuted": words("Prosecuted"),
        "decided": words("First judgment"),
        "appealed": words("Appealed"),
        "cassation": words("In cassation"),
    }[step]


def _exit_label(stage: str, words: Words) -> str:
    return {
        "prosecuted": words("Awaiting judgment"),
        "first_instance": words("Not appealed"),
        "appeal": words("On appeal, no cassation"),
    }.get(stage) or label("stage", stage, words.language)


def _sankey(reached: dict[str, float], n: pd.Series, words: Words) -> go.Sankey:
    steps = [step for step in STEPS if reached[step] > 0]
    exits = [
        (step, stage) for step in steps for stage in EXITS.get(step, ()) if n[stage]
    ]
    labels = [f"{_step_label(step, words)} {reached[step]:.0f}" for step in steps]
    labels += [f"{_exit_label(stage, words)} {n[stage]:.0f}" for _, stage in exits]
    links = [
        (index, index + 1, reached[step], FLOW) for index, step in enumerate(steps[1:])
    ]
    links += [
        (steps.index(step), len(steps) + at, float(n[stage]), EXIT)
        for at, (step, stage) in enumerate(exits)
    ]
    # In Arabic the flow runs from right to left: each band is drawn from its end.
    ends = ("target", "source") if words.rtl else ("source", "target")
    start, end = ends
    return go.Sankey(
        arrangement="snap",
        textfont={"size": LABEL, "color": INK, "shadow": "none"},
        node={
            "label": [words.line(text) for text in labels],
            "color": [ACCENT] * len(steps) + [EXIT_NODE] * len(exits),
            "line": {"width": 0},
            "pad": 22,
            "align": "right" if words.rtl else "left",
            "thickness": 9,
            "hovertemplate": "%{label}<extra></extra>",
        },
        link={
            start: [link[0] for link in links],
            end: [link[1] for link in links],
            "value": [link[2] for link in links],
            "color": [link[3] for link in links],
            "hovertemplate": "%{value:.0f}<extra></extra>",
        },
    )


def _flow_twin(reached: dict[str, float], n: pd.Series, words: Words) -> pd.DataFrame:
    rows = [
        (_step_label(step, words), reached[step], words("took this step"))
        for step in STEPS
    ]
    rows += [
        (
            _exit_label(stage, words),
            float(n[stage]),
            words("stands after: {step}", step=_step_label(step, words)),
        )
        for step, stages in EXITS.items()
        for stage in stages
    ]
    columns = [words("Step"), words("Cases"), words("Meaning")]
    return pd.DataFrame(rows, columns=columns)


def _flow_summary(reached: dict[str, float], words: Words) -> str:
    return words.plural(
        "Of {n} case, {prosecuted} were prosecuted, {decided} decided at first "
        "instance, {appealed} appealed, {cassation} reached the Court of Cassation.",
        "Of {n} cases, {prosecuted} were prosecuted, {decided} decided at first "
        "instance, {appealed} appealed, {cassation} reached the Court of Cassation.",
        int(reached["registered"]),
        **{step: int(value) for step, value in reached.items() if step != "registered"},
    )
