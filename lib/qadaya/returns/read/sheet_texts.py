"""The texts of an .xlsx workbook: of one or several runs, some of them crossed out."""

import re
from typing import Any

from qadaya.returns.read.packages import local_name, parsed
from qadaya.returns.read.sheet_looks import strikes

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(xml: bytes) -> list[str]:
    """The texts that the cells of a workbook share, by number."""
    return [rich_text(one) for one in parsed(xml) if local_name(one) == "si"]


class Struck(str):
    """A text of which nothing is left: all of it is crossed out."""


def rich_text(element: Any) -> str:
    """A text of one or several runs, without those that are crossed out.

    How a word is pronounced is written beside it and is none of the text.
    """
    if len(element) == 1 and local_name(element[0]) == "t":
        return unescaped(element[0].text or "")  # as nearly all are
    pieces: list[str] = []
    struck: list[str] = []
    for child in element:
        kind = local_name(child)
        if kind == "t":
            pieces.append(child.text or "")
        elif kind == "r":
            text = "".join(c.text or "" for c in child if local_name(c) == "t")
            (struck if _is_struck(child) else pieces).append(text)
    if struck and not "".join(pieces).strip():
        return Struck("".join(struck))
    return unescaped("".join(pieces))


def _is_struck(run: Any) -> bool:
    return any(any(map(strikes, marks)) for marks in run if local_name(marks) == "rPr")


def unescaped(text: str) -> str:
    """A text with the characters for which it holds their numbers (`_x000D_`)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)).replace("\r", "\n")
