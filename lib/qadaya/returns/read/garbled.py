"""Recognises a form whose letters or columns were lost on its way, to say so."""

import html
import quopri
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import ftfy

from qadaya.returns.read.encodings import LOST
from qadaya.returns.read.grid import Grid
from qadaya.returns.read.headings import OFFICIAL, heading_column

_ENOUGH = 3
_MOST_LINES = 200
_MOST_LETTERS = 400
# Marks that part nothing in a sentence, so that they may part columns.
_MARKS, _MOST_MARKS = re.compile(r"[^\w\s.()\"'’«»]{1,2}|_"), 4
_SEPARATORS = (*",;\t|^:~#", "  ")
# Encodings in which UTF-8 was read by mistake that `ftfy` does not know; then those of
# Western Europe, in which the Arabic ones are read. Bytes that one of these does not
# have are letters all the same.
_MISTAKEN = ("cp1256", "cp720", "iso-8859-6", "mac-arabic")
_WESTERN = ("sloppy-windows-1252", "latin-1", "mac-roman", "cp850", "cp437")
_NUMBERED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_ARABIC = ("utf-8", "cp1256", "iso-8859-6")


def what_happened(grids: list[Grid]) -> str | None:
    """Why no form is found on sheets that seem to hold one; a key of `REASONS`.

    mojibake (UTF-8 read in another encoding), letters_lost (question marks stand for
    letters), reversed (each line from its end), one_column, odd_separator; None for
    anything else.
    """
    texts = [text for grid in grids for text in _texts(grid)]
    if _names(texts):
        return None  # the headings can be read, and stand in some other way
    # The form is tried in each way in which it may have been harmed, the slightest harm
    # first; its own headings tell when the right one is found.
    if _names([part for text in texts for part in _split(text, _SEPARATORS)]):
        return "one_column"
    if _names([part for text in texts for part in _split(text, _marks_of(texts))]):
        return "odd_separator"
    # Letter by letter, or word by word, as programs that know no Arabic write it.
    if _names([text[::-1] for text in texts]) or _names(
        [" ".join(word[::-1] for word in text.split()) for text in texts]
    ):
        return "reversed"
    if _names([fixed for text in texts for fixed in _repaired(text)]):
        return "mojibake"
    return "letters_lost" if _has_lost_letters(texts) else None


def _texts(grid: Grid) -> Iterator[str]:
    yield from grid.before[:_MOST_LINES]
    for row in grid.rows[:_MOST_LINES]:
        for text in row:
            if text.strip():
                yield text[:_MOST_LETTERS].strip()


def _names(texts: list[str]) -> bool:
    """Whether enough of the texts are headings of the form."""
    named = {heading_column(text) for text in texts}
    return len(named & set(OFFICIAL)) >= _ENOUGH


def _marks_of(texts: list[str]) -> list[str]:
    """The marks that stand in the texts most often, in ones and in twos."""
    marks = Counter(m for text in texts for m in _MARKS.findall(text))
    return [mark for mark, _ in marks.most_common(_MOST_MARKS)]


def _split(text: str, separators: Iterable[str]) -> list[str]:
    for separator in separators:
        if text.count(separator) >= _ENOUGH:
            parts = (part.strip(' "') for part in text.split(separator))
            return [part for part in parts if part]
    return []


def _repaired(text: str) -> Iterator[str]:
    if text.isascii():
        yield from (undone(text) for undone in _ESCAPES)
        return
    # All ways back are tried; a wrong one names no heading.
    yield ftfy.fix_encoding(text)
    for encoding in _MISTAKEN:
        try:
            yield text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    for western in _WESTERN:
        # Back to the bytes, as far as there are any, and read as Arabic.
        mistaken = text.encode(western, "ignore")
        for arabic in _ARABIC:
            yield mistaken.decode(arabic, "ignore")


def _from_quoted(text: str) -> str:
    return quopri.decodestring(text.encode()).decode("utf-8", "ignore")


def _from_numbers(text: str) -> str:
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)


# How programs and mails write letters that they do not trust the next one with.
_ESCAPES = (html.unescape, unquote, _from_quoted, _from_numbers)


def _has_lost_letters(texts: list[str]) -> bool:
    """Whether most of what stands there is signs for letters that were lost."""
    letters = "".join("".join(texts).split())
    # A third of all letters, and more than a few questions would have.
    lost = letters.count("?") + letters.count(LOST)
    return lost > 20 and 3 * lost > len(letters)
