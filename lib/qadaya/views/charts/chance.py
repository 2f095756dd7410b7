"""The picture of chance: what chance explains after a count, and what came.

Better than two overlapping intervals, which are a poor test of a difference.
"""

from math import isnan

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import Change
from qadaya.views.charts.axes import axis
from qadaya.views.charts.style import (
    ACCENT,
    ACCENT_SOFT,
    INK,
    INK_2,
    LABEL,
    NOTE,
    PAPER,
    TOTAL,
    Frame,
    finished,
)
from qadaya.views.prose.notes import source_of
from qadaya.views.prose.sentences import lead, say_chance_zone
from qadaya.views.prose.words import Words

HEIGHT = 90
# The zone ends below the labels: its edge crosses no year, however narrow the page.
MARKS, ZONE, LABELS, TOP = -0.25, 0.5, 1.0, 1.5


def chance_picture(
    change: Change, edition: Edition | None = None, *, language: str = "en"
) -> go.Figure:
    """The zone that chance can explain, with the earlier and the later count in it.

    `edition`: where the counts come from; None for published figures.
    """
    words = Words(language)
    down, up = change.detectable
    low = 0 if isnan(down) else int(down) + 1
    source = (
        source_of(edition, words)
        if edition is not None
        else words("Source: figures published by others, in the ledger.")
    )
    frame = Frame(
        title=say_chance_zone(change, language=language).rstrip("."),
        subject=words(
            "How big a change from {year} would count as real", year=change.before.year
        ),
        unit=words("Number of cases; shaded: cannot be told from chance")
        if change.unit == "cases"
        else words("Shaded: cannot be told from chance"),
        note=source,
        summary=lead(change, language=language),
        source=source,
        table=_table(change, low, int(up) - 1, words),
        synthetic=edition is not None and edition.synthetic,
        beside=True,
    )
    return finished(_drawn(change, low, int(up) - 1, words), frame, words)


def _drawn(change: Change, low: int, high: int, words: Words) -> go.Figure:
    before, after = change.before.n, change.after.n
    figure = go.Figure([_labels(change), _marks(before, after)])
    figure.add_shape(
        x0=low - 0.5,
        x1=high + 0.5,
        y0=-1,
        y1=ZONE,
        fillcolor=ACCENT_SOFT,
        layer="below",
        line={"color": TOTAL, "width": 1.25, "dash": "dot"},
    )
    figure.update_layout(
        showlegend=False,
        height=HEIGHT + 200,
        margin={"l": 24, "r": 24, "b": 44},
        xaxis=axis(
            words,
            _unit(change, words),
            range=[0, max(high, before, after) * 1.2 + 1],
            tickformat="d",
            tickfont={"size": NOTE, "color": INK_2},
        ),
        yaxis={"visible": False, "range": [-1, TOP], "fixedrange": True},
    )
    return figure


def _labels(change: Change) -> go.Scatter:
    counts = (change.before, change.after)
    return go.Scatter(
        mode="text",
        x=[count.n for count in counts],
        y=[LABELS] * 2,
        text=[f"{count.year}<br><b>{count.n}</b>" for count in counts],
        textposition=_sides(change),
        textfont={"size": LABEL, "color": INK},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _marks(before: int, after: int) -> go.Scatter:
    return go.Scatter(
        mode="markers",
        x=[before, after],
        y=[MARKS] * 2,
        marker={
            "size": [11, 13],
            "color": [PAPER, ACCENT],
            "symbol": ["circle", "circle"],
            "line": {"width": 2, "color": ACCENT},
        },
        cliponaxis=False,
        hovertemplate="%{x}<extra></extra>",
    )


def _sides(change: Change) -> list[str]:
    """Texts on the outer sides, so that close counts do not run together."""
    rising = change.after.n >= change.before.n
    sides = ["middle left", "middle right"]
    return sides if rising else sides[::-1]


def _unit(change: Change, words: Words) -> str:
    return {
        "cases": words("cases"),
        "persons": words("persons prosecuted"),
        "police_cases": words("police cases"),
        "reports": words("reports to NCMEC"),
    }[change.unit]


def _table(change: Change, low: int, high: int, words: Words) -> pd.DataFrame:
    rows = [
        (words("Count of {year}", year=change.before.year), change.before.n),
        (words("Count of {year}", year=change.after.year), change.after.n),
        (words("Fewest that chance can explain"), low),
        (words("Most that chance can explain"), high),
    ]
    return pd.DataFrame(rows, columns=[words("Meaning"), _unit(change, words)])
