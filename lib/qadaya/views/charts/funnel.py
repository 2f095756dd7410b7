"""Units beside each other with prediction limits, never as a league table.

Each unit is a dot with its name, in a fixed order, over the range that chance allows
it; the line through it is the 95 % interval over all that rounding leaves open.
Only units with four or more expected cases are drawn: below that neither side of the
limits can be reached. The others are counted in the note.
"""

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import LOOSE, STRICT, funnel_limits
from qadaya.views.charts.axes import axis, key_below, names_axis, rows_of, whiskers
from qadaya.views.charts.style import (
    ACCENT,
    EARLY,
    EDGE,
    INK,
    INK_2,
    LABEL,
    PAPER,
    TOTAL,
    Frame,
    finished,
    label_width,
    room_around,
)
from qadaya.views.frames.funnel import funnel_units
from qadaya.views.prose.funnel import notes, summary, table
from qadaya.views.prose.notes import denominator_note
from qadaya.views.prose.words import Words

LINE_OF_NAME = 17  # px: names of courts have four lines
KEY = 72  # px of the axis and of the key under it
TOP = 8
EMPTY = 160  # px of what says that nothing is drawn
NAME_WIDTH = 18  # letters of a line of a name
# By level, from the widest: colour and px of the range that chance allows.
BANDS = {STRICT: (PAPER, 9), LOOSE: (EARLY, 15)}


def funnel_plot(
    units: pd.DataFrame,
    edition: Edition,
    *,
    title: str,
    subject: str = "",
    denominator: str = "own_cases",
    beside: bool = False,
    language: str = "en",
    error: int = 0,
    blurred: int = 0,
    marked: str | None = None,
) -> go.Figure:
    """Observed over expected by unit, with prediction limits at 95 and 99.8 %.

    `units`: as for `funnel_units`; `title`: in the reader's language, a finding where
    `subject` says what is drawn; `denominator`: what the expected counts rest on
    ("own_cases", "children", "caseload"), to be named; `beside`: it may stand beside
    the answer of a page; `error`: the largest rounding error of an observed count,
    where `units` does not tell it; `blurred`: how many units are not among `units`
    because rounding leaves too much doubt about them; `marked`: the name of the unit
    to look at.
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
        unit=words("Observed over expected cases; bands: what chance allows"),
        notes=[
            *notes(units, drawn, blurred, words),
            denominator_note(denominator, words),
        ],
        summary=summary(subject or title, units, drawn, blurred, words),
        table=table(drawn, words),
    )
    figure = _drawn(drawn, blurred, marked, words)
    figure.update_layout(height=(figure.layout.height or EMPTY) + room_around(frame))
    return finished(figure, frame, words)


def _drawn(
    drawn: pd.DataFrame, blurred: int, marked: str | None, words: Words
) -> go.Figure:
    figure = go.Figure()
    if not len(drawn):
        _too_thin(figure, blurred, words)
        return figure
    names = [words.lines(name, NAME_WIDTH) for name in drawn["name"]]
    # Places, not names: two units may be called alike in a language.
    rows, end = rows_of(names, LINE_OF_NAME)
    for level in BANDS:
        figure.add_trace(_limits(drawn, rows, level, words))
    figure.add_vline(x=1, line={"color": INK_2, "width": 1}, layer="below")
    drawn = drawn.assign(row=rows)
    chosen = drawn["name"] == marked
    figure.add_traces(
        [
            _points(drawn[mask], name, colour, words)
            for mask, name, colour in (
                (~chosen, words("observed, 95% interval"), TOTAL),
                (chosen, words("of the court chosen"), ACCENT),
            )
            if mask.any()
        ]
    )
    highest = funnel_limits(drawn["expected"], STRICT).high.max()
    top = max(drawn["ratio_high_95"].max(), highest) * 1.05
    side = max(map(label_width, names)) + 20
    figure.update_layout(
        barmode="overlay",
        height=end + TOP + KEY,
        margin={"r" if words.rtl else "l": side, "t": TOP, "b": KEY},
        legend=key_below(-28 / end, words),
        xaxis=axis(words, range=[0, top]),
        yaxis=names_axis(words, tickvals=rows, ticktext=names, range=[end + 2, -2]),
    )
    return figure


def _limits(
    drawn: pd.DataFrame, rows: list[float], level: float, words: Words
) -> go.Bar:
    low, high = funnel_limits(drawn["expected"], level)
    fill, width = BANDS[level]
    percent = words.decimal(level * 100, 1 if level == STRICT else 0)
    name = words("chance, {percent}%", percent=percent)
    return go.Bar(
        orientation="h",
        name=words.line(name),
        y=rows,
        # Lists: of a base in packed numbers plotly makes nothing.
        base=list(low),
        x=list(high - low),
        width=width,
        marker={"color": fill, "line": {"width": 1, "color": EDGE}},
        hoverinfo="skip",
    )


def _points(drawn: pd.DataFrame, name: str, colour: str, words: Words) -> go.Scatter:
    outside = drawn["outside_998"].astype(bool)
    return go.Scatter(
        mode="markers",
        name=words.line(name),
        x=drawn["ratio"],
        y=drawn["row"].tolist(),
        error_x=whiskers(drawn["ratio_low_95"], drawn["ratio"], drawn["ratio_high_95"]),
        marker={
            "size": 11,
            "color": colour,
            "symbol": ["diamond" if flagged else "circle" for flagged in outside],
            "line": {"width": 1, "color": INK},
        },
        customdata=[
            [words.line(name), observed, words.decimal(expected, 1)]
            for name, observed, expected in drawn[
                ["name", "observed", "expected"]
            ].itertuples(index=False)
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]} / %{customdata[2]}"
        "<extra></extra>",
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
