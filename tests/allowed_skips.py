"""In continuous integration a test is skipped only with leave: see `skips.toml`.

A test that nothing runs says nothing. Elsewhere a machine may lack what a test needs,
and the reader is told at the end of the run.
"""

import fnmatch
import os
import tomllib
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("skips.toml")


def entries():
    """One for each kind of test that may be skipped: tests, says, because."""
    return tomllib.loads(LIST.read_text(encoding="utf-8")).get("skip", [])


def allowed(nodeid, reason):
    return any(
        fnmatch.fnmatchcase(nodeid, entry["tests"]) and entry["says"] == reason
        for entry in entries()
    )


def _judged(report):
    """The report; one of a skip without leave says that it failed."""
    expected_to_fail = hasattr(report, "wasxfail")
    if not os.environ.get("CI") or not report.skipped or expected_to_fail:
        return report
    reason = str(report.longrepr[2]).removeprefix("Skipped: ")
    if not allowed(report.nodeid, reason):
        report.outcome = "failed"
        report.longrepr = (
            f"{report.nodeid} is skipped ({reason}); expected every test to run in "
            f"continuous integration. Install what it needs in .ci/run, or give it "
            f"leave, with the reason, in tests/{LIST.name}"
        )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _judged((yield))


# A file that is skipped while it is read sends no report of its own over processes.
@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _judged((yield))
