"""What a cell displayed, as blocks of a page: for each output its best form.

An error never reaches a page, nor what was written to the error stream (it names
folders). A live widget is dead without a kernel, so its view and state are dropped; the
explorer brings its own state and a plain table.
"""

import base64
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from nbformat import NotebookNode

from qadaya.language import translator
from qadaya.pages.render.clean import clean_html, markdown_html
from qadaya.pages.render.facts import COLOPHON, Facts
from qadaya.pages.render.figures import PLOTLY, Figure, read_figure

EXPLORER = "application/vnd.qadaya.explorer+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

Found = tuple[str, Figure | dict[str, Any]]


class Outputs:
    """Reads the outputs of one notebook; counts its figures and explorers."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.figures = 0
        self.explorers = 0

    def read(self, cell: NotebookNode, *, label: str) -> Iterator[Found]:
        """The kind and the fields of each block that a code cell leaves."""
        for output in cell.get("outputs", []):
            kind = output.output_type
            if kind == "stream" and output.name == "stdout":
                yield "text", {"html": _plain(output.text), "number": _count(cell)}
            elif kind in ("display_data", "execute_result"):
                yield from self._read_bundle(output, cell, label)
            elif kind == "error":
                yield "prose", {"html": self._stopped()}

    def _read_bundle(
        self, output: NotebookNode, cell: NotebookNode, label: str
    ) -> Iterator[Found]:
        data = output.data
        if COLOPHON in data:
            return
        if EXPLORER in data:
            yield "explorer", self._explorer(data, label)
        elif PLOTLY in data:
            yield "figure", self._figure(data[PLOTLY])
        elif "text/html" in data:
            _ = translator(self.facts.language, "pages.pages").gettext
            html = clean_html(
                _joined(data["text/html"]), label=label, nothing=_("None.")
            )
            if html:
                yield "html", {"html": html}
        elif "text/markdown" in data:
            html = markdown_html(_joined(data["text/markdown"]), label=label)
            yield "prose", {"html": html}
        elif picture := next((kind for kind in _PICTURES if kind in data), None):
            yield "picture", {"html": self._picture(picture, data, output, cell)}
        elif "text/plain" in data and WIDGET not in data:
            text = _plain(data["text/plain"])
            yield "text", {"html": text, "number": _count(cell)}

    def _figure(self, bundle: dict[str, Any]) -> Figure:
        self.figures += 1
        return read_figure(
            bundle,
            number=self.figures,
            language=self.facts.language,
            synthetic=self.facts.synthetic,
        )

    def _explorer(self, data: dict[str, Any], label: str) -> dict[str, Any]:
        self.explorers += 1
        plain = clean_html(_joined(data.get("text/html", "")), label=label)
        return {"html": plain, "state": data[EXPLORER], "number": self.explorers}

    def _picture(
        self, kind: str, data: dict[str, Any], output: NotebookNode, cell: NotebookNode
    ) -> str:
        _ = translator(self.facts.language, "pages.pages").gettext
        said = output.metadata.get(kind, {}).get("alt") or output.metadata.get("alt")
        alt = said or _("Picture made by the code in [{number}]").format(
            number=_count(cell)
        )
        content = _joined(data[kind])
        if kind == "image/svg+xml":
            # As a picture an SVG cannot run anything; as markup it could.
            content = base64.b64encode(content.encode()).decode()
        address = f"data:{kind};base64,{''.join(content.split())}"
        return f'<img src="{address}" alt="{escape(alt)}">'

    def _stopped(self) -> str:
        _ = translator(self.facts.language, "pages.pages").gettext
        words = _("The code stopped here with an error; what it would show is missing.")
        return f'<p class="stopped">{escape(words)}</p>'


def _plain(text: str | list[str]) -> str:
    return _COLOURS.sub("", _joined(text)).rstrip()


def _joined(text: str | list[str]) -> str:
    return "".join(text) if isinstance(text, list) else text


def _count(cell: NotebookNode) -> int | None:
    return cell.get("execution_count")
