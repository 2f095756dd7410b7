"""Ticked boxes: which of the choices in a cell is the one that was ticked."""

import re
from functools import lru_cache

TICKED, UNTICKED = "☒", "☐"
# An answer that is still owed, as a question mark is.
UNCERTAIN = "؟"
_CROSSES = frozenset("✗✘❌")
# Letters that the fonts of symbols draw as boxes and ticks, by the number of the
# letter; Word writes them from F000 on as well.
_WINGDINGS = {
    **dict.fromkeys((0xFE, 0xFD, 0xFC, 0x78), TICKED),
    **dict.fromkeys((0xA8, 0x6F, 0x71, 0x72), UNTICKED),
}
_WINGDINGS_2 = {
    **dict.fromkeys((0x52, 0x53, 0x54, 0x50, 0x51, 0x4F, 0x56), TICKED),
    **dict.fromkeys((0xA3, 0x2A, 0x30), UNTICKED),
}
_WEBDINGS = {0x61: TICKED, 0x72: TICKED, 0x63: UNTICKED}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
}
_FIRST_SIGN, _OWN_SIGNS = 0x2000, range(0xE000, 0xF900)
_YES = r"☑|☒|✓|✔|✅|🗹|■|◼|⬛|●|◉|⦿|🔘|\[\s?[xX×✓✔]\s?\]|\(\s?[xX×✓✔]\s?\)"
_NO = r"☐|□|◻|⬜|○|◯|⚪|❏|❑|✗|✘|❌|\[\s*\]|\(\s*\)"
_MARK = re.compile(rf"(?P<yes>{_YES})|(?P<no>{_NO})")
# With what a mark begins: most cells have no such letter, and need no pattern.
_BEGINNINGS = frozenset("☑☒✓✔✅🗹■◼⬛●◉⦿🔘☐□◻⬜○◯⚪❏❑✗✘❌[(")


def symbol(font: str, number: int) -> str | None:
    """The sign that a letter of a symbol font draws, None for any other letter."""
    if number >= _FIRST_SIGN and number not in _OWN_SIGNS:
        return chr(number)  # a sign by its own number, whatever the font
    return _FONTS.get(font.strip().lower(), {}).get(number & 0xFF)


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font are signs."""
    return font.strip().lower() in _FONTS


def box(ticked: bool) -> str:
    """The sign for a box."""
    return TICKED if ticked else UNTICKED


def is_only_a_tick(text: str) -> bool:
    """Whether a box is ticked, or a cross made, and no choice stands beside it."""
    if _BEGINNINGS.isdisjoint(text):
        return False
    marks = [
        mark for mark in _MARK.finditer(text) if mark["yes"] or mark[0] in _CROSSES
    ]
    return bool(marks) and not chosen(text)


@lru_cache(maxsize=8192)
def chosen(text: str) -> str:
    """The choices of a cell that are ticked; any other text as it is.

    A box stands before its choice, or after it where the cell begins with a choice.
    Empty where no box is ticked, UNCERTAIN where a box may belong to either side.
    """
    if _BEGINNINGS.isdisjoint(text):
        return text
    marks = list(_MARK.finditer(text))
    if not marks:
        return text
    before, after = text[: marks[0].start()].strip(), text[marks[-1].end() :].strip()
    unmarked = _MARK.sub(" ", text).strip()
    crosses = [mark for mark in marks if mark[0] in _CROSSES]
    if unmarked and len(crosses) == len(marks):
        return UNCERTAIN  # chosen, or ruled out
    if before and after and not before.endswith(":"):
        return unmarked if len(marks) == 1 and marks[0]["yes"] else UNCERTAIN
    starts = [mark.start() for mark in marks]
    ends = [mark.end() for mark in marks]
    if before and not after:
        choices = [text[a:b] for a, b in zip([0, *ends], starts, strict=False)]
    else:
        choices = [
            text[a:b] for a, b in zip(ends, [*starts[1:], len(text)], strict=True)
        ]
    # A cross beside empty boxes ticks; beside a tick it rules out.
    ticks = [mark for mark in marks if mark["yes"]] or crosses
    ticked = [
        choice.strip()
        for mark, choice in zip(marks, choices, strict=True)
        if mark in ticks
    ]
    return " ".join(filter(None, ticked))
