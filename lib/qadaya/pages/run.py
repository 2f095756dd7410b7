"""The driver: many runs in two processes, each with a deadline, one summary.

papermill runs a notebook. What it leaves out is done here: runs side by side, no run
repeated whose page is current, a limit for a whole run that is enforced from outside, a
failure that names its cell and stops nothing else, and old pages that stay until the
new one is whole.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from qadaya.errors import QadayaError
from qadaya.pages.border import Place, internal_place, shared_place
from qadaya.pages.plan import Run
from qadaya.pages.record import fingerprint, is_current
from qadaya.tables.edition import edition_numbers, editions_folder

JOBS = 2
DEADLINE = 300.0


@dataclass(frozen=True)
class Result:
    """How one run ended. `state`: built, unchanged or failed.

    Of a failure: `cell`, its place in the notebook from 1 and `execution`, its number
    in brackets (None where no cell is to blame), `error` in one line, and `executed`,
    the notebook as far as it came.
    """

    run: Run
    state: str
    seconds: float = 0.0
    cell: int | None = None
    execution: int | None = None
    error: str | None = None

    @property
    def executed(self) -> Path | None:
        kept = self.run.executed
        return kept if self.state == "failed" and kept.exists() else None

    @property
    def sentence(self) -> str:
        """One line: which run, which cell, why, and where to look."""
        place = f"cell {self.cell} [{self.execution}]: " if self.cell else ""
        look = f" (see {self.executed})" if self.executed else ""
        return f"{self.run.name}: {place}{self.error}{look}"


class Progress:
    """Told what happens; this one stays silent. See `qadaya.cli.pages`."""

    def begun(self, run: Run) -> None: ...

    def at_cell(self, run: Run, cell: int) -> None: ...

    def ended(self, result: Result) -> None: ...


def check_output(out: Path) -> None:
    """Refuse a folder that cannot be written to, before anything runs.

    Raises: QadayaError.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as fault:
        raise QadayaError(
            f"{out}: pages cannot be written there ({fault.strerror}); expected a "
            "folder that can be written to. Choose another with --out"
        ) from None


def run_all(
    runs: Sequence[Run],
    *,
    jobs: int = JOBS,
    deadline: float = DEADLINE,
    force: bool = False,
    progress: Progress | None = None,
) -> list[Result]:
    """The result of every run, in the order given; a failure does not stop the others.

    On Ctrl-C every kernel is ended, pages that are there stay, and KeyboardInterrupt
    goes on to the caller.
    """
    progress = progress or Progress()
    results: dict[Path, Result] = {}
    waiting = []
    for run in runs:
        if not force and is_current(run):
            results[run.page] = Result(run, "unchanged")
            progress.ended(results[run.page])
        else:
            waiting.append(run)
    if waiting:
        with _places(waiting) as place_of:
            pool = _Pool(place_of, min(jobs, len(waiting)), deadline, progress)
            for result in pool.run(waiting):
                results[result.run.page] = result
    return [results[run.page] for run in runs]


@contextmanager
def _places(runs: Sequence[Run]) -> Iterator[Callable[[Run], Place]]:
    """Where each run's kernel works: shared ones in a folder with their edition."""
    inside = internal_place()
    with ExitStack() as stack:
        across: dict[Path, Place] = {}
        for run in runs:
            path = run.edition.path
            if run.parameters.audience == "shared" and path not in across:
                across[path] = stack.enter_context(shared_place(run.edition))
        yield lambda run: across.get(run.edition.path, inside)


@dataclass
class _Worker:
    """A process of `qadaya.pages.worker`, and what it is busy with."""

    process: subprocess.Popen[str]
    run: Run | None = None
    begun: float = 0.0
    last: dict[str, Any] = field(default_factory=dict)


class _Pool:
    """Hands runs to processes and gathers what they say."""

    def __init__(
        self,
        place_of: Callable[[Run], Place],
        jobs: int,
        deadline: float,
        progress: Progress,
    ) -> None:
        self.place_of = place_of
        self.jobs = jobs
        self.deadline = deadline
        self.progress = progress
        self.heard: queue.Queue[tuple[_Worker, dict[str, Any] | None]] = queue.Queue()
        self.workers: list[_Worker] = []

    def run(self, runs: Sequence[Run]) -> Iterator[Result]:
        waiting = list(reversed(runs))
        try:
            while waiting or any(worker.run for worker in self.workers):
                self._hand_out(waiting)
                for result in self._listen():
                    self.progress.ended(result)
                    yield result
        finally:
            for worker in list(self.workers):
                self._end(worker)

    def _hand_out(self, waiting: list[Run]) -> None:
        while waiting and len(self.workers) < self.jobs:
            self.workers.append(self._start(waiting[-1]))
        for worker in self.workers:
            if waiting and worker.run is None:
                self._give(worker, waiting.pop())

    def _start(self, run: Run) -> _Worker:
        log = run.executed.parents[1] / "worker.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "qadaya.pages.start"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                # Out of reach of Ctrl-C in the terminal: the driver ends it itself.
                start_new_session=True,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
        worker = _Worker(process)
        threading.Thread(target=self._hear, args=(worker,), daemon=True).start()
        return worker

    def _hear(self, worker: _Worker) -> None:
        assert worker.process.stdout is not None
        for line in worker.process.stdout:
            self.heard.put((worker, json.loads(line)))
        self.heard.put((worker, None))

    def _give(self, worker: _Worker, run: Run) -> None:
        place = self.place_of(run)
        job = {
            "notebook": str(run.notebook.path),
            "parameters": run.parameters.for_notebook(),
            "page": str(run.page),
            "executed": str(run.executed),
            "folder": str(place.folder),
            "environment": place.environment,
            "fingerprint": fingerprint(run),
            "edition": str(run.edition.path),
            "unprotected": _true_counts(run),
        }
        worker.run, worker.begun, worker.last = run, time.monotonic(), {}
        # What an earlier run left would be taken for this one's, should it fail early.
        run.executed.unlink(missing_ok=True)
        self.progress.begun(run)
        try:
            assert worker.process.stdin is not None
            worker.process.stdin.write(json.dumps(job) + "\n")
            worker.process.stdin.flush()
        except BrokenPipeError:
            self.heard.put((worker, None))

    def _listen(self) -> Iterator[Result]:
        try:
            worker, fact = self.heard.get(timeout=0.2)
        except queue.Empty:
            pass
        else:
            yield from self._take(worker, fact)
        for worker in list(self.workers):
            if worker.run and time.monotonic() - worker.begun > self.deadline:
                self._end(worker)
                reason = f"the run took longer than {self.deadline:g} s and was ended"
                yield self._result(worker, {"state": "failed", "error": reason})

    def _take(self, worker: _Worker, fact: dict[str, Any] | None) -> Iterator[Result]:
        if worker not in self.workers:
            return  # the last words of a process that was ended
        if fact is None:
            self._end(worker)
            if worker.run:
                reason = "the process that ran it ended by itself (out of memory?)"
                yield self._result(worker, {"state": "failed", "error": reason})
        elif "state" in fact:
            yield self._result(worker, fact)
        elif "begun" in fact:
            worker.begun = time.monotonic()
        elif worker.run:
            worker.last = fact
            self.progress.at_cell(worker.run, fact["cell"])

    def _result(self, worker: _Worker, fact: dict[str, Any]) -> Result:
        run, worker.run = worker.run, None
        assert run is not None
        said = worker.last | fact if fact["state"] == "failed" else fact
        return Result(
            run,
            said["state"],
            seconds=time.monotonic() - worker.begun,
            cell=said.get("cell"),
            execution=said.get("execution"),
            error=said.get("error"),
        )

    def _end(self, worker: _Worker) -> None:
        """End a process with all it started, and what it left half written."""
        if worker in self.workers:
            self.workers.remove(worker)
        try:
            top = psutil.Process(worker.process.pid)
            # A kernel has a session of its own, so the process group is not enough.
            family = [*top.children(recursive=True), top]
        except psutil.NoSuchProcess:
            family = []
        for each in family:
            try:
                each.kill()
            except psutil.NoSuchProcess:
                continue
        worker.process.wait()
        if worker.run:
            page = worker.run.page
            part = page.with_name(f".{page.name}.{worker.process.pid}.part")
            part.unlink(missing_ok=True)


def _true_counts(run: Run) -> str | None:
    """The newest internal edition, which a shared page is compared with."""
    shelf = editions_folder() / "internal"
    numbers = edition_numbers(shelf)
    if run.parameters.audience != "shared" or not numbers:
        return None
    return str(shelf / numbers[-1])
