"""Reads the sheets of an .ods workbook whose cells hold plain texts and nothing else.

As in `plain_sheets`: patterns find the cells, in a fraction of the time of a parser;
any element or attribute that may mean more than its text is left to the parser.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import MOST_COLUMNS, MOST_ROWS, Grid
from qadaya.returns.read.plain_xml import NotPlainError, decoded_text, require_sound
from qadaya.returns.read.seen import SeenCells

# A longer one is left to the parser, which counts what it holds.
_LONG = 60_000_000
_NOT_PLAIN = re.compile(
    rb"<(?!/?(?:table:(?:table-cell|covered-table-cell|table-row|table-column|table"
    rb"|table-columns|table-header-columns|table-rows|table-header-rows"
    rb"|calculation-settings|iteration)|text:p|style:[a-z-]+|number:[a-z-]+"
    rb"|office:(?:document-content|scripts|font-face-decls|automatic-styles|body"
    rb"|spreadsheet))[\s/>]|\?xml |office:forms[^<>]*/>|table:named-expressions/>)"
)
# What hides or computes, and dates, of which only a part may be seen.
_ODD = (
    *(b"visibility=", b"formula=", b"date-value=", b"is-sub-table"),
    *(b"cell-content", b"is-true-formula"),  # looks that depend on a condition
)
_STRIKES = re.compile(rb'line-through-[a-z]+="(?!none")')
# Pale letters, tiny ones, or any on a dark colour.
_FADES = re.compile(
    rb'fo:color="#[c-fC-F]|fo:font-size="[0-2]?(?:\.\d+)?pt|background-color="#[0-9aAbB]'
)
# Rows that may be too low for their letters.
_LOW = re.compile(rb'row-height="(?:0?\.(?:0|10)|[0-2](?:\.\d*)?pt|[01]\.?\d*mm)')
_ODDLY_WRITTEN = re.compile(rb"=[\s']")
_HEAD = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?[^<>]*\?>)?'
    rb"\s*<office:document-content"
)
_NAME = re.compile(rb' table:name="([^"<>]*)"')
_COUNT = re.compile(rb' table:number-(rows|columns)-(repeated|spanned)="(\d{1,9})"')
_CELL = re.compile(
    rb'((?:<table:(?:covered-)?table-cell(?: table:style-name="[^"<>]*")?/>)+)'
    rb"|\s*<table:(covered-)?table-cell((?: [^<>]*?)?)"
    rb"(?:/>|>((?:\s*<text:p>[^<]*</text:p>|\s*<text:p/>)*)\s*"
    rb"</table:(?:covered-)?table-cell>)\s*"
)
_GROUPS = 5  # of the pattern, with what stands before it
_SHORT_STYLES, _SHORT_ROW = 60_000, 4_000
_BODY, _BEGIN = b"<office:body", b"<text:p>"
_TABLE, _ROW = b"<table:table ", b"<table:table-row"
_PARAGRAPH = re.compile(rb"<text:p>([^<]*)</text:p>|<text:p/>")


class _Counts(NamedTuple):
    """How often a row or a cell repeats, and over how many it reaches."""

    rows_repeated: int = 1
    rows_spanned: int = 1
    columns_repeated: int = 1
    columns_spanned: int = 1


_ONCE = _Counts()


def plain_grids(content: bytes) -> list[Grid] | None:
    """One grid per sheet; None where a parser is needed."""
    if len(content) > _LONG or not _is_plain(content):
        return None
    try:
        # A pattern does not see whether elements are closed; damage is the parser's to
        # tell.
        require_sound(content)
        return [_grid(content, *ends) for ends in _tables(content)]
    except NotPlainError:
        return None


def _tables(content: bytes) -> Iterator[tuple[int, int]]:
    """Where each sheet begins and ends."""
    end = 0
    while (start := content.find(_TABLE, end)) >= 0:
        end = content.find(b"</table:table>", start)
        if end < 0:
            raise NotPlainError
        yield start, end


def _is_plain(content: bytes) -> bool:
    body = max(content.find(_BODY), 0)
    styles = _plain_styles_met if body < _SHORT_STYLES else _plain_styles
    return styles(content[:body]) and _is_plain_from(content, body)


def _plain_styles(styles: bytes) -> bool:
    head = _HEAD.match(styles)
    return head is not None and _is_plain_from(styles, head.end())


# Workbooks of one and the same program begin with the same styles.
_plain_styles_met = lru_cache(maxsize=64)(_plain_styles)


def _is_plain_from(content: bytes, start: int) -> bool:
    """Whether nothing from a place on may hide, compute, or mean more than its text."""
    return (
        all(content.find(odd, start) < 0 for odd in (*_ODD, b"\r"))
        # Any other value hides what it stands on.
        and content.count(b":display=", start)
        == content.count(b':display="true"', start)
        and _NOT_PLAIN.search(content, start) is None
        and _ODDLY_WRITTEN.search(content, start) is None
        and _FADES.search(content, start) is None
        and _LOW.search(content, start) is None
        and _STRIKES.search(content, start) is None
    )


def _grid(content: bytes, start: int, end: int) -> Grid:
    name = _NAME.search(content, start, content.find(b">", start))
    # A sheet has a name; without one the pattern has found something else.
    if name is None:
        raise NotPlainError
    cells, row = SeenCells(), 0
    for counts, line in _rows(content, start, end):
        # Only then does the row hold anything; blank ones come by the million.
        if b"<text:p>" in line or b"value" in line:
            _take(cells, row, counts.rows_repeated, line)
        row += counts.rows_repeated
    grid = cells.grid()
    grid.name = decoded_text(name[1])
    return grid


def _rows(content: bytes, start: int, end: int) -> Iterator[tuple[_Counts, bytes]]:
    """What is said of each row, and the cells in it; one at a time, of a long sheet."""
    at = start
    while (at := content.find(_ROW, at, end)) >= 0:
        at += len(_ROW)
        if content.startswith(b"s", at):
            continue  # rows that stand together
        # The attributes of the row, up to the end of its tag.
        attributes = content[at : content.find(b">", at)]
        at += len(attributes) + 1
        if attributes.endswith(b"/"):
            yield _counts(attributes), b""
            continue
        stop = content.find(b"</table:table-row>", at, end)
        if stop < 0:
            raise NotPlainError
        yield _counts(attributes), content[at:stop]
        at = stop


def _take(cells: SeenCells, row: int, repeats: int, line: bytes) -> None:
    most = bounds().cells
    filled = _filled_met if len(line) < _SHORT_ROW else _filled
    for column, counts, text in filled(line):
        end = column + counts.columns_repeated
        # Beyond any sheet: damage, and the parser says what.
        if row + repeats > MOST_ROWS or end > MOST_COLUMNS:
            raise NotPlainError
        if cells.n_cells + repeats * counts.columns_repeated > most:
            raise NotPlainError  # the parser says so
        if counts is _ONCE and repeats == 1:
            if text:
                cells.put(row, column, text)
            continue
        down, across = counts.rows_spanned - 1, counts.columns_spanned - 1
        for at in range(row, row + repeats):
            for place in range(column, end):
                if down or across:
                    cells.merge(at, place, at + down, place + across)
                if text:
                    cells.put(at, place, text)


def _filled(line: bytes) -> list[tuple[int, _Counts, str]]:
    """The column of each cell with a text, what is said of its size, and the text."""
    cells, column = [], 0
    pieces = _CELL.split(line)
    if any(pieces[::_GROUPS]):
        raise NotPlainError  # something stands beside the cells
    for blanks, covered, said, paragraphs in zip(
        *(pieces[group::_GROUPS] for group in range(1, _GROUPS)), strict=True
    ):
        if blanks:
            column += blanks.count(b"/>")
            continue
        counts = _counts(said)
        if paragraphs or b"value-type" in said:
            text = _text(paragraphs or b"")
            if not text and b"value=" in said:
                raise NotPlainError  # a value that comes without its text
            # What lies under a merged cell repeats, but merges nothing itself.
            if covered and counts is not _ONCE:
                counts = _Counts(columns_repeated=counts.columns_repeated)
            cells.append((column, counts, text))
        column += counts.columns_repeated
    return cells


# What stands over the cases and beside them is the same in file after file.
_filled_met = lru_cache(maxsize=2048)(_filled)


def _text(paragraphs: bytes) -> str:
    # One paragraph, as in nearly all cells: no pattern is needed.
    if paragraphs.startswith(_BEGIN) and paragraphs.count(b"<") == 2:
        return decoded_text(paragraphs[len(_BEGIN) : paragraphs.rindex(b"<")]).strip()
    return "\n".join(map(decoded_text, _PARAGRAPH.findall(paragraphs))).strip()


def _counts(said: bytes) -> _Counts:
    if b" table:number-" not in said:
        return _ONCE
    counts = {f"{a.decode()}_{b.decode()}": int(n) for a, b, n in _COUNT.findall(said)}
    return _Counts(**counts)
