"""The body of a Word document: its paragraphs and tables, in order and as seen."""

from collections.abc import Callable, Iterator
from typing import Any

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import Aside, Unreadable, Unseen
from qadaya.returns.read.ink import PAPER
from qadaya.returns.read.items import Item, Pages, require_narrow, require_shallow
from qadaya.returns.read.packages import Package
from qadaya.returns.read.word_looks import HidingStyles, is_on
from qadaya.returns.read.word_text import WordText, style_of
from qadaya.returns.read.xml_parts import attribute, local_name

# What may stand around paragraphs, rows and cells without being one.
_WRAPPERS = frozenset(
    {
        *("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"),
        *("AlternateContent", "Choice"),
    }
)
# Of today and of older programs; an embedded formula has the latter.
_PICTURES = ("{*}blip", "{*}imagedata")
_LOW = 60  # twentieths of a point; letters so small are not seen either


class BodyReader:
    """Reads what stands in a body; `asides` are then what of it is not seen."""

    def __init__(self, styles: HidingStyles) -> None:
        self._styles = styles
        self._n_cells = 0
        self._under: str | None = PAPER
        self.has_boxes = True
        self.has_pictures = False
        self.asides: list[Aside] = []
        self.read_chunk: Callable[[str], Pages]

    def lines(self, package: Package, parts: list[str]) -> Iterator[str]:
        """The lines of page headings, notes or comments, each text once."""
        texts = (
            line
            for part in parts
            for item in self.items(package.parsed(part))
            for line in _lines_of(item)
        )
        yield from dict.fromkeys(texts)

    def items(self, container: Any, depth: int = 0) -> Iterator[Item]:
        """The paragraphs and tables of a body, a cell or a text box."""
        for child in container:
            kind = local_name(child)
            if kind == "p":
                yield from self._paragraph(child, depth)
            elif kind == "tbl":
                yield self._table(child, depth)
            elif kind == "altChunk":
                yield from self.read_chunk(attribute(child, "id") or "").items
            elif kind in _WRAPPERS or kind in ("comment", "footnote", "endnote"):
                yield from self.items(child, depth)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Item]:
        boxes = list(_boxes(paragraph)) if self.has_boxes else []
        words = WordText(self._styles, boxes=False).take(paragraph)
        yield Item(text=words.text)
        self._set_aside("".join([*words.hidden, *words.struck]))
        for box in boxes:
            require_shallow(depth + 1)
            yield from self.items(box, depth + 1)

    def _set_aside(self, text: str) -> None:
        if text.strip():
            self.asides.append(Aside("hidden", text.strip()))

    def _table(self, table: Any, depth: int) -> Item:
        require_shallow(depth)
        item = Item(rows=[])
        style = style_of(table, "tblPr", "tblStyle") or ""
        self._under = self._styles.under.get(style, PAPER)
        for line in _within(table, "tr"):
            marks = _marks(line, "trPr")
            # A row whose deletion is tracked: on the page it is struck, and the author
            # meant so.
            if "del" in marks:
                continue
            self._row(item, line, hidden=_is_hidden(marks))
        if next(table.iterdescendants(f"{table.tag}"), None) is not None:
            item.inner = [
                inner
                for line in _within(table, "tr")
                for cell in _within(line, "tc")
                for inner in self.items(cell, depth + 1)
            ]
        return item

    def _row(self, item: Item, line: Any, *, hidden: bool) -> None:
        rows = item.rows
        assert rows is not None  # a table has rows
        number, above = len(rows), rows[-1] if rows else []
        # A row may begin further in: its first cells are not there at all.
        skipped = _value(_marks(line, "trPr").get("gridBefore"), 0)
        require_narrow(skipped)
        row = [""] * skipped
        words: dict[int, WordText] = {}
        for cell in _within(line, "tc"):
            marks = _marks(cell, "tcPr")
            column = len(row)
            width = _value(marks.get("gridSpan"), 1)
            require_narrow(column + width)
            row += [""] * width
            # Merged with the cell before it; the old way, beside gridSpan.
            if _goes_on(marks.get("hMerge")):
                continue
            # What stands in the cell above counts here too, as the page shows it.
            if _goes_on(marks.get("vMerge")):
                row[column] = above[column] if column < len(above) else ""
            elif "cellDel" not in marks:
                words[column] = WordText(self._styles, under=self._under).take(cell)
                row[column] = words[column].text
                if self.has_pictures and next(cell.iter(*_PICTURES), None) is not None:
                    item.pictures.add((number, column))
        self._n_cells += len(row)
        if self._n_cells > bounds().cells:
            raise Unreadable("too_many_cells", bounds().cells)
        unseen = _unseen(row, words, hidden=hidden)
        if unseen:
            item.unseen[number] = unseen
            row = [""] * len(row)
        else:
            self._keep_apart(item, number, words)
        rows.append(row)

    def _keep_apart(self, item: Item, number: int, words: dict[int, WordText]) -> None:
        for column, cell in words.items():
            self._set_aside("".join([*cell.hidden, *cell.struck]))
            if "".join([*cell.hidden, *cell.struck]).strip() and not cell.text:
                item.struck.add((number, column))


def _is_hidden(marks: dict[str, Any]) -> bool:
    """Whether a row is hidden, or so low that nothing of its letters is seen."""
    if "hidden" in marks and is_on(marks["hidden"]):
        return True
    height = marks.get("trHeight")
    # Any other height grows with its text.
    if height is None or attribute(height, "hRule") != "exact":
        return False
    return 0 < _value(height, 0) < _LOW


def _unseen(
    row: list[str], words: dict[int, WordText], *, hidden: bool
) -> Unseen | None:
    """The row if it is hidden, or if nothing is left of it but what is not seen."""
    if hidden:
        return Unseen(row, "hidden") if any(row) else None
    if any(row):
        return None
    # Crossed out first: a row of both was crossed out by somebody.
    for why in ("struck", "hidden"):
        texts = [""] * len(row)
        for column, cell in words.items():
            texts[column] = "".join(getattr(cell, why)).strip()
        if any(texts):
            return Unseen(texts, why)
    return None


def _within(element: Any, kind: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, through what may stand around them."""
    for child in element:
        name = local_name(child)
        if name == kind:
            yield child
        elif name in _WRAPPERS:
            yield from _within(child, kind)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes of a paragraph; a copy for older programs is left out."""
    for child in paragraph:
        kind = local_name(child)
        if kind == "txbxContent":
            yield child
        elif kind != "Fallback":
            yield from _boxes(child)


def _lines_of(item: Item) -> list[str]:
    if item.rows is None:
        return [line.strip() for line in item.text.split("\n") if line.strip()]
    return [" ".join(filter(None, row)) for row in item.rows if any(row)]


def _marks(element: Any, properties: str) -> dict[str, Any]:
    """What the properties of a row or a cell say, by name."""
    for child in element:
        if local_name(child) == properties:
            return {local_name(mark): mark for mark in child}
    return {}


def _goes_on(mark: Any) -> bool:
    return mark is not None and attribute(mark, "val") != "restart"


def _value(mark: Any, default: int) -> int:
    digits = (attribute(mark, "val") or "") if mark is not None else ""
    return int(digits) if digits.isascii() and digits.isdigit() else default
