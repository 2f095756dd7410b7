"""Processes that run notebooks: each run with a deadline enforced from outside."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from qadaya.atomic import parts_of
from qadaya.editions.edition import newest_edition
from qadaya.pages.run.border import KernelPlace
from qadaya.pages.run.made_from import made_from
from qadaya.pages.run.memory import Watcher
from qadaya.pages.run.plan import Run
from qadaya.pages.run.processes import Process, start_worker
from qadaya.pages.run.result import DIED, LATE, MEMORY, Progress, Result
from qadaya.vocabulary import INTERNAL, SHARED

# Seconds for a process without work to end by itself.
PATIENCE = 5.0


@dataclass
class _Worker:
    """A process of `qadaya.pages.run.worker`, and what it is busy with."""

    process: Process
    memory: Watcher
    run: Run | None = None
    begun: float = 0.0
    last: dict[str, Any] = field(default_factory=dict)


class Pool:
    """Hands runs to processes and gathers what they say.

    `deadline`: seconds that a run may take; `memory`: megabytes, its kernel's included.
    """

    def __init__(
        self,
        place_of: Callable[[Run], KernelPlace],
        jobs: int,
        deadline: float,
        memory: float,
        progress: Progress,
        made_from: Callable[[Run], dict[str, Any]] = made_from,
    ) -> None:
        self.place_of = place_of
        self.jobs = jobs
        self.deadline = deadline
        self.memory = memory
        self.progress = progress
        # Once for all workers.
        self.tell = cache(progress.told)
        self.made_from = made_from
        self.heard: queue.Queue[tuple[_Worker, dict[str, Any] | None]] = queue.Queue()
        self.workers: list[_Worker] = []

    def run(self, runs: Sequence[Run]) -> Iterator[Result]:
        """The results as they come; every process is ended with the last one."""
        waiting = list(reversed(runs))
        try:
            while waiting or any(worker.run for worker in self.workers):
                self._hand_out(waiting)
                for result in self._listen():
                    self.progress.ended(result)
                    yield result
        finally:
            for worker in list(self.workers):
                self._dismiss(worker)

    def _hand_out(self, waiting: list[Run]) -> None:
        while waiting and len(self.workers) < self.jobs:
            self.workers.append(self._start(waiting[-1]))
        for worker in self.workers:
            if waiting and worker.run is None:
                self._give(worker, waiting.pop())

    def _start(self, run: Run) -> _Worker:
        log = run.executed.parents[1] / "worker.log"
        process = start_worker(log, self.tell)
        worker = _Worker(process, Watcher(process.pid))
        threading.Thread(target=self._hear, args=(worker,), daemon=True).start()
        return worker

    def _hear(self, worker: _Worker) -> None:
        for line in worker.process.stdout:
            self.heard.put((worker, json.loads(line)))
        self.heard.put((worker, None))

    def _give(self, worker: _Worker, run: Run) -> None:
        place = self.place_of(run)
        job = {
            "notebook": str(run.notebook.path),
            "parameters": run.parameters.for_notebook(
                source=run.notebook.source, accepts=run.notebook.accepts
            ),
            "facts": run.facts,
            "page": str(run.page),
            "executed": str(run.executed),
            "folder": str(place.folder),
            "environment": place.environment,
            "confined": place.confined,
            "made_from": self.made_from(run),
            "edition": str(run.edition.path) if run.edition else None,
            "unprotected": str(hidden) if (hidden := true_counts(run)) else None,
        }
        worker.run, worker.begun, worker.last = run, time.monotonic(), {}
        worker.memory.begin()
        # What an earlier run left would be taken for this one's, should it fail early.
        run.executed.unlink(missing_ok=True)
        try:
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
            if worker.run and (reason := self._past_a_limit(worker)):
                self._end(worker)
                yield self._failed(worker, *reason)

    def _past_a_limit(self, worker: _Worker) -> tuple[str, str] | None:
        if time.monotonic() - worker.begun > self.deadline:
            return LATE, f"the run took longer than {self.deadline:g} s and was ended"
        if worker.memory.look() > self.memory:
            return MEMORY, (
                f"the run took {worker.memory.most:.0f} MB of memory and was ended; at "
                f"most {self.memory:g} MB are allowed. Read less at once, or allow "
                "more with --memory"
            )
        return None

    def _take(self, worker: _Worker, fact: dict[str, Any] | None) -> Iterator[Result]:
        if worker not in self.workers:
            return  # the last words of a process that was ended
        if fact is None:
            self._end(worker)
            if worker.run:
                reason = "the process that ran it ended by itself (out of memory?)"
                yield self._failed(worker, DIED, reason)
        elif "state" in fact:
            yield self._result(worker, fact)
        elif "begun" in fact and worker.run:
            worker.begun = time.monotonic()
            self.progress.begun(worker.run)
        elif worker.run:
            worker.last = fact
            self.progress.at_cell(worker.run, fact["cell"], fact["of"])

    def _failed(self, worker: _Worker, kind: str, error: str) -> Result:
        return self._result(worker, {"state": "failed", "kind": kind, "error": error})

    def _result(self, worker: _Worker, fact: dict[str, Any]) -> Result:
        run, worker.run = worker.run, None
        assert run is not None
        outcome = worker.last | fact if fact["state"] == "failed" else fact
        return Result(
            run,
            outcome["state"],
            seconds=time.monotonic() - worker.begun,
            megabytes=worker.memory.most,
            cells=worker.last.get("of"),
            cell=outcome.get("cell"),
            execution=outcome.get("execution"),
            error=outcome.get("error"),
            kind=outcome.get("kind"),
            raised=outcome.get("raised"),
        )

    def _dismiss(self, worker: _Worker) -> None:
        """Let a process that has nothing to do end by itself; end any other."""
        if worker.run is None:
            try:
                worker.process.stdin.close()
                worker.process.wait(PATIENCE)
            except (BrokenPipeError, subprocess.TimeoutExpired):
                pass  # it is ended below
        self._end(worker)

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
        for process in family:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        worker.process.wait(None)
        if worker.run:
            for part in parts_of(worker.process.pid, worker.run.page.parent):
                part.unlink(missing_ok=True)


def true_counts(run: Run) -> Path | None:
    """The newest internal edition, which a shared page is compared with.

    A page of published figures is not: what others printed is no count of ours, even
    where the two are the same number.
    """
    newest = newest_edition(INTERNAL)
    shared = run.parameters.audience == SHARED and run.edition is not None
    if not shared or newest is None:
        return None
    return newest
