"""Reads the sheets of an .xlsx workbook that are written as programs mostly write them.

Their cells stand one after the other in one and the same form, and one pattern finds
all that hold something, in a fifth of the time of a parser. Where any byte may mean
more than that (hidden, crossed out, computed, an error), a parser reads the workbook.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import (
    MOST_ROWS,
    Unreadable,
    column_of,
    place_of,
    require_few,
)
from qadaya.returns.read.hints import hints_of_sheet
from qadaya.returns.read.packages import Package
from qadaya.returns.read.plain_xml import NotPlainError, decoded_text, require_sound
from qadaya.returns.read.sheet_cells import holds_nothing, seen_page_lines
from qadaya.returns.read.sheet_looks import CellStyles
from qadaya.returns.read.sheet_texts import shared_texts
from qadaya.returns.read.xml_parts import parsed

# Longer parts are read row by row, in little memory.
_LONG = 60_000_000
# Anything but the elements of sheets that show their values and nothing besides: no
# formulas, filters, runs of their own look, or readings. A list of all elements would
# take longer, and much memory for a long sheet.
_NOT_PLAIN = re.compile(
    rb"<(?!/?(?:c|v|t|is|row|mergeCell|col|worksheet|sheetPr|pageSetUpPr|outlinePr"
    rb"|tabColor|dimension|sheetViews|sheetView|pane|selection|sheetFormatPr|cols"
    rb"|sheetData|mergeCells|headerFooter|oddHeader|oddFooter|evenHeader|evenFooter"
    rb"|firstHeader|firstFooter|pageMargins|pageSetup|printOptions|drawing"
    rb"|legacyDrawing|phoneticPr|sheetProtection|dataValidations|dataValidation"
    rb"|formula1|formula2|ignoredErrors|ignoredError|hyperlinks|hyperlink|autoFilter"
    rb"|rowBreaks|colBreaks|brk)[\s/>]|\?xml )"
)
_NOT_PLAIN_TEXTS = re.compile(
    rb"<(?!/?(?:si|t|r|sst|rPr|sz|color|rFont|family|scheme|charset|b|i|u)[\s/>]"
    rb"|\?xml )"
)
# Hidden or flat rows and columns, and errors.
_ODD = re.compile(rb' (?:hidden="[^0f]|width="0|ht="[0-2](?:\.|")|t="[ed]")')
# Attributes that are written as no office program writes them.
_ODDLY_WRITTEN = re.compile(rb"=[\s']")
_HEAD = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?[^<>]*\?>)?'
    rb"\s*<(?:worksheet|sst)[\s>]"
)
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="\d{1,6}")?'
    rb'(?: t="(s|n|b|str|inlineStr)")?>'
    rb'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)</c>'
)
_GROUPS = 6  # of the pattern, with what stands before it
_ALIKE = bytes.maketrans(b"23456789", b"11111111")
# What follows `<row` in one that is closed and holds blank cells.
_WHOLE_ROW = re.compile(
    rb"\s[^<>]*(?<!/)>(?:<c\s[^<>]*(?:/>|(?<!/)></c>))*</row>\s*"
    rb"|\s[^<>]*/>\s*"
)
_VALUES = re.compile(rb"</?(?:v|is|t)[\s/>]")
_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_PIECE, _SHORT, _ROW_END = 1_000_000, 20_000, b"</row>"
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"\s?/>')
_PAGE_LINES = re.compile(rb"<headerFooter[\s>].*?</headerFooter>", re.DOTALL)


class PlainSheet(NamedTuple):
    """A sheet: texts by row and column, and merged areas from corner to corner."""

    texts: dict[int, dict[int, str]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    page_lines: list[str]
    hints: list[str]


class _Frame(NamedTuple):
    """What a sheet says besides its cells."""

    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    page_lines: list[str]
    hints: list[str]


def plain_sheets(
    package: Package, main: str, parts: list[str], looks: CellStyles
) -> list[PlainSheet] | None:
    """The sheets that these parts are; None where a parser is needed.

    Raises: Unreadable for more cells than any form has.
    """
    shared = package.used(main, "sharedStrings")
    # Looks that hide or date a cell need the parser, which knows the style of each.
    if not looks.is_plain or len(shared) > 1:
        return None
    if sum(map(package.size, [*shared, *parts])) > _LONG:
        return None
    try:
        texts = [text for part in shared for text in _shared(package.read(part))]
        return [_sheet(package.read(part), texts, looks) for part in parts]
    except NotPlainError:
        return None


def _shared(xml: bytes) -> list[str]:
    # Texts and what stands between them by turns: between two must be nothing.
    before, *pieces = _TEXT.split(xml)
    after = pieces[1::2]
    if (
        _is_plain(before)
        and after
        and after[-1].strip() == b"</sst>"
        and not any(after[:-1])
    ):
        require_sound(before + after[-1])
        return [decoded_text(piece) for piece in pieces[::2]]
    # Some text has runs: the parser reads them, if no mark in them can hide letters.
    if _NOT_PLAIN_TEXTS.search(xml) or not _is_plain(xml):
        raise NotPlainError
    texts = shared_texts(xml)
    if any(type(text) is not str for text in texts):
        raise NotPlainError  # some of their letters may not be seen
    return texts


def _is_plain(xml: bytes) -> bool:
    head = _HEAD.match(xml)
    return (
        head is not None
        and xml.find(b"\r", head.end()) < 0
        # "_x000D_" stands for a character by its number.
        and b"_x" not in xml
        and not _ODDLY_WRITTEN.search(xml)
    )


def _sheet(xml: bytes, shared: list[str], looks: CellStyles) -> PlainSheet:
    # Counted before a single one is taken.
    if xml.count(b"</c>") > bounds().cells:
        raise Unreadable("too_many_cells", bounds().cells)
    texts: dict[int, dict[int, str]] = {}
    left_over = []
    for piece in _pieces(xml):
        left_over.append(_take(piece, texts, shared, looks))
        if len(texts) > bounds().rows:
            require_few(sum(any(map(str.strip, t.values())) for t in texts.values()))
    if max(texts, default=0) >= MOST_ROWS:
        raise NotPlainError
    # All that was no cell with something in it: it must be sound and plain by itself.
    frame = _without_repeats(b"".join(left_over))
    besides = _short_frame(frame) if len(frame) < _SHORT else _frame(frame)
    # What the pattern left out is written in some other way.
    if besides is None:
        raise NotPlainError
    return PlainSheet(texts, *besides)


def _pieces(xml: bytes) -> Iterator[bytes]:
    """A sheet in pieces, so that what a pattern finds takes little memory."""
    at = 0
    while at < len(xml):
        # Pieces end with a row; where there is no further one (find gives -1), with the
        # sheet.
        end = xml.find(_ROW_END, at + _PIECE) + len(_ROW_END)
        end = len(xml) if end < len(_ROW_END) else end
        yield xml[at:end]
        at = end


def _take(
    xml: bytes, texts: dict[int, dict[int, str]], shared: list[str], looks: CellStyles
) -> bytes:
    """Take the cells of a piece; what of it is no cell that holds something."""
    if b"_x" in xml:
        raise NotPlainError
    if holds_nothing(xml):
        return b""  # blank rows, of which there may be thousands
    if b"</c>" not in xml:
        return xml
    pieces = _CELL.split(xml)
    n_shared = len(shared)
    # The row comes from the text before its first cell, and its cells repeat the
    # number.
    row, into = b"", {}
    for before, letters, number, kind, value, text in zip(
        *(pieces[first::_GROUPS] for first in range(_GROUPS)), strict=False
    ):
        # A cell that says another row than the one it stands in is damaged.
        if number == row:
            if before and b"<row" in before:
                raise NotPlainError
        elif b'<row r="%b"' % number in before:
            row, into = number, texts.setdefault(int(number) - 1, {})
        else:
            raise NotPlainError
        if text is not None:
            shown = decoded_text(text)
        elif kind == b"s" and value.isdigit() and (at := int(value)) < n_shared:
            shown = shared[at]
        else:
            shown = _value(value, kind, looks)
        if shown:
            into[_column(letters)] = shown
    return b"".join(pieces[::_GROUPS])


def _without_repeats(xml: bytes) -> bytes:
    """A long sheet with one each of its blank rows that differ by their numbers only.

    What is looked for in them is a zero or another number, whatever its digits.
    """
    begin, end = xml.find(b"<row"), xml.rfind(b"</row>") + len(b"</row>")
    if len(xml) < _SHORT or begin < 0 or end < begin:
        return xml
    # Digits from 2 to 9 become 1, so that only zeros are told apart: hidden="0",
    # ht="0".
    rows = dict.fromkeys(xml[begin:end].translate(_ALIKE).split(b"<row"))
    rows.pop(b"")
    if not all(_WHOLE_ROW.fullmatch(row) for row in rows):
        return xml
    return b"".join((xml[:begin], *(b"<row" + row for row in rows), xml[end:]))


def _frame(xml: bytes) -> _Frame | None:
    """What a sheet without its cells says; None where only a parser can tell."""
    if _ODD.search(xml) or _NOT_PLAIN.search(xml) or _VALUES.search(xml):
        return None
    try:
        if not _is_plain(xml):
            return None
        require_sound(xml)
        return _Frame(_merged(xml), _page_lines(xml), hints_of_sheet(xml))
    except NotPlainError:
        return None


# Without the cells, many sheets of the same program are one and the same.
_short_frame = lru_cache(maxsize=256)(_frame)


def _value(value: bytes, kind: bytes | None, looks: CellStyles) -> str:
    # A shared text that is not there, of which the parser tells how it was damaged; or
    # a text of its own, which stands in another element.
    if kind in (b"s", b"inlineStr"):
        raise NotPlainError
    text = decoded_text(value)
    if kind == b"str":
        return text
    if kind == b"b":
        return "TRUE" if text.strip() in ("1", "true", "on") else "FALSE"
    return looks.number(text, None) if text.strip() else ""


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_of(letters.decode())


def _merged(xml: bytes) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    areas = _MERGED.findall(xml)
    # One that the pattern did not find is written some other way.
    if len(areas) != xml.count(b"<mergeCell "):
        raise NotPlainError
    return [(place_of(top.decode()), place_of(end.decode())) for top, end in areas]


def _page_lines(xml: bytes) -> list[str]:
    found = _PAGE_LINES.search(xml)
    return seen_page_lines(parsed(found[0])) if found else []
