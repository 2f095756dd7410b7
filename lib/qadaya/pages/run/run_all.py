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
from pathlib import Path

from qadaya.errors import QadayaError
from qadaya.pages.run.border import Place, internal_place, shared_place
from qadaya.pages.run.plan import Run
from qadaya.pages.run.pool import Pool
from qadaya.pages.run.record import is_current
from qadaya.pages.run.result import Progress, Result
from qadaya.vocabulary import SHARED

JOBS = 2
DEADLINE = 300.0


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
            pool = Pool(place_of, min(jobs, len(waiting)), deadline, progress)
            for result in pool.run(waiting):
                results[result.run.page] = result
    return [results[run.page] for run in runs]


@contextmanager
def _places(runs: Sequence[Run]) -> Iterator[Callable[[Run], Place]]:
    """Where each run's kernel works: shared ones in a folder with their edition."""
    with ExitStack() as stack:
        across: dict[Path | None, Place] = {}
        for run in runs:
            if run.parameters.audience == SHARED and _source(run) not in across:
                place = stack.enter_context(shared_place(run.edition))
                across[_source(run)] = place

        def place_of(run: Run) -> Place:
            shared = across.get(_source(run))
            return shared or internal_place(run.notebook.path.parent)

        yield place_of


def _source(run: Run) -> Path | None:
    """The edition that a run reads; None for the ledger, which is open to all."""
    return run.edition.path if run.edition else None
