"""The records of a binary workbook (.xlsb): their kinds and how they are laid out.

Each part is a row of records, a number and a size before each ([MS-XLSB] 2.1.4). Both
take seven bits of a byte as long as the eighth says that there is more.
"""

import struct
from collections.abc import Iterator

ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED = range(8)
FORMULA_TEXT, FORMULA_REAL, FORMULA_BOOL, FORMULA_ERROR = range(8, 12)
SHARED_ITEM, NAME, FONT, FORMAT, FILL, STYLE = 19, 39, 43, 44, 45, 47
COLUMNS, RICH_TEXT, VALIDATION = 60, 62, 64
WORKBOOK, SHEET, FILTER, FILTER_COLUMN, MERGED = 153, 156, 161, 163, 176
PAGE_LINES, STYLES, END_STYLES, COMMENT = 479, 617, 618, 637
_MORE = 0x80
_NO_TEXT = 0xFFFFFFFF


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the body of each record of a part.

    Raises: IndexError for a part that breaks off within a record.
    """
    at, end = 0, len(part)
    while at < end:
        kind, at = part[at], at + 1
        if kind & _MORE:
            # A kind has two bytes at most, a size four.
            kind, at = kind & 0x7F | (part[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while True:
            byte, at = part[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & _MORE or shift > 21:
                break
        if at + size > end:
            raise IndexError(f"a record of {size} bytes at {at} of {end}")
        yield kind, part[at : at + size]
        at += size


def text_at(body: bytes, at: int) -> tuple[str, int]:
    """A text of a record, empty where there is none, and the place after it."""
    (size,) = struct.unpack_from("<I", body, at)
    if size == _NO_TEXT:
        return "", at + 4
    end = at + 4 + 2 * size
    if end > len(body):
        raise struct.error("a text longer than its record")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def texts_at(body: bytes, at: int, count: int) -> list[str]:
    """Texts of a record that stand one after the other."""
    texts = []
    for _ in range(count):
        text, at = text_at(body, at)
        texts.append(text)
    return texts


def number_of(packed: int) -> float:
    """The number that an RK value packs ([MS-XLSB] 2.5.122)."""
    if packed & 2:
        number = float(packed >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return number / 100 if packed & 1 else number
