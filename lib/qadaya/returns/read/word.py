"""Reads Word documents (.docx, .docm, .dotx): their parts, as far as they are seen."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from qadaya.returns.read.grid import Aside, Unreadable
from qadaya.returns.read.items import Pages
from qadaya.returns.read.new_workbooks import described, links, properties
from qadaya.returns.read.packages import Package
from qadaya.returns.read.word_body import BodyReader
from qadaya.returns.read.word_looks import HidingStyles, hiding_styles, is_on
from qadaya.returns.read.xml_parts import attribute, local_name, parsed

_NOTES = ("footnotes", "endnotes")
_DELETED = ("{*}del", "{*}moveFrom")
# A sheet of a workbook that lies in the document, and stands there as a picture.
_OBJECT = re.compile(rb"<(?:\w+:)?OLEObject\s[^<>]*>")
_SHEET = re.compile(rb'ProgID="(?:Excel|opendocument\.Calc|LibreOffice\.Calc)')
# Letters of a pale colour, or of a few half points.
_PALE = re.compile(
    rb'color\s[^<>]*(?:val="[c-fC-F]|(?:background|light)\d)|:sz \w+:val="\d"'
)
ReadChunk = Callable[[bytes], Pages]


def read_word(
    package: Package, main: str, content: bytes, read_chunk: ReadChunk
) -> Pages:
    """A Word document; `content` is its main part.

    `read_chunk` reads a document of another kind that lies whole inside it.
    Raises: Unreadable where it holds one that cannot be read.
    """
    if b"OLEObject" in content and any(map(_is_sheet, _OBJECT.findall(content))):
        raise Unreadable("embedded_sheet")
    root = parsed(content)
    reader = BodyReader(_styles(package, main, content))
    reader.has_boxes = b"txbxContent" in content
    reader.has_pictures = b":blip " in content or b":imagedata " in content
    relations = package.relations(main) if b"altChunk" in content else {}

    def chunk(name: str) -> Pages:
        return read_chunk(package.read(relations[name].part))

    reader.read_chunk = chunk
    pages = Pages([])
    for body in root:
        if local_name(body) == "body":
            pages.items += reader.items(body)
    for kind in ("header", "footer"):
        pages.over += reader.lines(package, _referred(package, main, root, kind))
    pages.under = list(reader.lines(package, package.used(main, *_NOTES)))
    comments = package.used(main, "comments")
    pages.asides += [Aside("comment", t) for t in reader.lines(package, comments)]
    pages.asides += [Aside("deleted", text) for text in _deleted(content, root)]
    pages.asides += reader.asides
    pages.asides += links(package.linked(main))
    pages.asides += described(content, root)
    pages.asides += properties(package)
    return pages


def _is_sheet(said: bytes) -> bool:
    return b'DrawAspect="Icon"' not in said and _SHEET.search(said) is not None


def _styles(package: Package, main: str, content: bytes) -> HidingStyles:
    """The hiding styles; most documents use none, and styles are long to read."""
    uses_styles = b":rStyle" in content or b":pStyle" in content
    if not uses_styles and _PALE.search(content) is None:
        return HidingStyles()
    for part in package.used(main, "styles"):
        styles = package.read(part)
        if b"vanish" in styles or b"strike" in styles or _PALE.search(styles):
            return hiding_styles(parsed(styles))
    return HidingStyles()


def _referred(package: Package, main: str, root: Any, kind: str) -> list[str]:
    """The page headings, or footings, that the pages of a section show."""
    ids = {
        attribute(reference, "id")
        for section in root.iter("{*}sectPr")
        for reference in section
        if local_name(reference) == f"{kind}Reference"
        and _is_shown(package, main, section, attribute(reference, "type"))
    }
    if not ids:
        return []
    relations = package.relations(main)
    parts = [relations[i].part for i in relations if i in ids]
    return [part for part in dict.fromkeys(parts) if part in package]


def _is_shown(package: Package, main: str, section: Any, pages: str | None) -> bool:
    """Whether first or even pages have a heading of their own, where it is for them."""
    if pages == "first":
        return any(local_name(m) == "titlePg" and is_on(m) for m in section)
    if pages == "even":
        settings = (package.read(part) for part in package.used(main, "settings"))
        return any(b":evenAndOddHeaders" in text for text in settings)
    return True


def _deleted(content: bytes, root: Any) -> Iterator[str]:
    if b":delText" not in content and b":moveFrom" not in content:
        return
    for element in root.iter(*_DELETED):
        texts = element.iter("{*}delText", "{*}t")
        text = "".join(t.text or "" for t in texts).strip()
        if text:
            yield text
