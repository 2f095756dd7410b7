"""From an executed notebook to a plain structure: title, opening, numbered sections.

The first heading is the title and the paragraphs under it, up to the first output, are
the opening. Each `##` starts a section, each `###` an entry under it in the contents. A
section is a list of blocks in the order of the notebook; a block knows its `kind`, and
the template has one piece for each kind. What stands before the first section is the
answer of the page. On a page that is shared, the code is gathered at its end.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from nbformat import NotebookNode

from qadaya.pages.render.clean import OWN, plain_text
from qadaya.pages.render.code import code_html
from qadaya.pages.render.facts import Facts
from qadaya.pages.render.figures import Figure
from qadaya.pages.render.markdown import Surroundings, markdown_html
from qadaya.pages.render.outputs import Outputs
from qadaya.pages.render.paths import shortened
from qadaya.pages.render.prose import filled, translated
from qadaya.pages.render.shown import Options, shown_cells
from qadaya.vocabulary import SHARED

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_AS_TYPED = ("pre", "code", "math")


@dataclass(frozen=True)
class Block:
    """One thing on the page: prose, heading, code, table, text, picture, explorer."""

    kind: str
    html: str = ""
    anchor: str = ""
    number: int | None = None
    lines: int = 0
    peek: str = ""
    folded: bool = False
    numbered: bool = True
    module: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    widest: int = 0
    terms: int = 0


@dataclass
class Section:
    """A numbered part of the page; number 0 is what stands before the first one."""

    number: int
    title: str
    blocks: list[Block | Figure] = field(default_factory=list)

    @property
    def entries(self) -> list[Block]:
        """What the contents list under this section."""
        return [block for block in self.blocks if block.kind == "heading"]  # type: ignore[misc]

    @property
    def subject(self) -> str:
        """What comes next is about: the last heading, else the title."""
        return self.entries[-1].html if self.entries else self.title


@dataclass
class Contents:
    """The body of a page, in order."""

    title: str = ""
    opening: str = ""
    sections: list[Section] = field(default_factory=list)
    code: list[Block] = field(default_factory=list)

    @property
    def finding(self) -> str:
        """The sentence that answers the page, as words; empty where none does."""
        answer = (b for s in self.sections if not s.number for b in s.blocks)
        first = next((block for block in answer if block.kind == "prose"), None)
        return plain_text(first.html) if isinstance(first, Block) else ""

    @property
    def figures(self) -> list[Figure]:
        blocks = (block for section in self.sections for block in section.blocks)
        return [block for block in blocks if isinstance(block, Figure)]

    @property
    def explorers(self) -> list[Block]:
        blocks = (block for section in self.sections for block in section.blocks)
        return [block for block in blocks if block.kind == "explorer"]  # type: ignore[misc]


def read_contents(
    notebook: NotebookNode, facts: Facts, options: Options | None = None
) -> Contents:
    """The structure of a page. `options`: what of the cells is shown."""
    options = options or Options()
    reading = _ReadSoFar(notebook, facts, options)
    for cell in shown_cells(notebook, options):
        if cell.cell_type == "markdown":
            reading.read_prose(cell)
        elif cell.cell_type == "code":
            reading.read_code(cell)
        elif cell.cell_type == "raw":
            reading.read_raw(cell)
    return reading.finish()


class _ReadSoFar:
    """The notebook read so far. Prose is held back until something else follows it."""

    def __init__(self, notebook: NotebookNode, facts: Facts, options: Options) -> None:
        self.facts = facts
        self.options = options
        self.contents = Contents(sections=[Section(0, "")])
        self.held = ""
        self.anchors: dict[str, str] = {}
        self.outputs = Outputs(facts, notebook)
        # Who was sent a page came for its answer, not for how it was made.
        self.closing = facts.audience == SHARED

    @property
    def section(self) -> Section:
        return self.contents.sections[-1]

    @property
    def label(self) -> str:
        return self.section.subject or self.contents.title

    def read_prose(self, cell: NotebookNode) -> None:
        source = translated(cell.source, self.facts.language)
        around = Surroundings(
            self.facts.language, self.options.folder, cell.get("attachments") or {}
        )
        html = markdown_html(source, label=self.label, around=around)
        soup = BeautifulSoup(html, "html.parser")
        self._fill(soup)
        for node in list(soup.children):
            if isinstance(node, Tag) and node.name in _HEADINGS:
                self._add_heading(node, int(node.name[1]))
            else:
                self.held += str(node)
        self._release()

    def read_code(self, cell: NotebookNode) -> None:
        shown = self.options.of(cell)
        if cell.source.strip() and shown.code:
            place = self.contents.code if self.closing else self.section.blocks
            place.append(_code(cell, numbered=shown.prompt))
        if not shown.outputs:
            return
        for kind, found in self.outputs.read(cell, label=self.label):
            if isinstance(found, Figure):
                self.section.blocks.append(found)
            else:
                block = Block(kind, **found)
                self.section.blocks.append(replace(block, folded=shown.folded))

    def read_raw(self, cell: NotebookNode) -> None:
        html = self.outputs.raw(cell, label=self.label)
        if html:
            self.section.blocks.append(Block("html", html))

    def finish(self) -> Contents:
        self._release()
        first = self.contents.sections[0]
        if len(self.contents.sections) > 1:
            first.blocks = _code_last(first.blocks)
        self._link()
        if not first.blocks:
            self.contents.sections.remove(first)
        return self.contents

    def _add_heading(self, heading: Tag, level: int) -> None:
        self._release()
        words = plain_text(str(heading))
        anchor = "main"
        if level == 1 and not self.contents.title:
            self.contents.title = words
        elif level <= 2:
            number = len(self.contents.sections)
            anchor = f"s{number}"
            self.contents.sections.append(Section(number, words))
        else:
            anchor = f"s{self.section.number}-{len(self.section.entries) + 1}"
            self.section.blocks.append(Block("heading", words, anchor))
        self.anchors.setdefault(str(heading.attrs.get("id", "")), anchor)

    def _fill(self, soup: BeautifulSoup) -> None:
        """{year} and its like; in code and in formulas braces are what they are."""
        for text in soup.find_all(string=re.compile("{")):
            if isinstance(text, NavigableString) and not text.find_parent(_AS_TYPED):
                text.replace_with(filled(str(text), self.facts.placeholders))

    def _release(self) -> None:
        html, self.held = self.held.strip(), ""
        if not html:
            return
        if self.section.number == 0 and not self.section.blocks:
            self.contents.opening += html
        else:
            self.section.blocks.append(Block("prose", html))

    def _link(self) -> None:
        """Lead links to the notebook's headings to where those are now."""

        def led(html: str) -> str:
            return re.sub(rf'href="#({OWN}[^"]+)"', place, html)

        def place(found: re.Match[str]) -> str:
            return f'href="#{self.anchors.get(found[1], found[1])}"'

        self.contents.opening = led(self.contents.opening)
        for section in self.contents.sections:
            for n, block in enumerate(section.blocks):
                if isinstance(block, Block) and block.kind == "prose":
                    section.blocks[n] = replace(block, html=led(block.html))


def _code(cell: NotebookNode, *, numbered: bool) -> Block:
    source = cell.source.strip()
    lines = shortened(source).splitlines()
    return Block(
        "code",
        html=code_html(source),
        number=cell.get("execution_count"),
        numbered=numbered,
        lines=len(lines),
        peek=lines[-1].strip() if len(lines) < 3 else lines[0].strip(),
    )


def _code_last(blocks: list[Block | Figure]) -> list[Block | Figure]:
    """The set-up under the title, after what it showed: a reader came for the page."""
    shown = [block for block in blocks if block.kind != "code"]
    return shown + [block for block in blocks if block.kind == "code"]
