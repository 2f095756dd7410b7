"""The benches run, keep what they find, and say on their page what was missed."""

import importlib
import re
import subprocess
import sys

import pytest

from checkout import CHECKOUT

BENCH = CHECKOUT / "bench"
QUICK = ("opening", "reading", "rules", "personal", "counting", "pages")
RATIOS = {
    "annual-2024: first chart / stock page",
    "as received / calamine",
    "one after the other / calamine",
    "count_large / bare DuckDB",
    "loop / qadaya report",
    "nothing changed / qadaya report",
}


@pytest.fixture
def bench(monkeypatch):
    """A module of the benches, by its name."""
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module


@pytest.fixture(scope="module")
def few_inputs(tmp_path_factory):
    """The page of the quick benches on a few inputs."""
    page = tmp_path_factory.mktemp("bench") / "benchmarks.md"
    done = subprocess.run(
        [sys.executable, BENCH / "run_all.py", "--small", "--page", page, *QUICK],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return page.read_text(encoding="utf-8")


def test_the_benches_run_on_a_few_inputs_and_their_page_has_every_ratio(few_inputs):
    ratios = re.findall(
        r"^\| ([^|]+ / [^|]+) \| [\d.]+ (?:times|%) \|", few_inputs, re.M
    )
    assert set(ratios) == RATIOS
    assert "failed" not in few_inputs.lower()
    assert "The machine was" in few_inputs


def test_the_shares_of_personal_data_found_and_of_false_alarms_are_there(few_inputs):
    assert re.search(r"^\| found, full names \| \d+\.\d % \|", few_inputs, re.M)
    assert re.search(r"^\| false alarms, .* \| \d+\.\d % \|", few_inputs, re.M)


def test_every_rule_finds_what_was_planted_and_cases_are_read_as_meant(few_inputs):
    assert "| cases read as they were meant | 100.0 % |" in few_inputs
    for share in ("recall", "precision"):
        found = rf"^\| {share}, the worst of (\d+) rules \| (\S+) % \|"
        rules, worst = re.search(found, few_inputs, re.M).groups()
        assert int(rules) > 5 and float(worst) > 95


def test_scripts_runner_and_page_name_the_same_benches(bench):
    run_all = bench("run_all")
    scripts = {path.stem for path in BENCH.glob("[!_]*.py")} - {"run_all", "scale"}
    assert {one.script for one in run_all.BENCHES} == scripts
    text = (CHECKOUT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (?!Reached)(.+)$", text, re.M)
    assert titles == [one.title for one in run_all.BENCHES]
    assert re.findall(r"^`bench/(\w+)\.py`", text, re.M) == [
        one.script for one in run_all.BENCHES
    ]


def test_all_benches_together_stay_under_a_quarter_of_an_hour(bench):
    assert sum(one.seconds for one in bench("run_all").BENCHES) <= 15 * 60


def test_a_missed_figure_is_said_first_and_in_its_row(bench):
    figures, pages = bench("_figures"), bench("_page")
    found = figures.Found(
        [
            figures.Figure("a / b", "times", [1.5, 1.2, 2.0], [1.1], below=1.3),
            figures.Figure("ours", "s", [3.0, 2.5], [2.0, 2.0], [200, 210], most=3),
            figures.Figure("found", "%", [68.96]),
        ],
        notes=["A peer is not installed."],
    )
    measured = pages.Circumstances("2026-11-26", "2 processors", "Quiet.", "abc", "P 3")
    outcome = pages.Outcome(pages.Bench("some", "Ours beside a peer", 60), found, 59.6)
    text = pages.page([outcome], measured)
    assert (
        text.partition("## ")[2]
        == """\
Reached: 1 of 2

* missed: a / b: 1.50 times, to reach: under 1.30 times

## Ours beside a peer

`bench/some.py`, 60 s

| what | median | least to most | processor | memory | reach | |
| --- | --- | --- | --- | --- | --- | --- |
| a / b | 1.50 times | 1.20 to 2.00 | 1.10 times |  | under 1.30 times | **missed** |
| ours | 2.75 s | 2.50 to 3.00 | 2.00 s | 205 MB | at most 3.00 s | met |
| found | 69.0 % |  |  |  |  |  |

* A peer is not installed.
"""
    )


FAILS = """
from _figures import Figure, arguments
asked = arguments(None, repeats=1)
asked.findings.add(Figure("ours", "s", [2.0]))
{end}
"""


@pytest.mark.parametrize(
    ("end", "seconds", "said"),
    [
        ("raise SystemExit('chromium is not installed')", 60, "chromium is not"),
        ("1 / 0", 60, "ZeroDivisionError"),
        ("import time; time.sleep(600)", 8, "stopped after 8 s, its limit"),
    ],
    ids=["ends", "raises", "hangs"],
)
def test_what_a_bench_found_before_it_failed_is_kept(
    bench, tmp_path, end, seconds, said
):
    run_all, pages = bench("run_all"), bench("_page")
    lines = [f"import sys; sys.path.insert(0, {str(BENCH)!r})", FAILS.format(end=end)]
    (tmp_path / "some.py").write_text("\n".join(lines))
    some = pages.Bench("some", "Ours beside a peer", seconds)
    outcome = run_all.outcome_of(some, small=False, folder=tmp_path)
    assert said in outcome.failure
    assert [figure.what for figure in outcome.found.figures] == ["ours"]
    measured = pages.Circumstances("2026-11-26", "2 processors", "Quiet.", "abc", "P 3")
    text = pages.page([outcome], measured)
    assert f"* failed: Ours beside a peer: {outcome.failure}\n" in text
    assert f"**Failed**: {outcome.failure}\n\n| what |" in text
    assert "| ours | 2.00 s |" in text


def test_the_memory_of_a_process_is_not_that_of_a_large_one_that_started_it(bench):
    held = bytearray(300_000_000)
    code = "from _timing import own_peak_megabytes; print(own_peak_megabytes())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=BENCH
    )
    assert 5 < float(done.stdout) < 150 < len(held) / 1e6


@pytest.fixture
def peers(bench):
    return bench("protection_peers")


def test_the_hidden_areas_of_a_peer_are_told_by_its_reasons_and_ours_are_not(peers):
    told = {each.what: each for each in peers.hidden_areas()}
    # Of 6 in two large areas, both hidden for themselves and so 3 at most: 3 and 3.
    assert told["sdcTable"].aware == "0 of 5"
    assert told["sdcTable, reasons told"].aware == "2 of 5"
    assert told["ours, reasons told"].aware == "0 of 5"


def test_the_errors_of_published_roundings_are_those_that_their_authors_print(peers):
    cells = peers.grid(peers.SMALL)
    sums = [margin for margin in peers.all_margins(cells) if len(margin) < 2]
    for answer, errors in (
        (peers.ALL_ROUNDED, "15, at most 4"),
        (peers.NEEDED_ROUNDED, "9, at most 2"),
    ):
        rounded = cells.assign(published=[n for row in answer for n in row])
        assert peers.errors_of(rounded, sums) == errors


def test_a_peer_that_hides_zeros_is_read_by_its_own_rule(peers):
    published = peers.published_cells(peers.grid([[0, 2], [2, 9]]), [("row", "column")])
    hidden = (published["n"] < 9).tolist()
    told = peers.of_hidden("a peer", published, hidden, peers.hiding(4))
    assert (told.hidden, told.aware) == ("3 of 4", "0 of 2")
