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

    Raises: LeakError, naming the first cell whose own page leaks; no cell where only
    the cells together do.
    """
    search = partial(scan, protected=protected, unprotected=unprotected)
    leaks = search(page)
    if not leaks:
        return
    for cell, one in _one_by_one(notebook):
        if own := search(render(one)):
            execution = one.cells[0].get("execution_count")
            raise LeakError(_told(own), cell, execution)
    raise LeakError(_told(leaks), None, None)


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
