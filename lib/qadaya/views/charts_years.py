"""Cases over the years, by platform or in all, with intervals and breaks in the series.

The circular of 14 April 2023 asked for 2021 and 2022 at once and for every later case
as it came: what was gathered afterwards and what was reported as it came are not one
series, so no line crosses from 2022 to 2023.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qadaya.tables.edition import Edition
from qadaya.tables.inference import CIRCULAR_YEAR, Change, YearCount
from qadaya.views.charts_states import twin_rows
from qadaya.views.charts_style import (
    EARLY,
    INK,
    INK_2,
    INK_3,
    LABEL,
    NOTE,
    SERIES,
    Frame,
    Words,
    axis,
    finished,
    label_width,
    rounding_note,
    source_of,
)
from qadaya.views.counts import cases_table, rounding_error
from qadaya.vocabulary import label

HEIGHT = 300
SHIFT = 0.09  # of a year, so that whiskers do not stand on each other


def cases_by_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by year and platform with 95 % chance intervals and the break of 2023.

    Cases that came through both platforms are a line of their own where there are any.
    """
    words = Words(language)
    counts = cases_table(edition, by=["platform", "year"], measure=measure, years=years)
    error = rounding_error(
        edition, by=["platform", "year"], measure=measure, years=years
    )
    used = counts.groupby("platform")["n"].transform("sum") > 0
    # Both platforms of the circular stay, also with no case at all.
    counts = counts[used | counts["platform"].isin(["NCMEC", "CPS"])]
    kind = label("measure", measure, language)
    title = words("{measure} by year and platform", measure=kind)
    return _years_chart(edition, counts, title, error, words)


def total_by_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by year over all platforms, with 95 % chance intervals and the break."""
    words = Words(language)
    counts = cases_table(edition, by=["year"], measure=measure, years=years)
    counts = counts.assign(platform="total")
    error = rounding_error(edition, by=["year"], measure=measure, years=years)
    kind = label("measure", measure, language)
    title = words("{measure} by year", measure=kind)
    return _years_chart(edition, counts, title, error, words)


def _years_chart(
    edition: Edition,
    counts: pd.DataFrame,
    title: str,
    error: int | None,
    words: Words,
) -> go.Figure:
    counts = counts.reset_index(drop=True)
    counts["name"] = [_series_name(code, words) for code in counts["platform"]]
    figure = go.Figure()
    series = counts["platform"].drop_duplicates().tolist()
    for place, code in enumerate(series):
        offset = (place - (len(series) - 1) / 2) * 2 * SHIFT
        rows = counts[counts["platform"] == code]
        figure.add_traces(_series(rows, code, offset, words))
    top = float(counts[["n", "high"]].max().max() or 1)
    _name_at_the_end(figure, counts, top, len(series), words)
    _layout(figure, counts, top, words)
    names = {words("Platform"): counts["name"], words("Year"): counts["year"]}
    frame = Frame(
        title=title,
        unit=words("Number of cases; the line is the 95% chance interval"),
        note=f"{rounding_note(error, words)} {source_of(edition, words)}".strip(),
        summary=_summary(title, counts, error, words),
        source=source_of(edition, words),
        table=twin_rows(counts, names, edition, error, words),
        synthetic=edition.synthetic,
    )
    return finished(figure, frame, words)


def _series_name(code: str, words: Words) -> str:
    if code == "total":
        return words("All platforms")
    return label("platform", code, words.language)


def _series(
    rows: pd.DataFrame, code: str, offset: float, words: Words
) -> list[go.Scatter]:
    """The joining lines, never across the break, then marks with whiskers."""
    color, symbol, dash = SERIES[code]
    numbers = rows[rows["n"].notna()]
    at = (numbers["year"] + offset).tolist()
    name = words.line(_series_name(code, words))
    joined = go.Scatter(
        mode="lines",
        name=name,
        x=_broken(numbers["year"].tolist(), at),
        y=_broken(numbers["year"].tolist(), numbers["n"].tolist()),
        line={"color": color, "width": 1.25, "dash": dash},
        opacity=0.5,
        connectgaps=False,
        hoverinfo="skip",
    )
    return [joined, _marks(numbers, at, name, color, symbol, words)]


def _marks(
    numbers: pd.DataFrame,
    at: list[float],
    name: str,
    color: str,
    symbol: str,
    words: Words,
) -> go.Scatter:
    zero = numbers["state"] == "zero"
    return go.Scatter(
        mode="markers+text",
        name=name,
        x=at,
        y=numbers["n"].tolist(),
        text=[f"{n:.0f} " for n in numbers["n"]],
        textposition="middle left",
        textfont={"size": LABEL, "color": color, "weight": 700},
        marker={
            "color": color,
            "symbol": [f"{symbol}-open" if empty else symbol for empty in zero],
            "size": 13,
            "line": {"width": 1.5, "color": color},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (numbers["high"] - numbers["n"]).tolist(),
            "arrayminus": (numbers["n"] - numbers["low"]).tolist(),
            "color": color,
            "thickness": 1.75,
            "width": 4,
        },
        customdata=[
            [year, words.span(low, high, 1)]
            for year, low, high in zip(
                numbers["year"], numbers["low"], numbers["high"], strict=True
            )
        ],
        hovertemplate=name
        + " %{customdata[0]}: %{y} (95%: %{customdata[1]})<extra></extra>",
        cliponaxis=False,
    )


def _broken(years: list[int], values: list[float]) -> list[float | None]:
    """The same values with a gap where the series breaks or a year is missing."""
    joined: list[float | None] = []
    for place, (year, value) in enumerate(zip(years, values, strict=True)):
        before = years[place - 1] if place else year
        if year - before > 1 or before < CIRCULAR_YEAR <= year:
            joined.append(None)
        joined.append(value)
    return joined


def _name_at_the_end(
    figure: go.Figure, counts: pd.DataFrame, top: float, series: int, words: Words
) -> None:
    """Name each series where it ends; names that would touch are moved apart."""
    if series < 2:
        return
    last = counts[counts["n"].notna()].groupby("platform").tail(1).sort_values("n")
    step, floor = top * 0.09, 0.0
    for row in last.itertuples():
        floor = max(float(row.n), floor)
        figure.add_annotation(
            text=words.line(row.name),
            x=row.year + SHIFT * series + 0.05,
            y=floor,
            xanchor="left",
            yanchor="middle",
            showarrow=False,
            font={"size": LABEL, "color": SERIES[row.platform][0], "weight": 700},
        )
        floor += step


def _layout(figure: go.Figure, counts: pd.DataFrame, top: float, words: Words) -> None:
    years = sorted(counts["year"].unique().tolist())
    names = [words.line(name) for name in counts["name"].unique()]
    end = max(map(label_width, names)) + 8 if len(names) > 1 else 16
    figure.update_layout(
        showlegend=False,
        height=HEIGHT + 190,
        margin={"l": 48, "r": end, "t": 38, "b": 56},
        xaxis=axis(
            words,
            tickvals=years,
            ticktext=[_year_tick(counts, year, words) for year in years],
            range=[years[0] - 0.5, years[-1] + 0.5],
            showgrid=False,
            zeroline=False,
        ),
        yaxis=axis(
            words,
            words("cases"),
            range=[0, top * 1.08],
            tickformat="d",
            nticks=6,
        ),
    )
    _absent_years(figure, counts, words)
    if years[0] < CIRCULAR_YEAR <= years[-1]:
        draw_break(
            figure,
            CIRCULAR_YEAR - 0.5,
            words("Break in series"),
            words("circular of 14 April 2023"),
            words,
            start=years[0] - 0.5,
            before=words("gathered afterwards"),
        )


def _year_tick(counts: pd.DataFrame, year: int, words: Words) -> str:
    row = counts[counts["year"] == year].iloc[0]
    received = words(
        "{reported} of {expected} reported",
        reported=row["reported"],
        expected=row["expected"],
    )
    return f"<b>{year}</b><br>" + words.line(received)


def _absent_years(figure: go.Figure, counts: pd.DataFrame, words: Words) -> None:
    """A year without a number says so in its place; it is neither gap nor zero."""
    states = counts.groupby("year")["state"].agg(lambda found: set(found))
    for year, found in states.items():
        if found & {"value", "zero"}:
            continue
        text = "[c]" if "hidden" in found else words("not reported")
        figure.add_annotation(
            text=words.line(text),
            x=year,
            y=0,
            yanchor="bottom",
            showarrow=False,
            textangle=-90,
            font={"size": NOTE, "color": INK_2},
        )


def draw_break(
    figure: go.Figure,
    at: float,
    name: str,
    reason: str,
    words: Words,
    *,
    start: float,
    before: str = "",
    **place: Any,
) -> None:
    """A dashed upright line with its name, over a tinted ground before it."""
    figure.add_vrect(
        x0=start,
        x1=at,
        fillcolor=EARLY,
        opacity=1,
        layer="below",
        line_width=0,
        **place,
    )
    figure.add_vline(x=at, line={"color": INK_3, "width": 1.5, "dash": "dash"}, **place)
    figure.add_annotation(
        text=f"<b>{words.line(name)}</b><br>{words.line(reason)}",
        x=at,
        y=1,
        yref="y domain",
        yanchor="bottom",
        showarrow=False,
        font={"size": NOTE, "color": INK},
        **place,
    )
    if before:
        figure.add_annotation(
            text=words.line(before),
            x=start,
            y=1,
            yref="y domain",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": NOTE, "color": INK_3},
            **place,
        )


def _summary(title: str, counts: pd.DataFrame, error: int | None, words: Words) -> str:
    parts = [f"{title}."]
    for name, rows in counts.groupby("name", sort=False):
        known = rows[rows["n"].notna()]
        listed = ", ".join(f"{row.year}: {row.n:.0f}" for row in known.itertuples())
        parts.append(words("{series}: {counts}.", series=name, counts=listed))
        if len(known) > 1 and error is not None:
            parts.append(_last_change(known, error, words))
    return " ".join(parts)


def _last_change(known: pd.DataFrame, error: int, words: Words) -> str:
    before, after = (
        YearCount(int(year), int(n), error)
        for year, n in known[["year", "n"]].tail(2).to_numpy()
    )
    change = Change(before, after)
    p = words.p_value(float(change.test.p))
    if change.verdict == "chance":
        return words("The last change cannot be told from chance ({p}).", p=p)
    if change.verdict == "open":
        return words("Rounding leaves open whether chance explains the last change.")
    return words("The last change is larger than chance explains ({p}).", p=p)
