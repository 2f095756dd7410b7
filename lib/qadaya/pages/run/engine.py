"""papermill's engine with what its users miss: kernels that are confined and tried
again, widgets that are kept, errors that were expected.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat
import zmq
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from qadaya.pages.run.failures import first_line
from qadaya.pages.run.kernels import kernel_class
from qadaya.slow_imports import WITHOUT_SLOW

ENGINE = "qadaya"
STARTS = 3
# Seconds; a run that is ended from outside leaves a notebook about this much behind. A
# large one is written less often, so that writing takes a twentieth of the time.
SAVE_EVERY = 1.0
SAVING = 1 / 20
# Seconds; what a cell printed may come this much after word that it is done. nbclient's
# 4 are few where many kernels share two cores.
LAST_OUTPUT = 60
# The kernel says at each start that its sockets on this machine are not encrypted. That
# is known and meant: they never leave the machine.
QUIET = ["--IPKernelApp.log_level=40"]
LEAN = [f"--IPKernelApp.exec_lines={WITHOUT_SLOW}"]


class KernelStartError(Exception):
    """The kernel did not start, however often it was tried."""


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

    def process_message(self, *message: Any, **settings: Any) -> Any:
        """Take a message, and ask the shell's socket anew whether it holds one.

        A message may make nbclient write to the kernel (an `Output` widget does), by a
        plain socket over asyncio's own. Writing clears the mark that a reply has come,
        so that asyncio waits for ever for a reply which is there.
        """
        try:
            return super().process_message(*message, **settings)
        finally:
            self.kc.shell_channel.socket.get(zmq.EVENTS)

    def start_new_kernel_client(self) -> Any:
        for start in range(1, STARTS + 1):
            try:
                return super().start_new_kernel_client()
            except Exception as fault:
                if start == STARTS:
                    raise KernelStartError(
                        f"the kernel {self.kernel_name!r} did not start, "
                        f"{STARTS} times tried: {first_line(str(fault))}"
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
        settings["kernel_manager_class"] = kernel_class(
            settings.pop("confined", None), settings.pop("forks", None)
        )
        chosen = settings | {
            "timeout": cell_timeout,
            "startup_timeout": start_timeout,
            "iopub_timeout": LAST_OUTPUT,
            "kernel_name": kernel_name,
            "extra_arguments": [*QUIET, *LEAN],
            "log": logging.getLogger("papermill"),
        }
        with _seldom_saved(nb_man):
            executed = _Client(nb_man, **chosen).execute()
        for cell in executed.cells:
            if "raises-exception" in (cell.metadata.get("tags") or []):
                cell.outputs = [_told(output) for output in cell.outputs]
        return executed


def _told(output: Any) -> Any:
    """An error that was expected, as words: papermill would take it for a failure."""
    if output.output_type != "error":
        return output
    words = first_line(f"{output.ename}: {output.evalue}")
    return nbformat.v4.new_output("display_data", {"text/plain": words})


@contextmanager
def _seldom_saved(nb_man: Any) -> Iterator[None]:
    """papermill writes the whole notebook twice a cell, which here is once in a while.

    What is written when the run has ended, well or not, is written all the same.
    """
    save, due = nb_man.save, time.monotonic() + SAVE_EVERY

    def save_in_a_while(**settings: Any) -> None:
        nonlocal due
        if (begun := time.monotonic()) > due:
            save(**settings)
            ended = time.monotonic()
            due = ended + max(SAVE_EVERY, (ended - begun) / SAVING)

    nb_man.save = save_in_a_while
    try:
        yield
    finally:
        nb_man.save = save


papermill_engines.register(ENGINE, _Engine)
