"""Runs on a cluster of real workers, one of which dies: the pages stay the same."""

import os
import subprocess
import sys
import time
from functools import partial
from threading import Thread

import psutil
import pytest
from distributed import LocalCluster

from qadaya.errors import QadayaError
from qadaya.pages.run import cluster as cluster_runs
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.cluster import Cluster
from qadaya.pages.run.plan import plan
from qadaya.pages.run.result import Progress
from qadaya.pages.run.run_all import run_all

QUIETLY = ("--no-nanny", "--no-dashboard")


@pytest.fixture(scope="module")
def workers():
    """Two workers on this machine; one that dies is started again."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0"
    ) as cluster:
        yield cluster


@pytest.fixture
def empty():
    with LocalCluster(n_workers=0, dashboard_address=":0") as cluster:
        yield cluster


def planned(project):
    return plan(
        [project.folder / "params" / "2023.yml"],
        Choice(),
        out=project.folder / "reports",
        work=project.folder / "build" / "runs",
    )


class Cells(Progress):
    def __init__(self):
        self.cells = []

    def at_cell(self, run, cell, of):
        self.cells.append((run.name, cell, of))


def kill_the_worker_above(mark, workers, killed):
    """Waits for the kernel that leaves its number in `mark`; keeps it in `killed`."""
    while not mark.exists():
        time.sleep(0.1)
    kernel = psutil.Process(int(mark.read_text()))
    above = {process.pid: process for process in kernel.parents()}
    (worker,) = [above[one.pid] for one in workers.workers.values() if one.pid in above]
    killed.append(kernel)
    worker.kill()


def test_a_worker_killed_in_the_middle_loses_no_page(project, workers, tmp_path):
    mark = tmp_path / "kernel"
    project.edition()
    project.notebook("annual", "print(year, 'returns')")
    project.notebook("broken", "1 / 0")
    # The first time it waits to be killed; whoever takes it over finds the mark.
    project.notebook(
        "slow",
        "import os, pathlib, time\n"
        # In parts: a page may hold no path of a machine.
        f"mark = pathlib.Path(*{mark.parts!r})\n"
        "if not mark.exists():\n"
        "    mark.with_suffix('.part').write_text(str(os.getpid()))\n"
        "    mark.with_suffix('.part').rename(mark)\n"
        "    time.sleep(3600)",
    )
    runs, diary, killed = planned(project), Cells(), []
    killer = Thread(target=kill_the_worker_above, args=(mark, workers, killed))
    killer.start()
    results = run_all(
        runs, progress=diary, engine=partial(Cluster, workers.scheduler_address)
    )
    killer.join()

    ends = {result.run.notebook.name: result for result in results}
    assert ends["slow"].error is None
    assert {name: result.state for name, result in ends.items()} == {
        "annual": "built",
        "broken": "failed",
        "slow": "built",
    }
    assert ends["broken"].error == "ZeroDivisionError: division by zero"
    assert ends["broken"].cell == 4
    assert ends["broken"].executed is not None
    assert not project.page("broken-2023.en").exists()
    assert ("annual 2023 en internal", 4, 5) in diary.cells
    # The kernel of the worker that was killed did not outlive it.
    killed[0].wait(60)
    assert "slow in 2023" in project.page("slow-2023.en").read_text()

    there = project.page("annual-2023.en").read_bytes()
    (run,) = [run for run in runs if run.notebook.name == "annual"]
    run_all([run], force=True)
    assert project.page("annual-2023.en").read_bytes() == there


def test_a_worker_with_another_version_is_refused(project, workers, monkeypatch):
    project.edition()
    project.notebook("annual", "1 + 1")
    monkeypatch.setattr("qadaya.pages.run.there.version", lambda _: "9.9")
    with pytest.raises(QadayaError) as refused:
        run_all(planned(project), engine=partial(Cluster, workers.scheduler_address))
    message = str(refused.value)
    assert message.startswith("worker tcp://127.0.0.1:")
    assert "here is 9.9" in message
    assert message.endswith("expected the same on every machine. Install it there anew")
    assert not project.page("annual-2023.en").exists()


def test_a_worker_without_the_package_is_refused(project, empty, tmp_path):
    project.edition()
    project.notebook("annual", "1 + 1")
    absent = tmp_path / "absent" / "qadaya"
    absent.mkdir(parents=True)
    (absent / "__init__.py").write_text("raise ImportError('not on this machine')")
    worker = subprocess.Popen(
        [sys.executable, "-m", "dask", "worker", empty.scheduler_address, *QUIETLY],
        env=os.environ | {"PYTHONPATH": str(absent.parent)},
        stderr=subprocess.DEVNULL,
    )
    try:
        with empty.get_client() as client:
            client.wait_for_workers(1, timeout=120)
        with pytest.raises(QadayaError) as refused:
            run_all(planned(project), engine=partial(Cluster, empty.scheduler_address))
    finally:
        worker.kill()
        worker.wait()
    assert "cannot import the package (ImportError('not on this machine'))" in str(
        refused.value
    )


def test_a_scheduler_without_workers_is_one_line(project, empty):
    project.edition()
    project.notebook("annual", "1 + 1")
    with pytest.raises(QadayaError) as refused:
        run_all(planned(project), engine=partial(Cluster, empty.scheduler_address))
    assert str(refused.value) == (
        f"{empty.scheduler_address}: the scheduler has no worker; expected one at "
        "least. Start some with `dask worker`"
    )


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "desk:x", "http://desk"])
def test_no_scheduler_at_an_address_is_one_line(project, address, monkeypatch):
    monkeypatch.setattr(cluster_runs, "PATIENCE", 1)
    project.edition()
    project.notebook("annual", "1 + 1")
    with pytest.raises(QadayaError) as refused:
        run_all(planned(project), engine=partial(Cluster, address))
    message = str(refused.value)
    assert message.startswith(f"--scheduler {address}: no scheduler answers there (")
    assert "\n" not in message
