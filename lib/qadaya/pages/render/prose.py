"""A notebook's prose, piece by piece, in the language of the page.

Notebooks are English in git. A *piece* is a heading, a paragraph, a list item or a cell
of a table; its text on one line is the msgid in the catalogue `notebooks`. Names in
braces, {year} say, are filled in after translation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from qadaya.language import translator

PLACEHOLDERS = (
    "year",
    "previous_year",
    "first_year",
    "last_year",
    "edition",
    "as_of",
)

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^(#{1,6}\s+)(.*?)\s*#*$")
_ITEM = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+)(.*)$")
_QUOTE = re.compile(r"^(\s*>\s?)(.*)$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")


@dataclass(frozen=True)
class Piece:
    """A stretch of markdown: what stands before its text, the text, what follows."""

    before: str
    text: str
    after: str = "\n\n"
    translatable: bool = True

    @property
    def level(self) -> int:
        """1 to 6 for a heading, else 0."""
        return len(self.before.strip()) if self.before.startswith("#") else 0

    @property
    def markdown(self) -> str:
        return f"{self.before}{self.text}{self.after}"


def pieces(source: str) -> list[Piece]:
    """The pieces of one markdown cell, in order; joined they read as before."""
    return list(chain.from_iterable(found for _, found in _stretches(source)))


def translated(source: str, language: str) -> str:
    """A markdown cell in a language.

    What the catalogue does not know stays as it was typed, to the letter: it may be of
    a kind that is no piece.
    """
    gettext = translator(language, "pages.notebooks").gettext
    done = ""
    for raw, found in _stretches(source):
        pieces = [
            replace(piece, text=gettext(piece.text)) if piece.translatable else piece
            for piece in found
        ]
        done += raw if pieces == found else "".join(piece.markdown for piece in pieces)
    return done


def _stretches(source: str) -> Iterator[tuple[str, list[Piece]]]:
    """Lines that belong together, as typed, and the pieces in them."""
    lines = source.splitlines()
    while lines:
        before, line = list(lines), lines[0]
        pieces: list[Piece] = []
        if not line.strip():
            lines.pop(0)
        elif _FENCE.match(line):
            pieces = [Piece("", _take_fence(lines), translatable=False)]
        elif heading := _HEADING.match(line):
            lines.pop(0)
            pieces = [Piece(heading[1], heading[2])]
        elif _ROW.match(line):
            pieces = list(_take_table(lines))
        else:
            pieces = [_take_paragraph(lines)]
        taken = before[: len(before) - len(lines)]
        yield "".join(f"{line}\n" for line in taken), pieces


def filled(text: str, values: Mapping[str, object]) -> str:
    """A text with {year} and its like replaced; other braces stay as they are."""
    for name in PLACEHOLDERS:
        if values.get(name) is not None:
            text = text.replace(f"{{{name}}}", str(values[name]))
    return text


def _take_fence(lines: list[str]) -> str:
    opening = _FENCE.match(lines[0])
    taken = [lines.pop(0)]
    while lines:
        taken.append(lines.pop(0))
        if opening and taken[-1].strip().startswith(opening[1]):
            break
    return "\n".join(taken)


def _take_table(lines: list[str]) -> Iterator[Piece]:
    while lines and _ROW.match(lines[0]):
        cells = lines.pop(0).strip().strip("|").split("|")
        for place, cell in enumerate(cells):
            words = bool(re.search(r"\w", cell))
            last = place == len(cells) - 1
            yield Piece("| ", cell.strip(), " |\n" if last else " ", words)
    yield Piece("", "", "\n", translatable=False)


def _take_paragraph(lines: list[str]) -> Piece:
    first = lines.pop(0)
    start = _ITEM.match(first) or _QUOTE.match(first)
    before, words = (start[1], [start[2]]) if start else ("", [first])
    while lines and lines[0].strip() and not _starts_another(lines[0]):
        words.append(lines.pop(0))
    # Items of one list stay together: a blank line between them would loosen it.
    together = bool(start and lines and _ITEM.match(lines[0]))
    text = " ".join(word.strip(" \t>" if start else None) for word in words)
    return Piece(before, text.strip(), "\n" if together else "\n\n")


def _starts_another(line: str) -> bool:
    patterns = (_FENCE, _HEADING, _ITEM, _ROW)
    return any(pattern.match(line) for pattern in patterns)
