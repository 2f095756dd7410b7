"""What a program printed, as a terminal would show it: colours, lines begun anew."""

import re

from nbconvert.filters.ansi import ansi2html

from qadaya.pages.render.paths import shortened

_TITLES = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_COLOURS = re.compile(r"\x1b\[[0-9;:]*m")
_MOVES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-ln-~]|\x1b[()*+][A-Za-z0-9]|\x1b[^\[\]]")
_BACK = re.compile(r"[^\n\x08]\x08")


def printed_html(text: str) -> str:
    """The text as HTML that stands in a `pre`, without what a terminal acts on."""
    plain = _MOVES.sub("", _TITLES.sub("", text)).replace("\r\n", "\n")
    while _BACK.search(plain):
        plain = _BACK.sub("", plain)
    lines = [_last_written(line) for line in plain.split("\n")]
    printed = shortened("\n".join(lines)).rstrip()
    return str(ansi2html(printed)).replace("\x1b", "").replace("\x08", "")


def _last_written(line: str) -> str:
    """What is left of a line that was begun anew, as a bar of progress is."""
    if "\r" not in line:
        return line
    shown = ""
    for part in line.split("\r"):
        if not part:
            continue
        coloured = _COLOURS.search(part) or _COLOURS.search(shown)
        shown = part if coloured else part + shown[len(part) :]
    return shown
