"""How the cells of a binary workbook (.xlsb) look, by the number of their style."""

import struct
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from qadaya.returns.read import binary_records as kinds
from qadaya.returns.read.binary_records import records, text_at
from qadaya.returns.read.fonts import indexed, themed
from qadaya.returns.read.ink import INK, PAPER, is_faint, is_tiny
from qadaya.returns.read.number_formats import parts_shown
from qadaya.returns.read.old_texts import LookOfLetters

_POINT, _TINTS = 20, 32_767
_SOLID, _INDEX, _RGB, _THEME = 1, 1, 2, 3


class _Font(NamedTuple):
    strikes: bool
    tiny: bool
    ink: str | None

    @property
    def of_letters(self) -> LookOfLetters:
        return LookOfLetters(self.strikes or self.tiny, self.ink)


@dataclass
class BinaryLooks:
    """What the formats of the styles show; which styles cross out, or are not seen."""

    fonts: list[_Font] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    struck: list[bool] = field(default_factory=list)
    faint: list[bool] = field(default_factory=list)
    under: list[str | None] = field(default_factory=list)

    def shows(self, style: int) -> str:
        """What the format of a style shows, as `parts_shown` tells it."""
        return self.parts[style] if style < len(self.parts) else ""

    def strikes(self, style: int) -> bool:
        """Whether a style crosses its text out."""
        return style < len(self.struck) and self.struck[style]

    def lies_under(self, style: int) -> str | None:
        """The colour under the cells of a style; None where it is not known."""
        return self.under[style] if style < len(self.under) else PAPER

    @cached_property
    def of_letters(self) -> list[LookOfLetters]:
        """How the fonts look, by number; none where all letters are seen anyhow."""
        plain = not any(f.strikes or f.tiny or is_faint(f.ink) for f in self.fonts)
        if plain and not any(self.faint):
            return []
        return [font.of_letters for font in self.fonts]

    def fades(self, style: int) -> bool:
        """Whether the letters of a style are not to be seen."""
        return style < len(self.faint) and self.faint[style]


def looks_of_styles(part: bytes) -> BinaryLooks:
    """The looks that the part of the styles tells."""
    looks = BinaryLooks()
    formats: dict[int, str] = {}
    fills: list[str | None] = []
    is_of_cells = False
    for kind, body in records(part):
        if kind == kinds.FONT:
            # Height in twentieths of a point, flags (8 crosses out), ..., and from 12
            # the colour.
            tiny = is_tiny(struct.unpack_from("<H", body)[0] / _POINT)
            ink = _colour(body[12:20])
            looks.fonts.append(_Font(bool(body[2] & 8), tiny, ink))
        elif kind == kinds.FILL:
            fills.append(_under(body))
        elif kind == kinds.FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = text_at(body, 2)[0]
        elif kind in (kinds.STYLES, kinds.END_STYLES):
            # Styles that only have a name come before in the same records, and no cell
            # uses them.
            is_of_cells = kind == kinds.STYLES
        elif kind == kinds.STYLE and is_of_cells:
            # Behind the style it is made from: the numbers of its format, font and
            # fill.
            number, font, fill = struct.unpack_from("<HHH", body, 2)
            looks.parts.append(parts_shown(number, formats.get(number)))
            of = (
                looks.fonts[font]
                if font < len(looks.fonts)
                else _Font(False, False, INK)
            )
            under = fills[fill] if fill < len(fills) else PAPER
            looks.under.append(under)
            looks.struck.append(of.strikes)
            looks.faint.append(of.tiny or is_faint(of.ink, under))
    return looks


def _under(body: bytes) -> str | None:
    # The pattern, then the colour of its lines, which is that of the ground if it is
    # solid.
    (pattern,) = struct.unpack_from("<I", body)
    if pattern == 0:
        return PAPER
    return _colour(body[4:12]) if pattern == _SOLID else None


def _colour(told: bytes) -> str | None:
    """A colour ([MS-XLSB] 2.5.14): by number, of the theme, or as it is."""
    # The lowest bit says whether a colour was worked out already.
    kind = told[0] >> 1
    if kind == _INDEX:
        return indexed(told[1])
    if kind == _RGB:
        return told[4:7].hex()
    if kind == _THEME:
        return themed(told[1], struct.unpack_from("<h", told, 2)[0] / _TINTS)
    return INK
