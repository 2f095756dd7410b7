"""Published national series beside each other, each unit in a panel of its own.

Court cases, police cases and reports to NCMEC are never on one axis. Where sources
disagree on a year both values are drawn, and no line is led through them.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from qadaya.errors import ParameterError
from qadaya.inference import poisson_interval
from qadaya.ledger import load_ledger
from qadaya.ledger.figures import without_roundings
from qadaya.views.charts.axes import axis
from qadaya.views.charts.published_drawn import MARK_ROOM, draw_panel, panels_of
from qadaya.views.charts.style import Frame, finished
from qadaya.views.prose.findings import say_last_steps
from qadaya.views.prose.published import printed_value, series_name, unit_name
from qadaya.views.prose.table import quoted
from qadaya.views.prose.words import Words

PANEL, NAME, GAP = 110, 30, 34  # px a panel, more for each series, and between two
NO_EVENTS = ("reports", "incidents")
FEW_YEARS = 5  # each is named on a page 320 px wide


def published_series(
    series: Sequence[tuple[str, str]],
    *,
    language: str = "en",
    ledger: pd.DataFrame | None = None,
) -> go.Figure:
    """Published figures over the years in panels of one unit, with 95 % intervals.

    Series of one unit share a panel unless one would flatten the other. Reports, bounds
    and rounded figures have no interval.

    `series`: pairs of a ledger series and its measure, such as
    ("child_pornography_total", "cases").
    Raises: ParameterError for a pair that the ledger does not hold, or a percentage.
    """
    words = Words(language)
    figures = load_ledger() if ledger is None else ledger
    rows = _chosen(figures, series)
    panels = panels_of(rows)
    sizes = [PANEL + NAME * panel["series"].nunique() for panel in panels]
    figure = make_subplots(
        len(panels),
        1,
        shared_xaxes=True,
        vertical_spacing=GAP / (sum(sizes) + GAP * len(sizes)),
        row_heights=sizes,
    )
    for place, (panel, size) in enumerate(zip(panels, sizes, strict=True), start=1):
        draw_panel(figure, place, panel, size, words)
    years = sorted(rows["year"].unique().tolist())
    figure.update_layout(
        showlegend=False,
        height=sum(sizes) + GAP * len(sizes) + 190,
        margin={"l": 72, "r": 16, "b": 36},
    )
    figure.update_xaxes(
        axis(
            words,
            **_named_years(years),
            tickangle=0,
            tickformat="d",
            range=[years[0] - 0.5, years[-1] + 0.5],
            showgrid=False,
            zeroline=False,
            ticklabelstandoff=MARK_ROOM,
        )
    )
    title = words("Published national figures, {years}", years=words.years(years))
    finding = say_last_steps(rows, words)
    frame = Frame(
        title=finding or title,
        subject=title if finding else "",
        unit=words("One panel a unit: units are never added or compared"),
        note=_note(rows, words),
        summary=_summary(title, rows, words),
        source=words(
            "Source: the ledger of published figures, {n} sources.",
            n=rows["source_id"].nunique(),
        ),
        table=_table(rows, words),
        synthetic=False,
        published=True,
    )
    return finished(figure, frame, words)


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
    chosen = without_roundings(pd.concat(parts, ignore_index=True))
    distinct = chosen.drop_duplicates(["series", "measure", "year", "value"]).copy()
    several = distinct.groupby(["series", "measure", "year"])["value"]
    distinct["conflict"] = several.transform("nunique") > 1
    # Of a bound, of a rounded figure and of reports, which are no independent events,
    # nobody can say what chance allows.
    known = ~(distinct["lower_bound"] | distinct["rounded"])
    known &= ~distinct["unit"].isin(NO_EVENTS)
    limits = poisson_interval(distinct["value"].astype(float))
    distinct["low"] = pd.Series(limits.low, distinct.index).where(known)
    distinct["high"] = pd.Series(limits.high, distinct.index).where(known)
    return distinct.sort_values(["series", "year"], ignore_index=True)


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
    if rows["low"].isna().any() and rows["low"].notna().any():
        parts.append(words("A bound and a rounded figure have no interval."))
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
        values = words("; ").join(
            words(
                "{year}: {n}",
                year=row.year,
                n=printed_value(str(row.as_printed), words),
            )
            for row in line.itertuples()
        )
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

    table = pd.DataFrame(
        {
            words("Series"): [series_name(code, words) for code in rows["series"]],
            words("Year"): rows["year"],
            words("Unit"): [unit_name(unit, words) for unit in rows["unit"]],
            words("Value as printed"): [
                printed_value(text, words) for text in rows["as_printed"]
            ],
            words("95% interval, from"): rows["low"].round(1),
            words("95% interval, to"): rows["high"].round(1),
            words("Sources disagree"): [yes(flag) for flag in rows["conflict"]],
            words("Publisher"): quoted(rows["publisher"]),
        }
    )
    return (
        table if rows["low"].notna().any() else table.drop(columns=table.columns[4:6])
    )


def _named_years(years: list[int]) -> dict[str, Any]:
    """Each year, or as many as stand upright on a page as wide as it is."""
    if len(years) <= FEW_YEARS:
        return {"tickvals": years}
    return {"tickmode": "auto"}
