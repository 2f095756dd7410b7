"""What a cell displayed, as blocks of a page: for each output its best form.

The best form is found after cleaning: HTML that cleans to nothing gives way to the
picture beside it, and where no form is left the page says what is missing. A traceback
never reaches a page.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from qadaya.language import translator
from qadaya.pages.render.charts_in_html import plotly_in, table_in, vega_in
from qadaya.pages.render.clean import clean_html, dropped_html, shows_something
from qadaya.pages.render.drawings import picture
from qadaya.pages.render.facts import COLOPHON, Facts
from qadaya.pages.render.figures import PLOTLY, Figure, read_figure
from qadaya.pages.render.formulas import output_html
from qadaya.pages.render.in_place import left_out, no_chart, stopped_html
from qadaya.pages.render.markdown import Surroundings, markdown_html
from qadaya.pages.render.parts import embedded, execution_of, joined, merged
from qadaya.pages.render.shown import tags_of
from qadaya.pages.render.terminal import printed_html
from qadaya.pages.render.vega import NotDrawn, drawn
from qadaya.pages.render.widgets import WIDGET, Widgets
from qadaya.views.explorer.module import EXPLORER as CUBE

EXPLORER = "application/vnd.qadaya.explorer+json"
_VEGA = re.compile(r"application/vnd\.vega(?:lite)?\.v\d+(?:\.\d+)*\+json")
_MARKUP = re.compile(r"<[^>]*>|\s+")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
# What a library says of an object, for want of a better form.
_OBJECT = re.compile(r"<.*>|[\w.]*Chart\(.*", re.DOTALL)

Block = tuple[str, Figure | dict[str, Any]]


class Outputs:
    """Reads the outputs of one notebook; counts its figures and explorers."""

    def __init__(self, facts: Facts, notebook: NotebookNode) -> None:
        self.facts = facts
        self.figures = 0
        self.explorers = 0
        self.widgets = Widgets(notebook)
        self.inside = 0  # how many controls deep
        self._ = translator(facts.language, "pages.pages").gettext

    def read(self, cell: NotebookNode, *, label: str) -> Iterator[Block]:
        """The kind and the fields of each block that a code cell leaves."""
        tolerated = "raises-exception" in tags_of(cell)
        yield from self._read_all(cell.get("outputs", []), cell, label, tolerated)

    def raw(self, cell: NotebookNode, *, label: str) -> str:
        """A raw cell that is meant for HTML, as nbconvert takes it; else ""."""
        kind = cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or ""
        if kind.lower() not in ("", "text/html"):
            return ""
        return self._clean(cell.source, label)

    def _read_all(
        self,
        outputs: Iterable[dict[str, Any]],
        cell: NotebookNode,
        label: str,
        tolerated: bool = False,
    ) -> Iterator[Block]:
        for output in merged(outputs):
            kind = output["output_type"]
            if kind == "stream":
                yield from self._stream(output, cell)
            elif kind in ("display_data", "execute_result"):
                yield from self._bundle(output, cell, label)
            elif html := stopped_html(output, self._, tolerated=tolerated):
                yield "prose", {"html": html}

    def _stream(self, output: dict[str, Any], cell: NotebookNode) -> Iterator[Block]:
        html = printed_html(joined(output["text"]))
        kind = "text" if output["name"] == "stdout" else "aside"
        if html:
            yield kind, {"html": Markup(html), "number": execution_of(cell)}

    def _bundle(
        self, output: dict[str, Any], cell: NotebookNode, label: str
    ) -> Iterator[Block]:
        data = output["data"]
        silent = WIDGET in data and self.widgets.is_silent(data[WIDGET], cell)
        if COLOPHON in data or not data or silent:
            return
        blocks = list(self._best(data, output, cell, label))
        if blocks:
            yield from blocks
        elif words := left_out(data, self._):
            yield "prose", {"html": dropped_html(words)}

    def _best(
        self,
        data: dict[str, Any],
        output: dict[str, Any],
        cell: NotebookNode,
        label: str,
    ) -> Iterator[Block]:
        """The first form that is worth showing; nothing where there is none."""
        if EXPLORER in data:
            yield "explorer", self._explorer(data, label)
            return
        if PLOTLY in data:
            yield "figure", self._figure(data[PLOTLY])
            return
        if spec := next((data[k] for k in data if _VEGA.fullmatch(k)), None):
            yield from self._chart(spec, data)
            return
        if WIDGET in data:
            yield from self._widget(data[WIDGET], cell, label)
            return
        html = joined(data.get("text/html", ""))
        if charts := list(self._charts_in(html, data)):
            yield from charts
            return
        if "text/html" in data and (cleaned := self._clean(html, label)):
            others = any(kind in data for kind in (*_PICTURES, "image/svg+xml"))
            if shows_something(cleaned) or not others:
                yield "html", _measured(cleaned)
                return
        yield from self._other_form(data, output, cell, label)

    def _other_form(
        self,
        data: dict[str, Any],
        output: dict[str, Any],
        cell: NotebookNode,
        label: str,
    ) -> Iterator[Block]:
        around = Surroundings(self.facts.language)
        if "text/markdown" in data:
            source = joined(data["text/markdown"])
            # An empty answer, as where no year is to be compared, takes no room.
            if html := markdown_html(source, label=label, around=around):
                yield "prose", {"html": html}
        elif "image/svg+xml" in data and (html := self._picture(data, output, cell)):
            yield "picture", {"html": html}
        elif "text/latex" in data:
            latex = output_html(joined(data["text/latex"]))
            yield "html", {"html": clean_html(latex, label=label)}
        elif html := self._picture(data, output, cell):
            yield "picture", {"html": html}
        elif "application/json" in data:
            text = json.dumps(data["application/json"], indent=2, ensure_ascii=False)
            yield (
                "text",
                {"html": Markup(printed_html(text)), "number": execution_of(cell)},
            )
        elif "text/plain" in data:
            text = joined(data["text/plain"])
            alone = not (set(data) - {"text/plain"}) or not _OBJECT.fullmatch(text)
            if alone and (html := printed_html(text)):
                yield "text", {"html": Markup(html), "number": execution_of(cell)}

    def _charts_in(self, html: str, data: dict[str, Any]) -> Iterator[Block]:
        """Charts that a script in the HTML would have drawn."""
        for spec in vega_in(html):
            yield from self._chart(spec, data)
        for bundle in plotly_in(html):
            yield "figure", self._figure(bundle)
        if table := table_in(html):
            yield "html", {"html": self._clean(table, "", scripts=False)}

    def _chart(self, spec: dict[str, Any], data: dict[str, Any]) -> Iterator[Block]:
        try:
            html = drawn(spec, self._("Chart"))
        except NotDrawn as fault:
            held = [kind for kind in _PICTURES if kind in data]
            if held:
                html = embedded(held[0], data[held[0]], self._("Chart"))
            else:
                yield "prose", {"html": dropped_html(no_chart(fault, self._))}
                return
        yield "picture", {"html": html}
        if "params" in json.dumps(spec):
            words = self._("A still picture: in the notebook the chart can be moved.")
            yield "prose", {"html": dropped_html(words)}

    def _widget(
        self, view: dict[str, Any], cell: NotebookNode, label: str
    ) -> Iterator[Block]:
        model = str(view.get("model_id"))
        kinds: set[str] = set()
        self.inside += 1
        for kind, value in self.widgets.parts(model):
            kinds.add(kind)
            if kind == "outputs":
                yield from self._read_all(value, cell, label)
            elif kind == "plotly":
                yield "figure", self._figure(value)
            elif kind == "vega":
                yield from self._chart(value, {})
            else:
                yield "html", {"html": self._clean(value, label)}
        self.inside -= 1
        words = self._("Controls as they stood; they can be moved in the notebook.")
        if not kinds:
            words = self._("A control stood here; it is there in the notebook alone.")
        # Said once, under the outermost; a figure by itself is as good as it was.
        if not self.inside and kinds != {"plotly"}:
            yield "prose", {"html": dropped_html(words)}

    def _clean(self, html: str, label: str, *, scripts: bool = True) -> str:
        return clean_html(
            html,
            label=label,
            nothing=self._("None."),
            language=self.facts.language,
            scripts=scripts,
        )

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
        plain = clean_html(joined(data.get("text/html", "")), label=label)
        state = data[EXPLORER]
        return {
            "html": plain,
            "state": state,
            "number": self.explorers,
            "module": state.get("module", CUBE),
        }

    def _picture(
        self, data: dict[str, Any], output: dict[str, Any], cell: NotebookNode
    ) -> str:
        kinds = ("image/svg+xml", *_PICTURES)
        kind = next((each for each in kinds if each in data), "")
        if not kind:
            return ""
        metadata = output.get("metadata", {})
        own = metadata.get(kind) if isinstance(metadata.get(kind), dict) else {}
        alt = (own or {}).get("alt") or metadata.get("alt")
        alt = alt or self._("Picture made by the code in [{number}]").format(
            number=execution_of(cell)
        )
        if kind == "image/svg+xml":
            # As a picture an SVG cannot run anything; as markup it could.
            return picture(joined(data[kind]), alt)
        return embedded(kind, data[kind], alt)


def _measured(html: str) -> dict[str, Any]:
    """The HTML with what may fold it: its rows, or the terms that it explains.

    And the letters of its widest row, of its head those of the longest words, since
    only there a line may end: few of them fit half a sheet.
    """
    terms = html.count("</dt>") if 'class="words"' in html else 0
    head, *rows = html.split("</tr>")
    head = head.rpartition("</caption>")[2]
    heads = (_MARKUP.sub(" ", cell).split() for cell in head.split("</th>"))
    letters = sum(max(map(len, words), default=0) for words in heads)
    return {
        "html": html,
        "rows": html.count("</tr>"),
        "widest": max([letters, *(len(_MARKUP.sub("", row)) for row in rows)]),
        "terms": terms,
    }
