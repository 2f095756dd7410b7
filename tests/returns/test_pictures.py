"""A picture in place of words is asked about: nobody has read what it shows."""

import io

import pytest
from built_files import LINES, SENT, TABLE, odt, odt_cell, writer_table
from docx import Document
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from PIL import Image as Drawn

from qadaya.returns.check_content import check_content

APPEAL, PLATFORM = 6, 3
IMAGE = '<text:p><draw:frame><draw:image xlink:href="1.png"/></draw:frame></text:p>'
FORMULA = (
    '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
)


def picture():
    target = io.BytesIO()
    Drawn.new("RGB", (4, 4), "red").save(target, "png")
    target.seek(0)
    return target


def parted(rows, at):
    """Rows with one more, which holds no word."""
    return [*rows[:at], [""] * len(TABLE[0]), *rows[at:]]


def xlsx(row, column, *, until=None, rows=SENT):
    """A workbook with a picture over cells, counted from 0."""
    book = Workbook()
    for line in rows:
        book.active.append(line)
    first = AnchorMarker(col=column, row=row)
    last = AnchorMarker(col=(until or (0, column))[1], row=(until or (row, 0))[0])
    image = Image(picture())
    image.anchor = TwoCellAnchor(_from=first, to=last)
    book.active.add_image(image)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def docx(row, column, rows=TABLE):
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    run = table.cell(row, column).paragraphs[0].add_run()
    run.add_picture(picture())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def odt_row(at):
    rows = parted(TABLE, at)
    rows[at][APPEAL] = IMAGE
    return odt(*LINES, writer_table(rows))


def told(content, name):
    (one,) = check_content(content, name)
    assert len(one.accepted) + len(one.refused) == 3
    return [(p.rule, p.cell) for p in one.problems]


@pytest.mark.parametrize(
    ("content", "name", "cell"),
    [
        pytest.param(xlsx(6, APPEAL), "a.xlsx", "G7", id="xlsx"),
        pytest.param(xlsx(5, 5, until=(7, 7)), "a.xlsx", "G7", id="xlsx, its middle"),
        pytest.param(docx(2, APPEAL), "a.docx", "G3", id="docx"),
        pytest.param(odt_cell(2, APPEAL, IMAGE), "a.odt", "G3", id="odt"),
        pytest.param(odt_cell(2, APPEAL, FORMULA), "a.odt", "G3", id="odt, a formula"),
    ],
)
def test_a_picture_where_nothing_is_typed_is_asked_about(content, name, cell):
    assert told(content, name) == [("picture_cell", cell)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(xlsx(6, PLATFORM), "a.xlsx", id="over a typed cell"),
        pytest.param(xlsx(0, 1), "a.xlsx", id="beside the name of the kingdom"),
        pytest.param(xlsx(12, 2), "a.xlsx", id="a stamp under the table"),
        pytest.param(docx(2, PLATFORM), "a.docx", id="beside words of a cell"),
    ],
)
def test_a_picture_that_takes_no_answers_place_is_no_question(content, name):
    assert told(content, name) == []


@pytest.mark.parametrize(
    ("content", "name", "cell"),
    [
        pytest.param(xlsx(7, APPEAL, rows=parted(SENT, 7)), "a.xlsx", "G8", id="xlsx"),
        pytest.param(docx(3, APPEAL, parted(TABLE, 3)), "a.docx", "G4", id="docx"),
        pytest.param(docx(5, APPEAL, parted(TABLE, 5)), "a.docx", "G6", id="the last"),
        pytest.param(odt_row(3), "a.odt", "G4", id="odt"),
    ],
)
def test_a_picture_that_fills_a_row_alone_is_asked_about(content, name, cell):
    assert told(content, name) == [("picture_cell", cell)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(xlsx(7, 12, rows=parted(SENT, 7)), id="beside the columns"),
        pytest.param(xlsx(9, APPEAL), id="under the last case"),
    ],
)
def test_a_picture_beside_or_under_the_cases_of_a_sheet_is_no_row(content):
    assert told(content, "a.xlsx") == []
