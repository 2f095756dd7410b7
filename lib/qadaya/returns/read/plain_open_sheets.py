"""Reads the sheets of an .ods workbook whose cells hold plain texts and nothing else.

As in `plain_sheets`: patterns find the cells, in a fraction of the time of a parser;
any element or attribute that may mean more than its text is left to the parser.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from qadaya.returns.read.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid
from qadaya.returns.read.plain_xml import NotPlainError, decoded_text, require_sound
from qadaya.returns.read.seen import SeenCells

# A longer one is left to the parser, which counts what it holds.
_LONG = 5_000_000
_NOT_PLAIN = re.compile(
    rb"<(?!/?(?:table:(?:table-cell|covered-table-cell|table-row|table-column|table"
    rb"|table-columns|table-header-columns|table-rows|table-header-rows"
    rb"|calculation-settings|iteration)|text:p|style:[a-z-]+|number:[a-z-]+"
    rb"|office:(?:document-content|scripts|font-face-decls|automatic-styles|body"
    rb"|spreadsheet))[\s/>]|\?xml )"
)
# What hides or computes, and dates, of which only a part may be seen.
_ODD = (
    *(b"visibility=", b":display=", b"formula=", b"date-value=", b"is-sub-table"),
    *(b"cell-content", b"is-true-formula"),  # looks that depend on a condition
)
_STRIKES = re.compile(rb'line-through-[a-z]+="(?!none")')
# Pale letters, tiny ones, or any on a dark colour.
_FADES = re.compile(
    rb'fo:color="#[c-fC-F]|fo:font-size="[0-2]?(?:\.\d+)?pt|background-color="#[0-9aAbB]'
)
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
        require_sound(content)
        _, *tables = content.split(b"<table:table ")
        return [_grid(table) for table in tables]
    except NotPlainError:
        return None


def _is_plain(content: bytes) -> bool:
    head = _HEAD.match(content)
    return (
        head is not None
        and not any(odd in content for odd in _ODD)
        and content.find(b"\r", head.end()) < 0
        and _NOT_PLAIN.search(content) is None
        and _ODDLY_WRITTEN.search(content, head.end()) is None
        and _FADES.search(content) is None
        and (b"line-through" not in content or not _STRIKES.search(content))
    )


def _grid(table: bytes) -> Grid:
    head, _, body = table.partition(b">")
    body, ended, _ = body.partition(b"</table:table>")
    name = _NAME.search(b" " + head)
    if not ended or name is None:
        raise NotPlainError
    cells, row = SeenCells(), 0
    _, *lines = body.split(b"<table:table-row")
    for piece in lines:
        if piece.startswith(b"s"):
            continue  # rows that stand together
        said, _, line = piece.partition(b">")
        counts = _counts(said)
        if not said.endswith(b"/"):
            line, ended, _ = line.partition(b"</table:table-row>")
            if not ended:
                raise NotPlainError
            if b"<text:p>" in line or b"value" in line:
                _take(cells, row, counts.rows_repeated, line)
        row += counts.rows_repeated
    grid = cells.grid()
    grid.name = decoded_text(name[1])
    return grid


def _take(cells: SeenCells, row: int, repeats: int, line: bytes) -> None:
    for column, counts, text in _filled(line):
        end = column + counts.columns_repeated
        if row + repeats > MOST_ROWS or end > MOST_COLUMNS:
            raise NotPlainError
        if cells.n_cells + repeats * counts.columns_repeated > MOST_CELLS:
            raise NotPlainError  # the parser says so
        down, across = counts.rows_spanned - 1, counts.columns_spanned - 1
        for at in range(row, row + repeats):
            for place in range(column, end):
                if down or across:
                    cells.merge(at, place, at + down, place + across)
                if text:
                    cells.put(at, place, text)


def _filled(line: bytes) -> Iterator[tuple[int, _Counts, str]]:
    """The column of each cell with a text, what is said of its size, and the text."""
    column = position = 0
    while position < len(line):
        found = _CELL.match(line, position)
        if found is None:
            raise NotPlainError
        position = found.end()
        blanks, covered, said, paragraphs = found.groups()
        if blanks:
            column += blanks.count(b"/>")
            continue
        counts = _counts(said)
        if paragraphs or b"value-type" in said:
            told = _PARAGRAPH.findall(paragraphs or b"")
            text = "\n".join(map(decoded_text, told)).strip()
            if not text and b"value=" in said:
                raise NotPlainError  # a value that comes without its text
            of = _Counts(columns_repeated=counts.columns_repeated)
            yield column, of if covered else counts, text
        column += counts.columns_repeated


def _counts(said: bytes) -> _Counts:
    if b" table:number-" not in said:
        return _ONCE
    told = {f"{a.decode()}_{b.decode()}": int(n) for a, b, n in _COUNT.findall(said)}
    return _Counts(**told)
