"""What of each cell a page shows: by its tags and by nbconvert's options.

`remove-` and `remove_` take something out, `hide-` folds it away; nbconvert's own
preprocessor of tags has had its say before. Options are the exporter's (`--no-input`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode


@dataclass(frozen=True)
class Shown:
    """Of one cell: whether its code, the number before it, and its outputs."""

    code: bool = True
    prompt: bool = True
    outputs: bool = True
    folded: bool = False


@dataclass(frozen=True)
class Options:
    """What nbconvert was asked to leave out; `folder`: where the notebook lies."""

    code: bool = True
    prompt: bool = True
    outputs: bool = True
    code_cells: bool = True
    markdown: bool = True
    raw: bool = True
    folder: str = ""

    def of(self, cell: NotebookNode) -> Shown:
        """What of a code cell is shown."""
        tags, hidden = tags_of(cell), cell.metadata.get("jupyter") or {}
        gone = cell.metadata.get("transient") or {}
        return Shown(
            code=self.code
            and not tags & {"remove-input", "hide-input"}
            and not gone.get("remove_source"),
            prompt=self.prompt,
            outputs=self.outputs and "remove-output" not in tags,
            folded=bool(tags & {"hide-output", "hide-cell"})
            or bool(hidden.get("outputs_hidden")),
        )


def shown_cells(notebook: NotebookNode, options: Options) -> Iterator[NotebookNode]:
    """The cells of the page; parameters that were overridden would only mislead."""
    wanted = {
        "code": options.code_cells,
        "markdown": options.markdown,
        "raw": options.raw,
    }
    injected = any("injected-parameters" in tags_of(cell) for cell in notebook.cells)
    for cell in notebook.cells:
        tags = tags_of(cell)
        removed = "remove-cell" in tags or (injected and "parameters" in tags)
        transient = cell.metadata.get("transient") or {}
        if cell.cell_type != "code" and transient.get("remove_source"):
            continue
        if not removed and wanted.get(cell.cell_type, False):
            yield cell


def tags_of(cell: NotebookNode) -> set[str]:
    """The tags of a cell, spelt with hyphens."""
    tags = cell.metadata.get("tags") or []
    return {str(tag).replace("_", "-") for tag in tags}
