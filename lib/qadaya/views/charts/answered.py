"""How complete the years are: the courts that reported, of those that existed."""

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition, completeness
from qadaya.views.charts.axes import axis, names_axis
from qadaya.views.charts.bars import ROW
from qadaya.views.charts.style import (
    EDGE,
    INK,
    LABEL,
    PAPER,
    TOTAL,
    Frame,
    finished,
)
from qadaya.views.prose.findings import say_completeness
from qadaya.views.prose.words import Words


def returns_by_year(edition: Edition, *, language: str = "en") -> go.Figure:
    """The courts that reported for each year, within those that existed in it.

    Unit: courts. The counts are exact in every edition.
    """
    words = Words(language)
    counts = pd.DataFrame(
        [(year, *completeness(edition, year)) for year in edition.years],
        columns=["year", "reported", "expected"],
    )
    title = words("Courts that reported, by year")
    finding = say_completeness(counts, words)
    frame = Frame.of_edition(
        edition,
        words,
        title=finding or title,
        subject=title if finding else "",
        unit=words("Number of courts; outlined: those that existed"),
        notes=[],
        summary=_summary(title, counts, words),
        table=_table(counts, words),
        beside=True,
    )
    return finished(_drawn(counts, words), frame, words)


def _drawn(counts: pd.DataFrame, words: Words) -> go.Figure:
    years = [str(year) for year in counts["year"]]
    far = float(counts["expected"].max() or 1)
    figure = go.Figure(
        [
            _bars(years, counts["expected"], PAPER),
            _bars(years, counts["reported"], TOTAL),
            go.Scatter(
                mode="text",
                y=years,
                x=counts["expected"].tolist(),
                text=[f" {text} " for text in _parts(counts, words)],
                textposition="middle left" if words.rtl else "middle right",
                textfont={"size": LABEL, "color": INK, "weight": 700},
                cliponaxis=False,
                hoverinfo="skip",
            ),
        ]
    )
    span = [0, far * 1.45]
    figure.update_layout(
        showlegend=False,
        barmode="overlay",
        bargap=0.32,
        height=len(years) * ROW + 190,
        margin={"r" if words.rtl else "l": 60, "b": 44},
        xaxis=axis(
            words,
            words("courts"),
            range=span[::-1] if words.rtl else span,
            tickformat="d",
        ),
        yaxis=names_axis(
            words,
            type="category",
            dtick=1,
            categoryorder="array",
            categoryarray=years[::-1],
        ),
    )
    return figure


def _bars(years: list[str], n: pd.Series, color: str) -> go.Bar:
    return go.Bar(
        orientation="h",
        y=years,
        x=n.tolist(),
        marker={"color": color, "line": {"width": 1, "color": EDGE}},
        hovertemplate="%{y}: %{x}<extra></extra>",
    )


def _parts(counts: pd.DataFrame, words: Words) -> list[str]:
    pairs = counts[["reported", "expected"]].to_numpy().tolist()
    return [
        words.line(words("{reported} of {expected}", reported=came, expected=due))
        for came, due in pairs
    ]


def _summary(title: str, counts: pd.DataFrame, words: Words) -> str:
    sentences = [
        words(
            "{year}: {n} of {expected}.",
            year=int(row["year"]),
            n=int(row["reported"]),
            expected=int(row["expected"]),
        )
        for row in counts.to_dict("records")
    ]
    return " ".join([f"{title}.", *sentences])


def _table(counts: pd.DataFrame, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("Year"): counts["year"],
            words("Courts that reported"): counts["reported"],
            words("Courts that existed"): counts["expected"],
        }
    )
