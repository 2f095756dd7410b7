"""Units beside each other as a funnel with prediction limits, never as a league table.

Only units with four or more expected cases are drawn: below that neither side of the
limits can be reached. The others are counted in the note, not shown as points.
"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from qadaya.errors import ParameterError
from qadaya.tables.edition import Edition
from qadaya.tables.inference import (
    MINIMUM_EXPECTED,
    false_flags,
    funnel_limits,
    overdispersion,
)
from qadaya.views.charts.style import (
    ACCENT,
    INK,
    INK_2,
    LABEL,
    NOTE,
    TOTAL,
    Frame,
    Words,
    axis,
    finished,
    rounding_note,
    source_of,
)

LEVELS = {0.95: ("dash", 1.25), 0.998: ("solid", 1.5)}
STRICT = 0.998  # a unit is named only outside these: at 95 % one in twenty is chance


def funnel_units(units: pd.DataFrame) -> pd.DataFrame:
    """The units that can be compared, each with its ratio and whether it stands out.

    `units`: name, observed, expected (cases). Rows: units with an expected count of 4
    or more. Adds `ratio`, and for 95 and 99.8 % the flags `outside_95`, `outside_998`.
    Raises: ParameterError for a frame without these columns.
    """
    absent = {"name", "observed", "expected"} - set(units.columns)
    if absent:
        raise ParameterError(
            f"units has no column {', '.join(sorted(absent))}; "
            "expected name, observed and expected"
        )
    drawn = units[units["expected"] >= MINIMUM_EXPECTED].reset_index(drop=True)
    drawn["ratio"] = drawn["observed"] / drawn["expected"]
    for level, column in ((0.95, "outside_95"), (STRICT, "outside_998")):
        if len(drawn):
            low, high = funnel_limits(drawn["expected"], level)
            drawn[column] = (drawn["ratio"] < low) | (drawn["ratio"] > high)
        else:
            drawn[column] = pd.Series(dtype=bool)
    return drawn


def funnel_plot(
    units: pd.DataFrame,
    edition: Edition,
    *,
    title: str,
    language: str = "en",
    error: int | None = 0,
    blurred: int = 0,
) -> go.Figure:
    """A funnel of observed over expected with prediction limits at 95 and 99.8 %.

    `units`: name, observed, expected; `title`: the subject, in the reader's language;
    `error`: the largest rounding error of an observed count; `blurred`: how many units
    are not among `units` because rounding leaves more doubt about them than chance.
    Raises: ParameterError for a frame without these columns.
    """
    words = Words(language)
    drawn = funnel_units(units)
    frame = Frame(
        title=title,
        unit=words("Observed over expected cases; lines: what chance allows"),
        note=_note(units, drawn, edition, error, blurred, words),
        summary=_summary(title, units, drawn, blurred, words),
        source=source_of(edition, words),
        table=_table(drawn, words),
        synthetic=edition.synthetic,
    )
    return finished(_drawn(drawn, blurred, words), frame, words)


def _drawn(drawn: pd.DataFrame, blurred: int, words: Words) -> go.Figure:
    right = max(drawn["expected"].max() * 1.1 if len(drawn) else 0, 12.0)
    top = max(drawn["ratio"].max() * 1.15 if len(drawn) else 0, 2.5)
    figure = go.Figure()
    for level, (dash, width) in LEVELS.items():
        figure.add_traces(_limits(level, dash, width, right, words))
    figure.add_trace(_points(drawn, words))
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


def _points(drawn: pd.DataFrame, words: Words) -> go.Scatter:
    outside = drawn["outside_998"]
    return go.Scatter(
        mode="markers+text",
        name=words.line(words("units")),
        x=drawn["expected"],
        y=drawn["ratio"],
        text=[
            words.line(name) if flagged else ""
            for name, flagged in zip(drawn["name"], outside, strict=True)
        ],
        textposition="top center",
        textfont={"size": LABEL, "color": INK},
        marker={
            "size": 10,
            "color": TOTAL,
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


def _note(
    units: pd.DataFrame,
    drawn: pd.DataFrame,
    edition: Edition,
    error: int | None,
    blurred: int,
    words: Words,
) -> str:
    parts = []
    if len(drawn):
        parts.append(
            words(
                "By chance alone up to {loose} of {n} units lie outside 95%, "
                "{strict} outside 99.8%.",
                n=len(drawn),
                loose=words.decimal(false_flags(len(drawn), 0.95), 1),
                strict=words.decimal(false_flags(len(drawn), STRICT), 2),
            )
        )
        spread = overdispersion(drawn["observed"], drawn["expected"])
        parts.append(
            words(
                "Overdispersion {value} (1 = chance alone); limits are not widened.",
                value=words.decimal(spread, 1),
            )
        )
    left_out = len(units) - len(drawn)
    if left_out:
        parts.append(
            words.plural(
                "{n} unit with fewer than 4 expected cases is not drawn.",
                "{n} units with fewer than 4 expected cases are not drawn.",
                left_out,
            )
        )
    if blurred:
        parts.append(
            words.plural(
                "{n} unit is not drawn: rounding leaves more doubt than chance.",
                "{n} units are not drawn: rounding leaves more doubt than chance.",
                blurred,
            )
        )
    parts += [rounding_note(error, words) if error is None else _error(error, words)]
    return " ".join([part for part in parts if part] + [source_of(edition, words)])


def _error(error: int, words: Words) -> str:
    if not error:
        return ""
    return words("Largest error from rounding: ±{n} observed cases.", n=error)


def _summary(
    title: str, units: pd.DataFrame, drawn: pd.DataFrame, blurred: int, words: Words
) -> str:
    if not len(drawn) and blurred:
        return words("{title}: rounded too coarsely to compare.", title=title)
    if not len(drawn):
        return words(
            "{title}: too thin to compare, no unit has four expected cases.",
            title=title,
        )
    return words(
        "{title}: {drawn} of {all} units compared; {loose} outside the 95% limits, "
        "{strict} outside the 99.8% limits.",
        title=title,
        drawn=len(drawn),
        all=len(units),
        loose=int(drawn["outside_95"].sum()),
        strict=int(drawn["outside_998"].sum()),
    )


def _table(drawn: pd.DataFrame, words: Words) -> pd.DataFrame:
    def yes(flag: bool) -> str:
        return words("yes") if flag else words("no")

    return pd.DataFrame(
        {
            words("Unit"): drawn["name"],
            words("Observed cases"): drawn["observed"],
            words("Expected cases"): drawn["expected"].round(1),
            words("Observed over expected"): drawn["ratio"].round(2),
            words("Outside 95%"): [yes(flag) for flag in drawn["outside_95"]],
            words("Outside 99.8%"): [yes(flag) for flag in drawn["outside_998"]],
        }
    )
