"""Everything a page carries, element by element: texts, and vectors of numbers.

Charts keep numbers in encoded form, so a search of the page's text proves nothing.
Here each element, attribute, comment and script is taken apart, and the numbers of a
table's column, of elements side by side and of one attribute on many become vectors;
`payloads` decodes what they hold; what holds a page again comes back here.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, PageElement, Tag

from qadaya.pages.leaks.carried import (
    Carried,
    Closed,
    Found,
    column_of,
    kept_aside,
    labelled,
    numbers_in,
    table_of,
)
from qadaya.pages.leaks.payloads import HEX, decoded, of_bytes
from qadaya.pages.render.assets import plotly_digest, plotly_payload

# What our own pages say in plain sight, though it stands in a script.
_KNOWN = re.compile(r"^(figure-\d+-spec|explorer-\d+-state|qadaya-[a-z]+)$")
_ORDINAL = re.compile(r"\d{1,3}|\[\d{0,3}\]")
# Attributes that point to another element: headings and captions are numbered.
_POINTERS = {"id", "for", "href", "class", "headers", "name", "aria-labelledby"}
# Nobody sees what is in these, or in what a style takes out of sight.
_UNSEEN = ["template", "noscript", "datalist"]
_NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)|"
    r"font-size\s*:\s*0"
)
# Where the lines of a drawing run: no counts, though nobody reads them as numbers.
_GEOMETRY = {
    *("d", "points", "transform", "viewbox", "clip-path", "x", "y", "x1", "x2", "y1"),
    *("y2", "cx", "cy", "r", "rx", "ry", "width", "height", "mask", "fill", "filter"),
}
_NO_COUNTS = _GEOMETRY | _POINTERS
_NAMES_OF_META = ("name", "property", "itemprop", "http-equiv")
_ADDRESSES = {"href", "src", "action", "cite", "srcset", "xmlns", "poster", "data"}
_CELLS = ["th", "td"]
_DEEPEST = 4


def carried(page: str) -> Iterator[Carried]:
    """Everything in a page, but for the plotly.js that we put there ourselves."""
    plain = page.replace(str(plotly_payload()), "")
    yield from _opened(_of_page(plain, "", hidden=False, depth=0))


def _opened(found: Iterable[Found]) -> Iterator[Carried]:
    """What is found, and in place of what is closed what it holds, to any depth."""
    for one in found:
        if isinstance(one, Carried):
            yield one
        elif one.aside:
            yield from _opened(map(kept_aside, _inside(one)))
        else:
            yield from _opened(_inside(one))


def _inside(closed: Closed) -> Iterator[Found]:
    content, where, hidden = closed.content, closed.where, closed.hidden
    if isinstance(content, bytes):
        return of_bytes(content, where, hidden, closed.depth)
    if closed.page:
        return _of_page(content, where, hidden=hidden, depth=closed.depth)
    return decoded(content, where, hidden=hidden, key=closed.key, depth=closed.depth)


def _of_page(page: str, within: str, *, hidden: bool, depth: int) -> Iterator[Found]:
    """Everything in a page; `within` says where the page itself was found."""
    soup = BeautifulSoup(page, "html.parser")
    _take_numbering(soup)
    reading = _Reading(within, hidden, depth, _out_of_sight(soup))
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        yield from decoded(str(comment), f"{within}a comment", hidden=True, depth=1)
    for element in soup.find_all(True):
        yield from reading.element(element)
    for table in soup.find_all("table"):
        yield from reading.table(table)
    for drawing in soup.find_all("svg"):
        yield from reading.drawing(drawing)
    yield from reading.attributes_together(soup)
    yield from reading.texts(soup)


def _take_numbering(soup: BeautifulSoup) -> None:
    """Take out the numbers of sections and of code cells, where they only count up."""
    for kind in ("span.no", "span.prompt"):
        marks = soup.select(kind)
        texts = [mark.get_text(strip=True) for mark in marks]
        if all(_ORDINAL.fullmatch(text) for text in texts):
            numbers = [numbers_in(text)[0] for text in texts if text != "[]"]
            if numbers == sorted(set(numbers)):
                for mark in marks:
                    mark.extract()


def _name(element: Tag | None) -> str:
    if element is None:
        return "page"
    identity = element.get("id")
    return f"{element.name} id={identity}" if identity else element.name


def _out_of_sight(soup: BeautifulSoup) -> set[int]:
    """The elements that no reader sees, and all that is in them."""
    found: set[int] = set()
    for element in soup.find_all(True):
        style = str(element.get("style") or "")
        hidden = element.name in _UNSEEN or element.has_attr("hidden")
        if hidden or _NOT_SHOWN.search(style):
            found.update(id(each) for each in (element, *element.find_all(True)))
    return found


@dataclass(frozen=True)
class _Reading:
    """One page as it is read: `within` what, how deep, and what is out of sight."""

    within: str
    hidden: bool
    depth: int
    unseen: set[int]

    def element(self, element: Tag) -> Iterator[Found]:
        where, hidden = f"{self.within}<{_name(element)}>", self._hides(element)
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            yield from self._attribute(element, name, text, where, hidden=hidden)
        if element.name in ("script", "style") and element.string:
            yield from self._script(element, where)
        children = [child for child in element.children if isinstance(child, Tag)]
        numbers = [_own_number(child) for child in children]
        yield from column_of(numbers, f"parts of {where}", hidden=hidden)

    def table(self, table: Tag) -> Iterator[Carried]:
        rows = [_cells(row) for row in table.find_all("tr")]
        numbers = [[_only_number(text) for text in row] for row in rows]
        hidden, where = self._hides(table), f"{self.within}a table"
        for place in range(max(map(len, rows), default=0)):
            column = [row[place] for row in numbers if place < len(row)]
            # The head of a column can hold a number too, a year say.
            for part in (column, column[1:]):
                yield from column_of(
                    part, f"{self.within}column {place + 1} of a table", hidden=hidden
                )
        yield from table_of(rows, numbers, where, hidden=hidden)

    def drawing(self, drawing: Tag) -> Iterator[Carried]:
        """The words of a drawing, by the kind of group that they stand in."""
        kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for text in drawing.find_all(["text", "title", "desc"]):
            words = text.get_text(" ", strip=True)
            kinds[_kind(text, drawing)].append(words)
            kinds[(text.name,)].append(words)
        hidden, where = self._hides(drawing), f"{self.within}a drawing"
        columns = {kind: list(map(_only_number, all_)) for kind, all_ in kinds.items()}
        for numbers in columns.values():
            yield from column_of(numbers, where, hidden=hidden)
        for names in kinds.values():
            for numbers in columns.values():
                if len(names) == len(numbers):
                    yield from labelled(names, numbers, where, hidden=hidden)

    def attributes_together(self, soup: BeautifulSoup) -> Iterator[Carried]:
        """The same attribute on many elements is a vector taken apart."""
        together: dict[str, list[float]] = defaultdict(list)
        for element in soup.find_all(True):
            for name, value in element.attrs.items():
                if name in _POINTERS:
                    continue
                found = numbers_in(HEX.sub(" ", str(value)))
                if len(found) == 1:
                    together[name].append(found[0])
        for name, found_all in together.items():
            where = f"{self.within}the attributes {name}"
            hidden = self.hidden or name.startswith("data-")
            hidden = hidden and name not in _NO_COUNTS
            yield from column_of(found_all, where, hidden=hidden)

    def texts(self, soup: BeautifulSoup) -> Iterator[Found]:
        for element in soup.find_all(["script", "style"]):
            element.extract()
        for text in soup.find_all(string=True):
            if not isinstance(text, Comment) and text.strip():
                where = f"{self.within}the text of <{_name(text.parent)}>"
                hidden = self._hides(text.parent)
                yield from decoded(str(text), where, hidden=hidden)

    def _hides(self, element: PageElement | None) -> bool:
        return self.hidden or id(element) in self.unseen

    def _attribute(
        self, element: Tag, name: str, text: str, where: str, *, hidden: bool
    ) -> Iterator[Found]:
        place = f"{name} of {where}"
        if name == "srcdoc" and self.depth < _DEEPEST:
            within, depth = f"the page in {where}: ", self.depth + 1
            yield Closed(within, text, depth, hidden=hidden, page=True)
            return
        key = "href" if name in _ADDRESSES else ""
        if element.name == "meta" and name == "content":
            key, hidden = _meta_name(element), True
        if element.name == "input" and element.get("type") == "hidden":
            hidden = True
        hidden = (hidden or name.startswith("data-")) and name not in _NO_COUNTS
        yield from decoded(text, place, hidden=hidden, key=key)

    def _script(self, element: Tag, where: str) -> Iterator[Found]:
        source, kind = str(element.string), str(element.get("type") or "")
        if hashlib.sha256(source.strip().encode()).hexdigest() == plotly_digest():
            return
        known = self.depth == 0 and _KNOWN.match(str(element.get("id") or ""))
        if "widget" in kind:
            yield Carried(where, text=kind, hidden=True, key="widget")
        hidden = self._hides(element) or (not known and "json" in kind)
        # A script of no language that a browser runs holds parts of a page.
        depth = 1 if kind and "script" not in kind and kind != "module" else 0
        yield from decoded(source, where, hidden=hidden, depth=depth)


def _meta_name(element: Tag) -> str:
    names = (element.get(name) for name in _NAMES_OF_META)
    return str(next((name for name in names if name), ""))


def _kind(text: Tag, drawing: Tag) -> tuple[str, ...]:
    """The groups that a word of a drawing stands in, by their tags and classes."""
    steps = [text.name]
    for parent in text.parents:
        if parent is drawing:
            break
        classes = parent.get("class") or [""]
        steps.append(f"{parent.name}.{classes[0]}")
    return tuple(steps)


def _cells(row: Tag) -> list[str]:
    """The words of each cell; end tags can be left out, and then cells hold cells."""
    cells = [each for each in row.find_all(_CELLS) if each.find_parent("tr") is row]
    return [
        " ".join(
            words.strip()
            for words in cell.find_all(string=True)
            if words.strip() and words.find_parent(_CELLS) is cell
        )
        for cell in cells
    ]


def _own_number(element: Tag) -> float | None:
    return _only_number(element.get_text(" ", strip=True))


def _only_number(text: str) -> float | None:
    found = numbers_in(text)
    return found[0] if len(found) == 1 else None
