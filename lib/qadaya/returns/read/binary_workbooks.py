"""Reads binary workbooks (.xlsb) into grids, as their cells are seen.

The library for values tells nothing of what is hidden or crossed out, so the records
are read here; there are few kinds, all of them in `binary_records`.
"""

import struct
from dataclasses import dataclass, field
from typing import Any

from qadaya.returns.read import binary_records as kinds
from qadaya.returns.read.binary_looks import BinaryLooks, looks_of_styles
from qadaya.returns.read.binary_records import number_of, records, text_at, texts_at
from qadaya.returns.read.grid import MOST_COLUMNS, MOST_ROWS, Aside, Grid, Unreadable
from qadaya.returns.read.hints import named
from qadaya.returns.read.new_workbooks import add_what_lies_beside, properties
from qadaya.returns.read.number_formats import shown_number, shown_text
from qadaya.returns.read.old_records import ERRORS
from qadaya.returns.read.old_texts import LookOfLetters, RunsOfLetters
from qadaya.returns.read.packages import Package
from qadaya.returns.read.page_lines import page_lines
from qadaya.returns.read.seen import SeenCells
from qadaya.returns.read.sheet_texts import NotShown

_TWIPS = 20  # of a point; a lower row shows nothing
_FORMULAS = range(kinds.FORMULA_TEXT, kinds.FORMULA_ERROR + 1)
_CELLS = (*range(kinds.RK, kinds.FORMULA_ERROR + 1), kinds.RICH_TEXT)


@dataclass
class _Book:
    """Sheets by (name, relation, hidden), and how the cells of the workbook look."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    since_1904: bool = False
    texts: list[RunsOfLetters] = field(default_factory=list)
    looks: BinaryLooks = field(default_factory=BinaryLooks)


def read_binary_workbook(package: Package, main: str) -> list[Grid]:
    """One grid per sheet; `main` is the part of the workbook.

    Raises: Unreadable for one that is damaged.
    """
    try:
        book = _book(package, main)
        relations = package.relations(main)
        grids = []
        for name, relation, hidden in book.sheets:
            target = relations[relation]
            if target.kind != "worksheet":
                continue
            grid = _Sheet(book).read(package.read(target.part))
            grid.name, grid.hidden = name, hidden
            add_what_lies_beside(package, target.part, grid)
            for part in package.used(target.part, "comments"):
                grid.asides += _comments(package.read(part))
            grids.append(grid)
    except (struct.error, IndexError, KeyError) as error:
        raise Unreadable("damaged") from error
    if not grids:
        raise Unreadable("damaged")
    grids[0].asides += [*book.asides, *properties(package)]
    return grids


def _book(package: Package, main: str) -> _Book:
    book = _Book()
    for kind, body in records(package.read(main)):
        if kind == kinds.WORKBOOK:
            book.since_1904 = bool(body[0] & 1)
        elif kind == kinds.SHEET:
            # State and number, then the relation to its part and its name.
            relation, name = texts_at(body, 8, 2)
            book.sheets.append((name, relation, bool(body[0] & 3)))
        elif kind == kinds.NAME:
            # Behind flags, a key and the number of a sheet.
            book.asides += named(text_at(body, 9)[0])
    for part in package.used(main, "styles"):
        book.looks = looks_of_styles(package.read(part))
    for part in package.used(main, "sharedStrings"):
        for kind, body in records(package.read(part)):
            if kind == kinds.SHARED_ITEM:
                book.texts.append(_runs(book, body, 0))
    return book


def _runs(book: _Book, body: bytes, at: int) -> RunsOfLetters:
    """A text with the places where another font begins."""
    text, end = text_at(body, at + 1)
    fonts = dict(enumerate(book.looks.of_letters))
    if not body[at] & 1 or not fonts:
        return RunsOfLetters(text, [])
    # The place in the text and the font from there on, for each run.
    (count,) = struct.unpack_from("<I", body, end)
    runs = struct.iter_unpack("<HH", body[end + 4 : end + 4 + 4 * count])
    usual = LookOfLetters()
    return RunsOfLetters(text, [(at, fonts.get(font, usual)) for at, font in runs])


def _comments(part: bytes) -> list[Aside]:
    return [
        Aside("comment", text)
        for kind, body in records(part)
        if kind == kinds.COMMENT and (text := text_at(body, 1)[0].strip())
    ]


class _Sheet:
    def __init__(self, book: _Book) -> None:
        self._book = book
        self._cells = SeenCells()
        self._row = -1
        self._area: tuple[int, int] | None = None
        self._filtered: tuple[int, int] | None = None
        self._lines: list[str] = []
        self._asides: list[Aside] = []

    def read(self, part: bytes) -> Grid:
        for kind, body in records(part):
            if kind == kinds.ROW:
                self._take_row(body)
            elif kind in _CELLS:
                self._take_cell(kind, body)
            else:
                self._take(kind, body)
        grid = self._cells.grid(self._filtered)
        grid.before, grid.asides = page_lines(self._lines), self._asides
        return grid

    def _take_row(self, body: bytes) -> None:
        # Row, style, height; 0x10 of the second byte of flags is hidden.
        self._row, _, height = struct.unpack_from("<IIH", body)
        if self._row >= MOST_ROWS:
            raise Unreadable("damaged")
        if body[11] & 0x10 or height < _TWIPS:
            self._cells.hide_row(self._row)

    def _take_cell(self, kind: int, body: bytes) -> None:
        column, style = struct.unpack_from("<II", body)
        # The style has 24 bits; the others say whether a reading is shown.
        style &= 0xFFFFFF
        if column >= MOST_COLUMNS or self._row < 0:
            raise Unreadable("damaged")
        if kind in _FORMULAS:
            self._cells.formulas.add((self._row, column))
        looks = self._book.looks
        value = self._value(kind, body, style)
        # Its format shows nothing: then its colours do not matter.
        if isinstance(value.text, NotShown):
            self._cells.not_show(self._row, column, value.text)
            return
        fades = looks.fades(style)
        stands, gone = value.parted(
            cell_hides=fades or looks.strikes(style), under=looks.lies_under(style)
        )
        if stands.strip():
            self._cells.put(self._row, column, stands)
        elif gone.strip():
            hide = self._cells.not_show if fades else self._cells.strike
            hide(self._row, column, gone)

    def _value(self, kind: int, body: bytes, style: int) -> RunsOfLetters:
        if kind == kinds.SHARED:
            number: int = struct.unpack_from("<I", body, 8)[0]
            return self._shown(self._book.texts[number], style)
        if kind == kinds.RICH_TEXT:
            return self._shown(_runs(self._book, body, 8), style)
        if kind in (kinds.TEXT, kinds.FORMULA_TEXT):
            return self._shown(RunsOfLetters(text_at(body, 8)[0], []), style)
        if kind in (kinds.BOOL, kinds.FORMULA_BOOL):
            text = "TRUE" if body[8] else "FALSE"
        elif kind in (kinds.ERROR, kinds.FORMULA_ERROR):
            text = ERRORS.get(body[8], "#N/A")
        elif kind == kinds.RK:
            text = self._number(number_of(struct.unpack_from("<i", body, 8)[0]), style)
        else:
            text = self._number(struct.unpack_from("<d", body, 8)[0], style)
        return RunsOfLetters(text, [])

    def _shown(self, told: RunsOfLetters, style: int) -> RunsOfLetters:
        """A text as its format shows it."""
        shown = shown_text(told.text, self._book.looks.shows(style))
        if shown == told.text:
            return told
        return RunsOfLetters(shown or NotShown(told.text), [])

    def _number(self, number: float, style: int) -> str:
        parts = self._book.looks.shows(style)
        shown = shown_number(number, parts, since_1904=self._book.since_1904)
        if shown is not None:
            return shown or (NotShown(number) if number else "")
        return str(int(number)) if number.is_integer() else repr(number)

    def _take(self, kind: int, body: bytes) -> None:
        if kind == kinds.COLUMNS:
            first, last, width = struct.unpack_from("<III", body)
            # First and last column, width, style, and flags, of which the lowest hides.
            if body[16] & 1 or width == 0:
                self._cells.hide_columns(first, min(last, MOST_COLUMNS - 1))
        elif kind == kinds.MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            self._cells.merge(top, left, bottom, right)
        elif kind == kinds.FILTER:
            self._area = struct.unpack_from("<II", body)
        elif kind == kinds.FILTER_COLUMN:
            # A filter that only stands there hides nothing: one of its columns must be
            # in use.
            self._filtered = self._area
        elif kind == kinds.PAGE_LINES:
            self._lines += _page_lines(body)
        elif kind == kinds.VALIDATION:
            (count,) = struct.unpack_from("<I", body, 4)
            # Behind flags and areas: title and words of the error, and of the hint.
            hints = texts_at(body, 8 + 16 * count, 4)
            self._asides += [Aside("hint", text) for text in hints if text.strip()]


def _page_lines(body: bytes) -> list[Any]:
    """The texts over and under the pages; of even and first ones where they differ."""
    # Whether even pages, and the first, have lines of their own; then six texts in
    # pairs.
    even, first = bool(body[0] & 1), bool(body[0] & 2)
    shown = (True, True, even, even, first, first)
    texts = texts_at(body, 2, 6)
    return [text for text, is_shown in zip(texts, shown, strict=True) if is_shown]
