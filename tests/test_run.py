import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from types import SimpleNamespace

import nbformat
import psutil
import pytest

from plain_user import plain_user
from qadaya.editions.edition import open_edition
from qadaya.errors import EditionError, ParameterError, QadayaError
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.made_from import (
    PACKAGE,
    changed,
    commit,
    installed_packages,
    made_from,
    package_digest,
)
from qadaya.pages.run.plan import built_audiences, plan
from qadaya.pages.run.record import read_record, reasons_to_run
from qadaya.pages.run.result import Progress
from qadaya.pages.run.run_all import check_output, run_all


def planned(project, *names, files=None, **choice):
    files = files or sorted((project.folder / "params").glob("[0-9]*.yml"))
    return plan(
        files,
        Choice(notebooks=names or None, **choice),
        out=project.folder / "reports",
        work=project.folder / "build" / "runs",
    )


def is_running(process):
    """Ended and not yet cleared away by the system counts as ended."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(processes):
    """Whether all of them end, which the system may take a moment for."""
    limit = time.monotonic() + 600
    while any(map(is_running, processes)) and time.monotonic() < limit:
        time.sleep(0.1)
    return not any(map(is_running, processes))


def processes_of_runs():
    """Workers and kernels: they stand below the one process that makes them."""
    for child in psutil.Process().children():
        if "qadaya.pages.run.preloaded" in child.cmdline():
            yield from (each.pid for each in child.children(recursive=True))


class Diary(Progress):
    def __init__(self):
        self.ends = []
        self.cells = []

    def at_cell(self, run, cell, of):
        self.cells.append((run.name, cell, of))

    def ended(self, result):
        self.ends.append((result.run.name, result.state))


def test_one_failing_notebook_is_named_with_its_cell_and_stops_no_other(project):
    project.edition()
    project.notebook("annual", "print(year, 'returns')")
    project.notebook("broken", "before = 1", "1 / 0", "after = 1")

    class Watched(Diary):
        def at_cell(self, run, cell, of):
            super().at_cell(run, cell, of)
            started.update(processes_of_runs())

    diary, started = Watched(), set()
    files = [project.folder / "params" / "2023.yml"]
    results = run_all(planned(project, files=files), progress=diary)

    ends = {result.run.name: result for result in results}
    assert [(name, result.state) for name, result in ends.items()] == [
        ("annual 2023 en internal", "built"),
        ("broken 2023 en internal", "failed"),
    ]
    failed = ends["broken 2023 en internal"]
    assert (failed.cell, failed.error) == (5, "ZeroDivisionError: division by zero")
    kept = nbformat.read(failed.executed, as_version=4)
    stopped = [each for each in kept.cells if each.get("execution_count")][-1]
    assert (stopped.source, stopped.execution_count) == ("1 / 0", failed.execution)
    assert failed.sentence == (
        "broken 2023 en internal: cell 5 [5]: ZeroDivisionError: division by zero "
        f"(see {failed.executed})"
    )
    assert sorted(diary.ends) == sorted((n, r.state) for n, r in ends.items())
    assert ("broken 2023 en internal", 5, 7) in diary.cells

    page = project.page("annual-2023.en").read_text()
    assert "<h1>annual in 2023</h1>" in page
    assert "2023 returns" in page
    assert not project.page("broken-2023.en").exists()
    # Nothing half written, and no process left behind.
    assert not list((project.folder / "reports").rglob(".*"))
    assert len(started) >= 3  # a worker, what makes its kernels, and a kernel at least
    assert end(started)


def test_what_has_not_changed_is_not_run_again(project):
    project.edition()
    notebook = project.notebook("annual", "1 + 1")
    files = [project.folder / "params" / "2023.yml"]
    (built,) = run_all(planned(project, files=files))
    assert built.state == "built"
    written = project.page("annual-2023.en").stat().st_mtime_ns

    (again,) = run_all(planned(project, files=files))
    assert again.state == "unchanged"
    assert project.page("annual-2023.en").stat().st_mtime_ns == written
    (forced,) = run_all(planned(project, files=files), force=True)
    assert forced.state == "built"
    assert (built.why, again.why) == (["no page yet"], [])
    assert forced.why == ["asked for"]

    (run,) = planned(project, files=files)
    assert reasons_to_run(run) == []
    cells = json.loads(notebook.read_text())
    cells["cells"][3]["source"] = ["1 + 2"]
    notebook.write_text(json.dumps(cells))
    assert reasons_to_run(run) == ["notebook changed"]


def test_each_part_that_a_page_is_made_from_is_a_reason_to_run(project, monkeypatch):
    project.edition()
    project.notebook("annual", "1 + 1")
    (run, _) = planned(project)
    before = made_from(run)
    newer = "plotly-7.1.1.dist-info"
    monkeypatch.setattr("qadaya.pages.run.made_from.installed_packages", lambda: newer)
    assert changed(before, made_from(run)) == ["packages"]
    monkeypatch.setattr("qadaya.pages.run.made_from.package_digest", lambda: "new code")
    assert changed(before, made_from(run)) == ["package", "packages"]
    manifest = run.edition.path / "manifest.json"
    manifest.write_text(manifest.read_text() + " ")
    assert changed(before, made_from(run)) == ["edition", "package", "packages"]
    french = planned(project, languages=["fr"])[0]
    assert changed(made_from(run), made_from(french)) == ["parameters"]


def test_a_commit_is_named_and_is_no_reason_to_run(project, monkeypatch):
    project.edition()
    project.notebook("annual", "1 + 1")
    (run, _) = planned(project)
    monkeypatch.setattr("qadaya.pages.run.made_from.commit", lambda _: "0a1b2c3d4e5f")
    before = made_from(run)
    assert before["commit"] == "0a1b2c3d4e5f"
    monkeypatch.setattr("qadaya.pages.run.made_from.commit", lambda _: "ffffffffffff+")
    assert changed(before, made_from(run)) == []


def test_a_commit_says_whether_its_files_were_changed(tmp_path):
    assert commit.__wrapped__(tmp_path) is None
    (tmp_path / "a.yml").write_text("1")
    name = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
    for words in (["init", "-q"], ["add", "."], [*name, "commit", "-qm", "First"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    clean = commit.__wrapped__(tmp_path)
    assert len(clean) == 12
    (tmp_path / "a.yml").write_text("2")
    assert commit.__wrapped__(tmp_path) == f"{clean}+"


def test_a_package_is_known_by_its_code_and_its_data(tmp_path):
    given = tmp_path / "workbench" / "files" / "notebooks"
    (tmp_path / "ledger").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "ledger" / "data").symlink_to("../data")
    given.mkdir(parents=True)
    (tmp_path / "ledger" / "units.py").write_text("1")
    digests = [package_digest.__wrapped__(tmp_path)]
    for name, text in (("ledger/units.py", "2"), ("data/offences.csv", "article")):
        (tmp_path / name).write_text(text)
        digests.append(package_digest.__wrapped__(tmp_path))
    # What a new workbench is given is no part of a page.
    (given / "annual.ipynb").write_text("{}")
    (tmp_path / "ledger" / "__pycache__").mkdir()
    (tmp_path / "ledger" / "__pycache__" / "units.pyc").write_bytes(b"2")
    digests.append(package_digest.__wrapped__(tmp_path))
    assert digests[2] == digests[3]
    assert len(set(digests)) == 3


def test_the_whole_package_is_looked_at():
    assert (PACKAGE / "pages" / "run" / "made_from.py").is_file()
    assert (PACKAGE / "vocabulary.py").is_file()


def test_installed_packages_are_known_by_their_versions():
    assert f"plotly-{version('plotly')}.dist-info" in installed_packages().split()


def test_a_run_past_its_deadline_is_ended_with_its_kernel(project, monkeypatch):
    project.edition()
    project.notebook("annual", "1 + 1")
    # It shuts its ears to interruption: only ending the process helps.
    project.notebook(
        "slow",
        "import os, pathlib, time\n"
        "mark = pathlib.Path(os.environ['QADAYA_HOME'], 'kernel')\n"
        "mark.write_text(str(os.getpid()))",
        "while True:\n    try:\n        time.sleep(60)\n"
        "    except KeyboardInterrupt:\n        pass",
    )
    files = [project.folder / "params" / "2023.yml"]
    old = project.page("slow-2023.en")
    old.parent.mkdir(parents=True)
    old.write_text("the page of yesterday")
    diary = Diary()

    def clock():
        """Stands still until the good run has ended and the slow one sleeps."""
        ended = ("annual 2023 en internal", "built") in diary.ends
        return 301 if ended and ("slow 2023 en internal", 5, 6) in diary.cells else 0

    monkeypatch.setattr("qadaya.pages.run.pool.time", SimpleNamespace(monotonic=clock))
    good, slow = run_all(planned(project, files=files), deadline=300, progress=diary)

    assert good.state == "built"
    assert (slow.state, slow.cell) == ("failed", 5)
    assert slow.error == "the run took longer than 300 s and was ended"
    assert old.read_text() == "the page of yesterday"
    kernel = int((project.folder / "kernel").read_text())
    assert end([kernel])


def test_a_run_that_takes_too_much_memory_is_ended_and_says_so(project):
    project.edition()
    project.notebook("annual", "import time; big = b'x' * 900_000_000\ntime.sleep(60)")
    files = [project.folder / "params" / "2023.yml"]
    started = set()

    class Watched(Progress):
        def at_cell(self, run, cell, of):
            started.update(processes_of_runs())

    (ended,) = run_all(planned(project, files=files), memory=800, progress=Watched())
    assert ended.state == "failed"
    assert re.fullmatch(
        r"the run took \d+ MB of memory and was ended; at most 800 MB are allowed. "
        "Read less at once, or allow more with --memory",
        ended.error,
    )
    assert ended.megabytes > 800
    assert len(started) >= 3
    assert end(started)


def test_a_kernel_that_dies_is_one_result_record(project):
    project.edition()
    project.notebook("dies", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    results = run_all(planned(project, files=[project.folder / "params" / "2023.yml"]))
    assert [(r.state, r.cell) for r in results] == [("failed", 4)]
    assert results[0].error.startswith("the kernel died")


@pytest.fixture
def flaky_kernel(project, monkeypatch):
    """A kernel that fails to start as often as the file `failures` says."""
    folder = project.folder / "share" / "jupyter" / "kernels" / "flaky"
    project.write(
        "flaky.py",
        "import os, pathlib, sys\n"
        "left = pathlib.Path(__file__).with_name('failures')\n"
        "n = int(left.read_text())\n"
        "left.write_text(str(n - 1))\n"
        "if n > 0: sys.exit(1)\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'ipykernel_launcher',"
        " *sys.argv[1:]])\n",
    )
    script = str(project.folder / "flaky.py")
    argv = [sys.executable, script, "-f", "{connection_file}"]
    project.write(
        str(folder.relative_to(project.folder) / "kernel.json"),
        json.dumps({"argv": argv, "display_name": "Flaky", "language": "python"}),
    )
    monkeypatch.setenv("JUPYTER_PATH", str(project.folder / "share" / "jupyter"))
    path = project.notebook("annual", "1 + 1")
    text = path.read_text().replace('"name": "python3"', '"name": "flaky"')
    path.write_text(text)
    return project


@pytest.mark.parametrize("failures, state", [(2, "built"), (9, "failed")])
def test_the_start_of_a_kernel_is_tried_three_times(flaky_kernel, failures, state):
    project = flaky_kernel
    project.edition()
    project.write("failures", str(failures))
    files = [project.folder / "params" / "2023.yml"]
    (result,) = run_all(planned(project, files=files))
    assert result.state == state
    assert project.folder.joinpath("failures").read_text() == (
        "-1" if state == "built" else "6"
    )
    if state == "failed":
        assert "the kernel 'flaky' did not start, 3 times tried" in result.error
        assert result.cell is None


def test_a_cell_that_fails_is_not_tried_again(project):
    project.edition()
    project.notebook(
        "counts",
        "import os, pathlib\n"
        "with pathlib.Path(os.environ['QADAYA_HOME'], 'runs').open('a') as log:\n"
        "    log.write('x')\n"
        "1 / 0",
    )
    run_all(planned(project, files=[project.folder / "params" / "2023.yml"]))
    assert project.folder.joinpath("runs").read_text() == "x"


def test_the_same_notebook_runs_by_plain_papermill(project):
    project.edition()
    project.notebook("annual", "print(year)")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "papermill",
            "notebooks/annual.ipynb",
            "out.ipynb",
            "-f",
            "params/2023.yml",
        ],
        cwd=project.folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    outputs = [
        output.get("text")
        for cell in nbformat.read(project.folder / "out.ipynb", as_version=4).cells
        for output in cell.get("outputs", [])
    ]
    assert "2023\n" in outputs


# ---- the plan: what is wrong is known before a kernel starts ----


def test_pages_are_named_by_notebook_year_and_language(project):
    project.edition()
    project.notebook("annual")
    project.notebook("returns", audiences=["internal"])
    project.notebook("trend", per="edition")
    names = [run.page.name for run in planned(project, languages=["fr"])]
    assert names == [
        "annual-2022.fr.html",
        "annual-2023.fr.html",
        "returns-2022.fr.html",
        "returns-2023.fr.html",
        "trend.fr.html",
    ]
    trend = planned(project, "trend")[0]
    assert trend.parameters.year == 2023
    assert trend.parameters.edition == open_edition().number


def test_a_notebook_for_the_desk_has_no_shared_page(project):
    project.edition()
    project.notebook("returns", audiences=["internal"])
    assert planned(project, audiences=["internal"])
    with pytest.raises(ParameterError, match="internal only; it has no shared page"):
        planned(project, "returns", audiences=["shared"])


def test_the_audiences_are_those_that_have_an_edition(project):
    assert built_audiences() == []
    project.edition()
    assert built_audiences() == ["internal"]


def test_a_missing_edition_is_one_line(project):
    project.notebook("annual")
    with pytest.raises(EditionError) as refused:
        planned(project)
    assert "no edition yet; build one with `qadaya edition" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_year_without_data_is_one_line(project):
    project.edition()
    project.notebook("annual")
    project.write("params/2031.yml", "year: 2031")
    with pytest.raises(ParameterError) as refused:
        planned(project)
    line = str(refused.value)
    assert "year is 2031, and edition" in line
    assert "has no data for it; it holds 2022, 2023" in line
    assert len(line.splitlines()) == 1


def test_every_bad_parameter_file_has_its_own_line(project):
    project.edition()
    project.notebook("annual")
    project.write("params/2022.yml", "yaer: 2022")
    project.write("params/2023.yml", "year: soon")
    with pytest.raises(ParameterError) as refused:
        planned(project)
    lines = str(refused.value).splitlines()
    assert len(lines) == 2
    assert "2022.yml" in lines[0] and "did you mean year?" in lines[0]
    assert "2023.yml" in lines[1] and "year is 'soon'" in lines[1]


def test_two_files_for_one_page_are_refused(project):
    project.edition()
    project.notebook("annual")
    project.write("params/2022b.yml", "year: 2022")
    with pytest.raises(ParameterError, match=r"would write annual-2022\.en\.html"):
        planned(project)


def test_an_unknown_notebook_is_named_with_the_nearest(project):
    project.edition()
    project.notebook("annual")
    with pytest.raises(ParameterError, match=r"did you mean annual\?"):
        planned(project, "anual")


@pytest.mark.parametrize(
    "content, message",
    [
        ("{}", "not a notebook"),
        ("not json", "not a notebook"),
        ("[]", "not a notebook"),
    ],
)
def test_what_is_no_notebook_of_ours_is_one_line(project, content, message):
    project.edition()
    project.write("notebooks/odd.ipynb", content)
    with pytest.raises(ParameterError, match=message) as refused:
        planned(project, "odd")
    assert len(str(refused.value).splitlines()) == 1


def test_a_read_only_output_folder_is_one_line(tmp_path):
    tmp_path.chmod(0o500)
    refused = pytest.raises(QadayaError, match="cannot be written there")
    with plain_user(), refused as caught:
        check_output(tmp_path / "reports")
    assert len(str(caught.value).splitlines()) == 1


# ---- the border ----


# ---- the command ----


COMMAND = "import qadaya.cli.pages; from qadaya.cli.command import main; main()"


def command(project, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=project.folder,
        env=os.environ | {"QADAYA_HOME": str(project.folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_the_command_ends_with_the_path_of_the_index_and_says_what_failed(project):
    project.edition()
    project.notebook("annual", "1 + 1")
    project.notebook("broken", "1 / 0")
    done = command(project, "report", "params/2023.yml")
    out, err = done.communicate(timeout=600)
    assert done.returncode == 1
    lines = out.splitlines()
    assert lines[0].startswith("2 pages: 1 built, 1 failed (")
    assert lines[-1] == str(project.folder / "reports" / "index.html")
    assert "failed: broken 2023 en internal: cell 4 [4]: ZeroDivisionError" in err
    assert "Traceback" not in err
    assert "encrypt" not in err
    assert read_record(project.page("annual-2023.en"))["title"] == "annual in 2023"

    built, failed = json.loads((project.folder / "reports" / "run.json").read_text())[
        "runs"
    ]
    assert built["megabytes"] > 50
    assert {key: built[key] for key in ("name", "page", "state", "why", "cells")} == {
        "name": "annual 2023 en internal",
        "page": "internal/annual-2023.en.html",
        "state": "built",
        "why": ["no page yet"],
        "cells": 5,
    }
    assert (failed["state"], failed["cell"], failed["error"]) == (
        "failed",
        4,
        "ZeroDivisionError: division by zero",
    )


def test_without_parameter_files_the_command_builds_every_year_and_language(project):
    project.edition()
    project.notebook("annual", opening=None)
    done = command(project, "report", "--language", "ar", "--language", "fr")
    _, err = done.communicate(timeout=600)
    assert done.returncode == 0, err
    assert sorted(p.name for p in (project.folder / "reports/internal").iterdir()) == [
        "annual-2022.ar.html",
        "annual-2022.fr.html",
        "annual-2023.ar.html",
        "annual-2023.fr.html",
        "index.en.html",
        "index.fr.html",
        "index.html",
    ]


def test_bad_parameters_end_the_command_with_one_line_and_no_page(project):
    project.edition()
    project.notebook("annual")
    project.write("params/2023.yml", "yaer: 2023")
    done = command(project, "report", "params/2023.yml")
    out, err = done.communicate(timeout=600)
    assert (done.returncode, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "did you mean year?" in err
    assert not (project.folder / "reports").exists()


def test_ctrl_c_ends_every_kernel_and_leaves_old_pages(project):
    project.edition()
    project.notebook(
        "slow",
        "import os, pathlib, time\n"
        "pathlib.Path(os.environ['QADAYA_HOME'], f'kernel-{year}')"
        ".write_text(str(os.getpid()))\n"
        "time.sleep(600)",
    )
    old = project.page("slow-2023.en")
    old.parent.mkdir(parents=True)
    old.write_text("the page of yesterday")
    running = command(project, "report", "params/2022.yml", "params/2023.yml")
    marks = [project.folder / f"kernel-{year}" for year in (2022, 2023)]
    limit = time.monotonic() + 600
    while not all(mark.exists() and mark.read_text() for mark in marks):
        assert time.monotonic() < limit, running.stderr.read()
        time.sleep(0.1)
    os.kill(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=600)

    assert running.returncode == 130
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1].startswith("qadaya: stopped by Ctrl-C")
    assert old.read_text() == "the page of yesterday"
    assert [path.name for path in old.parent.iterdir()] == [old.name]
    assert end([int(mark.read_text()) for mark in marks])
