"""Patterns and the parser tell the same of a workbook, where either may read it."""

import io
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from built_files import SPACES, xlsx
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from qadaya.returns.check_content import check_content
from qadaya.returns.read import new_workbooks, open_sheets, read_content
from qadaya.returns.read.grid import Unreadable
from qadaya.returns.read.plain_open_sheets import plain_grids
from qadaya.returns.read.plain_sheets import plain_sheets

RETURNS = Path(__file__).parents[1] / "data" / "returns"
WORKBOOKS = sorted([*RETURNS.glob("*.xlsx"), *RETURNS.glob("*.ods")])
# What XML can hold; a cell of a sheet begins with no sign of a formula.
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
)
TEXTS = st.text(LETTERS, max_size=12).filter(lambda text: not text.startswith("="))
NUMBERS = st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9)
CELLS = st.none() | TEXTS | NUMBERS | st.booleans()
ROWS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8)


def read_twice(monkeypatch, content):
    """A workbook by patterns and by the parser, and whether the patterns would do."""
    asked = []

    def watched(by_patterns):
        def read(*of):
            told = by_patterns(*of)
            asked.append(told is not None)
            return told

        return read

    with monkeypatch.context() as patched:
        patched.setattr(new_workbooks, "plain_sheets", watched(plain_sheets))
        patched.setattr(open_sheets, "plain_grids", watched(plain_grids))
        quick = grids_or_reason(content)
        patched.setattr(new_workbooks, "plain_sheets", lambda *of: None)
        patched.setattr(open_sheets, "plain_grids", lambda *of: None)
        return quick, grids_or_reason(content), asked


def grids_or_reason(content):
    try:
        return read_content(content)
    except Unreadable as fault:
        return fault.reason


@pytest.mark.parametrize("encoding", ["hex", "utf-8X", "shift_jis", "gb2312"])
@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_letters_of_an_encoding_nobody_knows_are_left_to_the_parser(encoding, kind):
    path = next(path for path in WORKBOOKS if path.suffix == kind)
    target = io.BytesIO()
    with ZipFile(path) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("xl/worksheets/sheet1.xml", "content.xml"):
                _, _, part = part.rpartition(b"?>")
                part = b'<?xml version="1.0" encoding="%b"?>' % encoding.encode() + part
            new.writestr(name, part)
    told = grids_or_reason(target.getvalue())
    assert told == "damaged" or all(grid.rows for grid in told)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda p: p.name)
def test_patterns_tell_what_the_parser_tells(monkeypatch, path):
    quick, parsed, _ = read_twice(monkeypatch, path.read_bytes())
    assert quick == parsed


def test_most_returns_are_read_by_patterns(monkeypatch):
    asked = [read_twice(monkeypatch, path.read_bytes())[2][0] for path in WORKBOOKS]
    assert sum(asked) > len(asked) / 2


@given(st.sampled_from(WORKBOOKS), st.integers(0, 10**6), st.sampled_from(b'<>&"/ x\0'))
def test_a_damaged_byte_takes_no_text_away(path, place, byte):
    def damaged(part):
        at = place % len(part)
        return part[:at] + bytes([byte]) + part[at + 1 :]

    sound = path.read_bytes()
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, parsed, _ = read_twice(monkeypatch, rewritten(sound, damaged))
    # A parser also minds what is said of cells that hold nothing.
    assert quick == parsed or (parsed == "damaged" and quick == read_content(sound))


@given(ROWS, st.sampled_from(["", ' table:number-columns-repeated="2"']))
def test_any_cells_of_an_open_sheet_are_told_alike(rows, more):
    lines = [
        "".join(
            "<table:table-cell/>"
            if value is None
            else f'<table:table-cell office:value-type="string"{more}>'
            f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
            for value in row
        )
        for row in rows
    ]
    content = ods(
        "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    )
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, parsed, asked = read_twice(monkeypatch, content)
    assert (quick, asked) == (parsed, [True])


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:visibility="collapse">{}</table:table-row>',
        "<table:table-row><table:table-cell><text:p>a<text:span>b</text:span></text:p>"
        "</table:table-cell></table:table-row>",
        '<table:table-row><table:table-cell office:value-type="float" '
        'office:value="3"/></table:table-row>',
        '<table:table-row><table:table-cell table:formula="of:=1"><text:p>1</text:p>'
        "</table:table-cell></table:table-row>",
        "<table:table-row><table:table-cell><office:annotation><text:p>n</text:p>"
        "</office:annotation></table:table-cell></table:table-row>",
    ],
)
def test_what_is_more_than_texts_is_for_the_parser(monkeypatch, row):
    cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    quick, parsed, asked = read_twice(monkeypatch, ods(row.format(cell)))
    assert (quick, asked) == (parsed, [False])


FORMS = (
    "<office:forms xmlns:form='urn:oasis:names:tc:opendocument:xmlns:form:1.0' {}>"
).replace("'", '"')


@pytest.mark.parametrize(
    ("before", "is_plain"),
    [
        (FORMS.format('form:automatic-focus="false"/'), True),
        ("<table:named-expressions/>", True),
        (FORMS.format("") + "<text:p>f</text:p></office:forms>", False),
        (
            "<table:named-expressions><table:named-range/></table:named-expressions>",
            False,
        ),
    ],
)
def test_what_libreoffice_puts_on_every_sheet_is_plain(monkeypatch, before, is_plain):
    row = (
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "</table:table-row>"
    )
    quick, parsed, asked = read_twice(monkeypatch, ods(before + row))
    assert (quick, asked) == (parsed, [is_plain])


@pytest.mark.parametrize(("display", "is_plain"), [("true", True), ("false", False)])
def test_a_sheet_that_is_not_displayed_is_for_the_parser(
    monkeypatch, display, is_plain
):
    looks = (
        "<office:automatic-styles><style:style style:name='t' style:family='table'>"
        f"<style:table-properties table:display='{display}'/></style:style>"
        "</office:automatic-styles><office:body>"
    ).replace("'", '"')

    def shown(part):
        part = part.replace(b"<office:body>", looks.encode())
        return part.replace(b"<table:table ", b'<table:table table:style-name="t" ')

    row = (
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "</table:table-row>"
    )
    quick, parsed, asked = read_twice(monkeypatch, rewritten(ods(row), shown))
    assert (quick, asked) == (parsed, [is_plain])
    assert quick[0].hidden is not is_plain


@given(ROWS)
def test_any_cells_are_told_alike(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A1:B3")
    target = io.BytesIO()
    book.save(target)
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, parsed, _ = read_twice(monkeypatch, target.getvalue())
    assert quick == parsed


@pytest.mark.parametrize(
    "mark",
    ['hidden="1"', 'hidden="true"', 'ht="0"', "hidden='1'", 'hidden = "1"', 'ht="0.5"'],
)
def test_a_row_that_is_hidden_in_any_writing_is_for_the_parser(monkeypatch, mark):
    book = Workbook()
    book.active.append(["a", "b"])
    target = io.BytesIO()
    book.save(target)
    marked = f'<row r="1" {mark}'.encode()
    content = rewritten(
        target.getvalue(), lambda part: part.replace(b'<row r="1"', marked)
    )
    quick, parsed, asked = read_twice(monkeypatch, content)
    assert (quick, asked) == (parsed, [False])
    assert quick[0].rows == [] or not any(quick[0].rows)


def ods(rows):
    """An .ods workbook of one sheet."""
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="1">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()


def rewritten(content, change):
    """A workbook with its cells changed."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(target, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            cells = name in ("xl/worksheets/sheet1.xml", "content.xml")
            after.writestr(name, change(part) if cells else part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("end", "width"),
    [
        ("", 1),
        ('<table:table-cell office:value-type="string"><text:p>x</text:p>', 2),
    ],
)
def test_rows_that_are_only_formatted_below_the_last_cost_nothing(end, width):
    row = "<table:table-row><table:table-cell/></table:table-row>"
    first = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>a'
        "</text:p></table:table-cell></table:table-row>"
    )
    last = end and f"<table:table-row>{end}</table:table-cell></table:table-row>"
    n = 20_000  # more than is read as it comes
    (grid,) = read_content(ods(first + n * row + last + n * row))
    assert grid.rows[0] == ["a"]
    assert [row for row in grid.rows if row] == [["a"], ["x"]][:width]
    assert len(grid.rows) == (n + 2 if end else 1)


@pytest.mark.parametrize("look", ['hidden="1"', 'ht="0" customHeight="1"'])
def test_a_hidden_row_among_thousands_of_blank_ones_is_told(look):
    blank = "".join(
        f'<row r="{row}" ht="15"><c r="A{row}" s="0"/></row>' for row in range(20, 2000)
    )
    content = xlsx(
        change=lambda xml: xml.replace('<row r="9"', f'<row r="9" {look}').replace(
            "</sheetData>", f"{blank}</sheetData>"
        )
    )
    (one,) = check_content(content, "a.xlsx")
    assert [case.row for case in one.accepted] == [7, 8]
    assert [(p.rule, p.row) for p in one.problems] == [("row_hidden", 9)]
