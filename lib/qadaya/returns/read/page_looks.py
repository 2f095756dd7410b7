"""What of a web page is not seen: hidden, crossed out, or said beside the page."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from qadaya.returns.read.grid import LINKS_TO_PERSONS, Aside
from qadaya.returns.read.ink import PAPER, colour, is_faint, is_tiny

STRUCK = frozenset({"s", "strike", "del"})
_OF_PROGRAMS = frozenset(
    {
        *("generator", "progid", "originator", "appversion", "viewport"),
        *("created", "changed", "modified", "date"),
    }
)
_MOST_STYLES = 500_000
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_TELLS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide|line-through|opacity|color"
    r"|background|font"
)
_INK = re.compile(r"(?:^|;)color:([^;]+)")
_UNDER = re.compile(r"(?:^|;)background(?:-color)?:([^;]+)")
_SIZE = re.compile(
    r"(?:^|;)font(?:-size)?:(?:[^;]*?\s)?(\d*\.?\d+)(pt|px|em|rem|(?=;|$))"
)
_POINTS = {"": 1.0, "pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0}
_NO_COLOUR = ("inherit", "transparent")
_TITLES = ("title", "alt")


def with_class_styles(root: Any) -> None:
    """Write on each element what the style of its class hides or crosses out.

    Excel writes every look of a cell as a class.
    """
    looks = dict(_class_looks(root))
    if not looks:
        return
    for element in root.iter():
        classes = element.get("class") if isinstance(element.tag, str) else None
        for name in (classes or "").split():
            if name in looks:
                element.set("style", f"{element.get('style') or ''};{looks[name]}")


def _class_looks(root: Any) -> Iterator[tuple[str, str]]:
    for style in root.iter("style"):
        text = (style.text or "")[:_MOST_STYLES]
        if not _TELLS.search(text):
            continue
        # Only rules of one class are heeded, as Excel and Word write them.
        for names, look in _RULE.findall(text):
            if _TELLS.search(look):
                for name in names.split(","):
                    if found := _CLASS.search(name):
                        yield found[1], look


def asides_of(root: Any) -> Iterator[Aside]:
    """Addresses of links, words that show on pointing, remarks, title and keywords."""
    for element in root.iter():
        if element.tag is etree.Comment:
            if (element.text or "").strip():
                yield Aside("comment", element.text.strip())
        elif element.tag == "title":
            yield Aside("properties", (element.text or "").strip())
        elif element.tag == "meta":
            name = (element.get("name") or "").lower()
            # The version of a program is written as an address of a network is.
            if name and name not in _OF_PROGRAMS:
                place = "author" if "author" in name else "properties"
                yield Aside(place, element.get("content") or "")
        elif isinstance(element.tag, str):
            address = element.get("href") or ""
            if address.lower().startswith(LINKS_TO_PERSONS):
                yield Aside("link", unquote(address.partition(":")[2]))
            for name in _TITLES:
                if text := (element.get(name) or "").strip():
                    yield Aside("description", text)


def _style(element: Any) -> str:
    return "".join((element.get("style") or "").lower().split())


def is_hidden(element: Any) -> bool:
    """Whether an element is not shown."""
    if not isinstance(element.tag, str):
        return True
    style = _style(element)
    return (
        "display:none" in style
        or "visibility:hidden" in style
        or "mso-hide:all" in style
        or element.get("hidden") is not None
        or _fades(element, style)
    )


def has_hidden(cell: Any) -> bool:
    """Whether a cell holds a text that is not shown."""
    return any(
        is_hidden(one) and "".join(one.itertext()).strip()
        for one in cell.iter()
        if isinstance(one.tag, str)
    )


def _fades(element: Any, style: str) -> bool:
    """Whether the letters of an element are too small or pale to be seen."""
    # With the end of the declaration: 0.9 begins with the same signs.
    if "opacity:0;" in f"{style};":
        return True
    size = _SIZE.search(style)
    if size and is_tiny(float(size[1]) * _POINTS[size[2]]):
        return True
    ink = _INK.search(style)
    letters = colour(ink[1] if ink else _of_font(element))
    # Only what is pale on paper too: a ground may be laid by what is not read here.
    return is_faint(letters, PAPER) and is_faint(letters, _under(element))


def _of_font(element: Any) -> str | None:
    colour_name: str | None = element.get("color") if element.tag == "font" else None
    return colour_name


def _under(element: Any) -> str | None:
    """The colour on which an element stands; None where it is not told plainly."""
    # The nearest that says a colour; a picture may be of any.
    for holder in (element, *element.iterancestors()):
        if holder.get("background"):
            return None
        told = _UNDER.search(_style(holder))
        if said := told[1] if told else holder.get("bgcolor"):
            return None if said in _NO_COLOUR else colour(said)
    return PAPER


def is_struck(element: Any) -> bool:
    """Whether a style crosses an element out."""
    return "line-through" in _style(element)


def struck_text(cell: Any) -> str:
    """The text of a cell that is crossed out as a whole."""
    marked = [e for e in cell.iter() if isinstance(e.tag, str)]
    if any(e.tag in STRUCK or is_struck(e) for e in marked):
        return " ".join("".join(cell.itertext()).split())
    return ""
