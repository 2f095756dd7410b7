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
