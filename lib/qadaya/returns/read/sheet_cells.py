"""The cells of one sheet of an .xlsx workbook, as they are seen on the sheet."""

import io
import re
from functools import cached_property, lru_cache
from typing import Any

from lxml import etree

from qadaya.returns.read.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Unreadable,
    column_of,
    place_of,
)
from qadaya.returns.read.number_formats import HIDES, parts_shown, shown_date
from qadaya.returns.read.packages import attribute, local_name, parsed
from qadaya.returns.read.seen import SeenCells

_TRUE = ("1", "true", "on")
_TAGS = [
    f"{{*}}{name}" for name in ("row", "col", "mergeCell", "autoFilter", "headerFooter")
]
_HOLDERS = frozenset({"cols", "mergeCells"})
# A longer sheet is read row by row, which takes longer and little memory.
_LONG = 2_000_000
# Cells and rows that are only formatted come by the million, and hold nothing.
_BLANK_CELL = re.compile(rb'<(?:\w+:)?c r="[^"<>]*"[^<>]*/>')
_BLANK_ROW = re.compile(
    rb'<(?:\w+:)?row r="[^"<>]*"[^<>]*(?:/>|(?<!/)>\s*</(?:\w+:)?row>)'
)
# A format that is not the general one, which shows numbers as they are.
_OTHER_FORMAT = re.compile(rb'numFmtId="(?!0")')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FILTERED = "filterColumn"


class Looks:
    """How cells look, by the number of their style: dates, crossed out, unseen."""

    def __init__(self, styles: bytes, *, since_1904: bool) -> None:
        self._styles = styles
        self._since_1904 = since_1904
        self.may_strike = b"strike" in styles
        self._may_date = _OTHER_FORMAT.search(styles) is not None

    def number(self, value: str, style: str | None) -> str:
        """A number as it is seen, as far as it is a date or hidden."""
        dated = self._may_date and style
        parts = self._parts.get(int(dated), "") if dated else ""
        if parts == HIDES:
            return ""
        try:
            number = float(value)
        except ValueError:
            return value  # a text that some program did not mark as one
        shown = shown_date(number, parts, since_1904=self._since_1904)
        if shown is not None:
            return shown
        return str(int(number)) if number.is_integer() else repr(number)

    def is_struck(self, style: str | None) -> bool:
        """Whether a style crosses its text out."""
        return style is not None and int(style) in self._struck

    @cached_property
    def _root(self) -> Any:
        return parsed(self._styles) if self._styles else None

    def _children(self, name: str) -> list[Any]:
        if self._root is None:
            return []
        return [
            child
            for holder in self._root
            if local_name(holder) == name
            for child in holder
            if isinstance(child.tag, str)
        ]

    @cached_property
    def _parts(self) -> dict[int, str]:
        codes = {one.get("numFmtId"): one.get("formatCode") for one in self._formats}
        shown = {}
        for style, one in enumerate(self._children("cellXfs")):
            number = one.get("numFmtId", "0")
            shown[style] = parts_shown(int(number), codes.get(number))
        return shown

    @cached_property
    def _formats(self) -> list[Any]:
        return self._children("numFmts")

    @cached_property
    def _struck(self) -> frozenset[int]:
        struck = {
            str(number)
            for number, font in enumerate(self._children("fonts"))
            if any(map(strikes, font))
        }
        return frozenset(
            style
            for style, one in enumerate(self._children("cellXfs"))
            if one.get("fontId") in struck
        )


@lru_cache(maxsize=64)
def looks_of(styles: bytes, *, since_1904: bool) -> Looks:
    """How the styles of a workbook look; most are those of the same program."""
    return Looks(styles, since_1904=since_1904)


def strikes(mark: Any) -> bool:
    """Whether a mark of a font crosses out."""
    return local_name(mark) == "strike" and attribute(mark, "val") not in ("0", "false")


def shared_texts(xml: bytes) -> list[str]:
    """The texts that the cells of a workbook share, by number."""
    return [rich_text(one) for one in parsed(xml) if local_name(one) == "si"]


class Struck(str):
    """A text of which nothing is left: all of it is crossed out."""


def rich_text(element: Any) -> str:
    """A text of one or several runs, without those that are crossed out.

    How a word is pronounced is written beside it and is none of the text.
    """
    if len(element) == 1 and local_name(element[0]) == "t":
        text = element[0].text or ""  # as nearly all are
        return _ESCAPED.sub(_unescaped, text) if "_x" in text else text
    pieces: list[str] = []
    struck: list[str] = []
    for child in element:
        kind = local_name(child)
        if kind == "t":
            pieces.append(child.text or "")
        elif kind == "r":
            text = "".join(c.text or "" for c in child if local_name(c) == "t")
            (struck if _is_struck(child) else pieces).append(text)
    if struck and not "".join(pieces).strip():
        return Struck("".join(struck))
    text = "".join(pieces)
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _is_struck(run: Any) -> bool:
    return any(any(map(strikes, marks)) for marks in run if local_name(marks) == "rPr")


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)).replace("\r", "\n")


class SheetReader:
    """Reads one sheet; `page_lines` are then the texts over and under its pages."""

    def __init__(self, texts: list[str], looks: Looks) -> None:
        self._texts = texts
        self._looks = looks
        self._cells = SeenCells()
        self._row = -1
        self._filtered: tuple[int, int] | None = None
        self.page_lines: list[str] = []

    def read(self, xml: bytes) -> Grid:
        """The grid of a sheet.

        Raises: LxmlError, ValueError or Unreadable for a sheet that is damaged.
        """
        filled = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", xml))
        if len(filled) < _LONG:
            for child in parsed(filled):
                kind = local_name(child)
                if kind == "sheetData":
                    for line in child:
                        if local_name(line) == "row":
                            self._take_row(line)
                else:
                    for element in child if kind in _HOLDERS else (child,):
                        self._take(element)
        else:
            self._take_row_by_row(filled)
        return self._cells.grid(self._filtered)

    def _take_row_by_row(self, xml: bytes) -> None:
        """A long sheet, of which no more than a row is held in memory."""
        for _, element in etree.iterparse(
            io.BytesIO(xml), tag=_TAGS, resolve_entities=False, no_network=True
        ):
            self._take(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            if self._cells.n_cells > MOST_CELLS:
                raise Unreadable("too_large")

    def _take(self, element: Any) -> None:
        kind = local_name(element)
        if kind == "row":
            self._take_row(element)
        elif kind == "col" and _is_hidden(element, "width"):
            first, last = int(element.get("min")), int(element.get("max"))
            self._cells.hide_columns(first - 1, min(last, MOST_COLUMNS) - 1)
        elif kind == "mergeCell":
            top_left, _, bottom_right = element.get("ref", "").partition(":")
            top, left = place_of(top_left)
            bottom, right = place_of(bottom_right or top_left)
            self._cells.merge(top, left, bottom, right)
        elif kind == "autoFilter":
            self._take_filter(element)
        elif kind == "headerFooter":
            self.page_lines += [child.text for child in element if child.text]

    def _take_filter(self, element: Any) -> None:
        if any(local_name(child) == _FILTERED for child in element):
            first, _, last = element.get("ref", "").replace("$", "").partition(":")
            self._filtered = place_of(first)[0], place_of(last or first)[0]

    def _take_row(self, line: Any) -> None:
        number = line.get("r")
        self._row = int(number) - 1 if number else self._row + 1
        if not 0 <= self._row < MOST_ROWS:
            raise Unreadable("damaged")
        if _is_hidden(line, "ht"):
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
                value = rich_text(child)
            elif name == "f":
                self._cells.formulas.add((self._row, column))
        struck = self._looks.may_strike and self._looks.is_struck(style)
        if value and (struck or isinstance(value, Struck)):
            self._cells.strike(self._row, column, value)
        elif value:
            self._cells.put(self._row, column, value)

    def _value(self, value: str, kind: str | None, style: str | None) -> str:
        if kind == "s":
            number = int(value)
            return self._texts[number] if 0 <= number < len(self._texts) else ""
        if kind in ("str", "e"):
            return _ESCAPED.sub(_unescaped, value) if "_x" in value else value
        if kind == "b":
            return "TRUE" if value.strip() in _TRUE else "FALSE"
        if kind == "d":
            return value.removesuffix("T00:00:00")
        return self._looks.number(value, style) if value.strip() else ""


def _is_hidden(element: Any, size: str) -> bool:
    if element.get("hidden") in _TRUE:
        return True
    length = element.get(size)
    return length is not None and length[:1] == "0" and float(length) == 0
