"""Reads workbooks of Excel 2003 in XML ("XML Spreadsheet"), often called .xls."""

from typing import Any, NamedTuple

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Aside,
    Grid,
    Unreadable,
    letters,
)
from qadaya.returns.read.ink import INK, PAPER, colour, is_faint, is_tiny
from qadaya.returns.read.number_formats import (
    HIDES,
    WORDS,
    parts_shown,
    shown_number,
    shown_text,
)
from qadaya.returns.read.page_lines import page_lines
from qadaya.returns.read.seen import SeenCells
from qadaya.returns.read.xml_parts import attribute, local_name, parsed

_FORMAT = "NumberFormat Format"
_DAY = "T00:00:00.000"


def read_sheets_2003(content: bytes) -> list[Grid]:
    """One grid per sheet.

    Raises: LxmlError for a file that is damaged.
    """
    root = parsed(content)
    looks = _looks(root)
    grids = [
        _Reader(looks).grid(sheet) for sheet in root if local_name(sheet) == "Worksheet"
    ]
    properties = root.iter("{*}Title", "{*}Subject", "{*}Keywords", "{*}Description")
    if grids:
        grids[0].asides += [
            Aside("properties", element.text) for element in properties if element.text
        ]
    return grids


class _Look(NamedTuple):
    """How the cells of a style look, and what their format shows."""

    strikes: bool = False
    fades: bool = False
    parts: str = ""


def _looks(root: Any) -> dict[str | None, _Look]:
    by_style: dict[str | None, dict[str, str]] = {}
    for style in root.iter("{*}Style"):
        # Each style says only what differs from the one that it is made from.
        own = dict(by_style.get(attribute(style, "Parent") or "Default", {}))
        for child in style:
            for name in ("StrikeThrough", "Color", "Size", "Format", "Pattern"):
                value = attribute(child, name)
                if value is not None:
                    own[f"{local_name(child)} {name}"] = value
        by_style[attribute(style, "ID")] = own
    return {name: _look(own) for name, own in by_style.items()}


def _look(own: dict[str, str]) -> _Look:
    ink = colour(own.get("Font Color", INK))
    # A colour without a pattern is not laid on.
    filled = own.get("Interior Pattern", "None") != "None"
    under = colour(own.get("Interior Color")) if filled else PAPER
    return _Look(
        own.get("Font StrikeThrough") == "1",
        is_tiny(float(own.get("Font Size", 11))) or is_faint(ink, under),
        parts_shown(0, own[_FORMAT]) if own.get(_FORMAT) else "",
    )


class _Reader:
    def __init__(self, looks: dict[str | None, _Look]) -> None:
        self._looks = looks
        self._cells = SeenCells()
        self._asides: list[Aside] = []

    def grid(self, sheet: Any) -> Grid:
        hidden = False
        filtered = None
        for child in sheet:
            kind = local_name(child)
            if kind == "Table":
                self._table(child)
            elif kind == "WorksheetOptions":
                shown = next(child.iter("{*}Visible"), None)
                hidden = shown is not None and shown.text != "SheetVisible"
            elif kind == "AutoFilter":
                # Its range is written in another way: all rows that are hidden count as
                # filtered.
                filtered = (0, MOST_ROWS)
        grid = self._cells.grid(filtered)
        grid.name, grid.hidden = attribute(sheet, "Name"), hidden
        grid.asides = self._asides
        grid.before = page_lines(
            attribute(line, "Data") or ""
            for line in sheet.iter("{*}Header", "{*}Footer")
        )
        return grid

    def _table(self, table: Any) -> None:
        row = column = -1
        for child in table:
            kind = local_name(child)
            if kind == "Column":
                column = _index(child, column, MOST_COLUMNS)
                span = _span(child, "Span")
                if attribute(child, "Hidden") == "1":
                    self._cells.hide_columns(column, column + span)
                column += span
            elif kind == "Row":
                row = _index(child, row, MOST_ROWS)
                if attribute(child, "Hidden") == "1" or _is_flat(child):
                    self._cells.hide_row(row)
                self._row(child, row)
                # A row may stand for those below it as well.
                row += _span(child, "Span")

    def _row(self, line: Any, row: int) -> None:
        column = -1
        for cell in line:
            if local_name(cell) != "Cell":
                continue
            column = _index(cell, column, MOST_COLUMNS)
            self._cell(cell, row, column)
            across = _span(cell, "MergeAcross")
            self._cells.merge(
                row, column, row + _span(cell, "MergeDown"), column + across
            )
            column += across
            if self._cells.n_cells > bounds().cells:
                raise Unreadable("too_many_cells", bounds().cells)

    def _cell(self, cell: Any, row: int, column: int) -> None:
        if attribute(cell, "Formula"):
            self._cells.formulas.add((row, column))
        text = struck = ""
        for child in cell:
            kind = local_name(child)
            if kind == "Data":
                text = _data(child)
            elif kind == "Comment":
                comment = "".join(child.itertext()).strip()
                place = f"{letters(column)}{row + 1}"
                self._asides.append(Aside("comment", comment, place))
        look = self._looks.get(attribute(cell, "StyleID") or "Default", _Look())
        shown = "" if look.fades else _shown(text, look.parts)
        if text.strip() and not shown.strip():
            self._cells.not_show(row, column, text)
            return
        text = shown
        if look.strikes:
            text, struck = "", text
        if text.strip():
            self._cells.put(row, column, text)
        if struck.strip():
            self._cells.strike(row, column, struck)


def _shown(text: str, parts: str) -> str:
    """What a format shows of a text or a number; dates come as days already."""
    if not parts.startswith((WORDS, HIDES)):
        return text
    try:
        number = shown_number(float(text), parts)
    except ValueError:
        return shown_text(text, parts)
    return text if number is None else number


def _is_flat(line: Any) -> bool:
    """Whether a row is so low that nothing of it is seen."""
    height = attribute(line, "Height")
    return height is not None and float(height) < 1


def _data(data: Any) -> str:
    """The text of a cell, without what is crossed out in it."""
    pieces = [data.text or ""]
    for child in data:
        if local_name(child) != "S":
            pieces.append(_data(child))
        pieces.append(child.tail or "")
    text = "".join(pieces)
    kind = attribute(data, "Type")
    if kind == "Number":
        return text.removesuffix(".0")
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    return text.removesuffix(_DAY) if kind == "DateTime" else text


def _index(element: Any, before: int, most: int) -> int:
    named = attribute(element, "Index")
    # Without a number an element follows the one before it.
    index = int(named) - 1 if named else before + 1
    if not 0 <= index < most:
        raise Unreadable("damaged")
    return index


def _span(element: Any, name: str) -> int:
    named = attribute(element, name)
    span = int(named) if named else 0
    if not 0 <= span < MOST_ROWS:
        raise Unreadable("damaged")
    return span
