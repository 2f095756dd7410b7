"""A page that could not be made: the last one stays, and the index says so."""

import json
import os
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup

from qadaya.pages.index import write_index
from qadaya.pages.late import failure_words
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.failed import Failure, failures_in, note_failures
from qadaya.pages.run.plan import plan
from qadaya.pages.run.result import KINDS, RAISED, Result
from qadaya.pages.run.run_all import run_all
from small_project import Project

MADE = datetime(2026, 3, 2, 12, 0).timestamp()
OWN_WORDS = "raise ValueError('Omar, 0612345678')"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_HOME", str(tmp_path))
    made = Project(tmp_path)
    made.edition()
    return made


def planned(project):
    return plan(
        [project.folder / "params" / "2023.yml"],
        Choice(),
        out=project.folder / "reports",
        work=project.folder / "build",
    )


def read(project, name):
    index = project.folder / "reports" / "internal" / name
    return BeautifulSoup(index.read_text(encoding="utf-8"), "html.parser")


def told(project, name="index.en.html"):
    late = read(project, name).select(".late li")
    return [
        [" ".join(part.text.split()) for part in each.find_all(True, recursive=False)]
        for each in late
    ]


def test_the_last_page_stays_until_the_notebook_works_again(project):
    path = project.notebook("annual", opening=None)
    reports = project.folder / "reports"
    note_failures(run_all(planned(project)))
    page = project.page("annual-2023.en")
    os.utime(page, (MADE, MADE))

    project.notebook("annual", OWN_WORDS, opening=None)
    note_failures(run_all(planned(project)))
    write_index(reports)
    assert page.stat().st_mtime == MADE
    (line,) = told(project)
    today = f"{date.today():%-d %B %Y}"
    assert line[0] == "annual in 2023"
    assert line[1] == (
        f"This page was made on 2 March 2026; the attempt of {today} failed: "
        "cell 3 stopped with \u2066ValueError\u2069."
    )
    for file in (reports / "internal").iterdir():
        assert "Omar" not in file.read_text(encoding="utf-8")
        assert "0612345678" not in file.read_text(encoding="utf-8")

    path.unlink()
    project.notebook("annual", opening=None)
    note_failures(run_all(planned(project)))
    write_index(reports)
    assert told(project) == []
    assert not (reports / "internal" / "failed.json").exists()


def test_what_was_never_made_is_named_too_and_what_was_not_tried_again_stays(project):
    project.notebook("annual", opening=None)
    project.notebook("broken", opening=None)
    annual, broken = planned(project)
    note_failures(
        [Result(annual, "failed", kind="late"), Result(broken, "failed", kind="memory")]
    )
    note_failures([Result(annual, "unchanged")])
    write_index(project.folder / "reports")
    (line,) = told(project)
    assert line[0] == "broken"
    assert line[1].startswith("There is no page yet; the attempt of ")
    assert line[1].endswith(" failed: it took more memory than a run may take.")
    assert read(project, "index.html").select_one("#late").text == "صفحات لم تُحدَّث"


def test_a_notebook_that_is_gone_with_its_page_is_not_looked_for(project):
    path = project.notebook("broken", opening=None)
    (broken,) = planned(project)
    note_failures([Result(broken, "failed", kind="died")])
    path.unlink()
    project.notebook("annual", opening=None)
    note_failures([Result(each, "unchanged") for each in planned(project)])
    assert failures_in(project.folder / "reports" / "internal") == []


def test_a_word_that_is_no_name_of_an_error_is_not_kept(project):
    project.notebook("annual", opening=None)
    (run,) = planned(project)
    note_failures([Result(run, "failed", kind=RAISED, cell=3, raised="3 cases")])
    kept = json.loads(run.page.with_name("failed.json").read_text(encoding="utf-8"))
    assert (kept[0]["cell"], kept[0]["error"]) == (3, None)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_each_kind_of_failure_has_a_sentence_of_its_own(language):
    def said(kind):
        failure = Failure(
            page="annual-2023.ar.html",
            notebook="annual",
            year=2023,
            language="ar",
            place=None,
            day="2026-03-02",
            kind=kind,
            cell=3,
            error="KeyError",
        )
        return failure_words(failure, language)

    assert len({said(kind) for kind in KINDS}) == len(KINDS) == 6
