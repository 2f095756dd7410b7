"""A picture in place of words is asked about: nobody has read what it shows."""

import io

import pytest
from built_files import LINES, SENT, TABLE, odt_cell
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


def xlsx(row, column, *, until=None):
    """A workbook with a picture over cells, counted from 0."""
    book = Workbook()
    for line in SENT:
        book.active.append(line)
    first = AnchorMarker(col=column, row=row)
    last = AnchorMarker(col=(until or (0, column))[1], row=(until or (row, 0))[0])
    image = Image(picture())
    image.anchor = TwoCellAnchor(_from=first, to=last)
    book.active.add_image(image)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def docx(row, column):
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(len(TABLE), len(TABLE[0]))
    for cells, texts in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    run = table.cell(row, column).paragraphs[0].add_run()
    run.add_picture(picture())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


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
