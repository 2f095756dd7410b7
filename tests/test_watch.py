"""An inbox is followed: what is put into it becomes an edition and its pages."""

import os
import shutil
import signal
import subprocess
import sys
from threading import Timer

import pytest
from typer.testing import CliRunner

from checkout import CHECKOUT
from qadaya.cli import app
from qadaya.cli.inbox import SETTLED, InboxFolder
from small_project import Project

SAMPLE = CHECKOUT / "tests" / "data" / "returns" / "tpi-sale-2022.xlsx"
COMMAND = [sys.executable, "-m", "qadaya"]
# Seconds, after which the test fails instead of waiting for ever.
LONGEST = 300


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_is_whole_when_nobody_has_written_to_it_for_a_while(inbox):
    path = put(inbox, "sale.xlsx", b"half")
    written = path.stat().st_ctime
    assert InboxFolder(inbox, lambda: written + SETTLED / 2).arrived() == ([], True)
    assert InboxFolder(inbox, lambda: written + SETTLED).arrived() == ([path], False)


def test_an_old_date_that_a_copy_took_along_does_not_make_it_whole(inbox):
    path = put(inbox, "sale.xlsx", b"half")
    os.utime(path, (0, 0))
    written = path.stat().st_ctime
    assert InboxFolder(inbox, lambda: written + SETTLED / 2).arrived() == ([], True)


def test_a_file_is_given_once_and_again_when_it_was_written_anew(inbox):
    path = put(inbox, "sale.xlsx", b"first")
    followed = InboxFolder(inbox, lambda: path.stat().st_ctime + SETTLED)
    assert followed.arrived() == ([path], False)
    assert followed.arrived() == ([], False)
    put(inbox, "sale.xlsx", b"second, longer")
    assert followed.arrived() == ([path], False)


def test_what_is_no_return_is_not_looked_at(inbox):
    for name in ("~$sale.xlsx", ".sale.xlsx.part", "notes.md"):
        put(inbox, name, b"x")
    assert InboxFolder(inbox, lambda: 1e12).arrived() == ([], False)


def test_a_folder_that_there_is_not_is_refused_in_one_line(tmp_path):
    done = CliRunner().invoke(app, ["watch", str(tmp_path / "inbocks")])
    assert done.exit_code == 2
    assert done.stderr.endswith("no such folder; expected one for returns\n")
    assert done.stderr.count("\n") == 1


def test_an_inbox_with_nothing_in_it_makes_nothing(inbox, tmp_path, monkeypatch):
    project = Project(tmp_path / "project")
    monkeypatch.setenv("QADAYA_HOME", str(project.folder))
    done = CliRunner().invoke(app, ["watch", str(inbox), "--once"])
    assert (done.exit_code, done.output) == (0, "")
    assert not (project.folder / "data" / "editions").exists()


@pytest.fixture
def followed(tmp_path, inbox, monkeypatch):
    """A workbench of one small notebook, and the process that follows its inbox."""
    project = Project(tmp_path / "project")
    project.notebook("annual", opening=None)
    monkeypatch.setenv("QADAYA_HOME", str(project.folder))
    process = subprocess.Popen(
        [*COMMAND, "watch", str(inbox)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    late = Timer(LONGEST, process.kill)
    late.start()
    yield project, process
    late.cancel()
    process.kill()
    process.communicate()


def said_until(process, words):
    """The lines up to the one with these words, without their times."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n")[len("2026-11-26 12:00:00 ") :])
        if words in line:
            return lines
    raise AssertionError(f"it ended, having said {lines}")


def test_what_arrives_becomes_pages_and_a_bad_file_stops_nothing(followed, inbox):
    project, process = followed
    assert said_until(process, "watching") == [f"watching {inbox}"]
    aside = inbox.parent / "aside.xlsx"
    aside.write_bytes(b"PK\x03\x04 no workbook")
    os.rename(aside, inbox / "a-bad-one.xlsx")
    shutil.copy(SAMPLE, aside)
    os.rename(aside, inbox / SAMPLE.name)

    lines = said_until(process, f"{SAMPLE.name}: ")
    lines += said_until(process, "3 of 3 pages made anew")
    assert lines[0].startswith("a-bad-one.xlsx: refused")
    assert any(line.startswith(f"{SAMPLE.name}: accepted") for line in lines)
    assert any("(internal): " in line for line in lines)
    pages = project.folder / "reports" / "internal"
    assert sorted(page.name for page in pages.glob("annual*")) == [
        "annual-2022.ar.html",
        "annual-2022.en.html",
        "annual-2022.fr.html",
    ]
    process.send_signal(signal.SIGTERM)
    assert said_until(process, "ended") == ["ended"]
    assert process.wait(LONGEST) == 0

    again = subprocess.run(
        [*COMMAND, "watch", str(inbox), "--once"], capture_output=True, text=True
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert f"{SAMPLE.name}: there already" in again.stdout
    assert "0 of 3 pages made anew" in again.stdout
