"""The colours that an author gave a table: style sheets of an output, cell by cell.

pandas' Styler and great_tables write a sheet beside their table. It would reach the
whole page; so what it says is written on the elements that it is about, and it goes.
"""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError
from tinycss2.color3 import parse_color

_NAMES = """
background background-color border border-bottom border-bottom-color border-bottom-style
border-bottom-width border-left border-right border-top border-top-color
border-top-style border-top-width color font-size font-style font-weight opacity padding
text-align text-decoration text-transform vertical-align white-space width
"""
PROPERTIES = frozenset(_NAMES.split())
# What fetches, and escapes that would hide it.
_CALLS = re.compile(r"url|image-set|expression|\\|@", re.IGNORECASE)
_ID = re.compile(r"#([\w-]+)")
# Half of the light that white has: from there on black can be read better.
_BRIGHT = 0.18


def inline_styles(soup: BeautifulSoup) -> None:
    """Write what style sheets say on the elements; frames of pandas keep none."""
    given: dict[int, list[tuple[tuple[int, int], str, str]]] = {}
    elements = {id(element): element for element in soup.find_all(True)}
    by_id = {str(e.attrs["id"]): e for e in elements.values() if "id" in e.attrs}
    for sheet in soup.find_all("style"):
        if "scoped" not in sheet.attrs:
            for weight, element, name, value in _declared(sheet, soup, by_id):
                given.setdefault(id(element), []).append((weight, name, value))
    for key, declared in given.items():
        element = elements[key]
        declarations = {
            name: value for _, name, value in sorted(declared, key=lambda d: d[0])
        }
        own = dict(_pairs(str(element.attrs.get("style", ""))))
        _style(element, declarations | own)
    for element in elements.values():
        if "style" in element.attrs and id(element) not in given:
            _style(element, dict(_pairs(str(element.attrs["style"]))))
    for row in soup.select("table.dataframe tr[style]"):
        del row.attrs["style"]


def _declared(
    sheet: Tag, soup: BeautifulSoup, by_id: dict[str, Tag]
) -> Iterator[tuple[tuple[int, int], Tag, str, str]]:
    text = sheet.string or ""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type != "qualified-rule":
            continue
        pairs = list(_pairs_of(rule.content))
        for selector in tinycss2.serialize(rule.prelude).split(","):
            weight = selector.count("#"), selector.count(".")
            for element in _selected(selector.strip(), soup, by_id) if pairs else []:
                for name, value in pairs:
                    yield weight, element, name, value


def _selected(selector: str, soup: BeautifulSoup, by_id: dict[str, Tag]) -> list[Tag]:
    if found := _ID.fullmatch(selector):
        return [by_id[found[1]]] if found[1] in by_id else []
    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError):
        # Something of a browser, such as a mouse that hovers.
        return []


def _pairs(style: str) -> Iterator[tuple[str, str]]:
    return _pairs_of(style)


def _pairs_of(content: Any) -> Iterator[tuple[str, str]]:
    for each in tinycss2.parse_declaration_list(
        content, skip_comments=True, skip_whitespace=True
    ):
        if each.type == "declaration" and each.lower_name in PROPERTIES:
            value = tinycss2.serialize(each.value).strip()
            if not _CALLS.search(value):
                yield each.lower_name, value


def _style(element: Tag, declarations: dict[str, str]) -> None:
    ground = (
        declarations.get("background-color") or declarations.get("background") or ""
    )
    if "color" not in declarations and (ink := _ink_on(ground)):
        # The page's own ink may be light, in the dark.
        declarations = declarations | {"color": ink}
    element.attrs["style"] = "; ".join(f"{n}: {v}" for n, v in declarations.items())
    if not declarations:
        del element.attrs["style"]


def _ink_on(ground: str) -> str:
    colour = parse_color(ground)
    if not colour or isinstance(colour, str) or colour.alpha < 0.5:
        return ""
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]
    ]
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return "#000000" if light > _BRIGHT else "#ffffff"
