"""The driver: many runs in two processes, each with a deadline, one summary.

papermill runs a notebook. What it leaves out is done here and in
`qadaya.pages.run.pool`:
runs side by side, no run repeated whose page is current, a limit for a whole run, a
failure that names its cell and stops nothing else, and old pages that stay until the
new one is whole.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from qadaya.errors import QadayaError
from qadaya.pages.run.border import KernelPlace, internal_place, shared_place
from qadaya.pages.run.made_from import made_from
from qadaya.pages.run.plan import Run
from qadaya.pages.run.pool import Pool
from qadaya.pages.run.record import reasons_to_run
from qadaya.pages.run.result import Progress, Result
from qadaya.vocabulary import SHARED

MadeFrom = Callable[[Run], dict[str, Any]]
JOBS = 2
DEADLINE = 300.0
# Megabytes. The heaviest of our notebooks takes about a quarter of it.
MEMORY = 4000.0
FORCED = "asked for"


class Engine(Protocol):
    """Where runs are done: processes of this machine, or a cluster."""

    def run(self, runs: Sequence[Run]) -> Iterator[Result]:
        """The results as they come."""
        ...


# Of jobs, deadline, memory and progress, as `run_all` has them.
MakeEngine = Callable[[int, float, float, Progress], Engine]


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
    memory: float = MEMORY,
    force: bool = False,
    progress: Progress | None = None,
    made_from: MadeFrom = made_from,
    engine: MakeEngine | None = None,
) -> list[Result]:
    """The result of every run, in the order given; a failure does not stop the others.

    `made_from` tells what a page says it is made from. `engine`: makes what
    runs are handed to, where that is not processes of this machine (see `cluster`).

    On Ctrl-C every kernel is ended, pages that are there stay, and KeyboardInterrupt
    goes on to the caller.
    """
    progress = progress or Progress()
    results: dict[Path, Result] = {}
    why = {run.page: [FORCED] if force else reasons_to_run(run) for run in runs}
    waiting = [run for run in runs if why[run.page]]
    for run in runs:
        if not why[run.page]:
            results[run.page] = Result(run, "unchanged")
            progress.ended(results[run.page])
    if waiting:
        with _engine(
            waiting,
            min(jobs, len(waiting)),
            deadline,
            memory,
            progress,
            made_from,
            engine,
        ) as chosen:
            for result in chosen.run(waiting):
                page = result.run.page
                results[page] = replace(result, why=why[page])
    return [results[run.page] for run in runs]


@contextmanager
def _engine(
    runs: Sequence[Run],
    jobs: int,
    deadline: float,
    memory: float,
    progress: Progress,
    made_from: MadeFrom,
    make: MakeEngine | None,
) -> Iterator[Engine]:
    if make:
        yield make(jobs, deadline, memory, progress)
        return
    with _places(runs) as place_of:
        yield Pool(place_of, jobs, deadline, memory, progress, made_from)


@contextmanager
def _places(runs: Sequence[Run]) -> Iterator[Callable[[Run], KernelPlace]]:
    """Where each run's kernel works: shared ones in a folder with their edition."""
    with ExitStack() as stack:
        across: dict[Path | None, KernelPlace] = {}
        for run in runs:
            if run.parameters.audience == SHARED and _source(run) not in across:
                place = stack.enter_context(shared_place(run.edition))
                across[_source(run)] = place

        def place_of(run: Run) -> KernelPlace:
            shared = across.get(_source(run))
            return shared or internal_place(run.notebook.path.parent)

        yield place_of


def _source(run: Run) -> Path | None:
    """The edition that a run reads; None for the ledger, which is open to all."""
    return run.edition.path if run.edition else None
