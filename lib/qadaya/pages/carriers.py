"""Everything a page carries, element by element: texts, and vectors of numbers.

Charts keep numbers in encoded form, so a search of the page's text proves nothing.
Here each element, attribute, comment and script is taken apart, and the numbers of a
table's column, of elements side by side and of one attribute on many become vectors;
`payloads` decodes what they hold.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag

from qadaya.pages.assets import plotly_digest, plotly_payload
from qadaya.pages.payloads import HEX, Carried, column_of, decoded, numbers_in

# What our own pages say in plain sight, though it stands in a script.
_KNOWN = re.compile(r"^(figure-\d+-spec|explorer-\d+-state|qadaya-[a-z]+)$")
_ORDINAL = re.compile(r"\d{1,3}|\[\d{0,3}\]")
# Attributes that point to another element: headings and captions are numbered.
_POINTERS = {"id", "for", "href", "class", "headers", "name", "aria-labelledby"}


def carried(page: str) -> Iterator[Carried]:
    """Everything in a page, but for the plotly.js that we put there ourselves."""
    soup = BeautifulSoup(page.replace(str(plotly_payload()), ""), "html.parser")
    _take_numbering(soup)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        yield from decoded(str(comment), "a comment", hidden=True)
    for element in soup.find_all(True):
        yield from _element(element)
    for table in soup.find_all("table"):
        yield from _table(table)
    yield from _attributes_together(soup)
    for element in soup.find_all(["script", "style", "template"]):
        element.extract()
    for text in soup.find_all(string=True):
        if not isinstance(text, Comment) and text.strip():
            yield from decoded(str(text), f"the text of <{_name(text.parent)}>")


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


def _element(element: Tag) -> Iterator[Carried]:
    where = f"<{_name(element)}>"
    for name, value in element.attrs.items():
        text = " ".join(value) if isinstance(value, list) else str(value)
        unseen = element.name == "input" and element.get("type") == "hidden"
        hidden = unseen or name.startswith("data-")
        yield from decoded(text, f"{name} of {where}", hidden=hidden)
    if element.name in ("script", "style", "template") and element.string:
        yield from _script(element, where)
    children = [child for child in element.children if isinstance(child, Tag)]
    yield from column_of(
        [_own_number(child) for child in children], f"parts of {where}"
    )


def _script(element: Tag, where: str) -> Iterator[Carried]:
    source = str(element.string)
    if hashlib.sha256(source.strip().encode()).hexdigest() == plotly_digest():
        return
    hidden = not _KNOWN.match(str(element.get("id") or "")) and (
        "json" in str(element.get("type") or "") or element.name == "template"
    )
    kind = str(element.get("type") or "")
    if "widget" in kind:
        yield Carried(where, text=kind, hidden=True, key="widget")
    yield from decoded(source, where, hidden=hidden)


def _own_number(element: Tag) -> float | None:
    found = numbers_in(element.get_text(" ", strip=True))
    return found[0] if len(found) == 1 else None


def _table(table: Tag) -> Iterator[Carried]:
    rows = [
        [_own_number(cell) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    width = max(map(len, rows), default=0)
    padded = [row + [None] * (width - len(row)) for row in rows]
    for place in range(width):
        # The head of a column can hold a number too, a year say.
        column = [row[place] for row in padded]
        yield from column_of(column, f"column {place + 1} of a table")
        yield from column_of(column[1:], f"column {place + 1} of a table")


def _attributes_together(soup: BeautifulSoup) -> Iterator[Carried]:
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
        where = f"the attributes {name}"
        yield from column_of(found_all, where, hidden=name.startswith("data-"))
