import ast
import sys
from pathlib import Path

import narwhals
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qadaya.counting import count
from qadaya.counting.bands import BANDS_OF_MEASURE, band_label, sentence_label
from qadaya.counting.count import (
    CELL_COLUMNS,
    CUBE_COLUMNS,
    count_cases,
    count_cells,
    count_large,
)
from qadaya.errors import ParameterError
from small_register import COLUMNS, ROWS, cases


def test_the_cube_counts_each_case_in_one_cell():
    expected = pd.DataFrame(
        [
            ("ca-b", "ca-b", "NCMEC+CPS", 2022, "appeal", "convicted", 1),
            ("tpi-a", "ca-a", "CPS", 2023, "closed", "none", 2),
            ("tpi-a", "ca-a", "NCMEC", 2023, "closed", "none", 1),
            ("tpi-a", "ca-a", "NCMEC", 2023, "first_instance", "convicted", 1),
        ],
        columns=[*CUBE_COLUMNS, "n"],
    )
    pd.testing.assert_frame_equal(count_cases(cases(), CUBE_COLUMNS), expected)


def test_a_body_that_nobody_named_counts_as_unknown():
    counts = count_cases(cases(), ("body",))
    assert counts.to_dict("list") == {
        "body": ["bnpj", "gr", "unknown"],
        "n": [2, 2, 1],
    }


def test_sentences_fall_into_bands_from_their_lower_limit():
    months = [None, 0, 11, 12, 23.5, 24, 59, 60, 400]
    frame = pd.concat([cases().iloc[[0]]] * len(months)).assign(
        imprisonment_months=months, fine_mad=[None, 0, 9999, 1e4, *[49999, 5e4] * 2, 1]
    )
    cells = count_cells(frame)
    assert cells.groupby("imprisonment_band")["n"].sum().to_dict() == {
        "not_stated": 1,
        "under_12": 2,
        "12_to_23": 2,
        "24_to_59": 2,
        "60_and_more": 2,
    }
    assert cells.groupby("fine_band")["n"].sum().to_dict() == {
        "not_stated": 1,
        "under_10000": 3,
        "10000_to_49999": 3,
        "50000_and_more": 2,
    }


def test_a_column_of_sentences_without_any_is_counted_as_not_stated():
    frame = cases().assign(imprisonment_months=None, fine_mad=None)
    cells = count_cells(frame)
    assert set(cells["imprisonment_band"]) == {"not_stated"}
    assert cells["n"].sum() == 5


def test_no_case_at_all_gives_an_empty_cube_of_the_same_columns():
    empty = count_cases(cases().iloc[:0], CUBE_COLUMNS)
    assert list(empty.columns) == [*CUBE_COLUMNS, "n"]
    assert empty.empty


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(ROWS), min_size=1), st.randoms())
def test_the_order_of_cases_does_not_matter_and_none_is_lost(rows, random):
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    shuffled = frame.sample(frac=1, random_state=random.randint(0, 99))
    cells = count_cells(shuffled)
    pd.testing.assert_frame_equal(cells, count_cells(frame))
    assert cells["n"].sum() == len(rows)
    assert list(cells.columns) == [*CELL_COLUMNS, "n"]


# The dialect. Outside it, engines differ without a word.
PLAIN = {"sum", "mean", "min", "max", "len", "count", "alias", "col"}
NEVER = {
    "pivot", "unpivot", "rank", "first", "last", "n_unique", "quantile", "over",
    "cum_sum", "rolling_sum",
}  # fmt: skip
SOURCE = Path(count.__file__).read_text(encoding="utf-8")


def breaches(source):
    tree = ast.parse(source)
    called = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [getattr(node.func, "attr", "") for node in called]
    found = sorted(NEVER & set(names))
    for node in called:
        if getattr(node.func, "attr", "") == "agg":
            found += [message for part in inside(node) for message in not_plain(part)]
    return found


def inside(aggregation):
    values = [*aggregation.args, *(word.value for word in aggregation.keywords)]
    return [part for value in values for part in ast.walk(value)]


def not_plain(part):
    if isinstance(part, ast.Call) and getattr(part.func, "attr", "") not in PLAIN:
        return [f"agg calls {getattr(part.func, 'attr', '?')}"]
    if isinstance(part, (ast.BinOp, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.IfExp)):
        return ["agg computes"]
    return []


def test_the_counting_step_keeps_to_the_dialect():
    assert breaches(SOURCE) == []


@pytest.mark.parametrize(
    ("source", "breach"),
    [
        ("f.group_by('a').agg(nw.when(c).then(n).sum())", "agg calls when"),
        ("f.group_by('a').agg(nw.col('n').filter(c).sum())", "agg calls filter"),
        ("f.group_by('a').agg(nw.col('n').sum() / nw.len())", "agg computes"),
        ("f.group_by('a').agg(nw.col('n').n_unique())", "n_unique"),
        ("f.pivot(on='a')", "pivot"),
    ],
)
def test_what_engines_compute_differently_is_outside_the_dialect(source, breach):
    assert breach in breaches(source)


def test_narwhals_is_the_one_the_dialect_was_tried_with():
    assert int(narwhals.__version__.split(".")[0]) == 2


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_band_has_a_word_of_its_own(language):
    for measure, bands in BANDS_OF_MEASURE.items():
        assert sentence_label(measure, language) != sentence_label(measure, "en")
        for band in bands:
            assert band_label(band, language) != band_label(band, "en")


def test_a_large_file_without_duckdb_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ParameterError, match=r"expected `pip install qadaya\[large\]`"):
        count_large(tmp_path / "cases.parquet")
