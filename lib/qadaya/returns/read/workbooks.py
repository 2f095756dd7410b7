"""Reads workbooks (.xlsx, .xls, .ods) into grids: texts, merged cells, formulas."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from qadaya.returns.read.grid import MOST_CELLS, Grid, Unreadable, fill_down, place_of
from qadaya.returns.read.new_workbooks import (
    formulas_by_name,
    may_hold_formulas,
    parsed,
)
from qadaya.returns.read.old_workbooks import formulas_by_sheet
from qadaya.returns.read.opendocument import NAMES, TABLE, spans_and_formulas

_STDERR = 2
# Only a cell far out can make a sheet vast: beyond column Z or row 9999. The short
# pattern says quickly of most sheets that they have none.
_FAR = re.compile(rb'r="[A-Z](?:[A-Z]|\d{5})')
_FAR_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{2,3}\d+|[A-Z]\d{5,7})"[^>]*[^/]>')
# Only these are looked for in the XML of an .ods sheet, which takes long to walk.
_ODS_EXTRAS = re.compile(rb':formula=|:number-rows-spanned="(?!1")')
# Empty cells and rows repeat by the million in any sheet, and are laid out as nothing.
_ODS_EMPTY = re.compile(
    rb"<table:table-row[^>]*>(?:<table:(?:covered-)?table-cell(?:(?!value)[^>])*/>)*"
    rb"</table:table-row>|<table:[a-z-]+(?:(?!value)[^>])*/>"
)
_ODS_MANY = re.compile(rb'-repeated="\d{3,}"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def read_xlsx(content: bytes, parts: ZipFile) -> list[Grid]:
    """One grid per sheet of an .xlsx workbook."""
    sheets = [parts.read(name) for name in parts.namelist() if _SHEET.fullmatch(name)]
    for sheet in sheets:
        _refuse_vast(sheet)
    grids = _read(content)
    if any(map(may_hold_formulas, sheets)):
        formulas = formulas_by_name(parts)
        for grid in grids:
            grid.formulas = formulas[grid.name or ""]
    return grids


def read_ods(content: bytes, parts: ZipFile) -> list[Grid]:
    """One grid per sheet of an .ods workbook."""
    xml = parts.read("content.xml")
    if not (_ODS_EXTRAS.search(xml) or _ODS_MANY.search(_ODS_EMPTY.sub(b"", xml))):
        return _read(content)
    tables = parsed(xml).iterfind(f".//{TABLE}", NAMES)
    extras = {
        name: (spans, formulas)
        for name, spans, formulas in map(spans_and_formulas, tables)
    }
    grids = _read(content)
    for grid in grids:
        spans, formulas = extras.get(grid.name or "", ([], set()))
        grid.formulas = formulas
        for top, left, bottom in spans:
            fill_down(grid.rows, top, left, bottom)
    return grids


def read_xls(content: bytes) -> list[Grid]:
    """One grid per sheet of an .xls workbook."""
    grids = _read(content)
    formulas = formulas_by_sheet(content)
    if len(formulas) != len(grids):
        raise Unreadable("damaged")
    for grid, found in zip(grids, formulas, strict=True):
        grid.formulas = found
    return grids


def _read(content: bytes) -> list[Grid]:
    try:
        with (
            _silent(),
            CalamineWorkbook.from_filelike(io.BytesIO(content)) as book,
        ):
            return [
                _grid(book.get_sheet_by_name(sheet.name), sheet.visible)
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


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing on stderr: a panic of the Rust reader prints there what it read."""
    try:
        usual = os.dup(_STDERR)
    except OSError:
        yield  # there is no stderr to print on
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), _STDERR)
        yield
    finally:
        os.dup2(usual, _STDERR)
        os.close(usual)


def _grid(sheet: CalamineSheet, visible: SheetVisibleEnum) -> Grid:
    rows = [_texts(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            fill_down(rows, top, left, bottom)
    return Grid(sheet.name, rows, hidden=visible != SheetVisibleEnum.Visible)


def _texts(row: list[Any]) -> list[str]:
    if {*map(type, row)} == {str}:
        return row
    return [value if isinstance(value, str) else _text(value) for value in row]


def _text(value: Any) -> str:
    """A number or a date as a person would type it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _refuse_vast(sheet: bytes) -> None:
    """A few bytes can claim a sheet of a billion cells; such a file is refused."""
    if not _FAR.search(sheet):
        return
    rows, columns = 10_000, 26
    for name in _FAR_CELL.findall(sheet):
        row, column = place_of(name.decode())
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows * columns > MOST_CELLS:
        raise Unreadable("too_large")
