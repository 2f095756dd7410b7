import io
from zipfile import ZipFile

import pytest

from qadaya.returns.read.new_workbooks import formulas_by_name, may_hold_formulas

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(rows, *, target="worksheets/sheet7.xml", main=MAIN):
    content = io.BytesIO()
    with ZipFile(content, "w") as parts:
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{RELATED}"><sheets>'
            '<sheet name="a &amp; b" sheetId="1" r:id="rId9"/></sheets></workbook>',
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="any">'
            f'<Relationship Id="rId9" Target="{target}"/></Relationships>',
        )
        parts.writestr(
            "xl/worksheets/sheet7.xml",
            f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        )
    return ZipFile(content)


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ('<row r="3"><c r="B3"><f>A1</f><v>1</v></c></row>', {(2, 1)}),
        ('<row r="3"><c r="AA3"><f t="shared" si="0"/></c></row>', {(2, 26)}),
        (
            "<row><c/><c><f>A1</f></c></row><row><c><f>A1</f></c></row>",
            {(0, 1), (1, 0)},
        ),
        ('<row r="4"/><row><c r="C5"/><c><f>A1</f></c></row>', {(4, 3)}),
        ('<row r="1"><c r="A1" t="str"><v>=A2</v></c></row>', set()),
        ('<row r="1"><c r="A1"><is><t>f</t></is></c></row>', set()),
    ],
    ids=["typed", "shared", "no-places", "some-places", "text", "none"],
)
def test_formulas_are_told_by_their_places(rows, places):
    assert formulas_by_name(workbook(rows)) == {"a & b": places}


@pytest.mark.parametrize(
    "target",
    [
        "worksheets/sheet7.xml",
        "/xl/worksheets/sheet7.xml",
        "./x/../worksheets/sheet7.xml",
    ],
)
def test_a_sheet_is_found_where_the_workbook_says(target):
    parts = workbook('<row r="1"><c r="A1"><f>B1</f></c></row>', target=target)
    assert formulas_by_name(parts) == {"a & b": {(0, 0)}}


def test_the_strict_dialect_is_read_alike():
    parts = workbook('<row r="1"><c r="A1"><f>B1</f></c></row>', main=STRICT)
    assert formulas_by_name(parts) == {"a & b": {(0, 0)}}


def test_a_sheet_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        formulas_by_name(workbook("", target="worksheets/sheet8.xml"))


@pytest.mark.parametrize(
    ("xml", "may"),
    [
        (b"<c><f>A1</f></c>", True),
        (b"<x:c><x:f t='shared'/></x:c>", True),
        (b"<c><f/></c>", True),
        (b"<formula1>A1</formula1>", False),
        (b"<c><v>f&gt;</v></c>", False),
    ],
)
def test_only_a_sheet_that_may_hold_formulas_is_parsed(xml, may):
    assert may_hold_formulas(xml) is may
