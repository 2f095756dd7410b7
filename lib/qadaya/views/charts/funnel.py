"""Units beside each other as a funnel with prediction limits, never as a league table.

Only units with four or more expected cases are drawn: below that neither side of the
limits can be reached. The others are counted in the note, not shown as points. A bar
through a point is what rounding leaves open about it.
"""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from qadaya.tables.edition import Edition
from qadaya.tables.inference import (
    MINIMUM_EXPECTED,
    false_flags,
    funnel_limits,
    overdispersion,
)
from qadaya.views.charts.flags import STRICT, funnel_units, spread_range
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
    source_of,
)

LINES = {0.95: ("dash", 1.25), STRICT: ("solid", 1.5)}


def funnel_plot(
    units: pd.DataFrame,
    edition: Edition,
    *,
    title: str,
    language: str = "en",
    error: int = 0,
    blurred: int = 0,
    marked: str | None = None,
) -> go.Figure:
    """A funnel of observed over expected with prediction limits at 95 and 99.8 %.

    `units`: as for `funnel_units`; `title`: the subject, in the reader's language;
    `error`: the largest rounding error of an observed count, where `units` does not
    tell it; `blurred`: how many units are not among `units` because rounding leaves too
    much doubt about them; `marked`: the name of the unit to look at.
    Raises: ParameterError for a frame without name, observed and expected.
    """
    words = Words(language)
    drawn = funnel_units(units if "error" in units else units.assign(error=error))
    frame = Frame(
        title=title,
        unit=words("Observed over expected cases; lines: what chance allows"),
        note=_note(units, drawn, edition, blurred, words),
        summary=_summary(title, units, drawn, blurred, words),
        source=source_of(edition, words),
        table=_table(drawn, words),
        synthetic=edition.synthetic,
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
        textposition="top center",
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
        "visible": _rounded(drawn),
        "color": INK_2,
        "thickness": 1.25,
        "width": 4,
    }


def _rounded(drawn: pd.DataFrame) -> bool:
    return bool((drawn["ratio_high"] > drawn["ratio_low"]).any())


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
                loose=flags_by_chance(len(drawn), 0.95, words),
                strict=flags_by_chance(len(drawn), STRICT, words),
            )
        )
        parts.append(_spread(drawn, words))
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
                "{n} unit is not drawn: rounding could carry it across the funnel.",
                "{n} units are not drawn: rounding could carry them across the funnel.",
                blurred,
            )
        )
    if _rounded(drawn):
        error = int((drawn["most"] - drawn["observed"]).max())
        parts.append(
            words(
                "Largest error from rounding: ±{n} observed cases; the bars cover it.",
                n=error,
            )
        )
    return " ".join([*parts, source_of(edition, words)])


def _spread(drawn: pd.DataFrame, words: Words) -> str:
    value = words.decimal(overdispersion(drawn["observed"], drawn["expected"]), 1)
    if not _rounded(drawn):
        return words(
            "Overdispersion {value} (1 = chance alone); limits are not widened.",
            value=value,
        )
    low, high = spread_range(drawn)
    return words(
        "Overdispersion {value} as rounded, {span} as it may be in truth (1 = chance "
        "alone); limits are not widened.",
        value=value,
        span=words.between(low, high, 1),
    )


def flags_by_chance(units: int, level: float, words: Words) -> str:
    """How many of so many units chance alone puts outside, as it is printed."""
    found = false_flags(units, level)
    # As many digits as it takes: "up to 0.00" would promise that there is none.
    digits = next((n for n in (1, 2) if found >= 0.5 * 10**-n), 3)
    return words.decimal(found, digits)


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
    text = words(
        "{title}: {drawn} of {all} units compared; {loose} outside the 95% limits, "
        "{strict} outside the 99.8% limits.",
        title=title,
        drawn=len(drawn),
        all=len(units) + blurred,
        loose=int(drawn["outside_95"].sum()),
        strict=int(drawn["outside_998"].sum()),
    )
    return " ".join([text, *left_open(drawn, words)])


def left_open(drawn: pd.DataFrame, words: Words) -> list[str]:
    """How many units rounding leaves open, in a sentence where there are any."""
    if not drawn["open_95"].any():
        return []
    return [
        words(
            "Rounding leaves open: {loose} at 95%, {strict} at 99.8%.",
            loose=int(drawn["open_95"].sum()),
            strict=int(drawn["open_998"].sum()),
        )
    ]


def _table(drawn: pd.DataFrame, words: Words) -> pd.DataFrame:
    def stands(column: str) -> list[str]:
        flags = zip(drawn[f"outside_{column}"], drawn[f"open_{column}"], strict=True)
        return [
            words("open: rounded") if opened else words("yes") if out else words("no")
            for out, opened in flags
        ]

    table = {
        words("Unit"): drawn["name"],
        words("Observed cases"): drawn["observed"],
        words("Expected cases"): drawn["expected"].round(1),
        words("Observed over expected"): drawn["ratio"].round(2),
    }
    if _rounded(drawn):
        table |= {
            words("Ratio that rounding allows, from"): drawn["ratio_low"].round(2),
            words("Ratio that rounding allows, to"): drawn["ratio_high"].round(2),
        }
    return pd.DataFrame(
        table
        | {
            words("Outside 95%"): stands("95"),
            words("Outside 99.8%"): stands("998"),
        }
    )
