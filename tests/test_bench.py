import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench"


@pytest.mark.parametrize(
    ("script", "ratios"),
    [
        ("pages", ["loop / qadaya report", "nothing changed / qadaya report"]),
        ("opening", ["first chart / write_html"]),
        ("reading", ["as received / calamine", "one after the other / calamine"]),
        ("counting", ["count_large / DuckDB"]),
    ],
)
def test_a_benchmark_runs_on_a_few_inputs_and_prints_its_ratios(script, ratios):
    done = subprocess.run(
        [sys.executable, BENCH / f"{script}.py", "--small", "--repeats", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = re.findall(r"^  ratio (.+): \d+\.\d+ \(", done.stdout, re.MULTILINE)
    assert printed == ratios
    assert "load average" in done.stdout


def test_the_shares_of_personal_data_found_and_of_false_alarms_are_printed():
    done = subprocess.run(
        [sys.executable, BENCH / "personal.py", "--small"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^found, full names: \d+\.\d%$", done.stdout, re.MULTILINE)
    assert re.search(r"^false alarms, .*: \d+\.\d+%$", done.stdout, re.MULTILINE)


def test_recall_and_precision_of_the_rules_are_printed():
    done = subprocess.run(
        [sys.executable, BENCH / "rules.py", "--small"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    right, all_ = re.search(r"as meant: (\d+) of (\d+)", done.stdout).groups()
    assert right == all_ != "0"
    shares = re.findall(r"recall +(\S+)%  precision +(\S+)%", done.stdout)
    assert len(shares) > 10
    assert all(float(share) > 95 for pair in shares for share in pair)


@pytest.fixture
def peers(monkeypatch):
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module("protection_peers")


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
