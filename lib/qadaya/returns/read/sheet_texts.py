"""The texts of an .xlsx workbook: of one or several runs, some of them crossed out."""

import re
from typing import Any

from qadaya.returns.read.fonts import ink_of, points_of, strikes
from qadaya.returns.read.ink import is_faint, is_tiny
from qadaya.returns.read.xml_parts import local_name, parsed

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(xml: bytes) -> list[str]:
    """The texts that the cells of a workbook share, by number."""
    return [
        rich_text(element) for element in parsed(xml) if local_name(element) == "si"
    ]


class Struck(str):
    """A text of which nothing is left: all of it is crossed out."""


class NotShown(str):
    """A text of which nothing is seen, by its format, colour or size."""


# The colour of letters that have none of their own.
OF_THE_CELL = "cell"


class OfColours(str):
    """A text with pale letters; what is seen of it depends on what lies under it.

    `runs` are its pieces, each with its colour; `OF_THE_CELL` where it has none.
    """

    runs: list[tuple[str, str | None]]

    def on(self, ink: str | None, under: str | None) -> str:
        """What is seen of the text on a colour, in a cell whose letters have one."""
        seen = "".join(
            text
            for text, own in self.runs
            if not is_faint(ink if own == OF_THE_CELL else own, under)
        )
        return seen if seen.strip() else NotShown(self)


def rich_text(element: Any) -> str:
    """A text of one or several runs, without those that are crossed out.

    How a word is pronounced is written beside it and is none of the text.
    """
    # One text without runs: no look of its own.
    if len(element) == 1 and local_name(element[0]) == "t":
        return unescaped(element[0].text or "")  # as nearly all are
    pieces: list[tuple[str, str | None]] = []
    struck: list[str] = []
    tiny: list[str] = []
    for child in element:
        kind = local_name(child)
        if kind == "t":
            pieces.append((child.text or "", OF_THE_CELL))
        elif kind == "r":
            text = "".join(c.text or "" for c in child if local_name(c) == "t")
            marks = [m for one in child if local_name(one) == "rPr" for m in one]
            if any(map(strikes, marks)):
                struck.append(text)
            elif is_tiny(points_of(marks)):
                tiny.append(text)
            else:
                is_told = any(local_name(mark) == "color" for mark in marks)
                pieces.append((text, ink_of(marks) if is_told else OF_THE_CELL))
    return _seen(pieces, "".join(struck), "".join(tiny))


def _seen(pieces: list[tuple[str, str | None]], struck: str, tiny: str) -> str:
    # Joined before it is unescaped: a number of a character may be parted by a run.
    text = unescaped("".join(piece for piece, _ in pieces))
    # Only where nothing is left: a word crossed out within a text is a correction.
    if not text.strip() and struck:
        return Struck(struck)
    if not text.strip() and tiny:
        return NotShown(tiny)
    # Pale on paper is no proof: the cell may lay a dark ground under it.
    if not any(ink != OF_THE_CELL and is_faint(ink) for _, ink in pieces):
        return text
    coloured = OfColours(text)
    coloured.runs = [(unescaped(piece), ink) for piece, ink in pieces]
    return coloured


def unescaped(text: str) -> str:
    """A text with the characters for which it holds their numbers (`_x000D_`)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    # Lines of a cell end as those of any text.
    return chr(int(match[1], 16)).replace("\r", "\n")
