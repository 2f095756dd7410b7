"""What the marks of a font, and of a fill, in an .xlsx workbook say of their looks."""

import colorsys
from typing import Any

from qadaya.returns.read.ink import INK, PAPER, colour
from qadaya.returns.read.xml_parts import attribute, local_name

_USUAL_POINTS = 11.0
# The colours of the theme that Excel gives every workbook; of others no more than the
# paper and the ink matter here, and those are the same.
_THEME = (
    *(PAPER, INK, "e7e6e6", "44546a", "4472c4", "ed7d31", "a5a5a5", "ffc000"),
    *("5b9bd5", "70ad47", "0563c1", "954f72"),
)
_EIGHT = (INK, PAPER, "ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff")
_INDEXED = {
    **dict(enumerate((*_EIGHT, *_EIGHT))),
    **{22: "c0c0c0", 23: "808080", 26: "ffffcc", 27: "ccffff", 64: INK, 65: PAPER},
}


def strikes(mark: Any) -> bool:
    """Whether a mark of a font crosses out."""
    return local_name(mark) == "strike" and attribute(mark, "val") not in ("0", "false")


def points_of(marks: Any) -> float:
    """The size of a font, in points."""
    for mark in marks:
        if local_name(mark) == "sz":
            return float(attribute(mark, "val") or _USUAL_POINTS)
    return _USUAL_POINTS


def ink_of(marks: Any) -> str | None:
    """The colour of a font, the usual ink where it names none."""
    for mark in marks:
        if local_name(mark) == "color":
            return _colour(mark, automatic=INK)
    return INK


def under_of(fill: Any) -> str | None:
    """The colour of what a fill puts under its cells; None for a pattern of several."""
    for pattern in fill:
        if local_name(pattern) != "patternFill":
            return None
        kind = attribute(pattern, "patternType") or "none"
        if kind == "none":
            return PAPER
        # A pattern mixes two colours: what lies under the letters is not known.
        if kind != "solid":
            return None
        for mark in pattern:
            if local_name(mark) == "fgColor":
                return _colour(mark, automatic=INK)
    return PAPER


def ground_of_rule(fill: Any) -> str | None:
    """The colour that a rule lays under its cells; None where it lays none.

    In a rule, other than in a style, the second colour is the one that fills.
    """
    for pattern in fill:
        if attribute(pattern, "patternType") in (None, "solid"):
            for mark in pattern:
                if local_name(mark) == "bgColor":
                    return _colour(mark, automatic=PAPER)
    return None


def indexed(number: int) -> str | None:
    """A colour by its number in the list that every program knows."""
    return _INDEXED.get(number)


def themed(number: int, tint: float) -> str | None:
    """A colour of the theme, made lighter (tint above 0) or darker."""
    if not 0 <= number < len(_THEME):
        return None
    six = _THEME[number]
    parts = [int(six[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    hue, light, saturation = colorsys.rgb_to_hls(*parts)
    # Lightness goes by the tint towards black or white ([ECMA-376] part 1, 18.8.3).
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, light, saturation)
    return "".join(f"{round(255 * part):02x}" for part in mixed)


def _colour(mark: Any, *, automatic: str) -> str | None:
    if rgb := attribute(mark, "rgb"):
        return colour(rgb)
    if theme := attribute(mark, "theme"):
        return themed(int(theme), float(attribute(mark, "tint") or 0))
    if number := attribute(mark, "indexed"):
        return indexed(int(number))
    return automatic
