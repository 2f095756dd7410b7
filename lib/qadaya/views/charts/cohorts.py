"""Charts of cohorts: where their cases stand, and how much of them is decided."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.views.charts.axes import axis, key_below
from qadaya.views.charts.style import (
    ACCENT,
    EDGE,
    HATCH,
    HEAT,
    HEAT_INK,
    INK,
    INK_2,
    LABEL,
    NOTE,
    PAPER,
    RULE,
    SANS,
    Frame,
    finished,
)
from qadaya.views.frames.cohorts import STANDINGS, cohort_counts
from qadaya.views.frames.history import maturity
from qadaya.views.prose.cohorts import standing_name
from qadaya.views.prose.findings import say_first_and_last_share, say_pending
from qadaya.views.prose.notes import rounded_note
from qadaya.views.prose.words import Words
from qadaya.vocabulary import INTERNAL

# Shade and pattern differ together; what is pending is hatched.
LOOKS = {
    "under_investigation": (PAPER, "."),
    "closed": (HATCH, ""),
    "referred": (RULE, "x"),
    "awaiting_judgment": (PAPER, "/"),
    "judged": (HEAT[0], ""),
    "appeal_pending": (HEAT[0], "/"),
    "appeal_decided": (HEAT[1], ""),
    "cassation_pending": (HEAT[1], "/"),
    "cassation_decided": (HEAT[2], ""),
}
# px a bar; room for a year; a line of the key
BAR, SIDE, KEY_LINE = 46, 62, 19


def cohort_standings(edition: Edition, *, language: str = "en") -> go.Figure:
    """Each year's cases as one bar, divided by where they stand today."""
    words = Words(language)
    counts = cohort_counts(edition)
    title = words("Where the cases of each year's returns stand today")
    finding = say_pending(counts, words, exact=edition.audience == INTERNAL)
    frame = Frame.of_edition(
        edition,
        words,
        title=finding or title,
        subject=title if finding else "",
        unit=words("Number of cases, by year of the return"),
        notes=[
            words("Hatched: pending. Young cohorts have had less time."),
            rounded_note(edition, words),
        ],
        summary=_standings_summary(title, counts, words),
        table=_standings_twin(counts, words),
    )
    return finished(_bars(counts, words), frame, words)


def decided_by_age(edition: Edition, *, language: str = "en") -> go.Figure:
    """The share decided at first instance against the age of the cohort.

    One mark per cohort and edition, with its 95 % interval, named by its year.
    """
    words = Words(language)
    shares = maturity(edition)
    known = shares[shares["share"].notna()]
    title = words("Share of prosecuted cases decided, by age of the cohort")
    finding = say_first_and_last_share(known, words)
    frame = Frame.of_edition(
        edition,
        words,
        title=finding or title,
        subject=title if finding else "",
        beside=True,
        unit=words("Per cent of prosecuted cases; the line is the 95% interval"),
        notes=[
            words("Each mark is named by the year of its returns."),
            words("What is missing to 100% is pending."),
        ],
        summary=_share_summary(title, known, words),
        table=_share_twin(shares, words),
    )
    return finished(_marks(known, words), frame, words)


def _bars(counts: pd.DataFrame, words: Words) -> go.Figure:
    years = [str(year) for year in counts.index]
    figure = go.Figure()
    for code in STANDINGS:
        if counts[code].sum():
            figure.add_trace(_bar(counts[code], code, years, words))
    height = len(years) * BAR
    # on a phone each mark of the key takes a line of its own
    key = len(figure.data) * KEY_LINE + 64
    figure.update_layout(
        barmode="stack",
        # A figure that its part cannot hold is left to the table, not shrunk to a dot.
        uniformtext={"minsize": NOTE, "mode": "hide"},
        bargap=0.3,
        height=height + key + 150,
        legend=key_below(-54 / max(height, 1), words),
        margin={"r" if words.rtl else "l": SIDE, "b": key},
        xaxis=axis(
            words,
            words("cases"),
            autorange="reversed" if words.rtl else True,
            tickformat="d",
        ),
        yaxis=_years_axis(years, words),
    )
    return figure


def _bar(counts: pd.Series, code: str, years: list[str], words: Words) -> go.Bar:
    color, shape = LOOKS[code]
    name = words.line(standing_name(code, words))
    return go.Bar(
        orientation="h",
        name=name,
        y=years,
        x=counts.tolist(),
        text=[str(n) if n else "" for n in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        # a pale ground, so that a figure is read on a pattern too
        textfont={
            "size": LABEL,
            "family": SANS,  # Latin first: an Arabic face would not fit the bar
            "color": HEAT_INK[2] if code == "cassation_decided" else INK,
        },
        marker={
            "color": color,
            "line": {"width": 1, "color": EDGE},
            "pattern": {"shape": shape, "fgcolor": INK_2, "size": 7, "solidity": 0.15},
        },
        hovertemplate="%{y}<br>" + name + ": %{x}<extra></extra>",
    )


def _years_axis(years: list[str], words: Words) -> dict[str, Any]:
    return {
        "type": "category",
        "side": "right" if words.rtl else "left",
        "autorange": "reversed",
        "categoryorder": "array",
        "categoryarray": years,
        "showgrid": False,
        "fixedrange": True,
        "ticklabelstandoff": 8,
        "tickfont": {"size": LABEL, "color": INK},
    }


def _marks(shares: pd.DataFrame, words: Words) -> go.Figure:
    percent = shares[["share", "low", "high"]] * 100
    bounded = percent["low"].notna()
    figure = go.Figure(
        go.Scatter(
            mode="markers+text",
            x=shares["age"].tolist(),
            y=percent["share"].round(1).tolist(),
            text=[f"{year} " for year in shares["year"]],
            textposition="middle left",
            textfont={"size": LABEL, "color": INK},
            marker={"size": 12, "color": ACCENT},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": _arm(percent["high"] - percent["share"], bounded),
                "arrayminus": _arm(percent["share"] - percent["low"], bounded),
                "color": ACCENT,
                "thickness": 1.75,
                "width": 4,
            },
            hovertemplate="%{text}: %{y:.0f}%<extra></extra>",
            cliponaxis=False,
        )
    )
    ages = sorted(shares["age"].unique().tolist()) or [0]
    figure.update_layout(
        showlegend=False,
        height=430,
        margin={"l": 56, "r": 24, "b": 52},
        xaxis=axis(
            words,
            words("years since the year of the return"),
            tickvals=ages,
            range=[ages[0] - 1.1, ages[-1] + 0.5],
        ),
        yaxis=axis(words, "%", range=[0, 110], tickvals=[0, 25, 50, 75, 100]),
    )
    return figure


def _arm(lengths: pd.Series, bounded: pd.Series) -> list[float]:
    return [
        round(float(one), 1) if known else 0.0
        for one, known in zip(lengths, bounded, strict=True)
    ]


def _standings_summary(title: str, counts: pd.DataFrame, words: Words) -> str:
    parts = [f"{title}."]
    for year, row in counts.to_dict("index").items():
        listed = [
            f"{standing_name(code, words)} {row[code]}"
            for code in STANDINGS
            if row[code]
        ]
        cases = words("; ").join(listed) or "0"
        parts.append(words("{year}: {cases}.", year=year, cases=cases))
    return " ".join(parts)


def _standings_twin(counts: pd.DataFrame, words: Words) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {words("Year of the return"): counts.index.tolist()}
    for code in STANDINGS:
        columns[standing_name(code, words)] = counts[code].tolist()
    return pd.DataFrame(columns)


def _share_summary(title: str, shares: pd.DataFrame, words: Words) -> str:
    listed = [
        words(
            "{year}: {n} of {prosecuted}.",
            year=row.year,
            n=row.decided,
            prosecuted=row.prosecuted,
        )
        for row in shares.itertuples()
    ]
    return " ".join([f"{title}.", *listed])


def _share_twin(shares: pd.DataFrame, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("Year of the return"): shares["year"],
            words("Edition"): shares["number"],
            words("Age in years"): shares["age"],
            words("Prosecuted"): shares["prosecuted"],
            words("Decided"): shares["decided"],
            words("Pending"): shares["pending"],
            words("Share decided, %"): (shares["share"] * 100).round(1),
            words("95% interval, from"): (shares["low"] * 100).round(1),
            words("95% interval, to"): (shares["high"] * 100).round(1),
        }
    )
