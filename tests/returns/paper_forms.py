"""Forms typed by hand, for the tests of reading: rows of text saved as files."""

import csv
import io

from docx import Document
from openpyxl import Workbook

HEADINGS = [
    "المحكمة",
    "الجهة المكلفة بالبحث",
    "موضوع الإشعار",
    "المنصة المعنية (CPS / NECMEC)",
    "المتابعة",
    "مآل القضية",
    "",
    "",
]
INSTANCES = ["", "", "", "", "", "ابتدائيا", "استئنافيا", "النقض"]
ONE_ROW = [*HEADINGS[:5], *INSTANCES[5:]]
FRENCH = [
    "Tribunal",
    "Service chargé de l'enquête",
    "Objet du signalement",
    "Plateforme",
    "Poursuites",
    "1re instance",
    "Appel",
    "Cassation",
]
CIRCUIT, COURT, YEAR = (
    "محكمة الاستئناف بالرباط",
    "المحكمة الابتدائية بسلا",
    "برسم سنة 2022",
)
FIRST_ROW = 7


def case(**typed):
    row = {
        "court": COURT,
        "body": "الشرطة القضائية",
        "subject": "حيازة",
        "platform": "CPS",
        "prosecution": "متابعة",
        "first_instance": "إدانة",
        "appeal": "",
        "cassation": "",
    }
    return list((row | typed).values())


def form(*cases, circuit=CIRCUIT, court=COURT, year=YEAR, headings=None, more=()):
    """The rows of a sheet; the first case stands on row FIRST_ROW."""
    lines = [["المملكة المغربية"], [circuit], [court], [year]]
    headings = headings or [HEADINGS, INSTANCES]
    added = [list(row) for row in headings]
    for row, extra in zip(added, [list(more), [""] * len(more)], strict=False):
        row.extend(extra)
    return [*lines, *added, *cases]


def save_xlsx(path, *sheets, offset=(0, 0), merges=()):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row, texts in enumerate(rows, 1 + offset[0]):
            for column, text in enumerate(texts, 1 + offset[1]):
                if text not in ("", None):
                    sheet.cell(row, column, text)
        for merge in merges:
            sheet.merge_cells(merge)
    book.save(path)
    return path


def save_csv(path, rows, *, encoding="utf-8", separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def save_docx(path, *items, header=None):
    """Paragraphs (text) and tables (lists of rows), in order."""
    document = Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for item in items:
        if isinstance(item, str):
            document.add_paragraph(item)
            continue
        table = document.add_table(len(item), len(item[0]))
        for row, texts in enumerate(item):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
    document.save(path)
    return path
