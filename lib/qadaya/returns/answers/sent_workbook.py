"""The workbook as it was sent, with remarks: what an office will recognise as its own.

What may not go out again is taken out first: cells refused as personal data, names of
authors, links and formulas. A formula stands as the value that the court saw. Where
anything personal is still found in the result, there is none.
"""

import io
import re
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.workbook.defined_name import DefinedNameDict
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qadaya.returns.answers.marking import AUTHOR, Place, cell_at, mark, unmark
from qadaya.returns.answers.remarks import FirstSheet, Remark
from qadaya.returns.check_content import check_content
from qadaya.returns.form.book import workbook_bytes
from qadaya.returns.personal import is_personal
from qadaya.vocabulary import PERSONAL_DATA

# The same findings give the same bytes, whatever the day.
_UNDATED = datetime(1980, 1, 1)
_RANGE = re.compile(r"(?:'[^'\[\]]+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")


class NotMarkable(Exception):
    """The workbook cannot go back: it is of another kind, or personal data stays."""


def marked_workbook(content: bytes, told: FirstSheet) -> bytes:
    """The workbook that was sent, with its remarks; to be made where it may die.

    Raises: NotMarkable; whatever openpyxl raises for a file it does not understand.
    """
    book = load_workbook(io.BytesIO(content), data_only=True, rich_text=True)
    _take_out(book, told)
    unmark(book)
    mark(book, told, lambda remark: _place(book, remark))
    answer = workbook_bytes(book)
    problems = [
        found for one in check_content(answer, "x.xlsx") for found in one.problems
    ]
    if any(found.rule == PERSONAL_DATA for found in problems):
        raise NotMarkable
    return answer


def _place(book: Workbook, remark: Remark) -> Place:
    sheet = _sheet(book, remark)
    if sheet is None:
        return None
    if remark.cell is not None:
        cell = cell_at(sheet, remark.cell)
        return sheet, [cell] if cell is not None else []
    if remark.row is not None:
        return sheet, [cell for cell in sheet[remark.row] if isinstance(cell, Cell)]
    return sheet, []


def _sheet(book: Workbook, remark: Remark) -> Worksheet | None:
    if remark.sheet is None:
        return None
    for sheet in book.worksheets:
        if sheet.title == remark.sheet:
            return sheet
    raise NotMarkable  # its name was withheld


def _take_out(book: Workbook, told: FirstSheet) -> None:
    """Whatever is personal, and whatever a program would run or fetch."""
    book.properties = DocumentProperties(
        creator=AUTHOR, created=_UNDATED, modified=_UNDATED
    )
    setattr(book, "custom_doc_props", CustomPropertyList())  # noqa: B010 - untyped
    book._external_links = []  # type: ignore[attr-defined]
    book.defined_names = DefinedNameDict()
    for sheet in book.worksheets:
        sheet.defined_names = DefinedNameDict()
        sheet.conditional_formatting = ConditionalFormattingList()
        # Drawings keep copies of texts and cells; a form has none.
        sheet._hyperlinks = sheet._charts = sheet._images = []  # type: ignore[attr-defined]
        rules = sheet.data_validations.dataValidation
        sheet.data_validations.dataValidation = [
            rule for rule in rules if _is_plain(rule)
        ]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell):
                    _clean(cell)
    for remark in told.remarks:
        if remark.personal and (place := _place(book, remark)) is not None:
            for cell in place[1]:
                cell.value = cell.comment = None


def _is_plain(rule: DataValidation) -> bool:
    """Whether a list of choices lies on a sheet, and its hints tell of nobody."""
    hints = (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)
    formulas = [text for text in (rule.formula1, rule.formula2) if text]
    return all(_RANGE.fullmatch(text) for text in formulas) and not any(
        is_personal(text) for text in hints if text
    )


def _clean(cell: Cell) -> None:
    cell.hyperlink = None
    if cell.comment is not None and (
        cell.comment.author != AUTHOR and is_personal(cell.comment.text)
    ):
        cell.comment = None
    if cell.comment is not None and cell.comment.author != AUTHOR:
        cell.comment.author = ""
    if cell.value is not None and not isinstance(cell.value, bool | int | float):
        if is_personal(str(cell.value)):
            cell.value = None
        elif cell.data_type == "f":
            cell.data_type = "s"
