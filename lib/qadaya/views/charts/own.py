"""The look of our charts for figures that a reader of the notebooks draws."""

from collections.abc import Iterator
from contextlib import contextmanager

import plotly.graph_objects as go
import plotly.io as pio

from qadaya.views.charts.style import (
    ACCENT,
    CPS,
    EDGE,
    INK,
    INK_2,
    LABEL,
    NCMEC,
    PAPER,
    RULE,
    SANS,
    TOTAL,
)

NAME = "qadaya"


@contextmanager
def house_style() -> Iterator[None]:
    """Within it plotly draws in our colours and type, unless it is told otherwise.

    A default that the reader has chosen stays.
    """
    pio.templates[NAME] = _template()
    before = pio.templates.default
    if before == "plotly":
        pio.templates.default = NAME
    try:
        yield
    finally:
        pio.templates.default = before


def _template() -> go.layout.Template:
    ruled = {"gridcolor": RULE, "zerolinecolor": EDGE, "linecolor": EDGE}
    text = {"tickfont": {"color": INK_2}, "title": {"font": {"color": INK_2}}}
    return go.layout.Template(
        layout={
            "colorway": [NCMEC, CPS, INK_2, TOTAL, ACCENT],
            "font": {"family": SANS, "size": LABEL, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "xaxis": ruled | text,
            "yaxis": ruled | text,
        }
    )
