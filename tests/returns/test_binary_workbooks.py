"""Binary workbooks (.xlsb), written here record by record as [MS-XLSB] has them."""

import io
import struct

import pytest
from binary_books import (
    COLOURED,
    DARK,
    SENT,
    STRUCK,
    book,
    cell,
    of_two,
    record,
    rows,
    sheet,
    text,
    typed,
)
from python_calamine import CalamineWorkbook

from qadaya.returns.check_content import check_content


def read(content, name="a.xlsb"):
    (one,) = check_content(content, name)
    return one


def outcomes(one):
    return [c.codes["first_instance"] for c in one.accepted]


def test_the_cases_come_out_as_they_were_typed():
    one = read(book(("s", sheet(*rows()))))
    assert (one.court_id, one.year, one.problems) == ("tpi-sale", 2022, [])
    assert outcomes(one) == ["convicted", "acquitted", "none"]


def test_another_reader_finds_the_same_texts_in_it():
    with CalamineWorkbook.from_filelike(
        io.BytesIO(book(("s", sheet(*rows()))))
    ) as told:
        found = told.get_sheet_by_name("s").to_python(skip_empty_area=False)
    width = max(map(len, SENT))
    assert found == [texts + [""] * (width - len(texts)) for texts in SENT]


@pytest.mark.parametrize(
    ("lines", "after", "rule", "accepted"),
    [
        (rows(hidden=True), b"", "row_hidden", ["convicted", "none"]),
        (
            rows({5: cell(8, 5, text("براءة") + bytes(10))}),
            b"",
            "formula_cell",
            ["convicted", "none"],
        ),
        (rows({5: cell(3, 5, b"\x2a")}), b"", "error_cell", ["convicted", "none"]),
        (
            rows({5: typed(5, "براءة", STRUCK)}),
            b"",
            "struck_cell",
            ["convicted", "none", "none"],
        ),
        (
            rows({5: cell(7, 5, bytes(4))}),
            b"",
            None,
            ["convicted", "acquitted", "none"],
        ),
        (
            rows(),
            record(176, struct.pack("<IIII", 6, 7, 5, 5)),
            None,
            ["convicted", "convicted", "none"],
        ),
    ],
    ids=["hidden", "formula", "error", "struck", "partly-struck", "merged"],
)
def test_what_is_seen_is_read(lines, after, rule, accepted):
    one = read(book(("s", sheet(*lines, after=after))))
    assert [p.rule for p in one.problems] == ([rule] if rule else [])
    assert outcomes(one) == accepted


@pytest.mark.parametrize(
    ("changed", "problems", "outcome"),
    [
        (cell(7, 5, bytes(4)), [], "convicted"),
        (cell(7, 5, bytes(4), DARK), [], "acquitted"),
        (typed(5, "براءة", DARK), ["struck_cell"], "none"),
        (typed(5, "براءة"), [], "acquitted"),
    ],
    ids=["white-on-paper", "white-on-black", "black-on-black", "black-on-paper"],
)
def test_letters_are_seen_by_their_own_colour_on_that_of_the_cell(
    changed, problems, outcome
):
    shared = of_two("إدانة ", "براءة")
    lines = sheet(*rows({5: changed}))
    one = read(book(("s", lines), styles=COLOURED, shared=shared))
    assert [p.rule for p in one.problems] == problems
    assert outcomes(one) == ["convicted", outcome, "none"]


def test_a_hidden_column_of_the_form_is_asked_about():
    width = record(60, struct.pack("<IIIIH", 5, 5, 2048, 0, 1))
    one = read(book(("s", width + sheet(*rows()))))
    assert [p.rule for p in one.problems] == ["column_hidden"]


def test_a_hidden_sheet_is_not_counted():
    sheets = [("s", sheet(*rows())), ("t", sheet(*rows({5: typed(5, "إدانة")})))]
    one = read(book(*sheets, hidden=(1,)))
    assert len(one.accepted) == 3
    assert [p.rule for p in one.problems] == ["sheet_hidden"]


def test_one_that_breaks_off_is_called_damaged():
    one = read(book(("s", sheet(*rows())[:600])))
    assert [p.facts["reason"] for p in one.problems] == ["damaged"]
