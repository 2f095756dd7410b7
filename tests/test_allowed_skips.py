"""Continuous integration fails for a skip that nobody gave leave for."""

import ast
import fnmatch
import shutil
from pathlib import Path

import pytest

import allowed_skips
from checkout import CHECKOUT

pytest_plugins = ["pytester"]

LEAVE = """
[[skip]]
tests = "test_a*.py::test_sea*"
says = "no sea here"
because = "the machine stands inland"
"""
SKIPPING = """
import pytest
def test_runs(): pass
@pytest.mark.skip(reason="no sea here")
def test_sea(): pass
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run files as continuous integration does, or as anybody else (`ci=""`)."""
    shutil.copy(allowed_skips.__file__, pytester.path)
    (pytester.path / "skips.toml").write_text(LEAVE)
    pytester.makeconftest(
        "from allowed_skips import pytest_make_collect_report, "
        "pytest_runtest_makereport"
    )
    monkeypatch.setenv("PYTEST_ADDOPTS", "")

    def done(*options, ci="true", **files):
        monkeypatch.setenv("CI", ci)
        pytester.makepyfile(**files)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)

    return done


# By what differs from the skip that has leave.
WITHOUT_LEAVE = {
    "test_b_file": SKIPPING,
    "test_a_name": SKIPPING.replace("test_sea", "test_lake"),
    "test_a_reason": SKIPPING.replace("no sea here", "no boat here"),
    "test_b_condition": SKIPPING.replace("mark.skip(", "mark.skipif(True, "),
    "test_a_silent": "def test_runs(): pass\n"
    "def test_sea(): __import__('pytest').skip()",
}


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "xdist"])
def test_a_skip_with_leave_is_a_skip_and_each_without_fails(run, options):
    result = run(*options, test_a=SKIPPING, **WITHOUT_LEAVE)
    counted = result.parseoutcomes()
    # What is skipped before it begins fails as an error of its setting up.
    assert counted["failed"] + counted["errors"] == len(WITHOUT_LEAVE)
    assert (counted["passed"], counted["skipped"]) == (1 + len(WITHOUT_LEAVE), 1)
    assert result.ret != 0
    for file in WITHOUT_LEAVE:
        result.stdout.re_match_lines([f"(ERROR|FAILED) {file}.py.*give it leave, with"])


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "xdist"])
def test_a_file_that_skips_itself_fails(run, options):
    source = "import pytest\npytest.importorskip('no_such_package')\n"
    result = run(*options, test_a=source, test_b="def test_runs(): pass")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*no_such_package*give it leave*"])


def test_a_machine_of_ones_own_may_skip_and_what_is_known_to_fail_is_no_skip(run):
    source = "import pytest\n@pytest.mark.xfail\ndef test_b(): assert False"
    run(test_a=source, test_b="").assert_outcomes(xfailed=1)
    run(ci="", test_a="", test_b=SKIPPING).assert_outcomes(passed=1, skipped=1)


def test_each_leave_has_its_reason_and_names_tests_that_are_there():
    names = [
        f"{path.relative_to(CHECKOUT)}::{node.name}"
        for path in Path(CHECKOUT, "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]
    for entry in allowed_skips.entries():
        assert entry.keys() == {"tests", "says", "because"} and all(entry.values())
        assert fnmatch.filter(names, entry["tests"]), entry["tests"]
