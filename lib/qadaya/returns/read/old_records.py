"""What an .xls workbook says of its cells besides their values.

The stream of a workbook is a row of records ([MS-XLS]). Read here are those that the
library for the values does not tell: formulas, hidden rows, formats, comments.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from qadaya.returns.read.cell_rules import Area, CellRule
from qadaya.returns.read.grid import LINKS_TO_PERSONS, Aside, Unreadable, letters
from qadaya.returns.read.old_looks import OldLooks
from qadaya.returns.read.old_rules import areas_of, rule_of
from qadaya.returns.read.old_texts import RunsOfLetters, texts_with_runs

_SHEET, _END, _PASSWORD = 0x0085, 0x000A, 0x002F
_FONT, _FORMAT, _STYLE = (0x0031, 0x0231), (0x041E, 0x001E), (0x00E0, 0x0043)
_FORMULA, _ERROR = (0x0006, 0x0206, 0x0406), 0x0205
_ROW, _COLUMNS, _MERGED = 0x0208, 0x007D, 0x00E5
_FILTERED, _HEADER, _FOOTER = 0x009B, 0x0014, 0x0015
_OBJECT, _BOX_TEXT, _CONTINUED, _NOTE = 0x005D, 0x01B6, 0x003C, 0x001C
_CELLS = frozenset((0x00FD, 0x0204, 0x0203, 0x027E, 0x0205, 0x00D6, *_FORMULA))
_MANY = 0x00BD
_RULED, _RULE = 0x01B0, 0x01B1
_TEXTS, _TEXT_CELL, _NAME, _VALIDATION = 0x00FC, 0x00FD, 0x0018, 0x01BE
_LINK = 0x01B8
_TO_A_PERSON = re.compile(rf"(?:{'|'.join(LINKS_TO_PERSONS)})([^\0]+)", re.I)
_WORKSHEET, _IS_NOTE, _TYPED_LIST = 0, 0x19, 0x17
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_NAME_AT, _MOST_ASIDES = 14, 1000
_POINT = 20  # twentieths; a lower row shows nothing


@dataclass
class OldSheet:
    """What the records of one sheet say; places are (row, column) from 0.

    `rules` are those that may hide cells, `ruled` the areas of the last of them.
    """

    hidden: bool
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], int] = field(default_factory=dict)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    ruled: list[Area] = field(default_factory=list)
    rules: list[CellRule] = field(default_factory=list)
    is_filtered: bool = False
    page_lines: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


@dataclass
class OldBook:
    """The sheets of a workbook, and how its styles look by their number.

    `faint` are styles whose letters are not to be seen, `inks` and `under` the colours
    of letters and of what lies under them, `with_runs` the shared texts of which a part
    may not be seen.
    """

    sheets: list[OldSheet] = field(default_factory=list)
    parts: dict[int, str] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    faint: set[int] = field(default_factory=set)
    inks: dict[int, str | None] = field(default_factory=dict)
    under: dict[int, str | None] = field(default_factory=dict)
    with_runs: dict[int, RunsOfLetters] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


def read_records(stream: bytes) -> OldBook:
    """The workbook's records.

    Raises: Unreadable for a locked workbook; struct.error or IndexError for one that
    breaks off.
    """
    book = OldBook()
    starts: list[int] = []
    looks = OldLooks(book)
    texts: list[bytes] = []
    before = 0
    for kind, body in _records(stream, 0):
        if kind == _PASSWORD:
            raise Unreadable("encrypted")
        # Where the sheet begins (4 bytes), whether it is hidden or very hidden, its
        # kind.
        if kind == _SHEET and body[5] == _WORKSHEET:
            starts.append(struct.unpack_from("<I", body)[0])
            book.sheets.append(OldSheet(hidden=body[4] & 3 != 0))
        elif kind in _FONT:
            looks.font(body)
        elif kind in _FORMAT:
            looks.formats[struct.unpack_from("<H", body)[0]] = _format(body)
        elif kind in _STYLE:
            looks.style(body)
        elif kind == _TEXTS or (kind == _CONTINUED and before == _TEXTS):
            # A record ends at 8,224 bytes: a long table of texts goes on in others.
            texts.append(body)
        elif kind == _NAME and len(body) > _NAME_AT:
            # The length of the name stands among the flags, the name itself behind
            # them.
            size, wide = body[3], body[_NAME_AT] & 1
            book.names.append(_letters(body[_NAME_AT + 1 :], size, bool(wide)))
        before = _TEXTS if kind == _CONTINUED and before == _TEXTS else kind
    # Only where a font may hide letters: the table is long to read.
    if texts and (fonts := looks.of_letters()):
        book.with_runs = texts_with_runs(texts, fonts)
    for sheet, start in zip(book.sheets, starts, strict=True):
        _take_sheet(sheet, stream, start)
    return book


def _take_sheet(sheet: OldSheet, stream: bytes, start: int) -> None:
    object_kind, is_text = 0, False
    boxes: list[str] = []
    notes: list[str] = []
    for kind, body in _records(stream, start):
        # The text of a box follows its record, and whose it is stood in the object
        # before.
        if kind == _CONTINUED and is_text:
            (notes if object_kind == _IS_NOTE else boxes).append(_box_text(body))
        is_text = kind == _BOX_TEXT
        if kind in _CELLS:
            # Each record of a cell begins so, whatever it holds.
            row, column, style = struct.unpack_from("<HHH", body)
            sheet.styles[row, column] = style
            if kind == _TEXT_CELL:
                sheet.texts[row, column] = struct.unpack_from("<I", body, 6)[0]
            elif kind in _FORMULA:
                sheet.formulas.add((row, column))
            elif kind == _ERROR and body[7]:
                # The second byte tells an error from true and false, the first which.
                sheet.errors[row, column] = ERRORS.get(body[6], "#N/A")
        elif kind == _MANY:
            # Row and first column, then a style and a number for each cell, then the
            # last column.
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * place)[0]
                sheet.styles[row, first + place] = style
        elif kind == _OBJECT and len(body) >= 6:
            object_kind = struct.unpack_from("<H", body, 4)[0]
        else:
            _take_layout(sheet, kind, body)
    sheet.boxes = boxes
    sheet.asides += [Aside("comment", text) for text in notes if text.strip()]


def _take_layout(sheet: OldSheet, kind: int, body: bytes) -> None:
    if kind == _ROW:
        # Row, its first and last column, height, two fields of no use here, flags: 0x20
        # is hidden.
        row, height, looks = struct.unpack_from("<H4xH4xH", body)
        if looks & 0x20 or height < _POINT:
            sheet.hidden_rows.add(row)
    elif kind == _COLUMNS:
        first, last = struct.unpack_from("<HH", body)
        # First and last column, width, style, then flags: the lowest is hidden.
        if struct.unpack_from("<H", body, 8)[0] & 1:
            sheet.hidden_columns.append((first, last))
    elif kind == _MERGED:
        (n,) = struct.unpack_from("<H", body)
        for at in range(2, 2 + 8 * n, 8):
            # Rows before columns, in all areas of this format.
            top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
            sheet.merged.append((top, left, bottom, right))
    elif kind == _VALIDATION and len(sheet.asides) < _MOST_ASIDES:
        sheet.asides += [Aside("hint", text) for text in _hints(body) if text.strip()]
    elif kind == _RULED:
        sheet.ruled = areas_of(body)
    elif kind == _RULE:
        sheet.rules.append(rule_of(body, sheet.ruled))
    elif kind == _FILTERED:
        sheet.is_filtered = True
    elif kind in (_HEADER, _FOOTER) and body:
        sheet.page_lines.append(_long_string(body))
    elif kind == _LINK and len(sheet.asides) < _MOST_ASIDES:
        sheet.asides += _links(body)
    elif kind == _NOTE and len(body) >= 8 and len(sheet.asides) < _MOST_ASIDES:
        row, column = struct.unpack_from("<HH", body)
        # Of the newest workbooks the text stands with the drawn box.
        size = struct.unpack_from("<H", body, 4)[0]
        text = body[6 : 6 + size].decode("cp1256", "replace")
        if len(text) > 3:
            place = f"{letters(column)}{row + 1}"
            sheet.asides.append(Aside("comment", text, place))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _END:
            return
        at += 4 + size


def _format(body: bytes) -> str:
    # Excel 97: number, length in letters, whether they are wide. Before it the length
    # is one byte and letters are narrow.
    (size,) = struct.unpack_from("<H", body, 2)
    if len(body) >= 5 and size <= len(body) - 5 and body[4] in (0, 1):
        wide = body[4] == 1
        text = body[5 : 5 + size * (2 if wide else 1)]
        return text.decode("utf-16-le" if wide else "latin-1", "replace")
    return body[3 : 3 + body[2]].decode("latin-1")


def _hints(body: bytes) -> Iterator[str]:
    """The titles and words that open beside cells, and a list typed there."""
    # Flags first, then title and words of the hint, of the error alike.
    at = 4
    for _ in range(4):
        if at + 3 > len(body):
            return
        size, wide = struct.unpack_from("<HB", body, at)
        at += 3
        yield _letters(body[at:], size, bool(wide & 1)).strip("\0")
        at += size * (2 if wide & 1 else 1)
    # The formula of the list: its size, two bytes of no use, and a text as its only
    # sign.
    if at + 7 <= len(body) and body[at + 4] == _TYPED_LIST:
        size, wide = body[at + 5], body[at + 6] & 1
        yield from _letters(body[at + 7 :], size, bool(wide)).split("\0")


def _links(body: bytes) -> Iterator[Aside]:
    """The addresses of persons to which a cell leads; they are written in two bytes."""
    top, _, left, _ = struct.unpack_from("<HHHH", body)
    for address in _TO_A_PERSON.findall(body.decode("utf-16-le", "replace")):
        yield Aside("link", unquote(address), f"{letters(left)}{top + 1}")


def _letters(body: bytes, size: int, wide: bool) -> str:
    text = body[: size * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _long_string(body: bytes) -> str:
    (size,) = struct.unpack_from("<H", body)
    if len(body) >= 3 and body[2] in (0, 1) and size <= len(body) - 3:
        wide = body[2] == 1
        text = body[3 : 3 + size * (2 if wide else 1)]
        return text.decode("utf-16-le" if wide else "latin-1", "replace")
    return body[1 : 1 + body[0]].decode("cp1256", "replace")


def _box_text(body: bytes) -> str:
    if not body:
        return ""
    return body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")
