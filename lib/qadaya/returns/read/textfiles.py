"""Reads .csv files of any encoding and separator that office programs write."""

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.encodings import texts_of
from qadaya.returns.read.grid import (
    Grid,
    Unreadable,
    require_few,
)
from qadaya.returns.read.headings import OFFICIAL, n_headings

_SEPARATORS = (",", ";", "\t", "|")
# Marks that some programs put so that no cell holds them.
_RARE = "^~\x1f¤§:#!$@؛&*%"
_MOST_LINES = 1_500_000
# A line of a list has at least so many separators; a line inside a cell has not.
_OF_A_RECORD = 3
# A wrong guess puts Arabic letters, capitals or marks inside French words: PREMIبRE.
_TORN_WORD = re.compile(
    "[A-Za-z][\u0620-\u06ff]|[\u0620-\u06ff][A-Za-z]"
    "|[a-z][\u00c0-\u00de\u0160\u017d\u0178\u0152\u201a\u0192\u201e\u2020\u2021\u02c6"
    "\u2030\u2039\u0080-\u00a9]"
)
# So much of a list tells how it is written.
_BEGIN, _NEARLY_ALL = 200_000, 0.8
_KEPT_WHOLE = re.compile(
    r"(?:^|(?<=[,;\t|]))'[^'\n]*[,;\t|][^'\n]*'(?=[,;\t|\r]|$)", re.MULTILINE
)
_IN_DOUBLE_QUOTES = re.compile(r'(?:^|[,;\t|])"', re.MULTILINE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
# What would part cells, or lines, or stand around them; and the mark itself.
_OF_LISTS = frozenset(",;\t|\n\r\"'&<>")
_SWAP = str.maketrans("'\"", "\"'")
_RARE_END = re.compile("[\x0b\x0c\x1e\x85\u2028\u2029]")
_LINE_END = re.compile(r"\r\n|\r|\n")


class _Records(NamedTuple):
    rows: list[list[str]]
    stray: set[int]


class _Guess(NamedTuple):
    """What one encoding and separator make of a file: the more headings the better."""

    n_headings: int
    minus_torn_words: int
    records: _Records

    @property
    def is_sure(self) -> bool:
        return self.n_headings == len(OFFICIAL) and self.minus_torn_words == 0


def read_text(content: bytes) -> Grid:
    """The records of a text file; record 1 is row 1, a blank line counts as one.

    Raises: Unreadable for bytes that are no text, or more of it than a form can hold.
    """
    best: _Guess | None = None
    for guess in _guesses(content):
        # More headings first, then fewer torn words. Of equals the first stays:
        # encodings and separators come in the order of how likely they are.
        if best is None or guess[:2] > best[:2]:
            best = guess
        if best.is_sure:
            break
    if best is None:
        raise Unreadable("kind")
    rows, stray = best.records
    # Counted when the best is known: a wrong separator makes other rows.
    require_few(sum(any(map(str.strip, row)) for row in rows))
    return Grid(None, rows, formulas=_typed_formulas(rows), stray=stray)


def decoded_text(content: bytes) -> str:
    """The text of a page or note, by the likeliest of its encodings."""
    return next(texts_of(content), "")


def _guesses(content: bytes) -> Iterator[_Guess]:
    for text in texts_of(content):
        # Limits before anything is parted: what is too long is not even looked through.
        text = _with_letters(_with_usual_ends(text.rstrip()))
        if text.count("\n") + text.count("\r") > _MOST_LINES:
            raise Unreadable("too_many_rows", _MOST_LINES)
        if len(text) > bounds().letters:
            raise Unreadable("too_much_text", bounds().letters)
        longest = bounds().line_letters
        if len(text) > longest and _longest_line(text) > longest:
            raise Unreadable("too_much_text", longest)
        swapped = _is_in_single_quotes(text)
        if swapped:
            text = text.translate(_SWAP)
        # The same for each separator of an encoding, so it is counted once.
        torn = -len(_TORN_WORD.findall(text))
        for separator in _likely_separators(text):
            records = _records(text, separator)
            if swapped:
                records = records._replace(rows=_swapped_back(records.rows))
            yield _Guess(n_headings(records.rows), torn, records)


def _with_usual_ends(text: str) -> str:
    """The text with one of the usual ends of lines, if it has others."""
    if "\r\n" in text:
        # One that is written as text on Windows is doubled by half.
        return text.replace("\r\r\n", "\r\n")
    if "\n" in text:
        return text.replace("\n\r", "\n")
    return text if "\r" in text else _RARE_END.sub("\n", text)


def _with_letters(text: str) -> str:
    """The text with the letters whose names or numbers a web program wrote.

    Before it is parted: such a name ends with what parts cells in other lists.
    """
    return _ENTITY.sub(_letter, text) if "&" in text else text


def _letter(entity: re.Match[str]) -> str:
    letter = html.unescape(entity[0])
    return entity[0] if letter in _OF_LISTS else letter


def _is_in_single_quotes(text: str) -> bool:
    """Whether single quotation marks stand around cells, as databases write them.

    Around all cells, or around those that would be parted without them.
    """
    text = text[:_BEGIN]
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    quoted = sum(line[0] == line[-1] == "'" and len(line) > 1 for line in lines)
    if quoted > _NEARLY_ALL * len(lines):
        return True
    return _KEPT_WHOLE.search(text) is not None and not _IN_DOUBLE_QUOTES.search(text)


def _swapped_back(rows: list[list[str]]) -> list[list[str]]:
    return [[text.translate(_SWAP) for text in row] for row in rows]


def _longest_line(text: str) -> int:
    return max(map(len, _LINE_END.split(text)))


def _likely_separators(text: str) -> list[str]:
    """The separators, the one that most lines have several of first; then rare ones."""
    lines = text[:_BEGIN].split("\n")
    # A separator stands several times on most lines; a mark inside cells does not.
    several = {
        s: sum(line.count(s) >= _OF_A_RECORD for line in lines)
        for s in (*_SEPARATORS, *_RARE)
    }
    rare = [s for s in _RARE if several[s] > 1]
    return [
        *sorted(_SEPARATORS, key=lambda s: -several[s]),
        *sorted(rare, key=lambda s: -several[s]),
    ]


def _records(text: str, separator: str) -> _Records:
    if text.count(separator) > bounds().cells:
        raise Unreadable("too_many_cells", bounds().cells)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return _line_by_line(text, separator)  # a cell as long as a file
    if (
        '"' in text
        and any(_swallows(row, separator) for row in rows)
        and not _is_sound(text, separator)
    ):
        return _line_by_line(text, separator)
    return _Records(rows, set())


def _swallows(row: list[str], separator: str) -> bool:
    """Whether a cell holds whole records: its quotation mark was never closed."""
    return any(
        any(_is_record(line, separator) for line in _LINE_END.split(cell)[1:])
        for cell in row
        if "\n" in cell or "\r" in cell
    )


def _is_sound(text: str, separator: str) -> bool:
    """Whether a list with cells of several lines is written by all the rules.

    Their records are as long as the longest, and no line with half a pair of marks is
    as long as a record.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = list(reader)
    except csv.Error:
        return False
    width = max(map(len, rows), default=0)
    several = (row for row in rows if any(map(_LINE_END.search, row)))
    return all(len(row) == width for row in several) and not any(
        line.count('"') % 2 and line.count(separator) + 1 == width
        for line in _LINE_END.split(text)
    )


def _is_record(line: str, separator: str) -> bool:
    return line.count(separator) >= _OF_A_RECORD


def _line_by_line(text: str, separator: str) -> _Records:
    """The records of a text in which a quotation mark is never closed.

    A cell goes on over lines that are no records themselves; where a record follows,
    the mark is taken for a slip of the pen.
    """
    lines = _LINE_END.split(text)
    # As wide as most lines are.
    width = Counter(line.count(separator) + 1 for line in lines).most_common(1)[0][0]
    rows: list[list[str]] = []
    stray: set[int] = set()
    number = 0
    while number < len(lines):
        end = _end_of_record(lines, number, separator)
        if end is None:
            stray.add(len(rows))
            rows.append(_without_a_mark(lines[number], separator, width))
            number += 1
        else:
            rows.append(_parsed("\n".join(lines[number : end + 1]), separator))
            number = end + 1
    return _Records(rows, stray)


def _end_of_record(lines: list[str], start: int, separator: str) -> int | None:
    """The line on which the record that starts on one ends, None if it never does."""
    # Marks in pairs: the record ends on its own line.
    if lines[start].count('"') % 2 == 0:
        return start
    for end in range(start + 1, len(lines)):
        # Before the mark that would close the cell stands a record: it was never
        # opened.
        if _is_record(lines[end].partition('"')[0], separator):
            return None
        if lines[end].count('"') % 2 == 1:
            return end
    return None


def _without_a_mark(line: str, separator: str, width: int) -> list[str]:
    """The record of a line with one quotation mark too many."""
    # The mark whose absence makes the record as wide as the others is the slip.
    for position in (m.start() for m in re.finditer('"', line)):
        row = _parsed(line[:position] + line[position + 1 :], separator)
        if len(row) == width:
            return row
    return line.replace('"', "").split(separator)


def _parsed(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _typed_formulas(records: list[list[str]]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, record in enumerate(records)
        for column, text in enumerate(record)
        if text.startswith("=") and len(text) > 1
    }
