"""Reads .csv files of any encoding and separator that office programs write."""

import csv
import io
import re
from typing import NamedTuple

from qadaya.returns.read.grid import MOST_CELLS, Grid, Unreadable
from qadaya.returns.read.headings import n_headings

_SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# windows-1256 holds the accented letters of French too; 1252 is for capitals with one.
_GUESSES = ("windows-1256", "windows-1252", "iso-8859-6", "mac-arabic")

# A wrong guess puts Arabic letters inside French words: PREMIبRE.
_TORN_WORD = re.compile("[A-Za-z][\u0620-\u064a]|[\u0620-\u064a][A-Za-z]")


class _Reading(NamedTuple):
    """What one encoding and separator make of a file: the more headings the better."""

    n_headings: int
    minus_torn_words: int
    records: list[list[str]]


def read_csv(content: bytes) -> Grid:
    """The records of a text file; record 1 is row 1, a blank line counts as one."""
    readings = [
        _Reading(n_headings(records), -len(_TORN_WORD.findall(text)), records)
        for encoding in _encodings(content)
        if (text := _decoded(content, encoding)) is not None
        for records in (_records(text, separator) for separator in _SEPARATORS)
    ]
    if not readings:
        raise Unreadable("kind")
    best = max(readings, key=lambda reading: reading[:2])
    return Grid(None, best.records, formulas=_typed_formulas(best.records))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    # Without a mark, every other byte of UTF-16 text in Latin letters is zero.
    if content[1::2].count(0) > len(content) // 8:
        return ("utf-16-le",)
    if content[::2].count(0) > len(content) // 8:
        return ("utf-16-be",)
    if b"\0" in content:
        raise Unreadable("kind")
    # Text of another encoding is hardly ever valid UTF-8 by chance.
    return _GUESSES if _decoded(content, "utf-8") is None else ("utf-8",)


def _records(text: str, separator: str) -> list[list[str]]:
    if text.count(separator) > MOST_CELLS:
        raise Unreadable("too_large")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return list(reader)
    except csv.Error as error:
        raise Unreadable("damaged") from error


def _typed_formulas(records: list[list[str]]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, record in enumerate(records)
        for column, text in enumerate(record)
        if text.startswith("=") and len(text) > 1
    }
