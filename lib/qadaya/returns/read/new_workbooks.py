"""Reads workbooks of Excel 2007 and later (.xlsx, .xlsm, .xltx) into grids.

Only what is seen on the sheet is read: hidden rows and columns, crossed-out texts and
what lies under a merged cell are kept apart ([ECMA-376] part 1, chapter 18).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import LINKS_TO_PERSONS, Aside, Grid, Unreadable
from qadaya.returns.read.hints import hints_of_sheet, names_of_workbook
from qadaya.returns.read.packages import Package
from qadaya.returns.read.page_lines import page_lines
from qadaya.returns.read.plain_sheets import PlainSheet, plain_sheets
from qadaya.returns.read.seen import SeenCells
from qadaya.returns.read.sheet_cells import SheetReader, filled_sheet
from qadaya.returns.read.sheet_looks import CellStyles, looks_of
from qadaya.returns.read.sheet_texts import shared_texts
from qadaya.returns.read.xml_parts import attribute, local_name, parsed

_TRUE = ("1", "true")
_SHEETS = ("worksheet",)
# The properties of a document are few short texts, each in an element of its own.
_AUTHORS = frozenset({b"creator", b"lastModifiedBy", b"Manager", b"Company"})
_PROPERTY = re.compile(
    rb"<(?:\w+:)?(title|subject|description|keywords|category|lpwstr|creator"
    rb"|lastModifiedBy|Manager|Company)(?:\s[^<>]*)?>([^<]+)<"
)


_SHORT = 20_000


class _Sheet(NamedTuple):
    """A sheet as the workbook lists it; `part` is there the id of its part."""

    name: str
    part: str
    hidden: bool


class _Book(NamedTuple):
    """What the part of a workbook says of it."""

    sheets: list[_Sheet]
    since_1904: bool
    names: list[Aside]


def read_workbook(package: Package, main: str, content: bytes) -> list[Grid]:
    """One grid per sheet; `main` is the part of the workbook and `content` its XML."""
    book = _book_met(content) if len(content) < _SHORT else _book(content)
    sheets = list(_sheets_of_cells(package, main, book))
    if len(sheets) > bounds().sheets:
        raise Unreadable("too_many_sheets", bounds().sheets)
    styles = next((package.read(p) for p in package.used(main, "styles")), b"")
    looks = looks_of(styles, since_1904=book.since_1904)
    plain = plain_sheets(package, main, [sheet.part for sheet in sheets], looks)
    if plain is None:
        grids = _parsed_grids(package, main, sheets, looks)
    else:
        grids = [_as_grid(sheet) for sheet in plain]
    for sheet, grid in zip(sheets, grids, strict=True):
        grid.name, grid.hidden = sheet.name, sheet.hidden
        add_what_lies_beside(package, sheet.part, grid)
    if grids:
        grids[0].asides += [*properties(package), *book.names]
    return grids


def _as_grid(sheet: PlainSheet) -> Grid:
    cells = SeenCells()
    cells.put_all(sheet.texts)
    for (top, left), (bottom, right) in sheet.merged:
        cells.merge(top, left, bottom, right)
    grid = cells.grid()
    grid.before = page_lines(sheet.page_lines)
    grid.asides += [Aside("hint", text) for text in sheet.hints]
    return grid


def _parsed_grids(
    package: Package, main: str, sheets: list[_Sheet], looks: CellStyles
) -> list[Grid]:
    texts = [
        text
        for part in package.used(main, "sharedStrings")
        for text in shared_texts(package.read(part))
    ]
    grids = []
    for sheet in sheets:
        reader = SheetReader(texts, looks)
        xml = filled_sheet(package, sheet.part)
        grid = reader.read(xml)
        grid.asides += [Aside("hint", text) for text in hints_of_sheet(xml)]
        grid.before = page_lines(reader.page_lines)
        grids.append(grid)
    return grids


def properties(package: Package) -> list[Aside]:
    """What the properties of a document say, its authors' names left out.

    Every office program puts the name of its user there; a number or an address of
    that user is no part of a return all the same.
    """
    asides = []
    for name in package.names:
        if name.startswith("docprops/") and name.endswith(".xml"):
            for kind, raw in _PROPERTY.findall(package.read(name)):
                text = unescape(raw.decode("utf-8", "replace")).strip()
                place = "author" if kind in _AUTHORS else "properties"
                if text:
                    asides.append(Aside(place, text))
    return asides


def _book(content: bytes) -> _Book:
    root = parsed(content)
    names = list(names_of_workbook(root))
    return _Book(list(_sheets(root)), _since_1904(root), names)


# Workbooks of one and the same program say the same.
_book_met = lru_cache(maxsize=64)(_book)


def _since_1904(root: Any) -> bool:
    for element in root:
        if local_name(element) == "workbookPr":
            return attribute(element, "date1904") in _TRUE
    return False


def _sheets(root: Any) -> Iterator[_Sheet]:
    for holder in root:
        if local_name(holder) != "sheets":
            continue
        for sheet in holder:
            if not isinstance(sheet.tag, str):
                continue
            hidden = sheet.get("state", "visible") != "visible"
            part = attribute(sheet, "id") or ""
            yield _Sheet(sheet.get("name", ""), part, hidden)


def _sheets_of_cells(package: Package, main: str, book: _Book) -> Iterator[_Sheet]:
    """The sheets of cells in the order of the workbook; charts have none."""
    relations = package.relations(main)
    for sheet in book.sheets:
        relation = relations[sheet.part]
        if relation.kind in _SHEETS:
            yield sheet._replace(part=relation.part)


def add_what_lies_beside(package: Package, part: str, grid: Grid) -> None:
    """The comments on a sheet, and the text boxes drawn on it."""
    for relation in package.relations(part).values():
        if relation.part not in package or relation.part.endswith(".bin"):
            continue
        if relation.kind in ("comments", "threadedComment"):
            grid.asides += _comments(package.parsed(relation.part))
        elif relation.kind == "drawing":
            drawing = package.read(relation.part)
            root = parsed(drawing)
            grid.before += text_boxes(root)
            grid.asides += described(drawing, root)
            if b"pic>" in drawing:
                grid.pictures |= set(_pictures(root))
    grid.asides += links(package.linked(part))


def _pictures(root: Any) -> Iterator[tuple[int, int]]:
    """The cell in which the middle of each picture on a sheet lies."""
    for anchor in root:
        places = [
            [_number(at.text or "") for at in anchor.iter(f"{{*}}{name}")]
            for name in ("row", "col")
        ]
        if all(places) and next(anchor.iter("{*}blip"), None) is not None:
            row, column = (sum(corners) // len(corners) for corners in places)
            yield row, column


def _number(text: str) -> int:
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def links(addresses: list[str]) -> list[Aside]:
    """The addresses of links that are those of persons; a link to a law is none."""
    return [
        Aside("link", unquote(address.partition(":")[2]))
        for address in addresses
        if address.lower().startswith(LINKS_TO_PERSONS)
    ]


def described(content: bytes, root: Any) -> list[Aside]:
    """What is said of pictures and shapes for those who cannot see them."""
    if b" descr=" not in content and b" title=" not in content:
        return []
    return [
        Aside("description", text)
        for shape in root.iter("{*}docPr", "{*}cNvPr")
        for name in ("title", "descr")
        if (text := shape.get(name, "").strip())
    ]


def _comments(root: Any) -> Iterator[Aside]:
    for comment in root.iter("{*}comment", "{*}threadedComment"):
        text = "".join(t.text or "" for t in comment.iter("{*}t", "{*}text"))
        if text.strip():
            yield Aside("comment", text.strip(), attribute(comment, "ref"))


def text_boxes(root: Any) -> list[str]:
    """The paragraphs of the shapes that are drawn on a page."""
    paragraphs = (
        "".join(t.text or "" for t in paragraph.iter("{*}t"))
        for paragraph in root.iter("{*}p")
    )
    return [text.strip() for text in paragraphs if text.strip()]
