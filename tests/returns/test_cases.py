import json
from pathlib import Path

import pytest

from qadaya.returns.check import check_file

CASES = Path(__file__).parents[1] / "data" / "cases"
EXPECTED = json.loads((CASES / "expected.json").read_text("utf-8"))
FRENCH = "xlsx-number-words-french.xlsx"
COLUMNS = ("body", "subject", "platform", "prosecution", "first_instance", "appeal")
FIRST = 12
# What the six rows say, in all files but those whose trait is another wording.
SIX = [
    ("dgsn-pj", "possession", "NCMEC", "prosecuted", "convicted", "upheld"),
    ("gr", "distribution", "CPS", "prosecuted", "acquitted", "overturned"),
    ("bnpj", "solicitation", "NCMEC", "closed", "none", "none"),
    ("dgsn-cyber-brigade", "extortion", "CPS", "under_investigation", "none", "none"),
    ("dgsn", "production", "NCMEC", "prosecuted", "pending", "none"),
    ("dgsn-minors", "incitement", "CPS", "referred", "none", "none"),
]
named = pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e["file"])


def returned(expected):
    return check_file(CASES / expected["file"])


def told(one):
    return {
        "sheet": one.sheet,
        "court_id": one.court_id,
        "year": one.year,
        "state": one.state,
        "accepted": [case.row for case in one.accepted],
        "left_out": [case.row for case in one.refused],
        "problems": [[p.rule, p.cell or p.row] for p in one.problems],
    }


@named
def test_a_file_that_was_read_wrongly_is_read_right_or_asked_about(expected):
    assert [told(one) for one in returned(expected)] == expected["returns"]


@named
def test_its_lines_are_all_accounted_for(expected):
    for one in returned(expected):
        n_rows = len(one.accepted) + len(one.refused)
        assert one.account.seen == n_rows + sum(one.account.others.values())


@named
def test_its_rows_say_what_was_typed(expected):
    rows = [case for one in returned(expected) for case in one.accepted]
    if expected["file"] == FRENCH:
        sentences = [
            (case.codes["imprisonment_months"], case.codes["fine_mad"]) for case in rows
        ]
        assert sentences == [
            *((18, 5000), (18, 20_000), (2, 80_000)),
            *((24, 1500), (30, 200), (3, None)),
        ]
        return
    left_out = {number for one in expected["returns"] for number in one["left_out"]}
    whole = [
        row
        for number, row in enumerate(SIX, start=FIRST)
        if len(rows) == len(SIX) or number not in left_out
    ]
    if rows:
        found = [tuple(case.codes[column] for column in COLUMNS) for case in rows]
        assert found == whole
