"""The elements of a page taken apart: their words, attributes, scripts, comments.

The numbers of elements side by side and of one attribute on many become vectors; a name
that many have with a number behind it is such an attribute as well.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement

from qadaya.pages.leaks.carried import (
    Carried,
    Closed,
    Piece,
    column_of,
    numbers_in,
    only_number,
    plain_digits,
)
from qadaya.pages.leaks.forms import HEX
from qadaya.pages.leaks.layouts import drawing_numbers, table_numbers
from qadaya.pages.leaks.payloads import decoded
from qadaya.pages.render.assets import plotly_digest

# What our own pages say in plain sight, though it stands in a script.
_KNOWN = re.compile(r"^(figure-\d+-spec|explorer-\d+-state|qadaya-[a-z]+)$")
_ORDINAL = re.compile(r"\d{1,3}|\[\d{0,3}\]")
# Attributes that point to another element: headings and captions are numbered.
_POINTERS = {"for", "href", "headers", "name", "aria-labelledby"}
_NAMES = {"id", "class"}
_NUMBERED_NAME = re.compile(r"([A-Za-z_-]+)(\d+)")
# Nobody sees what is in these, or in what a style takes out of sight.
_UNSEEN = ["template", "noscript", "datalist"]
_NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)|"
    r"font-size\s*:\s*0"
)
# Where the lines of a drawing run: no counts, but perhaps counts to scale.
_COURSES = ("d", "points")
_PLACES = {
    *("transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry"),
    *("width", "height", "style"),
}
_GEOMETRY = {*_COURSES, *_PLACES, "viewbox", "clip-path", "mask", "fill", "filter"}
_NO_COUNTS = _GEOMETRY | _POINTERS | _NAMES
_NAMES_OF_META = ("name", "property", "itemprop", "http-equiv")
_ADDRESSES = {"href", "src", "action", "cite", "srcset", "xmlns", "poster", "data"}
# Words in such an element belong to the words around it.
_INLINE = ("b", "i", "em", "strong", "span", "sub", "sup", "bdi", "small", "mark", "u")
_DEEPEST = 4


class PageReading:
    """One page as it is read; `within` says where it was found, `depth` how deep."""

    def __init__(
        self, soup: BeautifulSoup, within: str, hidden: bool, depth: int
    ) -> None:
        self.soup, self.within = soup, within
        self.hidden, self.depth = hidden, depth
        self.unseen = _out_of_sight(soup)

    def found(self) -> Iterator[Piece]:
        """Everything in the page."""
        _take_numbering(self.soup)
        for comment in self.soup.find_all(
            string=lambda text: isinstance(text, Comment)
        ):
            where = f"{self.within}a comment"
            yield from decoded(str(comment), where, hidden=True, depth=1)
        for element in self.soup.find_all(True):
            yield from self._element(element)
        for table in self.soup.find_all("table"):
            where = f"{self.within}a table"
            yield from table_numbers(table, where, hidden=self._hides(table))
        for drawing in self.soup.find_all("svg"):
            where = f"{self.within}a drawing"
            yield from drawing_numbers(drawing, where, hidden=self._hides(drawing))
        yield from self._attributes_together()
        yield from self._names_together()
        yield from self._texts()

    def _element(self, element: Tag) -> Iterator[Piece]:
        where, hidden = f"{self.within}<{_name(element)}>", self._hides(element)
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            yield from self._attribute(element, name, text, where, hidden=hidden)
        if element.name in ("script", "style") and element.string:
            yield from self._script(element, where)
        children = [child for child in element.children if isinstance(child, Tag)]
        numbers = [only_number(child.get_text(" ", strip=True)) for child in children]
        yield from column_of(numbers, f"parts of {where}", hidden=hidden)

    def _attribute(
        self, element: Tag, name: str, text: str, where: str, *, hidden: bool
    ) -> Iterator[Piece]:
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
        if name in _COURSES:
            numbers = numbers_in(text)
            for part in (numbers[::2], numbers[1::2]):
                yield from column_of(part, place, drawn=True)
        hidden = (hidden or name.startswith("data-")) and name not in _NO_COUNTS
        yield from decoded(text, place, hidden=hidden, key=key)

    def _script(self, element: Tag, where: str) -> Iterator[Piece]:
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

    def _attributes_together(self) -> Iterator[Carried]:
        """The same attribute on many elements is a vector taken apart."""
        together: dict[str, list[float]] = defaultdict(list)
        for element in self.soup.find_all(True):
            for name, value in element.attrs.items():
                if name in _POINTERS | _NAMES:
                    continue
                alone = numbers_in(HEX.sub(" ", str(value)))
                if len(alone) == 1:
                    together[name].append(alone[0])
        for name, numbers in together.items():
            where = f"{self.within}the attributes {name}"
            hidden = self.hidden or name.startswith("data-")
            hidden = hidden and name not in _NO_COUNTS
            drawn = name in _PLACES
            yield from column_of(numbers, where, hidden=hidden, drawn=drawn)

    def _names_together(self) -> Iterator[Carried]:
        """Numbers behind one name on many elements, unless they only count up."""
        together: dict[str, list[float]] = defaultdict(list)
        for element in self.soup.find_all(True):
            for attribute in _NAMES & element.attrs.keys():
                for name in element.get_attribute_list(attribute):
                    if numbered := _NUMBERED_NAME.fullmatch(str(name)):
                        together[numbered[1]].append(float(numbered[2]))
        for name, numbers in together.items():
            if numbers != sorted(numbers):
                yield from column_of(numbers, f"{self.within}the names {name}")

    def _texts(self) -> Iterator[Piece]:
        for element in self.soup.find_all(["script", "style"]):
            element.extract()
        for text in self.soup.find_all(string=True):
            if not isinstance(text, Comment) and text.strip():
                where = f"{self.within}the text of <{_name(text.parent)}>"
                hidden = self._hides(text.parent)
                yield from decoded(str(text), where, hidden=hidden)
        yield from self._texts_in_parts()

    def _texts_in_parts(self) -> Iterator[Piece]:
        """The whole text of what has words in bold, or digits in elements of theirs."""
        around = {id(tag.parent): tag.parent for tag in self.soup.find_all(_INLINE)}
        for element in filter(None, around.values()):
            parts = [child.name for child in element.children if isinstance(child, Tag)]
            text = element.get_text() if set(parts) <= set(_INLINE) else ""
            if any(map(str.isdigit, plain_digits(text))):
                where = f"{self.within}the whole text of <{_name(element)}>"
                yield from decoded(text, where, hidden=self._hides(element))

    def _hides(self, element: PageElement | None) -> bool:
        return self.hidden or id(element) in self.unseen


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
    unseen: set[int] = set()
    for element in soup.find_all(True):
        style = str(element.get("style") or "")
        hidden = element.name in _UNSEEN or element.has_attr("hidden")
        if hidden or _NOT_SHOWN.search(style):
            unseen.update(id(tag) for tag in (element, *element.find_all(True)))
    return unseen


def _meta_name(element: Tag) -> str:
    names = (element.get(name) for name in _NAMES_OF_META)
    return str(next((name for name in names if name), ""))
