"""A plotly figure as a page carries it: title, summary, table twin, drawing.

The drawing is a JSON spec that the host script hands to plotly; everything else is HTML
that is there before plotly runs, so that a reader without it has the same figures.
"""

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat, zip_longest
from typing import Any

from qadaya.language import translator
from qadaya.pages.render.tables import is_figure
from qadaya.views.prose.words import Words

PLOTLY = "application/vnd.plotly.v1+json"
_HEIGHT = 380
LARGE = 1000
MOST_ALIKE = 3  # digits after the point that a whole column gets for one of its figures
# What serves the drawing alone: a heading wraps itself, and runs as its page does. What
# stands isolated within a line stays so: ±4 in Arabic.
_PARTED = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")
_LINE_BREAK = re.compile(r"<br\s*/?>")
_WHOLE_LINE = re.compile(r"^\u2067(.*)\u2069$")
_BOLD = re.compile(r"</?[bi]>")


@dataclass(frozen=True)
class Twin:
    """The data of a chart as a table: a row is what one mark shows."""

    columns: list[str]
    rows: list[list[str]]
    quoted: frozenset[int] = frozenset()  # places of columns in the words of others

    @property
    def numeric(self) -> list[bool]:
        """Whether a column holds figures, which then stand under each other."""
        return [
            all(is_figure(row[place]) for row in self.rows)
            for place in range(len(self.columns))
        ]


@dataclass(frozen=True)
class Figure:
    """One chart of a page.

    `spec` is what plotly draws: data, layout without title and twin (they are HTML),
    and `export`, the part of the layout to put back into a picture that leaves the
    page. `description`: what is drawn, under the title, which may be a finding; then
    `subject` is what it is about. `note`: what stands under the drawing. `min_width`:
    pixels below which the drawing is scrolled, not squeezed. `beside`: it may stand
    beside the page's answer; `half`: beside another figure.
    """

    number: int
    title: str
    summary: str
    source: str
    twin: Twin | None
    spec: dict[str, Any]
    height: int
    min_width: int = 0
    note: str = ""
    description: str = ""
    subject: str = ""
    synthetic: bool = False
    beside: bool = False
    half: bool = False
    kind: str = "figure"
    folded: bool = False


def read_figure(
    bundle: dict[str, Any], *, number: int, language: str, synthetic: bool
) -> Figure:
    """The figure in a plotly bundle.

    `layout.meta["qadaya"]` holds summary, columns, rows, quoted, source, subject,
    described, beside, half, min_width, title_room and note_room (pixels); a figure
    without it has its axis titles as a summary, no note, no twin, and its own margins.
    """
    spec = {
        "data": copy.deepcopy(bundle.get("data", [])),
        "layout": copy.deepcopy(bundle.get("layout", {})),
    }
    for trace in spec["data"]:
        # Drawn at random for each figure that is live in Jupyter; a page has no use.
        trace.pop("uid", None)
    layout = spec["layout"]
    wording = _take_words(layout)
    _ = translator(language, "pages.pages").gettext
    # A published figure stays unmarked on a page of invented returns.
    invented = synthetic and bool(wording.get("synthetic", True))
    if invented:
        _mark_as_invented(layout, _("Synthetic data"))
    spec["export"] = {
        key: copy.deepcopy(layout[key])
        for key in ("title", "margin", "height", "annotations")
        if key in layout
    }
    note = _take_note(layout, wording)
    source = _words(wording.get("source") or "")
    if wording.get("published"):
        # The foot says it, where it else names the edition: that has no part in these.
        note = note.replace(source, "").strip()
    return Figure(
        number=number,
        title=_take_title(layout, wording) or _("Chart {number}").format(number=number),
        summary=wording.get("summary") or _axis_words(layout),
        source="" if source and source in note else source,
        twin=_twin(wording, language),
        spec=spec,
        height=int(layout.get("height") or _HEIGHT),
        note=note,
        description=wording.get("described") or "",
        subject=wording.get("subject") or "",
        min_width=int(wording.get("min_width") or 0),
        synthetic=invented,
        beside=bool(wording.get("beside")),
        half=bool(wording.get("half")),
    )


def cell_text(value: Any, language: str = "en", digits: int | None = None) -> str:
    """A cell of a twin as text; nothing known is a dash.

    `digits` after the point, None for as many as the value has.
    """
    if value is None or (isinstance(value, float) and value != value):
        return "–"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        if digits is None or abs(value) >= LARGE:
            digits = _digits(value)
        return Words(language).decimal(value, digits)
    return str(value)


def _take_note(layout: dict[str, Any], said: dict[str, Any]) -> str:
    """The note as words under the drawing, as wide as the page; its room goes too."""
    room = said.get("note_room") or 0
    if not room:
        return ""
    notes = [
        annotation
        for annotation in layout["annotations"]
        if annotation.get("name") == "note"
    ]
    layout["annotations"] = [e for e in layout["annotations"] if e not in notes]
    layout["margin"]["b"] -= room
    if layout.get("height"):
        layout["height"] -= room
    return " ".join(_words(note["text"]) for note in notes)


def _words(text: str) -> str:
    lines = _LINE_BREAK.split(_BOLD.sub("", text))
    whole = " ".join(_WHOLE_LINE.sub(r"\1", line).strip() for line in lines)
    # A line may have ended within a word: peut-être.
    return " ".join(_PARTED.sub("-", whole).split())


def _take_words(layout: dict[str, Any]) -> dict[str, Any]:
    meta = layout.pop("meta", None)
    return dict(meta.get("qadaya") or {}) if isinstance(meta, dict) else {}


def _take_title(layout: dict[str, Any], said: dict[str, Any]) -> str:
    """The title as words, out of the drawing; its room goes too, its unit stays."""
    title = layout.pop("title", None) or {}
    if not isinstance(title, dict):
        title = {"text": title}
    subtitle = title.get("subtitle") or {}
    if subtitle.get("text") and not said.get("described"):
        layout["title"] = {**title, **subtitle}
        layout["title"].pop("subtitle", None)
    room = said.get("title_room") or 0
    if room:
        layout["margin"]["t"] -= room
        if layout.get("height"):
            layout["height"] -= room
    return _words(str(title.get("text") or ""))


def _axis_words(layout: dict[str, Any]) -> str:
    words = []
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")) and isinstance(axis, dict):
            title = axis.get("title") or {}
            words.append(title.get("text") if isinstance(title, dict) else title)
    return " · ".join(str(word) for word in words if word)


def _twin(said: dict[str, Any], language: str) -> Twin | None:
    if not said.get("columns"):
        return None
    rows = said.get("rows", [])
    digits = [_alike(column) for column in zip_longest(*rows)]
    return Twin(
        columns=[cell_text(column) for column in said["columns"]],
        rows=[
            [cell_text(*cell) for cell in zip(row, repeat(language), digits)]
            for row in rows
        ],
        quoted=frozenset(said.get("quoted", [])),
    )


def _alike(column: Iterable[Any]) -> int | None:
    """Digits of each figure of a column, which is read downwards; None: of many."""
    most = max(map(_digits, column), default=0)
    return most if most <= MOST_ALIKE else None


def _digits(value: Any) -> int:
    """Digits after the point; beside thousands they say nothing and are left out."""
    if not isinstance(value, float) or value != value or abs(value) >= LARGE:
        return 0
    return 0 if value.is_integer() else len(f"{value:g}".partition(".")[2])


def _mark_as_invented(layout: dict[str, Any], words: str) -> None:
    """The mark inside the drawing, so that a picture taken from the page keeps it."""
    annotations = list(layout.get("annotations") or [])
    if any(
        annotation.get("name") == "synthetic"
        or words in str(annotation.get("text", ""))
        for annotation in annotations
    ):
        return
    annotations.append(
        {
            "text": words,
            "name": "synthetic",
            "showarrow": False,
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "y": 1,
            "xanchor": "right",
            "yanchor": "bottom",
            "yshift": 6,
            "font": {"size": 12},
        }
    )
    layout["annotations"] = annotations
