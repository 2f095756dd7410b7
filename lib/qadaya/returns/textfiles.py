"""Reads .csv files of any encoding and separator that office programs write."""

import csv
import io

from qadaya.returns.grid import MOST_CELLS, Grid, Unreadable
from qadaya.returns.headings import n_headings

_SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# windows-1256 holds the accented letters of French too; 1252 is for capitals with one.
_GUESSES = ("windows-1256", "windows-1252", "iso-8859-6", "mac-arabic")


def read_csv(content: bytes) -> Grid:
    """The records of a text file; record 1 is row 1, a blank line counts as one."""
    best: list[list[str]] = []
    most = -1
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        for separator in _SEPARATORS:
            records = _records(text, separator)
            found = n_headings(records)
            if found > most:
                best, most = records, found
        if most > 0:
            break
    if most < 0:
        raise Unreadable("kind")
    return Grid(None, best, formulas=_typed_formulas(best))


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
    return ("utf-8", *_GUESSES)


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
