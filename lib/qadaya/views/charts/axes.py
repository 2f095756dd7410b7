"""Axes, whiskers and keys, drawn alike in every chart."""

from itertools import accumulate, pairwise
from typing import Any

import pandas as pd

from qadaya.views.charts.style import EDGE, INK, INK_2, LABEL, NOTE, RULE
from qadaya.views.prose.words import Words

NAMED, LINE_MORE = 22, 15  # px a named row, and for each further line of its name


def rows_of(names: list[str], more: int = LINE_MORE) -> tuple[list[float], int]:
    """Where the middle of each named row lies, from the top, and where they end, in px.

    A row is as high as its own name, of lines that `<br>` parts, and no higher; `more`:
    px of each further line.
    """
    heights = [NAMED + more * name.count("<br>") for name in names]
    ends = list(accumulate(heights, initial=0))
    return [(top + end) / 2 for top, end in pairwise(ends)], ends[-1]


def axis(words: Words, unit: str = "", **settings: Any) -> dict[str, Any]:
    """A quiet axis with its unit and a grid."""
    quiet = {
        "showline": False,
        "zeroline": True,
        "zerolinecolor": EDGE,
        "zerolinewidth": 1.25,
        "gridcolor": RULE,
        "gridwidth": 1,
        "automargin": True,
        "tickfont": {"size": NOTE + 1, "color": INK_2},
        "title": {
            "text": words.line(unit),
            "font": {"size": NOTE + 1, "color": INK_2},
            "standoff": 8,
        },
        "fixedrange": True,
    }
    return quiet | settings


def names_axis(words: Words, **settings: Any) -> dict[str, Any]:
    """An axis of names, on the side where reading begins."""
    plain = {
        "side": "right" if words.rtl else "left",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "ticklabelstandoff": 8,
        "fixedrange": True,
        "tickfont": {"size": LABEL, "color": INK},
    }
    return plain | settings


def cases_axis(far: float, words: Words) -> dict[str, Any]:
    """An axis of cases for bars that lie: from 0, mirrored in Arabic, room for figures.

    `far`: the largest count or upper limit that is drawn.
    """
    span = [0, far * 1.16]
    return axis(
        words,
        words("cases"),
        range=span[::-1] if words.rtl else span,
        tickformat="d",
        # Few and upright, so that they stay apart where the drawing is narrow.
        nticks=5 if far < 100 else 3,
        tickangle=0,
    )


def whiskers(
    low: pd.Series, n: pd.Series, high: pd.Series, color: str = INK
) -> dict[str, Any]:
    """The interval of each mark as an error bar; none where a limit is missing."""
    return {
        "type": "data",
        "symmetric": False,
        "array": (high - n).tolist(),
        "arrayminus": (n - low).tolist(),
        "visible": bool((high - low).notna().any()),
        "color": color,
        "thickness": 1.75,
        "width": 4,
    }


def key_below(y: float, words: Words) -> dict[str, Any]:
    """A key under the drawing, from the side where reading begins."""
    return {
        "orientation": "h",
        "x": 1 if words.rtl else 0,
        "xanchor": "right" if words.rtl else "left",
        "y": y,
        "yanchor": "top",
        "traceorder": "normal",
    }
