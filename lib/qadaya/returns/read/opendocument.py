"""Reads OpenDocument XML: the tables of a text, the spans and formulas of a sheet."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
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
_VALUE_TYPE = f"{{{NAMES['office']}}}value-type"
_NAME, _FORMULA = f"{_TABLE}name", f"{_TABLE}formula"
_ROWS_REPEATED = f"{_TABLE}number-rows-repeated"
_ROWS_SPANNED = f"{_TABLE}number-rows-spanned"
_COLUMNS_REPEATED = f"{_TABLE}number-columns-repeated"

# Rows with a formula or a cell merged downwards, and those that repeat anything.
_marked_rows = etree.XPath(
    ".//table:table-row[@table:number-rows-repeated or *[@table:formula"
    " or @table:number-rows-spanned > 1"
    " or (@table:number-columns-repeated and (* or @office:value-type))]]",
    namespaces=NAMES,
)


class Placed(NamedTuple):
    """One cell and its column, counted from 0; `times` is how often it repeats."""

    column: int
    times: int
    cell: Any


def placed_rows(
    table: Any, *, only: AbstractSet[Any] | None = None
) -> Iterator[tuple[int, list[Placed]]]:
    """The rows of a table with their cells; a repeated row comes once per repeat.

    `only` are the rows to be placed, all that repeat anything among them.
    Raises: Unreadable where repeats make more cells than any form has.
    """
    row = total = 0
    for line in _rows(table):
        if only is not None and line not in only:
            total += len(line)
            row += 1
            continue
        cells = _placed(line)
        repeats = _number(line, _ROWS_REPEATED)
        filled = [_is_filled(cell) for _, _, cell in cells]
        weight = sum(
            placed.times if is_filled else 1
            for placed, is_filled in zip(cells, filled, strict=True)
        )
        for _ in range(repeats if any(filled) else 1):
            total += weight
            if total > MOST_CELLS:
                raise Unreadable("too_large")
            yield row, cells
            row += 1
        row += 0 if any(filled) else repeats - 1


def _is_filled(cell: Any) -> bool:
    """Whether a cell holds something; a number may come without its text."""
    return len(cell) > 0 or cell.get(_VALUE_TYPE) is not None


def _placed(line: Any) -> list[Placed]:
    cells = []
    column = 0
    for cell in line.iterchildren(*_CELLS):
        times = _number(cell, _COLUMNS_REPEATED)
        cells.append(Placed(column, times, cell))
        column += times
    return cells


def spans_and_formulas(
    table: Any,
) -> tuple[str, list[tuple[int, int, int]], set[tuple[int, int]]]:
    """A sheet's name, its cells merged downwards (top, left, bottom), its formulas."""
    spans, formulas = [], set()
    for row, cells in placed_rows(table, only=set(_marked_rows(table))):
        for column, times, cell in cells:
            down = _number(cell, _ROWS_SPANNED)
            if down > 1:
                spans.append((row, column, row + down - 1))
            if cell.get(_FORMULA):
                formulas |= {(row, column + i) for i in range(times)}
    return table.get(_NAME, ""), spans, formulas


def table_rows(table: Any) -> list[list[str]]:
    """The texts of a table of a text document; a merged cell counts on every row."""
    rows: list[list[str]] = []
    spans = []
    for row, cells in placed_rows(table):
        rows += [[] for _ in range(row + 1 - len(rows))]
        for column, times, cell in cells:
            rows[row] += [cell_text(cell)] * times
            down = _number(cell, _ROWS_SPANNED)
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
    digits = element.get(name)
    return int(digits) if digits and digits.isdigit() else 1
