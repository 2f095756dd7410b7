"""How the letters of a Word document look: hidden, crossed out, pale or tiny.

Runs say so themselves, or by the styles that they and their paragraphs name ([ECMA-376]
part 1, 17.3.2 and 17.7).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from qadaya.returns.read.ink import INK, PAPER, colour, is_faint, is_tiny
from qadaya.returns.read.xml_parts import attribute, local_name

_OFF = ("0", "false", "off")
_HIDDEN, _STRUCK = ("vanish",), ("strike", "dstrike")
_THEME = {
    **dict.fromkeys(("background1", "light1"), PAPER),
    **dict.fromkeys(("text1", "dark1"), INK),
}
_HALVES = 2  # sizes are told in half points
_MARKERS = {"yellow": "ffff00", "white": PAPER, "black": INK, "lightGray": "d3d3d3"}


@dataclass(frozen=True)
class HidingStyles:
    """The styles, by their ids, whose text is hidden and whose is crossed out.

    `inks` are the colours of letters, `under` of what tables put under them.
    """

    hidden: AbstractSet[str] = frozenset()
    struck: AbstractSet[str] = frozenset()
    inks: dict[str, str] = field(default_factory=dict)
    under: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Look:
    """How the letters of a run look, so far as it and its style say."""

    hidden: bool = False
    struck: bool = False
    ink: str | None = None
    under: str | None = None

    def take(self, mark: Any) -> None:
        """Take one mark of a run or style."""
        kind = local_name(mark)
        # A run may take back what its style hides, but is crossed out if either says
        # so.
        if kind in _HIDDEN:
            self.hidden = is_on(mark)
        elif kind in _STRUCK:
            self.struck = self.struck or is_on(mark)
        elif kind in ("sz", "szCs"):
            size = attribute(mark, "val") or ""
            self.hidden |= size.isdigit() and is_tiny(int(size) / _HALVES)
        elif kind == "color":
            self.ink = _ink(mark)
        elif kind == "shd":
            self.under = shade(mark)
        elif kind == "highlight":
            self.under = _MARKERS.get(attribute(mark, "val") or "", "808080")

    def is_unseen(self, under: str | None) -> bool:
        """Whether nothing is seen of the letters on a colour."""
        return self.hidden or is_faint(self.ink, self.under or under)


def is_on(mark: Any) -> bool:
    """Whether a mark that is there is not switched off."""
    return attribute(mark, "val") not in _OFF


def shade(mark: Any) -> str | None:
    """The colour that a shading puts under letters; None where it puts none."""
    if mark is None:
        return None
    if theme := attribute(mark, "themeFill"):
        return _THEME.get(theme, "808080")
    return colour(attribute(mark, "fill"))


def _ink(mark: Any) -> str | None:
    theme = attribute(mark, "themeColor")
    if theme in _THEME and not attribute(mark, "themeTint"):
        return _THEME[theme] if not attribute(mark, "themeShade") else None
    return colour(attribute(mark, "val"))


def hiding_styles(root: Any) -> HidingStyles:
    """The styles of a document that say how letters look, with those based on them."""
    looks: dict[str, Look] = {}
    based: dict[str, str] = {}
    under: dict[str, str | None] = {}
    for style in root:
        if local_name(style) != "style":
            continue
        name = attribute(style, "styleId") or ""
        looks[name] = Look()
        for child in style:
            if local_name(child) == "basedOn":
                based[name] = attribute(child, "val") or ""
            elif local_name(child) == "rPr":
                for mark in child:
                    looks[name].take(mark)
        if attribute(style, "type") == "table":
            shades = map(shade, style.iter("{*}shd"))
            under[name] = next((s for s in shades if s not in (None, PAPER)), PAPER)
    for name in list(looks):
        _inherit(name, looks, based)
    return HidingStyles(
        frozenset(name for name, look in looks.items() if look.hidden),
        frozenset(name for name, look in looks.items() if look.struck),
        {name: look.ink for name, look in looks.items() if look.ink},
        under,
    )


def _inherit(name: str, looks: dict[str, Look], based: dict[str, str]) -> None:
    # Styles that are based on each other in a circle end after as many steps as styles.
    above, steps = based.get(name), 0
    while above in looks and steps < len(looks):
        of = looks[above]
        looks[name].hidden |= of.hidden
        looks[name].struck |= of.struck
        looks[name].ink = looks[name].ink or of.ink
        above, steps = based.get(above), steps + 1
