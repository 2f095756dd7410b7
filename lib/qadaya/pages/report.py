"""A whole report: the pages of many runs, what is said of the runs, and the index."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from qadaya.pages.index import write_index
from qadaya.pages.run.failed import note_failures
from qadaya.pages.run.plan import Run
from qadaya.pages.run.result import Progress, Result
from qadaya.pages.run.run_all import (
    DEADLINE,
    JOBS,
    MEMORY,
    MakeEngine,
    check_output,
    run_all,
)
from qadaya.pages.run.summary import write_summary


class Report(NamedTuple):
    """How each run ended, the seconds for all of them, and the page of all pages."""

    results: list[Result]
    seconds: float
    index_page: Path


def write_report(
    runs: Sequence[Run],
    folder: Path,
    *,
    jobs: int = JOBS,
    deadline: float = DEADLINE,
    memory: float = MEMORY,
    engine: MakeEngine | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Make the pages of these runs below a folder, where the runs were planned for it.

    Options: as for `run_all`. A run that fails stops no other and is in the results.
    Raises: QadayaError for a folder that cannot be written to, before anything runs.
    """
    begun = time.monotonic()
    check_output(folder)
    results = run_all(
        runs,
        jobs=jobs,
        deadline=deadline,
        memory=memory,
        engine=engine,
        force=force,
        progress=progress,
    )
    seconds = time.monotonic() - begun
    write_summary(folder, results, seconds)
    note_failures(results)
    return Report(results, seconds, write_index(folder))
