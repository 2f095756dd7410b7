"""Rules that may hide the cells of an .xls workbook ([MS-XLS] 2.4.42 and 2.4.56)."""

import struct

from qadaya.returns.read.cell_rules import (
    Area,
    CellRule,
    Met,
    RuleLook,
    equal_to,
    unknown,
)
from qadaya.returns.read.fonts import indexed
from qadaya.returns.read.number_formats import parts_shown, shown_text

_FORMAT, _FONT, _ALIGNED, _BORDER, _PATTERN = (1 << bit for bit in range(25, 30))
_OWN_FORMAT = 1 << 32
_HEAD, _FONT_SIZE, _INK, _BLOCK = 6, 118, 80, 8
_LOCKED = 1 << 30
_OWN_NUMBER = 170  # of a format that no program knows by number
_IS_CELL, _EQUAL, _TEXT = 1, 3, 0x17
_LEFT_AS_IT_IS = 65


def areas_of(body: bytes) -> list[Area]:
    """The areas that the rules after this record are for."""
    # How many rules, an area around all of them, then the areas one by one.
    (n,) = struct.unpack_from("<H", body, 12)
    places = (struct.unpack_from("<HHHH", body, 14 + 8 * at) for at in range(n))
    return [(top, left, bottom, right) for top, bottom, left, right in places]


def rule_of(body: bytes, areas: list[Area]) -> CellRule:
    """A rule for areas; whether it is met is known where it is equal to a text."""
    # Its kind, how it compares, the sizes of two formulas, which stand behind the look.
    kind, how, size, _ = struct.unpack_from("<BBHH", body)
    look, end = _look(body, _HEAD)
    formula = body[end : end + size]
    met: Met = unknown
    # The formula is one text: its sign, its length, how wide its letters are.
    if kind == _IS_CELL and how == _EQUAL and formula[:1] == bytes([_TEXT]):
        text = formula[3:].decode(
            "utf-16-le" if formula[2] & 1 else "latin-1", "replace"
        )
        met = equal_to(f'"{text}"')
    return CellRule(areas, look, met)


def _look(body: bytes, at: int) -> tuple[RuleLook, int]:
    """What a rule puts on its cells ([MS-XLS] 2.5.79), and where that ends."""
    # A block for each flag that is set, one behind the other and in this order: format,
    # font, how text lies, borders, pattern, lock.
    flags = int.from_bytes(body[at : at + 6], "little")
    ink, under, gone = None, None, False
    at += 6
    if flags & _FORMAT:
        if flags & _OWN_FORMAT:
            size, letters, wide = struct.unpack_from("<HHB", body, at)
            code = body[at + 5 : at + size]
            text = code.decode("utf-16-le" if wide else "latin-1", "replace")
            parts = parts_shown(_OWN_NUMBER, text[:letters])
            at += size
        else:
            parts = parts_shown(body[at], None)
            at += 2
        gone = not shown_text("x", parts)
    if flags & _FONT:
        (number,) = struct.unpack_from("<I", body, at + _INK)
        ink = indexed(number) if number < _LEFT_AS_IT_IS else None
        at += _FONT_SIZE
    at += _BLOCK * (bool(flags & _ALIGNED) + bool(flags & _BORDER))
    if flags & _PATTERN:
        (colours,) = struct.unpack_from("<H", body, at + 2)
        under = indexed(colours >> 7 & 0x7F)
        at += 4
    at += 2 * bool(flags & _LOCKED)
    return RuleLook(ink, under, gone), at
