"""The sheets beside the table: difficulties met, and the short guide."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qadaya.reference import court_name
from qadaya.returns.form import texts as w
from qadaya.returns.form.style import (
    as_entry,
    as_heading,
    as_line,
    as_note,
    as_title,
    print_on_one_page,
)
from qadaya.returns.form.texts import words

DIFFICULTIES_HEADING_ROW = 4
_DIFFICULTY_ROWS = 12


def add_difficulties(book: Workbook, court_id: str, year: int) -> Worksheet:
    """The sheet on which a court says what it met with; one row, one difficulty."""
    sheet: Worksheet = book.create_sheet(words(w.DIFFICULTIES_SHEET))
    as_line(sheet.cell(1, 1, court_name(court_id, "ar")))
    as_line(sheet.cell(2, 1, words(w.YEAR_LINE, year=year)))
    as_heading(sheet.cell(DIFFICULTIES_HEADING_ROW, 1, words(w.DIFFICULTIES_TITLE)))
    first = DIFFICULTIES_HEADING_ROW + 1
    for row in range(first, first + _DIFFICULTY_ROWS):
        as_entry(sheet.cell(row, 1))
        sheet.row_dimensions[row].height = 32
    sheet.column_dimensions["A"].width = 130
    sheet.row_dimensions[DIFFICULTIES_HEADING_ROW].height = 26
    print_on_one_page(sheet, f"A1:A{first + _DIFFICULTY_ROWS - 1}")
    return sheet


def add_guide(book: Workbook, year: int) -> Worksheet:
    """The guide: what each column means and how to say that there is nothing."""
    sheet: Worksheet = book.create_sheet(words(w.GUIDE_SHEET))
    as_title(sheet.cell(1, 1, words(w.GUIDE_TITLE)))
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 28
    for row, (about, text) in enumerate(w.GUIDE, start=3):
        as_heading(sheet.cell(row, 1, words(about)))
        as_note(sheet.cell(row, 2, words(text, year=year)), framed=True)
        sheet.row_dimensions[row].height = 36
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 105
    print_on_one_page(sheet, f"A1:B{len(w.GUIDE) + 2}")
    return sheet
