"""How the cells of an .xlsx workbook look, as far as that says what is seen of them."""

import re
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from qadaya.returns.read.cell_rules import RuleLook, look_of
from qadaya.returns.read.fonts import ink_of, points_of, strikes, under_of
from qadaya.returns.read.ink import INK, PAPER, is_faint, is_tiny
from qadaya.returns.read.number_formats import parts_shown, shown_number, shown_text
from qadaya.returns.read.sheet_texts import NotShown, OfColours
from qadaya.returns.read.xml_parts import local_name, parsed

# A format that is not the general one, which shows numbers as they are.
_OTHER_FORMAT = re.compile(rb'numFmtId="(?!0")')
_USUAL: tuple[str | None, float] = (None, 11.0)
_Thing = TypeVar("_Thing")


class CellStyles:
    """How cells look, by the number of their style: dates, crossed out, unseen."""

    def __init__(self, styles: bytes, *, since_1904: bool) -> None:
        self._styles = styles
        self._since_1904 = since_1904
        # Asked of the bytes: most workbooks need none of what follows.
        self.may_strike = b"strike" in styles
        self._may_date = _OTHER_FORMAT.search(styles) is not None

    @cached_property
    def is_plain(self) -> bool:
        """Whether every cell shows its value as it is."""
        return not (
            self.may_strike
            or (self._may_date and any(self._parts.values()))
            or self._faint
        )

    def number(self, value: str, style: str | None) -> str:
        """A number as it is seen: as such, as a date, in words, or not at all."""
        try:
            number = float(value)
        except ValueError:
            return value  # a text that some program did not mark as one
        shown = shown_number(number, self._shown(style), since_1904=self._since_1904)
        if shown is not None:
            # A zero that is not shown says no more than an empty cell.
            return shown or (NotShown(value) if number else "")
        return str(int(number)) if number.is_integer() else repr(number)

    def text(self, text: str, style: str | None) -> str:
        """A text as it is seen, with words of its format, or `NotShown`."""
        # Its runs have colours of their own, to be held against the ground of the cell.
        if isinstance(text, OfColours):
            text = text.on(*self.ink_and_ground(style))
        elif self.fades(style):
            return NotShown(text)
        parts = self._shown(style)
        if not parts or isinstance(text, NotShown):
            return text
        return shown_text(text, parts) or NotShown(text)

    def fades(self, style: str | None) -> bool:
        """Whether the letters of a style are lost on what lies under them."""
        return bool(self._faint) and int(style or 0) in self._faint

    def ink_and_ground(self, style: str | None) -> tuple[str | None, str | None]:
        """The colour of the letters of a style, and of what lies under them."""
        number = int(style or 0)
        return self._inks.get(number, INK), self._under.get(number, PAPER)

    @cached_property
    def of_rules(self) -> list[RuleLook]:
        """The looks that the rules of sheets give, by number."""
        # Rules name a format by number as styles do.
        codes = {n: code for n, code in self._codes.items() if n and code}
        return [look_of(dxf, codes) for dxf in self._children("dxfs")]

    def _shown(self, style: str | None) -> str:
        # Without a style, or in a workbook of general formats, a value is shown as it
        # is.
        return self._parts.get(int(style), "") if self._may_date and style else ""

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
        # A format by number if every program knows it, else by the code that the file
        # writes.
        codes = self._codes
        shown = {}
        for style, element in enumerate(self._children("cellXfs")):
            number = element.get("numFmtId", "0")
            shown[style] = parts_shown(int(number), codes.get(number))
        return shown

    @cached_property
    def _codes(self) -> dict[str | None, str | None]:
        formats = self._children("numFmts")
        return {
            element.get("numFmtId"): element.get("formatCode") for element in formats
        }

    @cached_property
    def _inks(self) -> dict[int, str | None]:
        # Each font once, though hundreds of styles may use it.
        inks = [ink_of(font) for font in self._children("fonts")]
        return self._by_style(inks, "fontId", INK)

    @cached_property
    def _under(self) -> dict[int, str | None]:
        """What lies under the cells of each style."""
        fills = [under_of(fill) for fill in self._children("fills")]
        return self._by_style(fills, "fillId", PAPER)

    def _by_style(
        self, values: list[str | None], name: str, plain: str
    ) -> dict[int, str | None]:
        """Which of some values each style names; `plain` where it names none."""
        return {
            style: _nth(values, _number(element, name), plain)
            for style, element in enumerate(self._children("cellXfs"))
        }

    @cached_property
    def _faint(self) -> frozenset[int]:
        """The styles whose letters are too small, or lost on what lies under them."""
        # Styles name fonts and fills by their place in lists.
        fonts = [(ink_of(font), points_of(font)) for font in self._children("fonts")]
        faint = set()
        for style, element in enumerate(self._children("cellXfs")):
            ink, points = _nth(fonts, _number(element, "fontId"), _USUAL)
            # Either is enough: white on white, or of a point or two.
            if is_tiny(points) or is_faint(ink, self._under[style]):
                faint.add(style)
        return frozenset(faint)

    @cached_property
    def _struck(self) -> frozenset[int]:
        struck = {
            str(number)
            for number, font in enumerate(self._children("fonts"))
            if any(map(strikes, font))
        }
        return frozenset(
            style
            for style, element in enumerate(self._children("cellXfs"))
            if element.get("fontId") in struck
        )


@lru_cache(maxsize=64)
def looks_of(styles: bytes, *, since_1904: bool) -> CellStyles:
    """How the styles of a workbook look; most are those of the same program."""
    return CellStyles(styles, since_1904=since_1904)


def _nth(things: list[_Thing], number: int, usual: _Thing) -> _Thing:
    return things[number] if 0 <= number < len(things) else usual


def _number(style: Any, name: str) -> int:
    return int(style.get(name, "0"))
