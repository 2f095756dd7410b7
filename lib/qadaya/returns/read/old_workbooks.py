"""Reads workbooks of Excel 97 to 2003 (.xls) into grids, as their cells are seen."""

import io
import struct
from datetime import date, datetime, time
from functools import partial
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.cell_rules import CellRule
from qadaya.returns.read.grid import Grid, Unreadable
from qadaya.returns.read.hints import named
from qadaya.returns.read.ink import INK, PAPER
from qadaya.returns.read.number_formats import (
    HIDES,
    WORDS,
    shown_number,
    shown_parts,
    shown_text,
)
from qadaya.returns.read.old_records import OldBook, OldSheet, read_records
from qadaya.returns.read.page_lines import page_lines
from qadaya.returns.read.seen import SeenCells
from qadaya.returns.read.sheet_texts import NotShown


def read_old_workbook(content: bytes, stream: bytes) -> list[Grid]:
    """One grid per sheet; `stream` is the part of the file with the workbook.

    Raises: Unreadable for a workbook that is locked, damaged, or spread too wide.
    """
    try:
        book = read_records(stream)
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("damaged") from error
    if not book.sheets:
        raise Unreadable("damaged")
    # Before the library reads the values: it lays out every cell up to the farthest.
    if any(map(_is_vast, book.sheets)):
        raise Unreadable("too_many_cells", bounds().cells)
    sheets = _values(content)
    # Two readings of one file must find the same sheets, or places would be mixed up.
    if len(sheets) != len(book.sheets):
        raise Unreadable("damaged")
    grids = [
        _grid(name, rows, sheet, book)
        for (name, rows), sheet in zip(sheets, book.sheets, strict=True)
    ]
    grids[0].asides += [aside for name in book.names for aside in named(name)]
    return grids


def _is_vast(sheet: OldSheet) -> bool:
    """Whether its farthest cell spreads a sheet over more cells than any form."""
    if not sheet.styles:
        return False
    rows, columns = zip(*sheet.styles, strict=True)
    return bool((max(rows) + 1) * (max(columns) + 1) > bounds().cells)


def _values(content: bytes) -> list[tuple[str, list[list[Any]]]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [
                (
                    sheet.name,
                    book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                )
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged") from error
    except BaseException as error:
        # A panic of the Rust reader is no Exception, and its class has no import name.
        if type(error).__name__ == "PanicException":
            raise Unreadable("damaged") from error
        raise


def _grid(name: str, rows: list[list[Any]], sheet: OldSheet, book: OldBook) -> Grid:
    cells = SeenCells()
    cells.formulas = sheet.formulas
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "":
                _put(cells, row, column, value, sheet, book)
    # The library gives errors no value, so they are put here.
    for (row, column), text in sheet.errors.items():
        cells.put(row, column, text)
    for row in sheet.hidden_rows:
        cells.hide_row(row, "filtered" if sheet.is_filtered else "hidden")
    for first, last in sheet.hidden_columns:
        cells.hide_columns(first, last)
    for area in sheet.merged:
        cells.merge(*area)
    # After all cells are put: a rule is asked of each text in its areas.
    for rule in sheet.rules:
        for ruled in rule.areas if rule.look.may_hide else ():
            cells.may_hide(ruled, partial(_hides, rule, sheet, book))
    grid = cells.grid()
    grid.name, grid.hidden, grid.asides = name, sheet.hidden, sheet.asides
    boxed = (line for text in sheet.boxes for line in text.split("\n"))
    grid.before = [*page_lines(sheet.page_lines), *(t for t in boxed if t.strip())]
    return grid


def _hides(
    rule: CellRule, sheet: OldSheet, book: OldBook, row: int, column: int, text: str
) -> bool | None:
    style = sheet.styles.get((row, column), -1)
    ink, under = book.inks.get(style, INK), book.under.get(style, PAPER)
    return rule.met(text) if rule.look.hides(ink, under) else False


def _put(
    cells: SeenCells, row: int, column: int, value: Any, sheet: OldSheet, book: OldBook
) -> None:
    style = sheet.styles.get((row, column), -1)
    text = _text(value, book.parts.get(style, ""))
    # By the style of the cell, unless the letters of the text have looks of their own.
    fades, crossed = style in book.faint, style in book.struck
    number = sheet.texts.get((row, column))
    if number in book.with_runs and not isinstance(text, NotShown):
        # The letters have looks of their own, and not those of the cell.
        under = book.under.get(style, PAPER)
        runs = book.with_runs[number]
        stands, gone = runs.parted(cell_hides=fades or crossed, under=under)
        if stands.strip():
            text, fades, crossed = stands, False, False
        else:
            text, crossed = gone, not fades
    if text and (fades or isinstance(text, NotShown)):
        cells.not_show(row, column, text)
    elif text:
        (cells.strike if crossed else cells.put)(row, column, text)


def _text(value: Any, parts: str) -> str:
    """A text, a number or a date as it is seen, or `NotShown`."""
    if isinstance(value, str):
        return shown_text(value, parts) or NotShown(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        shown = shown_number(value, parts)
        if shown is not None:
            return shown or (NotShown(value) if value else "")
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime):
        if parts == HIDES:
            return NotShown(value)
        if parts and not parts.startswith(WORDS):
            return shown_parts(value, parts)
        return value.date().isoformat() if value.time() == time.min else str(value)
    if isinstance(value, date):
        return shown_parts(datetime.combine(value, time.min), parts)
    return str(value)
