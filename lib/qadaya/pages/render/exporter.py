"""`jupyter nbconvert --to qadaya NOTEBOOK`, and what `qadaya report` makes pages with.

The page itself is made in `qadaya.pages.render.page`. Here stands what nbconvert may
ask for, and the last look at a page that nobody else looks at.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbconvert.exporters.html import HTMLExporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from traitlets import Unicode

from qadaya.editions.edition import (
    Edition,
    edition_at,
    editions_folder,
    file_digest,
    newest_edition,
)
from qadaya.editions.manifest import MANIFEST
from qadaya.errors import QadayaError
from qadaya.pages.leaks.refusal import LeakError, refuse_leaks
from qadaya.pages.render.facts import facts_of
from qadaya.pages.render.page import page_html
from qadaya.pages.render.shown import Options
from qadaya.pages.render.stock import dressed
from qadaya.vocabulary import INTERNAL, SHARED
from qadaya.workbench import find_home

__all__ = ["QadayaExporter", "page_html"]


class QadayaExporter(HTMLExporter):
    """Writes the page of a notebook; registered with nbconvert as `qadaya`."""

    export_from_notebook = "Qadaya page"

    # The stock exporter names four hosts here. This page asks none.
    require_js_url = Unicode("").tag(config=True)
    mathjax_url = Unicode("").tag(config=True)
    jquery_url = Unicode("").tag(config=True)
    mermaid_js_url = Unicode("").tag(config=True)
    mermaid_layout_elk_js_url = Unicode("").tag(config=True)
    jupyter_widgets_base_url = Unicode("").tag(config=True)
    widget_renderer_url = Unicode("").tag(config=True)

    @property
    def in_stock_dress(self) -> bool:
        """Whether one of nbconvert's own templates was asked for."""
        asked = ("template_name", "template_file")
        sections = [self.config.get(cls.__name__, {}) for cls in type(self).mro()]
        return any(name in section for section in sections for name in asked)

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an executed notebook, and nbconvert's resources.

        Raises: ConversionException for a page that gives something away.
        """
        given = resources or {}
        _refuse_unmeant(nb, given.get("qadaya_facts"))
        if self.in_stock_dress:
            stock, kept = super().from_notebook_node(nb, resources, **kw)
            page = dressed(stock, facts_of(nb, given.get("qadaya_facts")))
            self._look(nb, page, lambda one: page)
            return page, kept
        # The base class copies and preprocesses; the two classes between would render
        # the stock template, with its theme and its scripts.
        notebook, kept = Exporter.from_notebook_node(self, nb, resources, **kw)
        metadata = kept.get("metadata", {})
        options = self._options(metadata.get("path") or "")

        def render(one: NotebookNode) -> str:
            return page_html(
                one,
                name=metadata.get("name") or "notebook",
                made_from=given.get("qadaya_made_from"),
                run=given.get("qadaya_facts"),
                options=options,
            )

        page = render(notebook)
        if "qadaya_facts" not in given:
            self._look(notebook, page, render)
        return page, kept

    def _options(self, folder: str) -> Options:
        return Options(
            code=not self.exclude_input,
            prompt=not self.exclude_input_prompt,
            outputs=not self.exclude_output,
            code_cells=not self.exclude_code_cell,
            markdown=not self.exclude_markdown,
            raw=not self.exclude_raw,
            folder=folder,
        )

    def _look(self, notebook: NotebookNode, page: str, render: Any) -> None:
        """Hold a page back that gives something away, whoever asked for it."""
        try:
            protected = _edition_of(notebook)
            shared = protected is not None and protected.audience == SHARED
            newest = newest_edition(INTERNAL) if shared else None
            refuse_leaks(
                notebook,
                render,
                page,
                protected=protected,
                unprotected=edition_at(newest) if newest else None,
            )
        except LeakError as fault:
            raise ConversionException(fault.sentence) from None
        except QadayaError as fault:
            raise ConversionException(str(fault)) from None


def _refuse_unmeant(notebook: NotebookNode, run: dict[str, Any] | None) -> None:
    """Make no page for whom the notebook says that none is."""
    meant = (notebook.metadata.get("qadaya") or {}).get("audiences")
    audience = facts_of(notebook, run).audience
    if meant is None or audience in meant or (audience is None and meant):
        return
    whom = f"{' and '.join(meant)} only" if meant else "for the desk alone"
    raise ConversionException(
        f"this notebook is {whom}; no page for {audience or 'others'} is made of it. "
        "Open it in JupyterLab"
    )


def _edition_of(notebook: NotebookNode) -> Edition | None:
    """The edition that a notebook says it read, where it is here and still the same."""
    facts = facts_of(notebook)
    if find_home() is None or not facts.edition or not facts.audience:
        return None
    folder: Path = editions_folder() / facts.audience / facts.edition
    manifest = folder / MANIFEST
    same = manifest.is_file() and facts.manifest in (None, file_digest(manifest))
    return edition_at(folder) if same else None
