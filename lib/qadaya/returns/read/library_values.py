"""Reads an .xlsx workbook by the library, where its values are all there is to tell.

The library is several times as fast as a parser, but tells nothing of what is hidden,
crossed out, computed or an error. Nearly all returns have nothing of the kind.
"""

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from qadaya.returns.read.hints import hints_of_sheet
from qadaya.returns.read.packages import BROKEN, Package, parsed
from qadaya.returns.read.sheet_cells import seen_page_lines
from qadaya.returns.read.sheet_looks import CellStyles

_MAIN = "xl/workbook.xml"
# Longer parts are read row by row, in little memory.
_LONG = 60_000_000
# Anything but the elements of sheets with nothing that the library leaves out, or tells
# otherwise than it is seen: no formulas, filters, runs of their own look, or readings.
# A list of all elements would take longer, and much memory for a long sheet.
_NOT_TOLD = re.compile(
    rb"<(?!/?(?:c|v|t|is|row|mergeCell|col|worksheet|sheetPr|pageSetUpPr|outlinePr"
    rb"|tabColor|dimension|sheetViews|sheetView|pane|selection|sheetFormatPr|cols"
    rb"|sheetData|mergeCells|headerFooter|oddHeader|oddFooter|evenHeader|evenFooter"
    rb"|firstHeader|firstFooter|pageMargins|pageSetup|printOptions|drawing"
    rb"|legacyDrawing|phoneticPr|sheetProtection|dataValidations|dataValidation"
    rb"|formula1|formula2|ignoredErrors|ignoredError|hyperlinks|hyperlink|autoFilter"
    rb"|rowBreaks|colBreaks|brk)[\s/>]|\?xml )"
)
_NOT_TOLD_OF_TEXTS = re.compile(
    rb"<(?!/?(?:si|t|r|sst|rPr|sz|color|rFont|family|scheme|charset|b|i|u)[\s/>]"
    rb"|\?xml )"
)
# Hidden or flat rows and columns, errors, and a cell so far out that the library would
# fill the memory up to it.
_ODD = re.compile(
    rb' (?:hidden="[^0f]|(?:ht|width)="0|t="[ed]"|r="(?:[A-Za-z]{2}|[A-Za-z]\d{6}))'
)
# Attributes that are written as no office program writes them.
_ODDLY_WRITTEN = re.compile(rb"=[\s']")
_HEAD = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?[^<>]*\?>)?'
    rb"\s*<(?:worksheet|sst)[\s>]"
)
_PAGE_LINES = re.compile(rb"<headerFooter[\s>].*?</headerFooter>", re.DOTALL)


class LibrarySheet(NamedTuple):
    """A sheet as the library tells it: texts by row and column, and merged areas."""

    texts: dict[int, dict[int, str]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    page_lines: list[str]
    hints: list[str]


def told_by_library(
    package: Package, main: str, parts: list[tuple[str, str]], looks: CellStyles
) -> list[LibrarySheet] | None:
    """The sheets with these (name, part); None where the library would not do."""
    shared = package.used(main, "sharedStrings")
    names = [*shared, *(part for _, part in parts)]
    if main != _MAIN or not looks.is_plain or len(shared) > 1:
        return None
    if not parts or sum(map(package.size, names)) > _LONG:
        return None
    if not all(_is_plain(package.read(part), _NOT_TOLD_OF_TEXTS) for part in shared):
        return None
    sheets = [package.read(part) for _, part in parts]
    if not all(_is_plain(xml, _NOT_TOLD) and not _ODD.search(xml) for xml in sheets):
        return None
    try:
        return list(_told(package.content, [name for name, _ in parts], sheets))
    except (_NotToldError, CalamineError, *BROKEN):
        return None
    except BaseException as error:
        # A panic of the Rust reader is no Exception, and its class has no import name.
        if type(error).__name__ == "PanicException":
            return None
        raise


class _NotToldError(Exception):
    pass


def _is_plain(xml: bytes, not_told: re.Pattern[bytes]) -> bool:
    head = _HEAD.match(xml)
    return (
        head is not None
        and not_told.search(xml) is None
        and b"_x" not in xml
        and xml.find(b"\r", head.end()) < 0
        and not _ODDLY_WRITTEN.search(xml)
    )


def _told(
    content: bytes, names: list[str], sheets: list[bytes]
) -> Iterator[LibrarySheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        if book.sheet_names != names:
            raise _NotToldError
        for number, xml in enumerate(sheets):
            sheet = book.get_sheet_by_index(number)
            rows = sheet.to_python(skip_empty_area=False)
            texts = {
                row: _texts(values)
                for row, values in enumerate(rows)
                if values.count("") < len(values)
            }
            if sum(map(len, texts.values())) != _n_values(xml):
                raise _NotToldError  # it left something out
            yield LibrarySheet(
                texts,
                sheet.merged_cell_ranges or [],
                _page_lines(xml),
                hints_of_sheet(xml),
            )


def _texts(values: list[Any]) -> dict[int, str]:
    return {
        column: value if type(value) is str else _text(value)
        for column, value in enumerate(values)
        if value != ""
    }


def _n_values(xml: bytes) -> int:
    return xml.count(b"</v>") + xml.count(b"</is>")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    raise _NotToldError


def _page_lines(xml: bytes) -> list[str]:
    found = _PAGE_LINES.search(xml)
    return seen_page_lines(parsed(found[0])) if found else []
