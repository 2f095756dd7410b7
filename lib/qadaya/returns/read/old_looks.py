"""How the cells of an .xls workbook look: its fonts, formats and styles ([MS-XLS])."""

import struct
from typing import NamedTuple, Protocol

from qadaya.returns.read.fonts import indexed
from qadaya.returns.read.ink import INK, PAPER, is_faint, is_tiny
from qadaya.returns.read.number_formats import parts_shown
from qadaya.returns.read.old_texts import LookOfLetters

# The count of fonts leaves out number 4, which no workbook has.
_NO_FONT = 4
_POINT = 20  # twentieths
_SOLID, _OWN_COLOURS, _LAST_COLOUR = 1, 8, 65
_NEWEST = 20  # bytes of a style that tells what lies under its cells


class _Font(NamedTuple):
    strikes: bool
    tiny: bool
    ink: str | None


class _Book(Protocol):
    """What the looks are written into: by the number of the style."""

    parts: dict[int, str]
    struck: set[int]
    faint: set[int]
    inks: dict[int, str | None]
    under: dict[int, str | None]


class OldLooks:
    """Takes the records of fonts and styles as they come."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self._fonts: list[_Font] = []
        self.formats: dict[int, str] = {}

    def font(self, body: bytes) -> None:
        """Take a font."""
        # Height in twentieths of a point, marks (8 crosses out), the number of the
        # colour.
        height, marks, number = struct.unpack_from("<HHH", body)
        ink = indexed(number) if number <= _LAST_COLOUR else INK
        self._fonts.append(_Font(bool(marks & 8), is_tiny(height / _POINT), ink))

    def style(self, body: bytes) -> None:
        """Take a style, which comes after the fonts and formats that it names."""
        font, number = struct.unpack_from("<HH", body)
        style = len(self._book.parts)
        self._book.parts[style] = parts_shown(number, self.formats.get(number))
        # The fonts are counted as 0 to 3 and then from 5 on.
        font -= font > _NO_FONT
        if font >= len(self._fonts):
            return
        of = self._fonts[font]
        if of.strikes:
            self._book.struck.add(style)
        under = self._book.under[style] = _under(body)
        self._book.inks[style] = of.ink
        if of.tiny or is_faint(of.ink, under):
            self._book.faint.add(style)

    def of_letters(self) -> dict[int, LookOfLetters]:
        """How the fonts look, by their numbers as runs name them.

        Empty where all letters of the workbook are seen anyhow.
        """
        plain = not any(f.strikes or f.tiny or is_faint(f.ink) for f in self._fonts)
        if plain and not self._book.faint:
            return {}
        return {
            number + (number >= _NO_FONT): LookOfLetters(f.strikes or f.tiny, f.ink)
            for number, f in enumerate(self._fonts)
        }


def _under(body: bytes) -> str | None:
    """The colour under the cells of a style; None where it is not known."""
    if len(body) < _NEWEST:
        return None
    # The six highest bits of the borders are the pattern; its colour is the next field.
    pattern = struct.unpack_from("<I", body, 14)[0] >> 26
    if pattern == 0:
        return PAPER
    if pattern != _SOLID:
        return None
    return indexed(struct.unpack_from("<H", body, 18)[0] & 0x7F)
