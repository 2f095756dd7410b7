"""What was typed is shown by a spreadsheet and never run."""

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from qadaya.spreadsheet import add_row, csv_text, inert

# One list for both languages: the explorer's own exports are held to it as well.
EXAMPLES = json.loads(
    (Path(__file__).parent / "data" / "inert_cells.json").read_text(encoding="utf-8")
)
RUNS = re.compile(r'[\s"\u200b-\u200f\u061c\ufeff]*[=+\-@＝＋－＠]')
TYPED = st.text(alphabet="=+-@＝＠;,\t\n\r\"' \u200fa1")


def reopened(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        add_row(book.worksheets[0], row)
    book.save(file)
    return load_workbook(file).worksheets[0]


@pytest.mark.parametrize(
    ("typed", "written"), [each[1:] for each in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(typed, written):
    assert inert(typed) == written


@pytest.mark.parametrize("value", [-3, 0.5, None, True])
def test_a_value_that_is_no_text_stays_as_it_is(value):
    assert inert(value) is value


@given(TYPED)
def test_what_is_inert_stays_as_it_is(typed):
    assert inert(inert(typed)) == inert(typed)


@given(typed=TYPED, separator=st.sampled_from(",;\t"))
def test_no_cell_runs_whatever_a_program_takes_for_the_separator(typed, separator):
    for line in re.split(r"[\r\n]", csv_text(["value"], [["x", typed, "y"]])):
        assert not [cell for cell in line.split(separator) if RUNS.match(cell)]


@given(TYPED)
def test_a_reader_of_csv_gets_the_inert_text_back(typed):
    (_, row) = csv.reader(StringIO(csv_text(["value"], [[typed]])[1:], newline=""))
    assert row == [inert(typed)]


def test_csv_opens_in_a_spreadsheet_as_it_is_meant():
    assert csv_text(["court", "n"], [["طنجة", 3], [None, -1]]) == (
        "\ufeffcourt,n\r\nطنجة,3\r\n,-1\r\n"
    )


@pytest.mark.parametrize("typed", [each[1] for each in EXAMPLES] + ["#N/A", "=", "1"])
def test_no_cell_of_a_workbook_is_anything_but_what_was_typed(typed):
    (cell,) = reopened([typed])[1]
    # A workbook says of an empty text that nothing is there.
    assert cell.data_type == "s" if typed else cell.value is None
    assert (cell.value or "") == inert(typed)


def test_a_number_of_a_workbook_stays_a_number():
    first, second = reopened(["a", "b"], [-3, None])
    assert [cell.value for cell in first] == ["a", "b"]
    assert (second[0].value, second[0].data_type) == (-3, "n")
