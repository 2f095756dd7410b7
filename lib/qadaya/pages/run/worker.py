"""One of the processes that run notebooks: `python -m qadaya.pages.run.start`.

It imports papermill and nbconvert once, then answers jobs: a line of JSON in, lines of
JSON out. A job names notebook, parameters, facts, page, executed, folder, environment,
confined (see `border`) and fingerprint; a line says which cell has begun, the last one
how the run ended. The process has no state between jobs, so that whoever started it may
end it at any time.
"""

import json
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

from qadaya.atomic import write_text
from qadaya.editions.edition import Edition, edition_at
from qadaya.errors import QadayaError
from qadaya.pages.render.exporter import QadayaExporter
from qadaya.pages.run import confine
from qadaya.pages.run.refusal import LeakError, refuse_leaks
from qadaya.pages.run.slow_imports import WITHOUT_SLOW
from qadaya.views.topics.colophon import colophon

ENGINE = "qadaya"
STARTS = 3
# Seconds; a run that is ended from outside leaves a notebook at most this much behind.
SAVE_EVERY = 1.0
# The kernel says at each start that its sockets on this machine are not encrypted. That
# is known and meant: they never leave the machine.
QUIET = ["--IPKernelApp.log_level=40"]
ALONE = "A shared page is made from its edition and data/public alone"
LEAN = [f"--IPKernelApp.exec_lines={WITHOUT_SLOW}"]

Say = Callable[[dict[str, Any]], None]


class KernelStartError(Exception):
    """The kernel did not start, however often it was tried."""


class _ConfinedKernel(AsyncKernelManager):
    """Starts a kernel that can open its places, and the file of its own sockets."""

    confined: ClassVar[dict[str, list[str]]]

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        command = super().format_kernel_cmd(extra_arguments)
        read = [*self.confined["read"], os.path.realpath(self.connection_file)]
        places = json.dumps(self.confined | {"read": read})
        return [sys.executable, "-I", "-S", confine.__file__, places, *command]


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Tries the start of a kernel again: ports clash. A run is never repeated.

    What widgets hold is kept, since a page draws them from it; not the programs they
    bring along, and nothing of the explorer, which is in the page on its own.
    """

    def set_widgets_metadata(self) -> None:
        own = [m for m, state in self.widget_state.items() if _is_ours(state)]
        for model in own:
            del self.widget_state[model]
        for state in self.widget_state.values():
            for program in ("_esm", "_css"):
                state.pop(program, None)
        super().set_widgets_metadata()

    def start_new_kernel_client(self) -> Any:
        for start in range(1, STARTS + 1):
            try:
                return super().start_new_kernel_client()
            except Exception as fault:
                if start == STARTS:
                    raise KernelStartError(
                        f"the kernel {self.kernel_name!r} did not start, "
                        f"{STARTS} times tried: {_first_line(str(fault))}"
                    ) from fault
                # What failed was cleared away with its manager; begin anew.
                self.km = self.create_kernel_manager()
                self.start_new_kernel()


def _is_ours(state: dict[str, Any]) -> bool:
    return str(state.get("_anywidget_id", "")).startswith("qadaya.")


class _Engine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine around our client."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, **settings: Any
    ) -> Any:
        settings.pop("input_path", None)
        cell_timeout = settings.pop("execution_timeout", None)
        start_timeout = settings.pop("start_timeout", 60)
        if confined := settings.pop("confined", None):
            settings["kernel_manager_class"] = type(
                "Kernel", (_ConfinedKernel,), {"confined": confined}
            )
        chosen = settings | {
            "timeout": cell_timeout,
            "startup_timeout": start_timeout,
            "kernel_name": kernel_name,
            "extra_arguments": [*QUIET, *LEAN],
            "log": logging.getLogger("papermill"),
        }
        with _seldom_saved(nb_man):
            return _Client(nb_man, **chosen).execute()


@contextmanager
def _seldom_saved(nb_man: Any) -> Iterator[None]:
    """papermill writes the whole notebook twice a cell, which here is once in a while.

    What is written when the run has ended, well or not, is written all the same.
    """
    save, last = nb_man.save, time.monotonic()

    def save_in_a_while(**settings: Any) -> None:
        nonlocal last
        if time.monotonic() - last > SAVE_EVERY:
            save(**settings)
            last = time.monotonic()

    nb_man.save = save_in_a_while
    try:
        yield
    finally:
        nb_man.save = save


papermill_engines.register(ENGINE, _Engine)


def do_job(job: dict[str, Any], say: Say) -> dict[str, Any]:
    """How a run ended: `state` built or failed, and where and why it failed.

    Keys of a failure: cell (its place in the notebook, from 1), execution (its number
    in brackets), error (one line). None where no cell is to blame.
    """
    say({"begun": True})
    watch = _Watch(say)
    try:
        _run_notebook(job, watch)
        page = _page(job)
        Path(job["page"]).parent.mkdir(parents=True, exist_ok=True)
        write_text(Path(job["page"]), page)
    except PapermillExecutionError as fault:
        error = f"{fault.ename}: {_first_line(fault.evalue)}"
        if job["confined"] and "ermission denied" in error:
            error += f". {ALONE}"
        return watch.failed(error)
    except DeadKernelError:
        return watch.failed("the kernel died (out of memory, or ended from outside)")
    except CellTimeoutError:
        return watch.failed(f"the cell ran longer than {job['cell_timeout']} s")
    except LeakError as fault:
        watch.cell, watch.execution = fault.cell, fault.execution
        return watch.failed(_first_line(str(fault)))
    except (KernelStartError, QadayaError) as fault:
        return watch.failed(_first_line(str(fault)), in_cell=False)
    except Exception as fault:
        # A fault of ours or of a library: the whole of it in the log, a line outside.
        traceback.print_exc()
        return watch.failed(f"{type(fault).__name__}: {_first_line(str(fault))}")
    return {"state": "built"}


class _Watch:
    """Knows which cell runs, by its place in the notebook as it is stored."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.cell: int | None = None
        self.execution: int | None = None
        self.code_cells = 0
        self.stored = 0

    def begin(self, cell: Any, cell_index: int, **_: Any) -> None:
        if "injected-parameters" in cell.metadata.get("tags", []):
            self.code_cells += 1
            return
        self.stored += 1
        if cell.cell_type == "code" and cell.source.strip():
            self.code_cells += 1
        self.cell, self.execution = self.stored, self.code_cells
        self.say({"cell": self.cell, "execution": self.execution})

    def failed(self, error: str, *, in_cell: bool = True) -> dict[str, Any]:
        cell = self.cell if in_cell else None
        execution = self.execution if in_cell else None
        return {
            "state": "failed",
            "cell": cell,
            "execution": execution,
            "error": error,
        }


def _run_notebook(job: dict[str, Any], watch: _Watch) -> None:
    Path(job["executed"]).parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(job["notebook"], as_version=4)
    kernel = notebook.metadata.get("kernelspec", {}).get("name", "python3")
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
    resources = {
        "metadata": {"name": Path(job["notebook"]).stem},
        "qadaya_fingerprint": job["fingerprint"],
        "qadaya_facts": _facts(job["facts"], edition),
    }

    def render(notebook: nbformat.NotebookNode) -> str:
        exporter = QadayaExporter()  # type: ignore[no-untyped-call]
        page: str = exporter.from_notebook_node(notebook, resources)[0]
        return page

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


def _facts(facts: dict[str, Any], edition: Edition | None) -> dict[str, Any]:
    """What the page says of itself, whatever the notebook says."""
    if edition is None:
        return facts
    said = colophon(edition, year=facts["year"], language=facts["language"])
    return said.facts | facts


def _first_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0].strip() if lines else ""


def main() -> None:
    """Answer jobs until no more come. What libraries print goes to the error stream."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def say(fact: dict[str, Any]) -> None:
        answers.write(json.dumps(fact) + "\n")
        answers.flush()

    for line in sys.stdin:
        job = json.loads(line)
        say(do_job(job, say))
