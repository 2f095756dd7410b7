"""The cells of one sheet of an .xlsx workbook, as they are seen on the sheet."""

import io
import re
from functools import partial
from typing import Any

from lxml import etree

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.cell_rules import CellRule, rules_of_sheet
from qadaya.returns.read.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Unreadable,
    column_of,
    place_of,
)
from qadaya.returns.read.packages import Package
from qadaya.returns.read.seen import SeenCells
from qadaya.returns.read.sheet_looks import CellStyles
from qadaya.returns.read.sheet_texts import NotShown, Struck, rich_text, unescaped
from qadaya.returns.read.xml_parts import local_name, parsed, raise_if_too_much

# In points and in letters: nothing is seen of what a smaller row or column holds.
_LOW, _NARROW, _FIRST = 3, 1, ("0", "1", "2")
_TRUE = ("1", "true", "on")
_RULES = "conditionalFormatting"
_KINDS = ("row", "col", "mergeCell", "autoFilter", "headerFooter", _RULES)
_TAGS = [f"{{*}}{name}" for name in _KINDS]
_HOLDERS = frozenset({"cols", "mergeCells"})
# A longer sheet is read row by row, which takes longer and little memory.
_LONG = 2_000_000
# Cells and rows that are only formatted come by the million, and hold nothing.
_BLANK_CELL = re.compile(rb'<(?:\w+:)?c r="[^"<>]*"[^<>]*(?:/>|(?<!/)></(?:\w+:)?c>)')
_BLANK_ROW = re.compile(
    rb'<(?:\w+:)?row r="[^"<>]*"[^<>]*(?:/>|(?<!/)>\s*</(?:\w+:)?row>)'
)
_ROW_END = b"</row>"
_FILTERED = "filterColumn"


def filled_sheet(package: Package, part: str) -> bytes:
    """A sheet without the cells and rows that are only formatted.

    A long one is unpacked a piece at a time, so that what is left out takes no memory.
    """
    if package.size(part) < _LONG:
        return _without_blanks(package.read(part))
    filled, rest = [], b""
    for piece in package.pieces(part):
        rest += piece
        # Up to the last whole row, so that no pattern meets half a cell.
        end = _end_of_rows(rest)
        filled.append(_without_blanks(rest[:end]))
        rest = rest[end:]
    return b"".join([*filled, rest])


def _end_of_rows(xml: bytes) -> int:
    """Where the last whole row ends, or else the last whole element."""
    end = xml.rfind(_ROW_END)
    return xml.rfind(b">") + 1 if end < 0 else end + len(_ROW_END)


def holds_nothing(xml: bytes) -> bool:
    """Whether rows of a sheet are only formatted: their elements are all blank cells.

    Counted, since a pattern takes ten times as long over a million of them.
    """
    if not xml.startswith(b'<row r="') or not xml.endswith(_ROW_END):
        return False
    blank = (b'<row r="', _ROW_END, b"<c r=", b"</c>")
    return xml.count(b"<") == sum(map(xml.count, blank))


def _without_blanks(xml: bytes) -> bytes:
    if holds_nothing(xml):
        return b""
    # Cells first: a row of blank cells is blank only then.
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", xml))


class SheetReader:
    """Reads one sheet; `page_lines` are then the texts over and under its pages."""

    def __init__(self, texts: list[str], looks: CellStyles) -> None:
        self._texts = texts
        self._looks = looks
        self._cells = SeenCells()
        self._row = -1
        self._filtered: tuple[int, int] | None = None
        self._styles: dict[tuple[int, int], str] | None = None
        self.page_lines: list[str] = []

    def read(self, xml: bytes) -> Grid:
        """The grid of a sheet.

        Raises: LxmlError, ValueError or Unreadable for a sheet that is damaged.
        """
        # Styles are remembered for rules alone, which stand below the cells they speak
        # of.
        if _RULES.encode() in xml:
            self._styles = {}
        if len(xml) < _LONG:
            self._take_whole(xml)
        else:
            self._take_row_by_row(xml)
        return self._cells.grid(self._filtered)

    def _take_whole(self, xml: bytes) -> None:
        for child in parsed(xml):
            kind = local_name(child)
            if kind == "sheetData":
                for line in child:
                    if local_name(line) == "row":
                        self._take_row(line)
            else:
                for element in child if kind in _HOLDERS else (child,):
                    self._take(element)

    def _take_row_by_row(self, xml: bytes) -> None:
        """A long sheet, of which no more than a row is held in memory."""
        try:
            self._take_rows(xml)
        except etree.XMLSyntaxError as error:
            raise_if_too_much(error)
            raise

    def _take_rows(self, xml: bytes) -> None:
        for _, element in etree.iterparse(
            io.BytesIO(xml), tag=_TAGS, resolve_entities=False, no_network=True
        ):
            self._take(element)
            # Read and forgotten, with all that stands before it.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            if self._cells.n_cells > bounds().cells:
                raise Unreadable("too_many_cells", bounds().cells)

    def _take(self, element: Any) -> None:
        kind = local_name(element)
        if kind == "row":
            self._take_row(element)
        elif kind == "col" and _is_hidden(element, "width", _NARROW):
            # Counted from 1, and often reaching to the last column there can be.
            first, last = int(element.get("min")), int(element.get("max"))
            self._cells.hide_columns(first - 1, min(last, MOST_COLUMNS) - 1)
        elif kind == "mergeCell":
            top_left, _, bottom_right = element.get("ref", "").partition(":")
            top, left = place_of(top_left)
            bottom, right = place_of(bottom_right or top_left)
            self._cells.merge(top, left, bottom, right)
        elif kind == "autoFilter":
            self._take_filter(element)
        elif kind in (_RULES, "extLst"):
            self._take_rules(element)
        elif kind == "headerFooter":
            self.page_lines += seen_page_lines(element)

    def _take_rules(self, element: Any) -> None:
        for one in element.iter(f"{{*}}{_RULES}"):
            for rule in rules_of_sheet(one, self._looks.of_rules):
                for area in rule.areas:
                    self._cells.may_hide(area, partial(self._hides, rule))

    def _hides(self, rule: CellRule, row: int, column: int, text: str) -> bool | None:
        """Whether a rule hides the text of a cell; None where nobody knows."""
        style = (self._styles or {}).get((row, column))
        if not rule.look.hides(*self._looks.ink_and_ground(style)):
            return False
        return rule.met(text)

    def _take_filter(self, element: Any) -> None:
        # A filter that is only offered hides nothing.
        if any(local_name(child) == _FILTERED for child in element):
            first, _, last = element.get("ref", "").replace("$", "").partition(":")
            self._filtered = place_of(first)[0], place_of(last or first)[0]

    def _take_row(self, line: Any) -> None:
        number = line.get("r")
        # Rows and cells need not say where they are; then they follow the one before.
        self._row = int(number) - 1 if number else self._row + 1
        if not 0 <= self._row < MOST_ROWS:
            raise Unreadable("damaged")
        if _is_hidden(line, "ht", _LOW):
            self._cells.hide_row(self._row)
        column = -1
        for cell in line:
            if local_name(cell) != "c":
                continue
            name = cell.get("r")
            column = column_of(name.rstrip("0123456789")) if name else column + 1
            if len(cell):
                self._take_cell(cell, column)

    def _take_cell(self, cell: Any, column: int) -> None:
        value, kind, style = "", cell.get("t"), cell.get("s")
        for child in cell:
            name = local_name(child)
            if name == "v":
                value = self._value(child.text or "", kind, style)
            elif name == "is":
                value = self._looks.text(rich_text(child), style)
            elif name == "f":
                self._cells.formulas.add((self._row, column))
        self._put(self._row, column, value, style)

    def _put(self, row: int, column: int, text: str, style: str | None) -> None:
        if self._styles is not None and style and text:
            self._styles[row, column] = style
        struck = self._looks.may_strike and self._looks.is_struck(style)
        if isinstance(text, NotShown):
            self._cells.not_show(row, column, text)
        elif text and (struck or isinstance(text, Struck)):
            self._cells.strike(row, column, text)
        elif text:
            self._cells.put(row, column, text)

    def _value(self, value: str, kind: str | None, style: str | None) -> str:
        if kind == "s":
            number = int(value)
            # A number without a text is what Excel shows as blank.
            text = self._texts[number] if 0 <= number < len(self._texts) else ""
            return self._looks.text(text, style)
        # The text that a formula gave, when the file was last saved.
        if kind == "str":
            return self._looks.text(unescaped(value), style)
        text = self._other_value(value, kind, style)
        return NotShown(text) if text and self._looks.fades(style) else text

    def _other_value(self, value: str, kind: str | None, style: str | None) -> str:
        if kind == "e":
            return unescaped(value)
        if kind == "b":
            return "TRUE" if value.strip() in _TRUE else "FALSE"
        if kind == "d":
            return value.removesuffix("T00:00:00")
        return self._looks.number(value, style) if value.strip() else ""


def seen_page_lines(element: Any) -> list[str]:
    """The texts over and under the pages; of first and even ones where they differ."""
    apart = {"first": "differentFirst", "even": "differentOddEven"}
    unseen = tuple(which for which in apart if element.get(apart[which]) not in _TRUE)
    return [
        child.text
        for child in element
        if child.text and not local_name(child).startswith(unseen or "-")
    ]


def _is_hidden(element: Any, size: str, least: int) -> bool:
    """Whether a row or column is hidden, or so flat that nothing of it is seen."""
    if element.get("hidden") in _TRUE:
        return True
    length = element.get(size)
    # Looked at before it is converted: this is asked of every row.
    return (
        length is not None and length[:1] in ("0", "1", "2") and float(length) < least
    )
