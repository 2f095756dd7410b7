"""The workbook of the form: its four sheets put together, and its bytes."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from qadaya.returns.form.notes import add_difficulties, add_guide
from qadaya.returns.form.table import N_ROWS, fill_lists, fill_table
from qadaya.returns.form.texts import FORM_SHEET, LISTS_SHEET, TITLE_LINES, words


class Blank(NamedTuple):
    """A table to write: of which court and year, and for how many cases."""

    court_id: str
    year: int
    n_rows: int = N_ROWS


def form_workbook(court_id: str, year: int) -> Workbook:
    """The form of one court and year: table, difficulties, guide, and hidden lists."""
    return forms_workbook([Blank(court_id, year)])


def forms_workbook(blanks: Sequence[Blank]) -> Workbook:
    """The form with one sheet for each table; the first sheets of the workbook."""
    book = Workbook()
    first = blanks[0]
    tables = [book.worksheets[0], *(book.create_sheet() for _ in blanks[1:])]
    add_difficulties(book, first.court_id, first.year)
    add_guide(book, first.year)
    ranges = fill_lists(book.create_sheet(words(LISTS_SHEET)))
    for number, (table, blank) in enumerate(zip(tables, blanks, strict=True), start=1):
        table.title = words(FORM_SHEET) + (f" {number}" if number > 1 else "")
        fill_table(table, blank.court_id, blank.year, ranges, blank.n_rows)
    _describe(book, first.year)
    return book


def workbook_bytes(book: Workbook) -> bytes:
    """The .xlsx file of a workbook; the same workbook always gives the same bytes."""
    target = io.BytesIO()
    ExcelWriter(book, UndatedZip(target, "w", ZIP_DEFLATED)).save()
    return target.getvalue()


class UndatedZip(ZipFile):
    """A ZIP archive whose members carry no time of writing."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member, dated the first day that ZIP can hold."""
        named = isinstance(zinfo_or_arcname, ZipInfo)
        entry = zinfo_or_arcname if named else ZipInfo(str(zinfo_or_arcname))
        assert isinstance(entry, ZipInfo)
        entry.date_time = (1980, 1, 1, 0, 0, 0)
        entry.external_attr = 0o600 << 16
        if compress_type is None and not named:
            compress_type = self.compression
        super().writestr(entry, data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, *args: Any) -> None:
        """Add a file from the disk, without its date."""
        self.writestr(str(arcname or filename), Path(filename).read_bytes())


def _describe(book: Workbook, year: int) -> None:
    book.properties.title = words(TITLE_LINES[0])
    book.properties.creator = "Qadaya"
    book.properties.language = "ar-MA"
    # A fixed date, so that a form that is still blank can be told from a filled one.
    book.properties.created = book.properties.modified = datetime(year, 1, 1)
