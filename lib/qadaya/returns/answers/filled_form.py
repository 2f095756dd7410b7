"""The form with the rows of a return that came as a document, a text or a table of old.

It is made from the register alone, which holds nothing personal and no reference of a
case: the rows as typed, each where the form has a place for it.
"""

from collections.abc import Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from qadaya.language import translator
from qadaya.returns.answers.marking import Place, mark, write_text
from qadaya.returns.answers.remarks import DOMAIN, FirstSheet, Remark
from qadaya.returns.form.book import Blank, forms_workbook, workbook_bytes
from qadaya.returns.form.notes import DIFFICULTIES_HEADING_ROW
from qadaya.returns.form.table import FIRST_ROW, LETTERS, N_ROWS
from qadaya.returns.form.texts import DIFFICULTIES_SHEET, NIL, words
from qadaya.returns.model import Return
from qadaya.vocabulary import NIL as NIL_STATE

_FREE_ROWS = 5


def filled_form(returns: Sequence[Return], told: FirstSheet) -> bytes:
    """The form of each return whose court and year are known, with its remarks.

    Where none is known there is only the list of remarks.
    """
    known = [reading for reading in returns if reading.court_id and reading.year]
    told = _with_references(told, returns)
    rows: dict[tuple[str | None, int], tuple[Worksheet, int]] = {}
    if not known:
        book = Workbook()
        mark(book, told, lambda _: None)
        del book[book.worksheets[-1].title]
        return workbook_bytes(book)
    book = forms_workbook([_blank(reading) for reading in known])
    for reading, sheet in zip(known, book.worksheets, strict=False):
        _fill(sheet, reading, rows)
    _fill_difficulties(book, known[0])
    mark(book, told, lambda remark: _place(remark, rows))
    return workbook_bytes(book)


def _with_references(told: FirstSheet, returns: Sequence[Return]) -> FirstSheet:
    cases = [
        case for returned in returns for case in [*returned.accepted, *returned.refused]
    ]
    if not any(case.codes.get("case_reference") for case in cases):
        return told
    say = translator(told.language, DOMAIN).gettext
    note = say("Case references are not kept by the desk. Please type them again.")
    return replace(told, summary=[*told.summary, note])


def _blank(one: Return) -> Blank:
    assert one.court_id is not None and one.year is not None
    n_cases = len(one.accepted) + len(one.refused)
    return Blank(one.court_id, one.year, max(N_ROWS, n_cases + _FREE_ROWS))


def _fill(
    sheet: Worksheet,
    one: Return,
    rows: dict[tuple[str | None, int], tuple[Worksheet, int]],
) -> None:
    cases = sorted([*one.accepted, *one.refused], key=lambda case: case.row)
    for row, case in enumerate(cases, start=FIRST_ROW):
        rows[one.sheet, case.row] = (sheet, row)
        for column, text in case.typed.items():
            if column in LETTERS and text:
                write_text(sheet[f"{LETTERS[column]}{row}"], text)
    if one.state == NIL_STATE and not cases:
        write_text(sheet[f"A{FIRST_ROW}"], words(NIL))


def _fill_difficulties(book: Workbook, one: Return) -> None:
    sheet = book[words(DIFFICULTIES_SHEET)]
    lines = (one.difficulties or "").splitlines()
    for row, text in enumerate(lines, start=DIFFICULTIES_HEADING_ROW + 1):
        write_text(sheet.cell(row, 1), text)


def _place(
    remark: Remark, rows: dict[tuple[str | None, int], tuple[Worksheet, int]]
) -> Place:
    if remark.row is None or (remark.sheet, remark.row) not in rows:
        return None
    sheet, row = rows[remark.sheet, remark.row]
    columns = [remark.column] if remark.column in LETTERS else list(LETTERS)
    cells = [sheet[f"{LETTERS[column]}{row}"] for column in columns if column]
    return sheet, [cell for cell in cells if isinstance(cell, Cell)]
