"""Published national series beside each other, each unit in a panel of its own.

Court cases, police cases and reports to NCMEC are never on one axis. Where sources
disagree on a year both values are drawn, and no line is led through them.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from qadaya.errors import ParameterError
from qadaya.tables.inference import poisson_interval
from qadaya.tables.ledger import load_ledger
from qadaya.views.charts_style import (
    CPS,
    INK,
    INK_2,
    LINE,
    NCMEC,
    NOTE,
    TOTAL,
    Frame,
    Words,
    axis,
    finished,
    label_width,
)

# From that year NCMEC bundles duplicate reports: nothing is joined across it.
BREAKS = {
    "ncmec_cybertipline_morocco": 2024,
    "ncmec_cybertipline_world": 2024,
}
LOOKS = ((NCMEC, "circle"), (CPS, "diamond"), (TOTAL, "square"), (INK_2, "triangle-up"))
PANEL, NAME, GAP = 110, 26, 30  # px a panel, more for each series, and between two
APART = 8  # series with maxima further apart than this do not share a panel


def published_series(
    series: Sequence[tuple[str, str]],
    *,
    language: str = "en",
    ledger: pd.DataFrame | None = None,
) -> go.Figure:
    """Published figures over the years in panels of one unit, with 95 % intervals.

    Series of one unit share a panel unless one would flatten the other.

    `series`: pairs of a ledger series and its measure, such as
    ("child_pornography_total", "cases").
    Raises: ParameterError for a pair that the ledger does not hold, or a percentage.
    """
    words = Words(language)
    figures = load_ledger() if ledger is None else ledger
    rows = _chosen(figures, series)
    panels = _panels(rows)
    sizes = [PANEL + NAME * one["series"].nunique() for one in panels]
    figure = make_subplots(
        len(panels),
        1,
        shared_xaxes=True,
        vertical_spacing=GAP / (sum(sizes) + GAP * len(sizes)),
        row_heights=sizes,
    )
    for place, (one, size) in enumerate(zip(panels, sizes, strict=True), start=1):
        _panel(figure, place, one, size, words)
    years = sorted(rows["year"].unique().tolist())
    side = max(label_width(_short(code, words)) for code in rows["series"].unique())
    figure.update_layout(
        showlegend=False,
        height=sum(sizes) + GAP * len(sizes) + 190,
        margin={"l": 72, "r": side + 8, "b": 36},
    )
    figure.update_xaxes(
        axis(
            words,
            tickvals=years,
            range=[years[0] - 0.5, years[-1] + 0.5],
            showgrid=False,
            zeroline=False,
        )
    )
    title = words("Published national figures, {years}", years=words.years(years))
    frame = Frame(
        title=title,
        unit=words("One panel a unit: units are never added or compared"),
        note=_note(rows, words),
        summary=_summary(title, rows, words),
        source=words(
            "Source: the ledger of published figures, {n} sources.",
            n=rows["source_id"].nunique(),
        ),
        table=_table(rows, words),
        synthetic=False,
    )
    return finished(figure, frame, words)


def unit_name(unit: str, words: Words) -> str:
    """The words for a unit of the ledger."""
    return {
        "cases": words("court cases"),
        "persons": words("persons prosecuted"),
        "victims": words("victims"),
        "police_cases": words("police cases"),
        "arrested": words("persons arrested"),
        "reports": words("reports to NCMEC"),
        "incidents": words("incidents reported to NCMEC"),
        "police_reports": words("reports to E-Blagh"),
        "suspects": words("suspects"),
    }[unit]


def series_name(series: str, words: Words) -> str:
    """The words for a series of the ledger; its code where it has none."""
    return {
        "child_pornography_total": words("child pornography"),
        "child_pornography_incitement": words("child pornography: incitement"),
        "child_pornography_production": words("child pornography: production"),
        "cybercrime_total": words("offences by modern means, total"),
        "sextortion": words("sextortion"),
        "sexual_harassment": words("sexual harassment"),
        "online_fraud": words("online fraud"),
        "incitement": words("incitement by electronic means"),
        "data_theft": words("data theft"),
        "data_systems_total": words("offences against data systems"),
        "platform_ncmec_cps_detected": words("detected through NCMEC and CPS"),
        "platform_ncmec_cps_prosecutions": words("of which prosecuted"),
        "child_violence_total": words("violence against children"),
        "child_sexual_assault": words("sexual assault on children"),
        "dgsn_sextortion": words("sextortion, police"),
        "dgsn_cyber_extortion": words("cyber-extortion, police"),
        "ncmec_cybertipline_morocco": words("reports placed in Morocco"),
        "ncmec_cybertipline_world": words("reports, world"),
    }.get(series, series)


def _chosen(figures: pd.DataFrame, series: Sequence[tuple[str, str]]) -> pd.DataFrame:
    parts = []
    for name, measure in series:
        rows = figures[(figures["series"] == name) & (figures["measure"] == measure)]
        if rows.empty or measure == "percent":
            raise ParameterError(
                f"{name} ({measure}): the ledger has no such counts; "
                "expected a series and measure of load_ledger(), not a percentage"
            )
        parts.append(rows)
    if not parts:
        raise ParameterError("series is empty; expected at least one pair")
    chosen = pd.concat(parts, ignore_index=True)
    distinct = chosen.drop_duplicates(["series", "measure", "year", "value"]).copy()
    several = distinct.groupby(["series", "measure", "year"])["value"]
    distinct["conflict"] = several.transform("nunique") > 1
    limits = poisson_interval(distinct["value"].astype(float))
    distinct["low"], distinct["high"] = limits
    return distinct.sort_values(["series", "year"], ignore_index=True)


def _panels(rows: pd.DataFrame) -> list[pd.DataFrame]:
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


def _panel(
    figure: go.Figure, panel: int, rows: pd.DataFrame, size: int, words: Words
) -> None:
    top = float(rows["high"].max()) * 1.08
    for place, code in enumerate(rows["series"].drop_duplicates()):
        color, symbol = LOOKS[place % len(LOOKS)]
        line = rows[rows["series"] == code]
        figure.add_trace(_joined(line, code, color), row=panel, col=1)
        figure.add_trace(_marks(line, code, color, symbol, words), row=panel, col=1)
        if BREAKS.get(code, 0) in set(line["year"]):
            _break(figure, BREAKS[code], panel, words)
    _names(figure, panel, rows, top / size, words)
    unit = unit_name(rows["unit"].iloc[0], words)
    figure.update_yaxes(
        axis(words, unit, range=[0, top], nticks=5, tickformat=",d"), row=panel, col=1
    )


def _names(
    figure: go.Figure, panel: int, rows: pd.DataFrame, pixel: float, words: Words
) -> None:
    """Each series named beside its last value; names that would touch move apart."""
    looks = {
        code: LOOKS[place % len(LOOKS)][0]
        for place, code in enumerate(rows["series"].drop_duplicates())
    }
    last = rows.groupby("series").tail(1).assign(at=lambda t: t["value"].astype(float))
    floor = 0.0
    for code, at in last.sort_values("at")[["series", "at"]].to_numpy().tolist():
        text = _short(code, words)
        half = (text.count("<br>") + 1) * NOTE * LINE / 2 * pixel
        middle = max(at, floor + half)
        floor = middle + half
        figure.add_annotation(
            text=text,
            x=1,
            xref="x domain",
            y=middle,
            xanchor="left",
            yanchor="middle",
            align="left",
            showarrow=False,
            font={"size": NOTE + 1, "color": looks[code], "weight": 700},
            row=panel,
            col=1,
        )


def _short(series: str, words: Words) -> str:
    return words.lines(series_name(series, words), 16)


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
        y=0,
        xanchor="right",
        yanchor="bottom",
        textangle=-90,
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
            "size": 11,
            "symbol": [f"{symbol}-open" if c else symbol for c in line["conflict"]],
            "line": {"width": 1.5, "color": color},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (line["high"] - values).tolist(),
            "arrayminus": (values - line["low"]).tolist(),
            "color": color,
            "thickness": 1.5,
            "width": 4,
        },
        customdata=line[["as_printed", "publisher"]].to_numpy().tolist(),
        hovertemplate="%{x}: %{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )


def _note(rows: pd.DataFrame, words: Words) -> str:
    parts = []
    if (rows["unit"] == "reports").any():
        parts.append(
            words("The number of reports measures reporting; it is not prevalence.")
        )
    if rows["conflict"].any():
        parts.append(words("Open marks: sources disagree, both values are drawn."))
    if rows["lower_bound"].any():
        parts.append(words("Some values are printed as lower bounds."))
    parts.append(
        words(
            "Source: the ledger of published figures, {n} sources.",
            n=rows["source_id"].nunique(),
        )
    )
    return " ".join(parts)


def _summary(title: str, rows: pd.DataFrame, words: Words) -> str:
    listed = []
    for pair, line in rows.groupby(["series", "unit"], sort=False):
        code, unit = map(str, pair)
        values = ", ".join(f"{row.year}: {row.as_printed}" for row in line.itertuples())
        listed.append(
            words(
                "{series} ({unit}): {values}.",
                series=series_name(code, words),
                unit=unit_name(unit, words),
                values=values,
            )
        )
    return " ".join([f"{title}.", *listed])


def _table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    def yes(flag: bool) -> str:
        return words("yes") if flag else words("no")

    return pd.DataFrame(
        {
            words("Series"): [series_name(code, words) for code in rows["series"]],
            words("Year"): rows["year"],
            words("Unit"): [unit_name(unit, words) for unit in rows["unit"]],
            words("Value as printed"): rows["as_printed"],
            words("95% interval, from"): rows["low"].round(1),
            words("95% interval, to"): rows["high"].round(1),
            words("Sources disagree"): [yes(flag) for flag in rows["conflict"]],
            words("Publisher"): rows["publisher"],
        }
    )
