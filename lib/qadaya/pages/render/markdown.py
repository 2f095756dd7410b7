"""Markdown as nbconvert renders it, with what a page must hold itself.

Formulas are set when the page is made, pictures beside the notebook are put into it,
code is coloured; what is missing is said in its place.
"""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from nbconvert.filters.markdown_mistune import (
    InvalidNotebook,
    IPythonRenderer,
    MarkdownWithMath,
)

from qadaya.language import translator
from qadaya.pages.render.clean import clean_html, dropped_html
from qadaya.pages.render.code import code_html
from qadaya.pages.render.formulas import formula_html


@dataclass(frozen=True)
class Surroundings:
    """What a cell of markdown may speak of: its attachments, the notebook's folder."""

    language: str = "en"
    folder: str = ""
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


def markdown_html(
    source: str, *, label: str, around: Surroundings | None = None
) -> str:
    """Markdown as clean HTML."""
    around = around or Surroundings()
    rendered = MarkdownWithMath(renderer=_Renderer(around)).render(source)
    return clean_html(rendered, label=label, language=around.language)


class _Renderer(IPythonRenderer):
    def __init__(self, around: Surroundings) -> None:
        super().__init__(
            escape=False,
            embed_images=bool(around.folder),
            exclude_anchor_links=True,
            path=around.folder,
            attachments=around.attachments,
        )
        self.around = around

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        html = super().heading(text, level, **attrs)
        # As JupyterLab names it, so that links to it lead there.
        name = escape("-".join(_words(text).split()), quote=True)
        return html.replace(f"<h{level}>", f'<h{level} id="{name}">', 1)

    def block_code(self, code: str, info: str | None = None) -> str:
        kind = (info or "").split()
        inside = code_html(code, kind[0]) if kind else escape(code, quote=False)
        return f"<pre><code>{inside}</code></pre>\n"

    def block_math(self, body: str) -> str:
        return formula_html(body, display=True)

    def inline_math(self, body: str) -> str:
        return formula_html(body, display=False)

    def latex_environment(self, name: str, body: str) -> str:
        text = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return formula_html(text, display=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        _ = translator(self.around.language, "pages.pages").gettext
        try:
            held = self._embed_image_or_attachment(url)
        except InvalidNotebook:
            held = url
        if held.startswith("data:") or url.startswith(("http://", "https://")):
            # What would be fetched is taken out, and named, with all that is like it.
            return str(super().image(text, url if held == url else held, title))
        missing = _("The picture {name} is missing: it was not there.").format(
            name=text or url.rpartition(":")[2].rpartition("/")[2]
        )
        return dropped_html(missing).replace("<p ", "<span ").replace("</p>", "</span>")


def _words(html: str) -> str:
    from qadaya.pages.render.tables import plain_text

    return plain_text(html)
