"""The last look at a page before it is written: does it leak, and which cell does."""

from collections.abc import Callable, Iterator
from functools import partial

from nbformat import NotebookNode

from qadaya.editions.edition import Edition
from qadaya.errors import DisclosureError
from qadaya.pages.leaks.scan import Leak, scan

Render = Callable[[NotebookNode], str]


class LeakError(DisclosureError):
    """A page that is not written. `cell`, `execution`: as for a result, or None."""

    def __init__(self, text: str, cell: int | None, execution: int | None) -> None:
        super().__init__(text)
        self.cell, self.execution = cell, execution

    @property
    def sentence(self) -> str:
        """Which cell, and what it gives away."""
        return (
            f"cell {self.cell} [{self.execution}]: {self}" if self.cell else str(self)
        )


def refuse_leaks(
    notebook: NotebookNode,
    render: Render,
    page: str,
    *,
    protected: Edition | None,
    unprotected: Edition | None,
) -> None:
    """Hold the page of an executed notebook back if it gives anything away.

    Raises: LeakError, naming the first cell whose own page leaks, and which of its
    outputs or whether its code; no cell where only the cells together do.
    """
    search = partial(scan, protected=protected, unprotected=unprotected)
    leaks = search(page)
    if not leaks:
        return
    for cell, one in _one_by_one(notebook):
        if own := search(render(one)):
            execution = one.cells[0].get("execution_count")
            part = _part(one, lambda alone: bool(search(render(alone))))
            raise LeakError(f"{part}{_told(own)}", cell, execution)
    raise LeakError(_told(leaks), None, None)


def _part(notebook: NotebookNode, leaks: Callable[[NotebookNode], bool]) -> str:
    """Which part of the one cell leaks by itself: an output by its number, its code."""
    outputs = notebook.cells[0].get("outputs", [])
    if not outputs:
        return ""
    for number, output in enumerate(outputs, start=1):
        if leaks(_with_outputs(notebook, [output])):
            which = f"output {number} of {len(outputs)}" if len(outputs) > 1 else "its"
            return f"{which}{_kind(output)}: "
    return "its code: " if leaks(_with_outputs(notebook, [])) else ""


def _kind(output: NotebookNode) -> str:
    """What an output is, by its first form that a person knows."""
    kind = output["output_type"]
    if kind in ("stream", "error"):
        return f" {output.get('name', 'error')}"
    forms = [form for form in output["data"] if form != "text/plain"]
    return f" {(forms or ['text/plain'])[0]}"


def _with_outputs(notebook: NotebookNode, outputs: list[NotebookNode]) -> NotebookNode:
    cell = NotebookNode(notebook.cells[0] | {"outputs": outputs})
    return NotebookNode(notebook | {"cells": [cell]})


def _told(leaks: list[Leak]) -> str:
    more = f" and {len(leaks) - 1} more" if len(leaks) > 1 else ""
    return f"the page is not written: {leaks[0].where}: {leaks[0].what}{more}"


def _one_by_one(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Each cell as a notebook, with its place in the notebook as it is stored."""
    place = 0
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            continue
        place += 1
        alone = notebook.copy()
        alone["cells"] = [cell]
        yield place, alone
