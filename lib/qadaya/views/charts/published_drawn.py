"""Panels of published series: one unit and one order of size in each."""

import pandas as pd
import plotly.graph_objects as go

from qadaya.views.charts.axes import axis, whiskers
from qadaya.views.charts.style import (
    CPS,
    INK,
    INK_2,
    NCMEC,
    NOTE,
    PAPER,
    TOTAL,
)
from qadaya.views.prose.published import printed_value, series_name, unit_name
from qadaya.views.prose.words import GROUPED_FROM, Words, broken

# From that year NCMEC bundles duplicate reports: nothing is joined across it.
BREAKS = {
    "ncmec_cybertipline_morocco": 2024,
    "ncmec_cybertipline_world": 2024,
}
LOOKS = ((NCMEC, "circle"), (CPS, "diamond"), (TOTAL, "square"), (INK_2, "triangle-up"))
SIGNS = {"circle": "●", "diamond": "◆", "square": "■", "triangle-up": "▲"}
# px of a first line and of one more, letters of a line; fits a page 320 px wide.
# Arabic letters stand higher and reach lower.
NAME_FIRST, NAME_MORE, NAME_WIDTH = {"rtl": 26, "ltr": 18}, 17, 26
MARK = 11  # px
MARK_ROOM = 7  # px between an axis and its figures, for marks that stand on it
APART = 8  # series with maxima further apart than this do not share a panel


def panels_of(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """One frame a panel: series of one unit and of one order of size."""
    panels: list[list[str]] = []
    peaks = rows.assign(peak=rows["value"].astype(float))
    peaks = peaks.groupby(["series", "unit"], sort=False)["peak"].max().reset_index()
    least: dict[str, tuple[int, float]] = {}
    for series, unit, peak in peaks.sort_values("peak").to_numpy().tolist():
        place = least.get(unit)
        if place is None or peak > APART * place[1]:
            panels.append([])
            least[unit] = place = (len(panels) - 1, peak)
        panels[place[0]].append(f"{series}|{unit}")
    keys = rows["series"] + "|" + rows["unit"]
    return [rows[keys.isin(panel)] for panel in panels]


def draw_panel(
    figure: go.Figure, panel: int, rows: pd.DataFrame, size: int, words: Words
) -> None:
    names = _room_of_names(rows, words)
    highest = rows["high"].fillna(rows["value"].astype(float)).max()
    top = float(highest) * 1.04 * size / (size - names)
    for place, code in enumerate(rows["series"].drop_duplicates()):
        color, symbol = LOOKS[place % len(LOOKS)]
        line = rows[rows["series"] == code]
        figure.add_trace(_joined(line, code, color), row=panel, col=1)
        figure.add_trace(_marks(line, code, color, symbol, words), row=panel, col=1)
        if BREAKS.get(code, 0) in set(line["year"]):
            _break(figure, BREAKS[code], panel, words)
    _names(figure, panel, rows, words)
    unit = unit_name(rows["unit"].iloc[0], words)
    figure.update_yaxes(
        axis(
            words,
            unit,
            range=[0, top],
            nticks=5,
            tickformat=",d" if highest >= GROUPED_FROM else "d",
            ticklabelstandoff=MARK_ROOM,
        ),
        row=panel,
        col=1,
    )


def _names(figure: go.Figure, panel: int, rows: pd.DataFrame, words: Words) -> None:
    """Each series named over the marks, with its mark, from the reading side."""
    above = 0
    for place, code in enumerate(rows["series"].drop_duplicates()):
        color, symbol = LOOKS[place % len(LOOKS)]
        lines = _name_lines(code, symbol, words)
        figure.add_annotation(
            text="<br>".join(map(words.line, lines)),
            x=1 if words.rtl else 0,
            xref="x domain",
            y=1,
            yref="y domain",
            yshift=-above,
            xanchor="right" if words.rtl else "left",
            yanchor="top",
            align="right" if words.rtl else "left",
            showarrow=False,
            bgcolor=PAPER,
            borderpad=0,
            font={"size": NOTE + 1, "color": color, "weight": 700},
            row=panel,
            col=1,
        )
        above += _height_of(lines, words)


def _name_lines(code: str, symbol: str, words: Words) -> list[str]:
    return broken(f"{SIGNS[symbol]} {series_name(code, words)}", NAME_WIDTH)


def _room_of_names(rows: pd.DataFrame, words: Words) -> int:
    """Pixels over the highest mark that the names of a panel take."""
    names = [
        _name_lines(code, "circle", words) for code in rows["series"].drop_duplicates()
    ]
    return MARK + sum(_height_of(lines, words) for lines in names)


def _height_of(lines: list[str], words: Words) -> int:
    first = NAME_FIRST["rtl" if words.rtl else "ltr"]
    return first + NAME_MORE * (len(lines) - 1)


def _break(figure: go.Figure, year: int, panel: int, words: Words) -> None:
    figure.add_vline(
        x=year - 0.5,
        line={"color": INK_2, "width": 1.5, "dash": "dash"},
        row=panel,
        col=1,
    )
    figure.add_annotation(
        text=words.line(words("Break in series")),
        x=year - 0.5,
        # Above the panel, where neither marks nor lines come.
        y=1,
        yref="y domain",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"size": NOTE, "color": INK},
        row=panel,
        col=1,
    )


def _joined(line: pd.DataFrame, code: str, color: str) -> go.Scatter:
    """A line from year to year; never through a conflict, a gap or a break."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    before = None
    for year, value, conflict in (
        line[["year", "value", "conflict"]].to_numpy().tolist()
    ):
        broken = before is None or year - before > 1 or year == BREAKS.get(code)
        if conflict:
            before = None
            continue
        if broken:
            xs.append(None)
            ys.append(None)
        xs.append(year)
        ys.append(float(value))
        before = year
    return go.Scatter(
        mode="lines",
        x=xs,
        y=ys,
        line={"color": color, "width": 1.25},
        opacity=0.5,
        hoverinfo="skip",
    )


def _marks(
    line: pd.DataFrame, code: str, color: str, symbol: str, words: Words
) -> go.Scatter:
    values = line["value"].astype(float)
    return go.Scatter(
        mode="markers",
        name=words.line(series_name(code, words)),
        x=line["year"],
        y=values,
        # open where sources disagree: both values are drawn
        marker={
            "color": color,
            "size": MARK,
            "symbol": [f"{symbol}-open" if c else symbol for c in line["conflict"]],
            "line": {"width": 1.5, "color": color},
        },
        error_y=whiskers(line["low"], values, line["high"], color),
        customdata=[
            [printed_value(text, words), publisher]
            for text, publisher in line[["as_printed", "publisher"]].to_numpy().tolist()
        ],
        hovertemplate="%{x}: %{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )
