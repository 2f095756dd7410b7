"""Reads OpenDocument XML: the tables of a text, the spans and formulas of a sheet."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from qadaya.returns.read.grid import MOST_CELLS, Unreadable

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = {
    "table": f"{_OASIS}:table:1.0",
    "text": f"{_OASIS}:text:1.0",
    "office": f"{_OASIS}:office:1.0",
}
TABLE = "table:table"
_TABLE = f"{{{NAMES['table']}}}"
_TEXT = f"{{{NAMES['text']}}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


class Placed(NamedTuple):
    """One cell and where it stands, counted from 0; `times` is how often it repeats."""

    row: int
    column: int
    times: int
    cell: Any


def placed_cells(table: Any) -> Iterator[Placed]:
    """The cells of a table in their places; a repeated row comes once per repeat."""
    row = total = 0
    for line in _rows(table):
        cells = [child for child in line if child.tag in _CELLS]
        repeats = _number(line, "number-rows-repeated")
        filled = any(len(cell) for cell in cells)
        for _ in range(repeats if filled else 1):
            column = 0
            for cell in cells:
                times = _number(cell, "number-columns-repeated")
                total += times if len(cell) else 1
                if total > MOST_CELLS:
                    raise Unreadable("too_large")
                yield Placed(row, column, times, cell)
                column += times
            row += 1
        row += 0 if filled else repeats - 1


def spans_and_formulas(
    table: Any,
) -> tuple[str, list[tuple[int, int, int]], set[tuple[int, int]]]:
    """A sheet's name, its cells merged downwards (top, left, bottom), its formulas."""
    spans, formulas = [], set()
    for row, column, times, cell in placed_cells(table):
        down = _number(cell, "number-rows-spanned")
        if down > 1:
            spans.append((row, column, row + down - 1))
        if cell.get(f"{_TABLE}formula"):
            formulas |= {(row, column + i) for i in range(times)}
    return table.get(f"{_TABLE}name", ""), spans, formulas


def table_rows(table: Any) -> list[list[str]]:
    """The texts of a table of a text document; a merged cell counts on every row."""
    rows: list[list[str]] = []
    spans = []
    for row, column, times, cell in placed_cells(table):
        while len(rows) <= row:
            rows.append([])
        rows[row] += [cell_text(cell)] * times
        down = _number(cell, "number-rows-spanned")
        if down > 1:
            spans.append((row, column, row + down - 1))
    for top, left, bottom in spans:
        for line in rows[top + 1 : bottom + 1]:
            if left < len(line) and not line[left]:
                line[left] = rows[top][left]
    return rows


def cell_text(element: Any) -> str:
    """The text of a paragraph or of the paragraphs of a cell, one line each."""
    paragraphs = element.iter(f"{_TEXT}p", f"{_TEXT}h")
    return "\n".join(_paragraph(paragraph) for paragraph in paragraphs).strip()


def _paragraph(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append(" ")
        elif child.tag not in (f"{_TEXT}note", f"{_TEXT}change"):
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif etree.QName(child).localname in (
            "table-header-rows",
            "table-rows",
            "table-row-group",
        ):
            yield from _rows(child)


def _number(element: Any, name: str) -> int:
    digits = element.get(f"{_TABLE}{name}", "1")
    return int(digits) if digits.isdigit() else 1
