import json
from pathlib import Path

import pytest

from qadaya.returns.check import check_file

SAMPLES = Path(__file__).parents[1] / "data" / "returns"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))["files"]
CODES = (
    "court_id",
    "body",
    "subject",
    "platform",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
    "imprisonment_months",
    "fine_mad",
)
named = pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e["file"])


def returned(expected):
    (one,) = check_file(SAMPLES / expected["file"])
    return one


@named
def test_a_sample_gives_its_court_year_and_state(expected):
    one = returned(expected)
    assert (one.court_id, one.year, one.state, one.sheet) == (
        expected["court_id"],
        expected["year"],
        expected["state"],
        expected.get("sheet"),
    )


@named
def test_a_sample_gives_its_rows(expected):
    one = returned(expected)
    assert [case.row for case in one.accepted] == [r["row"] for r in expected["rows"]]
    for case, row in zip(one.accepted, expected["rows"], strict=True):
        for code in CODES:
            allowed = [row[code], *row.get("also_ok", {}).get(code, [])]
            assert case.codes[code] in allowed, (case.row, code)


@named
def test_a_sample_gives_its_problems(expected):
    found = [
        {"rule": p.rule, "severity": p.severity, "row": p.row, "cell": p.cell}
        for p in returned(expected).problems
    ]
    for problem in expected["problems"]:
        cells = [problem["cell"], *problem.get("also_cells", [])]
        match = [
            one
            for one in found
            if one["cell"] in cells
            and all(one[key] == problem[key] for key in ("rule", "severity", "row"))
        ]
        assert match, problem
        found.remove(match[0])
    assert found == []


@named
def test_a_sample_loses_no_row(expected):
    blocked = [row["row"] for row in expected.get("blocked_rows", [])]
    assert [case.row for case in returned(expected).refused] == blocked
