import numpy as np
import pandas as pd
import pytest

from sdctables import (
    DisclosureError,
    ParameterError,
    Rule,
    audit,
    certain_shares,
    explain,
    published_cells,
    require_width,
    shortfalls,
)
from small_tables import S1_PRIMARY, S3, S3_MARGINS, all_margins, frame, s1_cells

HIDE_3 = Rule(method="suppression", threshold=3)
BASE_3 = Rule(method="rounding", base=3)


def s3b():
    published = published_cells(S3, S3_MARGINS)
    status = published["area"].map(
        dict.fromkeys("ABKLM", "primary") | {"N": "secondary"}
    )
    return published.assign(status=status.fillna("shown"))


def test_cells_that_are_known_too_well_fall_short():
    audited = audit(s3b(), rule=HIDE_3, reader="rule-aware")

    assert shortfalls(audited, HIDE_3)["area"].tolist() == ["L", "M"]
    assert shortfalls(audit(s3b(), rule=HIDE_3), HIDE_3).empty


def test_a_small_inner_cell_behind_published_sums_falls_short():
    published = published_cells(frame([[4, 1], [5, 0]]), [("a",), ("b",)])

    audited = audit(published, rule=HIDE_3, external=[{"a": "a1", "b": "b1", "n": 0}])

    found = shortfalls(audited, HIDE_3)[["a", "b", "low", "high"]]
    assert found.values.tolist() == [["a0", "b1", 1, 1]]


def test_a_rounded_edition_falls_short_when_an_outside_total_is_too_telling():
    published = published_cells(frame([0, 0]), [("a",), ()])

    with pytest.raises(DisclosureError) as refused:
        require_width(published, rule=BASE_3, external=[{"n": 4}])

    # Both stand for 0 to 2 and add up to 4.
    assert "a=a0 is at least 2 = 4 (the grand total (outside total)) - 2 (a=a1)" in str(
        refused.value
    )
    assert str(refused.value).startswith("2 of 3 cells can be known to less than 1")


def test_an_edition_that_passes_comes_back_audited():
    published = published_cells(frame([0, 3]), [("a",), ()])

    audited = require_width(published, rule=BASE_3)

    assert (audited["high"] - audited["low"]).tolist() == [2, 2, 4]


def test_the_equation_of_s1_adds_up_to_wb():
    published = published_cells(s1_cells(), all_margins(s1_cells()))
    name = published["row"] + published["column"]
    status = np.where(name.isin(S1_PRIMARY), "primary", "shown")
    published = published.assign(status=status)

    told = explain(published, {"row": "w", "column": "b"}, rule=HIDE_3, reader="plain")

    start, terms = told.split(" = ", 1)
    assert start == "row=w, column=b is exactly 47"
    numbers = pd.Series(terms.replace("- ", "-")).str.extractall(r"(-?\d+) \(")[0]
    assert numbers.astype(int).sum() == 47
    for hidden in S1_PRIMARY:
        assert f"(row={hidden[0]}, column={hidden[1]})" not in terms


def test_a_cell_that_is_nowhere_cannot_be_explained():
    with pytest.raises(ParameterError, match="is not behind any published cell"):
        explain(s3b(), {"area": "Z"}, rule=HIDE_3)


def test_shares_of_none_and_all_are_certain_when_the_rest_is_a_known_zero():
    cells = pd.DataFrame(
        {
            "court": ["r", "r", "f", "f"],
            "result": ["convicted", "acquitted"] * 2,
            "n": [4, 0, 5, 6],
        }
    )
    published = published_cells(cells, all_margins(cells))

    shown = certain_shares(audit(published, rule=HIDE_3), "result")
    rounded = certain_shares(
        audit(published, rule=BASE_3, reader="rule-aware"), "result"
    )

    assert shown[["court", "result", "share"]].values.tolist() == [
        ["r", "acquitted", "none"],
        ["r", "convicted", "all"],
    ]
    assert rounded.empty
    with pytest.raises(ParameterError, match="column is 'stage'"):
        certain_shares(audit(published, rule=HIDE_3), "stage")
