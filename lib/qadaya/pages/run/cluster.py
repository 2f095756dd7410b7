"""Runs on a dask.distributed cluster: the same results as on one machine.

Each run goes out as a parcel; a worker that dies loses it to another one, which dask
sees to. What comes back for a shared page is searched for true counts here, at the
desk: no worker has any that its page was not made from.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import nbformat

from qadaya.atomic import write_bytes
from qadaya.errors import ParameterError, QadayaError
from qadaya.pages.run.parcel import Parcel, RunOutcome, pack
from qadaya.pages.run.plan import Run
from qadaya.pages.run.result import DIED, LEAK, Progress, Result
from qadaya.pages.run.there import run_parcel, version_here

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
TOPIC = "qadaya-runs"
# Seconds to find a scheduler and its workers.
PATIENCE = 20
# Workers that may die of one run before it is the run's own fault.
DEATHS = 3


class Cluster:
    """Hands runs to the workers of a scheduler and gathers their answers.

    `address`: `tcp://host:port`, or "local" for `jobs` workers on this machine.
    """

    def __init__(
        self,
        address: str,
        jobs: int,
        deadline: float,
        memory: float,
        progress: Progress,
    ) -> None:
        self.address = address
        self.jobs = jobs
        self.deadline = deadline
        self.memory = memory
        self.progress = progress
        self.runs: dict[str, Run] = {}

    def run(self, runs: Sequence[Run]) -> Iterator[Result]:
        """The results as they come.

        Raises: QadayaError when no scheduler or worker answers, or one is unlike us.
        """
        self.runs = {run.name: run for run in runs}
        with _connected(self.address, self.jobs) as client:
            _require_alike(client, self.address)
            client.subscribe_topic(TOPIC, self._hear)
            for run, future in self._as_they_come(client, list(reversed(runs))):
                result = self._result(run, future)
                self.progress.ended(result)
                yield result

    def _as_they_come(
        self, client: "Client", waiting: list[Run]
    ) -> Iterator[tuple[Run, "Future[Any]"]]:
        """A few more parcels are out than there are workers, not all: they weigh."""
        from distributed import as_completed

        sent: dict[Any, Run] = {}
        gathered = as_completed()

        def send() -> None:
            run = waiting.pop()
            parcel = pack(run, deadline=self.deadline, memory=self.memory)
            future = client.submit(_work, parcel, pure=False)
            sent[future.key] = run
            gathered.add(future)

        for _ in range(min(len(waiting), 2 * sum(client.nthreads().values()))):
            send()
        for future in gathered:
            yield sent[future.key], future
            if waiting:
                send()

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        news = event[1]
        run = self.runs.get(news["name"])
        if run is None:
            return  # of somebody else who has the same cluster
        if "begun" in news:
            self.progress.begun(run)
        else:
            self.progress.at_cell(run, news["cell"], news["of"])

    def _result(self, run: Run, future: "Future[Any]") -> Result:
        if future.status != "finished":
            return Result(run, "failed", error=_why_lost(future), kind=DIED)
        answer: RunOutcome = future.result()
        run.executed.parent.mkdir(parents=True, exist_ok=True)
        if answer.executed is not None:
            write_bytes(run.executed, answer.executed)
        result = Result(run, **answer.facts)
        if answer.page is not None:
            result = _searched(result, answer)
            if result.state == "built" and answer.page is not None:
                run.page.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(run.page, answer.page)
        return result


def _work(parcel: Parcel) -> RunOutcome:
    """Done by a worker."""
    from distributed import get_worker

    worker = get_worker()
    return run_parcel(
        parcel, lambda fact: worker.log_event(TOPIC, fact | {"name": parcel.name})
    )


@contextmanager
def _connected(address: str, jobs: int) -> Iterator["Client"]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise ParameterError(
            "--engine dask needs dask.distributed, which is not installed here; "
            "install it with: pip install 'qadaya[cluster]'"
        ) from None
    # It says on its own what a lost connection means, in many lines.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address == LOCAL:
        with (
            LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=":0"
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as fault:
        reason = " ".join(str(fault).split()) or type(fault).__name__
        raise QadayaError(
            f"--scheduler {address}: no scheduler answers there ({reason}); expected "
            "one such as tcp://desk:8786. Start it with `dask scheduler`, or leave "
            "--scheduler out for workers on this machine"
        ) from None
    with client:
        yield client


def _require_alike(client: "Client", address: str) -> None:
    """Every worker has this very package, or its pages would not be ours.

    Raises: QadayaError, naming the worker.
    """
    if not client.nthreads():
        raise QadayaError(
            f"{address}: the scheduler has no worker; expected one at "
            "least. Start some with `dask worker`"
        )
    ours = version_here()
    versions = client.run(version_here, on_error="return")
    for worker, theirs in versions.items():
        if isinstance(theirs, BaseException):
            reason = " ".join(str(theirs).split())
            raise QadayaError(
                f"worker {worker}: cannot import the package ({reason}); expected "
                f"qadaya {ours[0]} there as here. Install it on that machine"
            )
        if theirs != ours:
            raise QadayaError(
                f"worker {worker}: has qadaya {theirs[0]} ({theirs[1][:8]}), here is "
                f"{ours[0]} ({ours[1][:8]}); expected the same on every machine. "
                "Install it there anew"
            )


def _why_lost(future: "Future[Any]") -> str:
    if future.status == "cancelled" or future.status == "lost":
        return "the scheduler was lost while it ran; start it again and run once more"
    fault = future.exception()
    if type(fault).__name__ == "KilledWorker":
        return (
            f"{DEATHS} or more workers died while they ran it (out of memory?); look "
            "at their machines, or run it at the desk"
        )
    return f"the worker failed: {' '.join(str(fault).split())}"


def _searched(result: Result, answer: RunOutcome) -> Result:
    """The result, failed where the page gives a true count away.

    The edition that it is searched for never left this machine.
    """
    from qadaya.editions.edition import edition_at
    from qadaya.pages.leaks.refusal import LeakError, refuse_leaks
    from qadaya.pages.run.pool import true_counts
    from qadaya.pages.run.worker import facts_of_run, page_of

    run, edition = result.run, true_counts(result.run)
    if edition is None or answer.page is None or answer.executed is None:
        return result
    facts = facts_of_run(run.facts, run.edition)
    try:
        refuse_leaks(
            nbformat.read(io.StringIO(answer.executed.decode()), as_version=4),
            lambda one: page_of(one, run.notebook.name, None, facts),
            answer.page.decode(),
            protected=run.edition,
            unprotected=edition_at(edition),
        )
    except LeakError as fault:
        return Result(
            run,
            "failed",
            seconds=result.seconds,
            cell=fault.cell,
            execution=fault.execution,
            error=str(fault),
            kind=LEAK,
        )
    return result
