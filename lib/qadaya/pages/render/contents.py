"""From an executed notebook to a plain structure: title, opening, numbered sections.

The first heading is the title and the paragraphs under it, up to the first output, are
the opening. Each `##` starts a section, each `###` an entry under it in the contents. A
section is a list of blocks in the order of the notebook; a block knows its `kind`, and
the template has one piece for each kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from qadaya.pages.render.clean import markdown_html, plain_text
from qadaya.pages.render.facts import Facts
from qadaya.pages.render.figures import Figure
from qadaya.pages.render.outputs import Outputs
from qadaya.pages.render.prose import Piece, filled, translated

HIDDEN = {"remove-cell", "hide-cell"}
CODE_HIDDEN = {"hide-input", "remove-input"}


@dataclass(frozen=True)
class Block:
    """One thing on the page: prose, heading, code, table, text, picture, explorer."""

    kind: str
    html: str = ""
    anchor: str = ""
    number: int | None = None
    lines: int = 0
    peek: str = ""
    state: dict[str, Any] = field(default_factory=dict)


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

    @property
    def figures(self) -> list[Figure]:
        blocks = (block for section in self.sections for block in section.blocks)
        return [block for block in blocks if isinstance(block, Figure)]

    @property
    def explorers(self) -> list[Block]:
        blocks = (block for section in self.sections for block in section.blocks)
        return [block for block in blocks if block.kind == "explorer"]  # type: ignore[misc]


def read_contents(notebook: NotebookNode, facts: Facts) -> Contents:
    """The structure of a page. Cells tagged `remove-cell` leave no trace."""
    reading = _Reading(facts)
    for cell in _shown(notebook):
        if cell.cell_type == "markdown":
            reading.read_prose(cell.source)
        elif cell.cell_type == "code":
            reading.read_code(cell)
    return reading.finish()


class _Reading:
    """The notebook read so far. Prose is held back until something else follows it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.contents = Contents(sections=[Section(0, "")])
        self.held: list[Piece] = []
        self.outputs = Outputs(facts)

    @property
    def section(self) -> Section:
        return self.contents.sections[-1]

    def read_prose(self, source: str) -> None:
        for piece in translated(source, self.facts.language):
            if piece.level == 1 and not self.contents.title:
                self.contents.title = self._words(piece)
            elif piece.level in (1, 2):
                self._release()
                number = len(self.contents.sections)
                self.contents.sections.append(Section(number, self._words(piece)))
            elif piece.level:
                self._release()
                self._add_heading(piece)
            else:
                self.held.append(piece)
        self._release()

    def read_code(self, cell: NotebookNode) -> None:
        tags = set(cell.metadata.get("tags", []))
        if cell.source.strip() and not tags & CODE_HIDDEN:
            self.section.blocks.append(_code(cell))
        label = self.section.subject or self.contents.title
        for kind, found in self.outputs.read(cell, label=label):
            if isinstance(found, Figure):
                self.section.blocks.append(found)
            else:
                self.section.blocks.append(Block(kind, **found))

    def finish(self) -> Contents:
        self._release()
        first = self.contents.sections[0]
        first.blocks = _code_last(first.blocks)
        if not first.blocks:
            self.contents.sections.remove(first)
        return self.contents

    def _words(self, piece: Piece) -> str:
        text = filled(piece.text, self.facts.placeholders)
        return plain_text(markdown_html(text, label=""))

    def _add_heading(self, piece: Piece) -> None:
        anchor = f"s{self.section.number}-{len(self.section.entries) + 1}"
        self.section.blocks.append(Block("heading", self._words(piece), anchor))

    def _release(self) -> None:
        if not self.held:
            return
        markdown = "".join(piece.markdown for piece in self.held)
        self.held = []
        filled_in = filled(markdown, self.facts.placeholders)
        label = self.section.subject or self.contents.title
        html = markdown_html(filled_in, label=label)
        if self.section.number == 0 and not self.section.blocks:
            self.contents.opening += html
        else:
            self.section.blocks.append(Block("prose", html))


def _shown(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The cells of the page; parameters that were overridden would only mislead."""
    injected = any(
        "injected-parameters" in cell.metadata.get("tags", [])
        for cell in notebook.cells
    )
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if not tags & HIDDEN and not (injected and "parameters" in tags):
            yield cell


def _code(cell: NotebookNode) -> Block:
    lines = cell.source.strip().splitlines()
    return Block(
        "code",
        html=cell.source.strip(),
        number=cell.get("execution_count"),
        lines=len(lines),
        peek=lines[-1].strip() if len(lines) < 3 else lines[0].strip(),
    )


def _code_last(blocks: list[Block | Figure]) -> list[Block | Figure]:
    """The set-up under the title, after what it showed: a reader came for the page."""
    shown = [block for block in blocks if block.kind != "code"]
    return shown + [block for block in blocks if block.kind == "code"]
