"""Reads web pages, saved as .html, .mht, or called .xls by the program that wrote them.

Case management systems export their lists so, and Excel opens them without a word.
"""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from lxml import html

from qadaya.returns.code.ticks import box
from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import Aside, Unreadable, Unseen
from qadaya.returns.read.items import Item, Pages, require_narrow, require_shallow
from qadaya.returns.read.page_looks import (
    STRUCK,
    asides_of,
    has_hidden,
    is_hidden,
    is_struck,
    struck_text,
    with_class_styles,
)
from qadaya.returns.read.textfiles import decoded_text

_NO_TEXT = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "datalist", "object"}
)
_BLOCKS = frozenset(
    {
        *("p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "hr"),
        *("section", "article", "header", "footer", "center", "blockquote", "pre"),
    }
)
_MOST_PARTS = 200
# A row of a sheet reaches no further down than this.
_MOST_ROWS_SPANNED = 65_534


def read_web_page(content: bytes) -> Pages:
    """The paragraphs and tables of a page.

    Raises: Unreadable for a page that only frames others.
    """
    # Decoded by us, since pages often say another encoding than they have.
    text = decoded_text(content)
    parser = html.HTMLParser(huge_tree=False, remove_pis=True)
    root = html.document_fromstring(_without_declaration(text), parser=parser)
    if next(root.iter("frameset"), None) is not None:
        raise Unreadable("web_frames")
    with_class_styles(root)
    reader = _Reader()
    pages = Pages(list(reader.items(root)))
    pages.asides = [*reader.asides, *asides_of(root)]
    return pages


def read_web_archive(content: bytes) -> list[tuple[str | None, Pages]]:
    """The pages of a web archive that hold a table, each with its name.

    Raises: Unreadable where none of its parts is a page.
    """
    mail = email.message_from_bytes(content, policy=email.policy.default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/html"]
    if not parts:
        raise Unreadable("mail")
    if len(parts) > _MOST_PARTS:
        raise Unreadable("too_many_parts", _MOST_PARTS)
    named_pages = []
    for part in parts:
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and b"<table" in body.lower():
            named_pages.append((_name_of(part), read_web_page(body)))
    if len(named_pages) == 1:
        named_pages = [(None, named_pages[0][1])]
    return named_pages or [(None, Pages([]))]


def _name_of(part: Any) -> str | None:
    assert isinstance(part, EmailMessage)  # by the policy
    place = unquote(str(part.get("Content-Location", "")))
    return place.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or None


def _without_declaration(text: str) -> str:
    """The page without what it says of its encoding, which was heeded already."""
    if text.lstrip().startswith("<?xml"):
        return text[text.find("?>") + 2 :]
    return text


class _Reader:
    def __init__(self) -> None:
        self.asides: list[Aside] = []
        self._n_cells = 0

    def items(self, container: Any, depth: int = 0) -> Iterator[Item]:
        """The lines and tables of a page or of a cell, in order."""
        line: list[str] = []
        yield from self._walk(container, line, depth)
        yield from _ended(line)

    def _walk(self, element: Any, line: list[str], depth: int) -> Iterator[Item]:
        line.append(element.text or "")
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif is_hidden(child):
                self._set_aside(child)
            elif child.tag == "table":
                yield from _ended(line)
                yield self._table(child, depth)
            elif child.tag in STRUCK or is_struck(child):
                # Crossed out: kept apart, so that a name in it is found all the same.
                self._set_aside(child)
            elif child.tag not in _NO_TEXT:
                if child.tag in _BLOCKS:
                    yield from _ended(line)
                line.append(_control(child))
                if child.tag not in ("select", "textarea"):
                    yield from self._walk(child, line, depth)
                if child.tag in _BLOCKS:
                    yield from _ended(line)
            line.append(child.tail or "")

    def _set_aside(self, element: Any) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            self.asides.append(Aside("hidden", text))

    def _table(self, table: Any, depth: int) -> Item:
        require_shallow(depth)
        item = Item(rows=[])
        # Texts of cells that reach down: by column, how many rows are left.
        reaching: dict[int, tuple[int, str]] = {}
        for line in _rows(table):
            self._row(item, line, reaching, depth)
        if next(table.iterdescendants("table"), None) is not None:
            item.inner = [
                inner
                for line in _rows(table)
                for cell in line.iterchildren("td", "th")
                for inner in self.items(cell, depth + 1)
            ]
        return item

    def _row(
        self, item: Item, line: Any, reaching: dict[int, tuple[int, str]], depth: int
    ) -> None:
        assert item.rows is not None  # a table has rows
        row: list[str] = []
        own: dict[int, str] = {}
        for cell in line.iterchildren("td", "th"):
            # Cells of rows above take their places first; the next own cell comes
            # behind them.
            _reach(row, reaching)
            column, width = len(row), _span(cell, "colspan")
            require_narrow(column + width)
            seen = not (is_hidden(cell) or is_struck(cell))
            text = self._text(cell, depth) if seen else ""
            struck = struck_text(cell) if not text else ""
            if not text and not struck and has_hidden(cell):
                struck = " ".join("".join(cell.itertext()).split())
            if struck:
                item.struck.add((len(item.rows), column))
            own[column] = struck
            row += [text, *[""] * (width - 1)]
            down = min(_span(cell, "rowspan"), _MOST_ROWS_SPANNED)
            if down > 1:
                reaching[column] = (down - 1, text)
        _reach(row, reaching)
        self._n_cells += len(row) + 1
        if self._n_cells > bounds().cells:
            raise Unreadable("too_many_cells", bounds().cells)
        number = len(item.rows)
        if is_hidden(line) and any(row):
            item.unseen[number] = Unseen(row, "hidden")
            row = [""] * len(row)
        elif not any(row) and any(own.values()):
            texts = [own.get(column, "") for column in range(len(row))]
            item.unseen[number] = Unseen(texts, "struck")
            # The whole row is crossed out: it is told as a row, and not cell by cell.
            item.struck -= {(number, column) for column in own}
        item.rows.append(row)

    def _text(self, cell: Any, depth: int) -> str:
        require_shallow(depth)
        lines = []
        for item in self.items(cell, depth + 1):
            if item.rows is None:
                lines.append(item.text)
            else:
                lines += [" ".join(filter(None, row)) for row in item.rows if any(row)]
        return "\n".join(lines)


def _reach(row: list[str], reaching: dict[int, tuple[int, str]]) -> None:
    """Add what cells of the rows above put at the places that come next."""
    while len(row) in reaching:
        column = len(row)
        left, text = reaching.pop(column)
        row.append(text)
        if left > 1:
            reaching[column] = (left - 1, text)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _ended(line: list[str]) -> Iterator[Item]:
    text = " ".join("".join(line).split())
    line.clear()
    if text:
        yield Item(text=text)


def _control(element: Any) -> str:
    """What a control of a page shows: a box, the chosen entry, what was typed."""
    if element.tag == "input":
        kind = (element.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            return f" {box(element.get('checked') is not None)} "
        return (element.get("value") or "") if kind in ("text", "number") else ""
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        entries = list(element.iter("option"))
        chosen = [e for e in entries if e.get("selected") is not None] or entries[:1]
        return " ".join("".join(entry.itertext()).strip() for entry in chosen)
    return ""


def _span(cell: Any, name: str) -> int:
    # A span of billions is cut to one that the limits refuse.
    digits = (cell.get(name) or "").strip()
    return max(1, int(digits[:9])) if digits.isascii() and digits.isdigit() else 1
