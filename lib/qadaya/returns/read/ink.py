"""Whether letters can be seen: their colour beside what lies under them, their size."""

import re
from functools import lru_cache

PAPER, INK = "ffffff", "000000"
# Of fewer points nobody reads a letter; pale grey is a little above this contrast.
_LEAST_POINTS, _LEAST_CONTRAST = 3, 1.2
_NAMES = {"white": PAPER, "black": INK, "snow": "fffafa", "ivory": "fffff0"}
_HEX = re.compile(r"#?(?:[0-9a-f]{2})?([0-9a-f]{6})")
_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_PARTS = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,[\d.]+)?\)")


@lru_cache(maxsize=1024)
def colour(text: str | None) -> str | None:
    """A colour as six figures, from ffrrggbb, #rgb, rgb() or a name; else None."""
    typed = "".join((text or "").lower().split())
    if found := _HEX.fullmatch(typed):
        return found[1]
    if found := _SHORT.fullmatch(typed):
        return "".join(2 * figure for figure in found.groups())
    if found := _PARTS.fullmatch(typed):
        return "".join(f"{min(255, int(part)):02x}" for part in found.groups())
    return _NAMES.get(typed)


@lru_cache(maxsize=1024)
def is_faint(letters: str | None, under: str | None = PAPER) -> bool:
    """Whether letters are lost on what lies under them; None is a colour not known."""
    if letters is None or under is None:
        return False
    # Contrast as [WCAG] 2.1 has it: (lighter + 0.05) / (darker + 0.05), from 1 to 21.
    one, other = sorted(map(_luminance, (letters, under)))
    return (other + 0.05) / (one + 0.05) < _LEAST_CONTRAST


def is_tiny(points: float) -> bool:
    """Whether letters of that size are too small to be seen."""
    return points < _LEAST_POINTS


def _luminance(six: str) -> float:
    """The relative luminance of a colour, 0 to 1 ([WCAG] 2.1)."""
    parts = [int(six[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
