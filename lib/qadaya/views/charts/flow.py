"""The flow from report to cassation: how many cases took each step."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.views.charts.bars import draw_rows
from qadaya.views.charts.stages import span_of
from qadaya.views.charts.style import (
    ACCENT,
    EXIT,
    EXIT_NODE,
    FLOW,
    INK,
    LABEL,
    Frame,
    finished,
)
from qadaya.views.prose.count_view import CountView, count_view
from qadaya.views.prose.findings import say_flow
from qadaya.views.prose.words import Words
from qadaya.vocabulary import STAGES, VALUE, label

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


def case_steps(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """How many cases took each step from report to cassation, as bars: a ladder.

    It says what `case_flow` says, at any width and on paper. Where the other cases
    stand is in its table.
    """
    words = Words(language)
    view = count_view(edition, words, by=["stage"], years=years)
    n, reached = _counts(view)
    rows = pd.DataFrame({"n": list(reached.values()), "low": None, "high": None})
    rows = rows.astype(float).assign(state=VALUE)
    names = [_step_label(step, words) for step in reached]
    frame = _frame(view, n, reached, years, min_width=0)
    return finished(draw_rows(rows, names, words), frame, words)


def case_flow(
    edition: Edition, *, language: str = "en", years: Sequence[int] | None = None
) -> go.Figure:
    """From report to cassation: how many cases took each step, and where the rest are.

    Cases of recent years have had less time, so no rate is drawn from this picture.
    """
    words = Words(language)
    view = count_view(edition, words, by=["stage"], years=years)
    n, reached = _counts(view)
    figure = go.Figure(_sankey(reached, n, words))
    figure.update_layout(height=430, margin={"l": 16, "r": 16, "b": 16})
    frame = _frame(view, n, reached, years, min_width=680)
    return finished(figure, frame, words)


def _counts(view: CountView) -> tuple[pd.Series, dict[str, float]]:
    """The cases at each stage, and those that reached each step."""
    n = view.counts.set_index("stage")["n"].fillna(0)
    return n, {step: float(n[list(at)].sum()) for step, at in STEPS.items()}


def _frame(
    view: CountView,
    n: pd.Series,
    reached: dict[str, float],
    years: Sequence[int] | None,
    *,
    min_width: int,
) -> Frame:
    words, edition = view.words, view.edition
    title = words(
        "From report to cassation, {years}", years=span_of(edition, years, words)
    )
    finding = say_flow(reached, words, exact=view.error == 0)
    return Frame.of_edition(
        edition,
        words,
        title=finding or title,
        subject=title if finding else "",
        unit=words("Number of cases"),
        notes=[
            words("Cases of recent years have had less time to go further."),
            _rounding(view),
        ],
        summary=_flow_summary(reached, words),
        table=_flow_twin(reached, n, words),
        min_width=min_width,
    )


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
    labels = [
        f"{_step_label(step, words)} {words.number(reached[step])}" for step in steps
    ]
    if words.rtl and labels:
        # plotly writes the labels of the last column inwards, over those before it.
        labels[0] = labels[0].replace(" ", "<br>")
    labels += [
        f"{_exit_label(stage, words)} {words.number(n[stage])}" for _, stage in exits
    ]
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
            "label": ["<br>".join(map(words.line, t.split("<br>"))) for t in labels],
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


def _rounding(view: CountView) -> str:
    # A flow has no interval lines, and what reached a step is a sum over stages.
    if not view.error:
        return view.rounding
    return view.words(
        "Largest error from rounding: ±{n} in one stage; a step joins several.",
        n=view.error,
    )


def _flow_summary(reached: dict[str, float], words: Words) -> str:
    return words.plural(
        "Of {n} case, {prosecuted} were prosecuted, {decided} decided at first "
        "instance, {appealed} appealed, {cassation} reached the Court of Cassation.",
        "Of {n} cases, {prosecuted} were prosecuted, {decided} decided at first "
        "instance, {appealed} appealed, {cassation} reached the Court of Cassation.",
        int(reached["registered"]),
        **{step: int(value) for step, value in reached.items() if step != "registered"},
    )
