"""Reads Word and Writer documents (.docx, .odt) into lines and tables, in order."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from qadaya.returns.read.grid import Unreadable
from qadaya.returns.read.opendocument import NAMES, cell_text, table_rows

_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {qn("w:br"), qn("w:cr"), qn("w:tab"), qn("w:noBreakHyphen")}
_LINE, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _BREAK, _VALUE = qn("w:t"), qn("w:br"), qn("w:val")
_WRAPPERS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"))
_MERGED = f"{qn('w:tcPr')}/{qn('w:vMerge')}"
_SPAN = f"{qn('w:tcPr')}/{qn('w:gridSpan')}"
_BEFORE = f"{qn('w:trPr')}/{qn('w:gridBefore')}"
_ODT_TABLE = f"{{{NAMES['table']}}}table"
_ODT_LINES = {f"{{{NAMES['text']}}}p", f"{{{NAMES['text']}}}h"}
_ODT_CELL = f"{{{NAMES['table']}}}table-cell"


class Item(NamedTuple):
    """A paragraph (`text`) or a table (`rows`) of a document."""

    text: str = ""
    rows: list[list[str]] | None = None


def read_docx(content: bytes) -> list[Item]:
    """The paragraphs and tables of a Word document, page headings first."""
    try:
        document = Document(io.BytesIO(content))
    except Exception as error:
        # python-docx raises KeyError, ValueError or its own, as the broken part has it.
        raise Unreadable("damaged") from error
    headings = [
        Item(text=paragraph.text)
        for section in document.sections
        if not section.header.is_linked_to_previous
        for paragraph in section.header.paragraphs
    ]
    return [*headings, *_docx_items(document.element.body)]


def read_odt(parts: ZipFile) -> list[Item]:
    """The paragraphs and tables of a Writer document."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(parts.read("content.xml"), parser)
    body = root.find(".//office:text", NAMES)
    return list(_odt_items(body)) if body is not None else []


def _docx_items(container: Any) -> Iterator[Item]:
    for child in container:
        if child.tag == _LINE:
            yield Item(text=_docx_text(child).strip())
        elif child.tag == _TABLE:
            yield from _docx_table(child)
        elif child.tag in _WRAPPERS:
            yield from _docx_items(child)


def _docx_table(table: Any) -> Iterator[Item]:
    # A table that only arranges other tables on the page is read through.
    if any(True for _ in table.iterdescendants(_TABLE)):
        for cell in table.iterdescendants(_CELL):
            yield from _docx_items(cell)
        return
    yield Item(rows=_docx_rows(table))


def _docx_rows(table: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in table.iter(_ROW):
        row = [""] * _value(line, _BEFORE, 0)
        for cell in line.iter(_CELL):
            row += _docx_cell(cell, rows[-1] if rows else [], len(row))
        rows.append(row)
    return rows


def _docx_cell(cell: Any, above: list[str], column: int) -> list[str]:
    """The cell and an empty text for each further column it spans."""
    merge = cell.find(_MERGED)
    if merge is not None and merge.get(_VALUE) != "restart":
        text = above[column] if column < len(above) else ""
    else:
        text = _docx_text(cell).strip()
    return [text] + [""] * (_value(cell, _SPAN, 1) - 1)


def _value(element: Any, path: str, default: int) -> int:
    found = element.find(path)
    digits = found.get(_VALUE, "") if found is not None else ""
    return int(digits) if digits.isdigit() else default


def _docx_text(element: Any) -> str:
    """The text as it reads on the page: without deletions, with insertions."""
    pieces = []
    for child in element:
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append("\n" if child.tag == _BREAK else " ")
        elif child.tag not in _SKIPPED and child.tag != _FALLBACK:
            if child.tag == _LINE and pieces:
                pieces.append("\n")
            pieces.append(_docx_text(child))
    return "".join(pieces)


def _odt_items(container: Any) -> Iterator[Item]:
    for child in container:
        if child.tag in _ODT_LINES:
            yield Item(text=cell_text_of_line(child))
        elif child.tag == _ODT_TABLE:
            if child.find(".//table:table", NAMES) is None:
                yield Item(rows=table_rows(child))
            else:
                for cell in child.iterdescendants(_ODT_CELL):
                    yield from _odt_items(cell)
        elif not isinstance(child.tag, str) or child.tag.endswith("}tracked-changes"):
            continue
        else:
            yield from _odt_items(child)


def cell_text_of_line(paragraph: Any) -> str:
    """The text of one paragraph."""
    return cell_text(paragraph)
