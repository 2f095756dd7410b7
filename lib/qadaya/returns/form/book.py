"""The workbook of the form: its four sheets put together, and its bytes."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from qadaya.returns.form.notes import add_difficulties, add_guide
from qadaya.returns.form.table import fill_lists, fill_table
from qadaya.returns.form.texts import FORM_SHEET, LISTS_SHEET, TITLE_LINES, words


def form_workbook(court_id: str, year: int) -> Workbook:
    """The form of one court and year: table, difficulties, guide, and hidden lists."""
    book = Workbook()
    table = book.worksheets[0]
    table.title = words(FORM_SHEET)
    add_difficulties(book, court_id, year)
    add_guide(book, year)
    lists = book.create_sheet(words(LISTS_SHEET))
    ranges = fill_lists(lists)
    fill_table(table, court_id, year, ranges)
    _describe(book, year)
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
