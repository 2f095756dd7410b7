"""One of the processes that run notebooks (see `processes` for how they start).

It has imported papermill and nbconvert, and answers jobs: a line of JSON in, lines of
JSON out. A job names notebook, parameters, facts, page, executed, folder, environment,
confined (see `border`) and made_from; a line says which cell has begun, of how many,
the last one how the run ended. The process has no state between jobs, so that whoever
started it may end it at any time.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

from qadaya.atomic import write_text
from qadaya.editions.edition import Edition, edition_at
from qadaya.errors import QadayaError
from qadaya.pages.leaks.refusal import LeakError, refuse_leaks
from qadaya.pages.render.exporter import QadayaExporter
from qadaya.pages.run.engine import ENGINE, KernelStartError
from qadaya.pages.run.failures import failed_cell, first_line, kernel_for
from qadaya.pages.run.forks import Forks
from qadaya.pages.run.result import DIED, LATE, LEAK, OTHER, RAISED
from qadaya.views.topics.colophon import colophon

Say = Callable[[dict[str, Any]], None]


def do_job(job: dict[str, Any], say: Say, forks: Forks | None = None) -> dict[str, Any]:
    """How a run ended: `state` built or failed, and where and why it failed.

    `forks`: what makes its kernel, where one can be forked.

    Keys of a failure: kind (see `result`), cell (its place in the notebook, from 1),
    execution (its number in brackets), error (one line), raised (the class of what a
    cell raised). None where no cell is to blame.
    """
    say({"begun": True})
    watch = _Watch(say)
    try:
        _run_notebook(job, watch, forks)
        page = _page(job)
        Path(job["page"]).parent.mkdir(parents=True, exist_ok=True)
        write_text(Path(job["page"]), page)
    except PapermillExecutionError as fault:
        error = failed_cell(
            fault.ename,
            fault.evalue,
            printed=_printed(job["executed"]),
            confined=bool(job["confined"]),
        )
        return watch.failed(error, kind=RAISED) | {"raised": fault.ename}
    except DeadKernelError:
        return watch.failed(
            "the kernel died (out of memory, or ended from outside)", kind=DIED
        )
    except CellTimeoutError:
        late = f"the cell ran longer than {job['cell_timeout']} s"
        return watch.failed(late, kind=LATE)
    except LeakError as fault:
        watch.cell, watch.execution = fault.cell, fault.execution
        return watch.failed(first_line(str(fault)), kind=LEAK)
    except (KernelStartError, QadayaError) as fault:
        return watch.failed(first_line(str(fault)), in_cell=False)
    except Exception as fault:
        # A fault of ours or of a library: the whole of it in the log, a line outside.
        traceback.print_exc()
        return watch.failed(f"{type(fault).__name__}: {first_line(str(fault))}")
    return {"state": "built"}


class _Watch:
    """Knows which cell runs, by its place in the notebook as it is stored."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.cell: int | None = None
        self.execution: int | None = None
        self.code_cells = 0
        self.stored = 0
        self.cells = 0

    def begin(self, cell: Any, cell_index: int, **_: Any) -> None:
        if "injected-parameters" in cell.metadata.get("tags", []):
            self.code_cells += 1
            return
        self.stored += 1
        if cell.cell_type == "code" and cell.source.strip():
            self.code_cells += 1
        self.cell, self.execution = self.stored, self.code_cells
        self.say({"cell": self.cell, "execution": self.execution, "of": self.cells})

    def failed(
        self, error: str, *, kind: str = OTHER, in_cell: bool = True
    ) -> dict[str, Any]:
        cell = self.cell if in_cell else None
        execution = self.execution if in_cell else None
        return {
            "state": "failed",
            "kind": kind,
            "cell": cell,
            "execution": execution,
            "error": error,
        }


def _run_notebook(job: dict[str, Any], watch: _Watch, forks: Forks | None) -> None:
    Path(job["executed"]).parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(job["notebook"], as_version=4)
    asked = (notebook.metadata.get("kernelspec") or {}).get("name") or "python3"
    kernel = kernel_for(asked)
    watch.cells = len(notebook.cells)
    with _environment(job["environment"]):
        execute_notebook(
            # papermill fills braces in a path; this one is a path and nothing else.
            job["notebook"].replace("{", "{{").replace("}", "}}"),
            job["executed"].replace("{", "{{").replace("}", "}}"),
            job["parameters"],
            engine_name=ENGINE,
            kernel_name=kernel,
            language="python",
            progress_bar=False,
            cwd=job["folder"],
            confined=job["confined"],
            forks=forks,
            execution_timeout=job.get("cell_timeout"),
            # nbclient's own `Output` widget fails without it.
            store_widget_state=True,
            shutdown_kernel="immediate",
            on_cell_start=watch.begin,
        )


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """The kernel inherits what this process has; afterwards it has its own again."""
    kept = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _page(job: dict[str, Any]) -> str:
    """The page of a notebook that has run.

    Raises: LeakError.
    """
    edition = edition_at(Path(job["edition"])) if job["edition"] else None
    facts = facts_of_run(job["facts"], edition)

    def render(notebook: nbformat.NotebookNode) -> str:
        return page_of(notebook, Path(job["notebook"]).stem, job["made_from"], facts)

    notebook = nbformat.read(job["executed"], as_version=4)
    page, unprotected = render(notebook), job.get("unprotected")
    refuse_leaks(
        notebook,
        render,
        page,
        protected=edition,
        unprotected=edition_at(Path(unprotected)) if unprotected else None,
    )
    return page


def facts_of_run(facts: dict[str, Any], edition: Edition | None) -> dict[str, Any]:
    """What the page says of itself, whatever the notebook says."""
    if edition is None:
        return facts
    page = colophon(edition, year=facts["year"], language=facts["language"])
    return page.facts | facts


def _printed(executed: str) -> str:
    """What the cell that failed wrote to the error stream."""
    cells = nbformat.read(executed, as_version=4).cells
    failed = [c for c in cells if (c.metadata.get("papermill") or {}).get("exception")]
    outputs = failed[-1].outputs if failed else []
    return "".join(o.text for o in outputs if o.get("name") == "stderr")


def page_of(
    notebook: nbformat.NotebookNode,
    name: str,
    made_from: dict[str, Any] | None,
    facts: dict[str, Any],
) -> str:
    """The page of a notebook that has run, as HTML; not yet searched for leaks."""
    resources = {
        "metadata": {"name": name},
        "qadaya_made_from": made_from,
        "qadaya_facts": facts,
    }
    exporter = QadayaExporter()  # type: ignore[no-untyped-call]
    page: str = exporter.from_notebook_node(notebook, resources)[0]
    return page


def main(forks: Forks | None = None) -> None:
    """Answer jobs until no more come. What libraries print goes to the error stream."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def say(fact: dict[str, Any]) -> None:
        answers.write(json.dumps(fact) + "\n")
        answers.flush()

    for line in sys.stdin:
        job = json.loads(line)
        say(do_job(job, say, forks))
