"""How the cells of an .xlsx workbook look, as far as that says what is seen of them."""

import re
from functools import cached_property, lru_cache
from typing import Any

from qadaya.returns.read.number_formats import HIDES, parts_shown, shown_date
from qadaya.returns.read.packages import attribute, local_name, parsed

# A format that is not the general one, which shows numbers as they are.
_OTHER_FORMAT = re.compile(rb'numFmtId="(?!0")')


class CellStyles:
    """How cells look, by the number of their style: dates, crossed out, unseen."""

    def __init__(self, styles: bytes, *, since_1904: bool) -> None:
        self._styles = styles
        self._since_1904 = since_1904
        self.may_strike = b"strike" in styles
        self._may_hide = b";;" in styles
        self._may_date = _OTHER_FORMAT.search(styles) is not None

    @cached_property
    def is_plain(self) -> bool:
        """Whether every cell shows its value as it is."""
        return not (self.may_strike or (self._may_date and any(self._parts.values())))

    def number(self, value: str, style: str | None) -> str:
        """A number as it is seen, as far as it is a date or hidden."""
        dated = self._may_date and style
        parts = self._parts.get(int(dated), "") if dated else ""
        try:
            number = float(value)
        except ValueError:
            return value  # a text that some program did not mark as one
        shown = shown_date(number, parts, since_1904=self._since_1904)
        if shown is not None:
            return shown
        return str(int(number)) if number.is_integer() else repr(number)

    def hides(self, style: str | None) -> bool:
        """Whether the format of a style shows nothing of what its cells hold."""
        return bool(self._may_hide and style and self._parts.get(int(style)) == HIDES)

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
def looks_of(styles: bytes, *, since_1904: bool) -> CellStyles:
    """How the styles of a workbook look; most are those of the same program."""
    return CellStyles(styles, since_1904=since_1904)


def strikes(mark: Any) -> bool:
    """Whether a mark of a font crosses out."""
    return local_name(mark) == "strike" and attribute(mark, "val") not in ("0", "false")
