"""The regions as tiles, each where it lies, with its rate; no order of merit in it.

What a tile says, it says in words and figures; its shade only repeats the rate.
"""

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.reference import regions, tiles
from qadaya.views.charts.style import (
    EDGE,
    HATCH,
    HEAT,
    HEAT_INK,
    INK,
    NOTE,
    PAPER,
    Frame,
    finished,
    room_around,
)
from qadaya.views.frames.regions import region_units
from qadaya.views.prose.notes import denominator_note
from qadaya.views.prose.rates import rates_table
from qadaya.views.prose.table import NOTHING
from qadaya.views.prose.words import Words
from qadaya.vocabulary import SHARED

ROW = 80  # px: three lines of a name and the rate
NAME_WIDTH = 11  # letters of a line of a name; four tiles stand in 300 px
GAP = 0.06  # of a tile


class _Tile(NamedTuple):
    """A region: where it lies, what stands in it, its shade; None without a return."""

    row: int
    column: int
    name: str
    said: str
    shade: int | None


def rates_map(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> go.Figure:
    """Cases a year per 100,000 children of each region, on tiles where regions lie.

    A rounded zero and a region without a return are told apart; behind it stands
    `rates_table`, in the official order.
    """
    words = Words(language)
    rates = region_units(edition, years=years, language=language)
    shown = rates["rate_per_100k"].dropna()
    spread = words.between(shown.min(), shown.max(), 2) if len(shown) else NOTHING
    frame = Frame.of_edition(
        edition,
        words,
        title=words(
            "{spread} cases a year are recorded per 100,000 children of a region",
            spread=spread,
        ),
        subject=words(
            "By region: rates, {years}",
            years=words.years(list(years or edition.years)),
        ),
        unit=words("Cases a year per 100,000 children aged 0 to 14; darker is more"),
        notes=[
            words(
                "A tile lies roughly where its region does. This is no ranking: where "
                "recording differs, so do rates. Intervals are in the table."
            ),
            denominator_note("children", words),
        ],
        summary=words(
            "Tiles of the twelve regions with their rates: {spread} cases a year per "
            "100,000 children.",
            spread=spread,
        ),
        table=pd.DataFrame(rates_table(edition, years=years, language=language)),
    )
    figure = _drawn(_tiles(rates, edition, words), words)
    figure.update_layout(height=figure.layout.height + room_around(frame))
    return finished(figure, frame, words)


def _drawn(drawn: list[_Tile], words: Words) -> go.Figure:
    """The tiles in the rows and columns of the reference, north above."""
    figure = go.Figure(_faces(drawn, words))
    rows = max(tile.row for tile in drawn)
    columns = max(tile.column for tile in drawn)
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        showlegend=False,
        height=rows * ROW,
        margin={"l": 0, "r": 0, "t": 0, "b": 8},
        xaxis=hidden | {"range": [0.5, columns + 0.5]},
        yaxis=hidden | {"range": [rows + 0.5, 0.5]},
    )
    return figure


def _tiles(rates: pd.DataFrame, edition: Edition, words: Words) -> list[_Tile]:
    by_region = rates.set_index("region_iso")
    names = regions()[f"name_{words.language}"]
    top = float(by_region["rate_per_100k"].max() or 1) if len(by_region) else 1.0
    return [
        _Tile(row, column, names[place], *_told(place, by_region, top, edition, words))
        for place, (row, column) in tiles("region").items()
    ]


def _told(
    place: str, found: pd.DataFrame, top: float, edition: Edition, words: Words
) -> tuple[str, int | None]:
    """What stands in a tile, and its shade."""
    if place not in found.index:
        return words("not reported"), None
    rate = float(found["rate_per_100k"][place])
    if isnan(rate):
        return words("not reported"), None
    if not rate and edition.audience == SHARED:
        return words("rounded zero"), 0
    steps = len(HEAT)
    return words.decimal(rate, 2), min(int(rate / top * steps), steps - 1)


def _faces(drawn: list[_Tile], words: Words) -> go.Bar:
    shades = [tile.shade for tile in drawn]
    return go.Bar(
        x=[tile.column for tile in drawn],
        base=[tile.row - 0.5 + GAP / 2 for tile in drawn],
        y=[1 - GAP] * len(drawn),
        width=1 - GAP / 2,
        marker={
            "color": [PAPER if shade is None else HEAT[shade] for shade in shades],
            "line": {"width": 1, "color": EDGE},
            "pattern": {
                "shape": ["/" if shade is None else "" for shade in shades],
                "fgcolor": HATCH,
                "bgcolor": PAPER,
                "size": 8,
                "solidity": 0.12,
            },
        },
        text=[
            f"{words.lines(_parted(tile.name), NAME_WIDTH)}<br>{_set(tile, words)}"
            for tile in drawn
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={
            "size": NOTE,
            "color": [INK if shade is None else HEAT_INK[shade] for shade in shades],
        },
        customdata=[[words.line(f"{tile.name}: {tile.said}")] for tile in drawn],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )


def _set(tile: _Tile, words: Words) -> str:
    """A rate is bold; words are not: a tile of a narrow drawing has no room for it."""
    figure_line = words.line(tile.said)
    return f"<b>{figure_line}</b>" if tile.said[-1:].isdigit() else figure_line


def _parted(name: str) -> str:
    """A dash ends a line and begins none."""
    return name.replace(" - ", "\u00a0- ")
