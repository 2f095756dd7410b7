"""Reads workbooks of LibreOffice (.ods) into grids, as their cells are seen."""

import re
from functools import partial
from typing import Any

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.cell_rules import Met
from qadaya.returns.read.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Aside,
    Grid,
    Unreadable,
    letters,
)
from qadaya.returns.read.hints import hints_of_spreadsheet
from qadaya.returns.read.ink import INK, PAPER
from qadaya.returns.read.open_looks import OdfStyles, looks_of
from qadaya.returns.read.opendocument import (
    OdfText,
    holds_picture,
    number,
    page_texts,
    placed,
    properties,
    rows_of,
)
from qadaya.returns.read.packages import Package
from qadaya.returns.read.page_lines import page_lines
from qadaya.returns.read.plain_open_sheets import plain_grids
from qadaya.returns.read.seen import SeenCells
from qadaya.returns.read.xml_parts import attribute, local_name, parsed

# Rows that are only formatted come by the million in any sheet, and hold nothing.
_BLANK_ROW = re.compile(
    rb"(<table:table-row(?:\s[^<>]*)?(?<!/))>"
    rb"(?:<table:(?:covered-)?table-cell(?:(?!value|formula|spanned)[^<>])*/>)*"
    rb"</table:table-row>"
)
_LONG = 500_000
_TABLE_END, _ROW_END = b"</table:table>", b"</table:table-row>"
# What a row may hold, and what may hold rows or stand below them.
_HOLDING = (b"office:", b"<text:", b"formula", b"spanned", b"<draw:")
_HOLDERS = (b"<table:table ", b"-group", b"table-rows", b"table-header-rows", b"<!")
_HIDING = {"collapse": "hidden", "filter": "filtered"}
_YEAR = re.compile(r"\d{4}")


def read_sheets(package: Package) -> list[Grid]:
    """One grid per sheet of an .ods workbook."""
    content = package.read("content.xml")
    # Patterns first: a parser would hold a million blank rows in memory.
    if len(content) > _LONG:
        content = _without_blank_ends(content)
    styles = [package.parsed("styles.xml")] if "styles.xml" in package else []
    hints: list[Aside] = []
    # A look that hides, in the styles that all sheets share, needs the parser.
    grids = plain_grids(content) if looks_of(*styles).is_plain else None
    if grids is None:
        if len(content) > _LONG:
            content = _BLANK_ROW.sub(rb"\1/>", content)
        root = parsed(content)
        grids = grids_of(root, looks_of(root, *styles))
        hints += hints_of_spreadsheet(content, root)
    for grid in grids:
        grid.before += page_lines(
            "".join(region.itertext()) for part in styles for region in page_texts(part)
        )
    if grids:
        grids[0].asides += [*properties(package), *hints]
    return grids


def _without_blank_ends(content: bytes) -> bytes:
    """A workbook without the rows of each table below the last that holds anything.

    They are only formatted; read one by one they take long and much memory.
    """
    kept: list[bytes] = []
    start = 0
    while (stop := content.find(_TABLE_END, start)) > 0:
        kept += content[start : _end_of_rows(content, start, stop)], _TABLE_END
        start = stop + len(_TABLE_END)
    return b"".join([*kept, content[start:]])


def _end_of_rows(content: bytes, start: int, stop: int) -> int:
    """Where the last row ends that holds anything, or else all rows."""
    last = max(content.rfind(held, start, stop) for held in _HOLDING)
    end = content.find(_ROW_END, last, stop) + len(_ROW_END)
    if last < 0 or end < len(_ROW_END) or not content.endswith(_ROW_END, start, stop):
        return stop
    beyond = (content.find(holder, end, stop) for holder in _HOLDERS)
    return stop if max(beyond) >= 0 else end


def grids_of(root: Any, looks: OdfStyles) -> list[Grid]:
    """One grid per sheet of a spreadsheet's content."""
    tables = [
        table
        for body in root.iter("{*}spreadsheet")
        for table in body
        if local_name(table) == "table"
    ]
    if len(tables) > bounds().sheets:
        raise Unreadable("too_many_sheets", bounds().sheets)
    reader = _Reader(looks)
    return [reader.grid(table) for table in tables]


class _Reader:
    def __init__(self, looks: OdfStyles) -> None:
        self._looks = looks
        self._n_cells = 0

    def grid(self, table: Any) -> Grid:
        self._cells = SeenCells()
        self._asides: list[Aside] = []
        self._pictures: set[tuple[int, int]] = set()
        self._of_columns: list[tuple[int, str]] = []
        self._columns(table)
        row = 0
        for line in rows_of(table):
            repeats = number(line, "number-rows-repeated")
            row += self._line(line, row, repeats)
        grid = self._cells.grid()
        grid.pictures = self._pictures
        grid.name = attribute(table, "name")
        grid.hidden = attribute(table, "style-name") in self._looks.hidden
        grid.asides = self._asides
        grid.before = [
            text
            for shapes in table
            if local_name(shapes) == "shapes"
            for text in OdfText(self._looks).take(shapes).text.split("\n")
            if text.strip()
        ]
        return grid

    def _columns(self, table: Any) -> None:
        column = 0
        for column_element in table.iter("{*}table-column"):
            times = number(column_element, "number-columns-repeated")
            if attribute(column_element, "visibility") in _HIDING:
                self._cells.hide_columns(column, column + times - 1)
            column += times
            self._of_columns.append(
                (column, attribute(column_element, "default-cell-style-name") or "")
            )

    def _line(self, line: Any, row: int, repeats: int) -> int:
        """Take a row as often as it repeats; how many rows it makes.

        Raises: Unreadable where repeats make more cells than any form has.
        """
        cells = [cell for cell in placed(line) if _is_filled(cell.cell)]
        if not cells:
            return repeats
        # Counted before they are laid out.
        self._n_cells += repeats * sum(cell.times for cell in cells)
        if self._n_cells > bounds().cells:
            raise Unreadable("too_many_cells", bounds().cells)
        width = max(cell.column + cell.times for cell in cells)
        if row + repeats > MOST_ROWS or width > MOST_COLUMNS:
            raise Unreadable("damaged")
        why = _HIDING.get(attribute(line, "visibility") or "")
        if attribute(line, "style-name") in self._looks.hidden:
            why = "hidden"
        of_row = attribute(line, "default-cell-style-name") or ""
        for cell in cells:
            words = OdfText(self._looks).take(cell.cell)
            # Of the cell, else of its row, else of its column.
            style = attribute(cell.cell, "style-name") or of_row
            style = style or self._of_column(cell.column)
            for at in range(row, row + repeats):
                if why:
                    self._cells.hide_row(at, why)
                for column in range(cell.column, cell.column + cell.times):
                    self._cell(at, column, cell.cell, words)
                    self._take_rules(at, column, cell.cell, style)
        return repeats

    def _of_column(self, column: int) -> str:
        """The style of the cells of a column that name none."""
        return next((style for end, style in self._of_columns if column < end), "")

    def _take_rules(self, row: int, column: int, cell: Any, style: str) -> None:
        looks = self._looks
        for met, look in looks.rules.get(style, ()):
            if look.hides(looks.inks.get(style, INK), looks.under.get(style, PAPER)):
                last = row + number(cell, "number-rows-spanned") - 1
                area = row, column, last, column
                self._cells.may_hide(area, partial(_met, met))

    def _cell(self, row: int, column: int, cell: Any, words: OdfText) -> None:
        place = f"{letters(column)}{row + 1}"
        self._asides += [Aside(kind, text, place) for kind, text in words.notes]
        if words.hidden:
            self._asides.append(Aside("hidden", "".join(words.hidden), place))
        if not words.text and holds_picture(cell):
            self._pictures.add((row, column))
        if attribute(cell, "formula"):
            self._cells.formulas.add((row, column))
        if local_name(cell) == "table-cell":
            # Spans count the cell itself: 1 is no merge.
            down = number(cell, "number-rows-spanned")
            across = number(cell, "number-columns-spanned")
            self._cells.merge(row, column, row + down - 1, column + across - 1)
        text = _shown(cell, words)
        unseen = "".join(words.hidden).strip() or _not_shown(cell, words)
        if unseen and not text.strip():
            self._cells.not_show(row, column, unseen)
        elif text.strip():
            self._cells.put(row, column, text)
        struck = "".join(words.struck).strip()
        if struck:
            self._cells.strike(row, column, struck)


def _met(met: Met, row: int, column: int, text: str) -> bool | None:
    """Whether a rule of a style holds for a cell, wherever it stands."""
    return met(text)


def _is_filled(cell: Any) -> bool:
    """Whether a cell holds something; a number may come without its text."""
    return len(cell) > 0 or attribute(cell, "value-type") is not None


def _shown(cell: Any, words: OdfText) -> str:
    """The text of a cell; a date as far as it is shown, in the order of ISO 8601."""
    text = words.text
    day = attribute(cell, "date-value")
    # The value says the whole day; the text how much of it is seen.
    if day and len(day) >= 10 and text:
        return text if _YEAR.fullmatch(text) else _date(day, text)
    if not text and not words.struck and not words.seen:
        value = attribute(cell, "value") or attribute(cell, "string-value") or ""
        return (day or value).removesuffix(".0").removesuffix("T00:00:00")
    return text


def _not_shown(cell: Any, words: OdfText) -> str:
    """What a cell holds where its format shows nothing of it; a zero is nothing."""
    if not words.seen or words.text:
        return ""
    held = attribute(cell, "string-value") or attribute(cell, "value") or ""
    return "" if held in ("0", "0.0") else held.strip()


def _date(day: str, text: str) -> str:
    """The month where no more of a date is seen, else the day."""
    return day.removesuffix("T00:00:00") if _has_day(text) else day[:7]


def _has_day(text: str) -> bool:
    """Whether a date is written with three parts."""
    return len(re.findall(r"[^\W_]+", text)) >= 3
