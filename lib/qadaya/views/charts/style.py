"""How every chart looks: colours, type, title, note, the mark "synthetic", the twin.

All colours are the tokens of the page, so that a page in the dark can exchange them one
by one. Plots run left to right in every language; only bars and flows are mirrored.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.views.palette import LIGHT
from qadaya.views.prose.notes import source_of
from qadaya.views.prose.table import Quoted
from qadaya.views.prose.words import Words, broken

PAPER, PANEL, EARLY = LIGHT["paper"], LIGHT["panel"], LIGHT["early"]
INK, INK_2, INK_3 = LIGHT["ink"], LIGHT["ink-2"], LIGHT["ink-3"]
RULE, EDGE, HATCH = LIGHT["rule"], LIGHT["edge"], LIGHT["hatch"]
ACCENT, ACCENT_SOFT = LIGHT["accent"], LIGHT["accent-soft"]
NCMEC, CPS, TOTAL = LIGHT["n"], LIGHT["c"], LIGHT["t"]
FLOW, EXIT, EXIT_NODE = LIGHT["flow"], LIGHT["exit"], LIGHT["exit-node"]
HEAT = tuple(LIGHT[f"h{step}"] for step in (1, 2, 3, 4))
HEAT_INK = tuple(LIGHT[f"h{step}-ink"] for step in (1, 2, 3, 4))
SYNTHETIC, SYNTHETIC_INK = LIGHT["synth"], LIGHT["synth-ink"]
SYNTHETIC_LINE = LIGHT["synth-line"]

# Colour, symbol and dash differ together: a series is known without its colour.
SERIES = {
    "NCMEC": (NCMEC, "circle", "solid"),
    "CPS": (CPS, "diamond", "solid"),
    "NCMEC+CPS": (INK_2, "square", "dot"),
    "total": (TOTAL, "circle", "solid"),
}
SANS = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', "
    "'Noto Kufi Arabic', sans-serif"
)
MARK, NOTE, LABEL, TITLE = 13, 11, 13, 16
LINE = 1.45  # height of a line of text, in its size
PLAIN_HEAD = TITLE * LINE + 2 * (NOTE + 1) * LINE  # px of a title and a unit of 2 lines
# Characters a line; fits a page 360 px wide, the unit beside the mark "synthetic".
NOTE_WIDTH, TITLE_WIDTH, UNIT_WIDTH = 64, 40, 40


@dataclass(frozen=True)
class Frame:
    """What stands around a drawing: its title, unit, note and table twin."""

    title: str  # what it shows: a finding, or its subject where nothing is found
    unit: str
    note: str
    summary: str
    source: str
    table: pd.DataFrame
    synthetic: bool
    subject: str = ""  # what it is about, where the title is a finding
    published: bool = False  # figures of others: no edition stands behind them
    min_width: int = 0  # px, below which the page lets the drawing scroll
    beside: bool = False  # small enough to stand beside the answer of a page
    half: bool = False  # small enough to stand beside another figure

    @property
    def described(self) -> str:
        """What is drawn, in the line under the title."""
        return f"{self.subject}. {self.unit}" if self.subject else self.unit

    @classmethod
    def of_edition(
        cls, edition: Edition, words: Words, *, notes: Iterable[str], **parts: Any
    ) -> "Frame":
        """The frame of counts of an edition: the note ends with where they come from.

        `notes`: sentences, of which empty ones are left out; `parts`: title, unit,
        summary, table and, where they are due, subject, min_width, half.
        """
        source = source_of(edition, words)
        note = " ".join(part for part in (*notes, source) if part)
        return cls(note=note, source=source, synthetic=edition.synthetic, **parts)


def label_width(text: str, size: float = LABEL) -> float:
    """How wide a label is drawn, in pixels: an upper estimate from its letters."""
    longest = max(text.split("<br>"), key=len)
    return size * sum(_advance(letter) for letter in longest)


def finished(figure: go.Figure, frame: Frame, words: Words) -> go.Figure:
    """The figure with title, note, mark and twin: ready to show, export and print."""
    margin = _margins(figure, frame, words)
    above = figure.layout.margin.t or 0
    if figure.layout.height:
        # A drawing is as high under a long title as under a short one.
        longer = _title_room(frame) + _unit_room(frame) - PLAIN_HEAD
        figure.update_layout(height=figure.layout.height + max(longer, 0))
    figure.update_layout(
        title=_title(frame, words),
        margin=margin,
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": SANS, "size": LABEL, "color": INK},
        hoverlabel={"font": {"family": SANS}, "bgcolor": LIGHT["sheet"]},
        separators=",\u202f" if words.language == "fr" else ".,",
        meta={"qadaya": _facts(frame)},
    )
    figure.add_annotation(_note(frame, words, margin))
    if frame.synthetic:
        figure.add_annotation(_synthetic_mark(words, margin, above))
    return figure


def twin(figure: go.Figure) -> pd.DataFrame:
    """The table behind a chart: what it draws, in the words of its reader.

    Raises: ParameterError for a figure that is not one of ours.
    """
    facts = (figure.layout.meta or {}).get("qadaya")
    if facts is None:
        raise ParameterError(
            "this figure has no table twin; expected one from qadaya.views.charts"
        )
    return pd.DataFrame(facts["rows"], columns=facts["columns"])


def _advance(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if letter in "ijltfrI.,:;'|! ()":
        return 0.38
    if letter in "mwMW@%":
        return 0.95
    if "\u0600" <= letter <= "\u06ff":
        return 0.5  # joined letters are narrow
    return 0.72 if letter.isupper() else 0.6


def _margins(figure: go.Figure, frame: Frame, words: Words) -> dict[str, float]:
    """Room for what was drawn and, above and below, for title and note."""
    own = figure.layout.margin
    return {
        "t": _title_room(frame) + _unit_room(frame) + NOTE * LINE + 20 + (own.t or 0),
        "b": _note_room(frame) + 8 + (own.b if own.b is not None else 44),
        "l": own.l if own.l is not None else 56,
        "r": own.r if own.r is not None else 24,
    }


def room_around(frame: Frame) -> float:
    """Pixels of a height that the words around a drawing take; a longer title adds."""
    return PLAIN_HEAD + NOTE * LINE + 20 + _note_room(frame) + 8


def _title_room(frame: Frame) -> float:
    """Pixels that the title takes; a page that sets it as a heading takes them back."""
    return len(broken(frame.title, TITLE_WIDTH)) * TITLE * LINE


def _unit_room(frame: Frame) -> float:
    return len(broken(frame.described, UNIT_WIDTH)) * (NOTE + 1) * LINE


def _note_room(frame: Frame) -> float:
    """Pixels that the note takes; a page that sets it as text takes them back."""
    return len(broken(frame.note, NOTE_WIDTH)) * NOTE * LINE + 16


def _title(frame: Frame, words: Words) -> dict[str, Any]:
    side = "right" if words.rtl else "left"
    lines = len(broken(frame.title, TITLE_WIDTH))
    return {
        "text": words.lines(frame.title, TITLE_WIDTH),
        "subtitle": {
            "text": words.lines(frame.described, UNIT_WIDTH),
            "font": {"size": NOTE + 1, "color": INK_2},
        },
        "font": {"size": TITLE, "color": INK, "weight": 700},
        "x": 1 if words.rtl else 0,
        "xanchor": side,
        "xref": "container",
        "y": 1,
        "yanchor": "top",
        "yref": "container",
        # plotly sets the middle of several lines where one line would stand
        "pad": {"t": 12 + (lines - 1) * TITLE * LINE / 2, "l": 8, "r": 8},
    }


def _note(frame: Frame, words: Words, margin: dict[str, float]) -> dict[str, Any]:
    side = "right" if words.rtl else "left"
    return {
        "text": words.lines(frame.note, NOTE_WIDTH),
        "name": "note",
        "xref": "paper",
        "yref": "paper",
        "x": 1 if words.rtl else 0,
        "y": 0,
        "xanchor": side,
        "yanchor": "bottom",
        "align": side,
        "xshift": margin["r"] - 8 if words.rtl else 8 - margin["l"],
        "yshift": 8 - margin["b"],
        "showarrow": False,
        "font": {"size": NOTE, "color": INK_3},
    }


def _synthetic_mark(
    words: Words, margin: dict[str, float], above: float
) -> dict[str, Any]:
    # Inside the drawing and at the end of the line, so that an export keeps it.
    return {
        "text": words.line(words("Synthetic data")),
        "name": "synthetic",
        "xref": "paper",
        "yref": "paper",
        "x": 0 if words.rtl else 1,
        "y": 1,
        "xanchor": "left" if words.rtl else "right",
        "yanchor": "bottom",
        "xshift": 8 - margin["l"] if words.rtl else margin["r"] - 8,
        "yshift": above + 2,  # Arabic stands higher: 8 cut the box off at the top
        "showarrow": False,
        "bgcolor": SYNTHETIC,
        "bordercolor": SYNTHETIC_LINE,
        "borderpad": 3,
        "font": {"size": NOTE, "color": SYNTHETIC_INK},
    }


def _facts(frame: Frame) -> dict[str, Any]:
    rows = frame.table.astype(object).where(frame.table.notna(), None)
    return {
        "summary": frame.summary,
        "columns": [str(name) for name in frame.table.columns],
        "rows": [[_plain(value) for value in row] for row in rows.to_numpy().tolist()],
        "quoted": [
            place
            for place, name in enumerate(rows.columns)
            if any(isinstance(value, Quoted) for value in rows[name])
        ],
        "source": frame.source,
        "min_width": frame.min_width,
        "subject": frame.subject,
        "described": frame.described,
        "title_room": _title_room(frame) + _unit_room(frame),
        "note_room": _note_room(frame),
        "beside": frame.beside,
        "half": frame.half,
        "synthetic": frame.synthetic,
        "published": frame.published,
    }


def _plain(value: Any) -> Any:
    """Whole numbers as such: a table twin reads 44, not 44.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
