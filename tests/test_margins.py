import pytest

from qadaya.editions.margins import margin_columns, margin_name


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ((), "country"),
        (("year",), "year"),
        (("circuit_id", "year"), "circuit_id x year"),
        (("year", "fine_band"), "year x fine_band"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_margin_and_its_name_tell_each_other(columns, name):
    assert margin_name(columns) == name
    assert margin_columns(name) == columns
