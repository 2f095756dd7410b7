"""Reads Writer documents (.odt, .ott, .fodt) into lines and tables, in order."""

from collections.abc import Iterator
from typing import Any

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import Aside, Unreadable, Unseen
from qadaya.returns.read.ink import PAPER
from qadaya.returns.read.items import Item, Pages, require_narrow, require_shallow
from qadaya.returns.read.open_looks import OdfStyles, looks_of
from qadaya.returns.read.opendocument import (
    OdfText,
    holds_picture,
    number,
    page_texts,
    placed,
    properties,
    rows_of,
)
from qadaya.returns.read.packages import Package
from qadaya.returns.read.xml_parts import attribute, local_name, parsed

_LINES = ("p", "h")
_NO_ITEMS = frozenset({"tracked-changes", "forms", "sequence-decls", "annotation"})


def read_writer(package: Package) -> Pages:
    """A Writer document with its page headings and footings."""
    content = parsed(package.read("content.xml"))
    styles = package.parsed("styles.xml") if "styles.xml" in package else None
    roots = [root for root in (content, styles) if root is not None]
    pages = pages_of(content, styles, looks_of(*roots))
    pages.asides += properties(package)
    return pages


def pages_of(content: Any, styles: Any, looks: OdfStyles) -> Pages:
    """The document whose text stands in one root and page headings in another."""
    reader = _Reader(looks)
    body = next(content.iter("{*}text"), None)
    pages = Pages(list(reader.items(body)) if body is not None else [])
    if styles is not None:
        # A heading of pages stands once in each kind of page.
        pages.over = list(dict.fromkeys(reader.lines(page_texts(styles))))
    deleted = content.iter("{*}deletion")
    pages.asides = [
        *reader.asides,
        *(Aside("deleted", text) for text in reader.lines(deleted)),
    ]
    return pages


class _Reader:
    def __init__(self, looks: OdfStyles) -> None:
        self._looks = looks
        self._n_cells = 0
        self._under = PAPER
        self.asides: list[Aside] = []

    def lines(self, containers: Iterator[Any]) -> Iterator[str]:
        """The lines of page headings or deleted passages."""
        for container in containers:
            for item in self.items(container):
                rows = [[item.text]] if item.rows is None else item.rows
                for row in rows:
                    yield from filter(str.strip, " ".join(row).split("\n"))

    def items(self, container: Any, depth: int = 0) -> Iterator[Item]:
        """The paragraphs and tables of a text, a section, a cell or a box."""
        for child in container:
            kind = local_name(child)
            if kind in _LINES:
                yield from self._paragraph(child, depth)
            elif kind == "table":
                yield self._table(child, depth)
            elif kind == "section" and attribute(child, "display") == "none":
                hidden = "".join(OdfText(self._looks).take(child).seen).strip()
                self.asides.append(Aside("hidden", hidden))
            elif kind and kind not in _NO_ITEMS:
                yield from self.items(child, depth)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Item]:
        # A table may stand in a box that hangs on a paragraph.
        if next(paragraph.iter("{*}table"), None) is not None:
            require_shallow(depth + 1)
            for box in paragraph.iter("{*}text-box"):
                yield from self.items(box, depth + 1)
            return
        words = OdfText(self._looks).take(paragraph)
        self._set_aside(words)
        yield Item(text=words.text)

    def _set_aside(self, words: OdfText) -> None:
        unseen = "".join([*words.hidden, *words.struck]).strip()
        if unseen:
            self.asides.append(Aside("hidden", unseen))
        self.asides += [Aside(kind, text) for kind, text in words.notes]

    def _table(self, table: Any, depth: int) -> Item:
        require_shallow(depth)
        item = Item(rows=[])
        self._under = self._looks.under.get(attribute(table, "style-name") or "", PAPER)
        spans: list[tuple[int, int, int]] = []
        for line in rows_of(table):
            for _ in range(self._repeats(line)):
                self._row(item, line, spans)
        _fill_down(item, spans)
        if next(table.iterdescendants(table.tag), None) is not None:
            item.inner = [
                inner
                for line in rows_of(table)
                for one in placed(line)
                for inner in self.items(one.cell, depth + 1)
            ]
        return item

    def _repeats(self, line: Any) -> int:
        # Counted before they are laid out: a million repeats are one attribute.
        times = number(line, "number-rows-repeated")
        self._n_cells += times * max(1, sum(cell.times for cell in placed(line)))
        if self._n_cells > bounds().cells:
            raise Unreadable("too_many_cells", bounds().cells)
        return times

    def _row(self, item: Item, line: Any, spans: list[tuple[int, int, int]]) -> None:
        assert item.rows is not None  # a table has rows
        under = self._looks.under.get(attribute(line, "style-name") or "", self._under)
        number_of_row, row = len(item.rows), []
        unseen: dict[str, list[str]] = {"struck": [], "hidden": []}
        for column, times, cell in placed(line):
            require_narrow(column + times)
            # What lies under a merged cell is in the file, but on no page.
            covered = local_name(cell) == "covered-table-cell"
            words = OdfText(self._looks, under)
            if not covered:
                words.take(cell)
                self._set_aside(words)
                if not words.text and holds_picture(cell):
                    item.pictures.add((number_of_row, column))
            row += [words.text] * times
            for why, texts in unseen.items():
                texts += ["".join(getattr(words, why)).strip()] * times
            down = number(cell, "number-rows-spanned")
            if down > 1 and not covered:
                spans.append((number_of_row, column, number_of_row + down - 1))
        for why, texts in unseen.items():
            # Nothing else is left of the row: it is told as a row, else cell by cell.
            if any(texts) and not any(row):
                item.unseen[number_of_row] = Unseen(texts, why)
            else:
                item.struck |= {
                    (number_of_row, column)
                    for column, text in enumerate(texts)
                    if text and not row[column]
                }
        # What the row says is kept apart, and its place stays so that those below keep
        # theirs.
        is_hidden = attribute(line, "visibility") in ("collapse", "filter")
        is_hidden |= attribute(line, "style-name") in self._looks.hidden
        if is_hidden and any(row):
            item.unseen[number_of_row] = Unseen(row, "hidden")
            row = [""] * len(row)
        item.rows.append(row)


def _fill_down(item: Item, spans: list[tuple[int, int, int]]) -> None:
    """Write the text of a merged cell on every row it reaches over."""
    rows = item.rows or []
    n_covered = 0
    for top, left, bottom in spans:
        covered = rows[top + 1 : bottom + 1]
        n_covered += len(covered)
        if n_covered > bounds().cells:
            raise Unreadable("too_many_cells", bounds().cells)
        for row in covered:
            if left < len(row) and any(row):
                row[left] = rows[top][left]
