"""Drawings (SVG) as pictures: nothing in a picture runs, and no name in it is found."""

import base64
import re
from html import escape

from lxml import etree

from qadaya.pages.render.paths import shortened

_TAG = re.compile(r"<(/?)svg\b[^>]*?(/?)>", re.IGNORECASE)
_SVG = "http://www.w3.org/2000/svg"
_DRAWN = (
    None,
    _SVG,
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_RUNS = ("script", "foreignObject", "handler", "iframe", "set")


def as_pictures(html: str) -> str:
    """The HTML with each drawing in it as a picture."""
    done: list[str] = []
    place = begin = depth = 0
    for tag in _TAG.finditer(html):
        if tag[1]:
            depth -= 1
            if depth == 0:
                done += [html[place:begin], picture(html[begin : tag.end()])]
                place = tag.end()
            depth = max(depth, 0)
        elif not tag[2]:
            begin = begin if depth else tag.start()
            depth += 1
    return "".join([*done, html[place:]])


def picture(svg: str, alt: str = "") -> str:
    """One drawing as an `img` element; "" where it is no drawing at all."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    if "xmlns=" not in svg[:2000]:
        svg = re.sub(r"<svg\b", f'<svg xmlns="{_SVG}"', svg, count=1, flags=re.I)
    # An encoding that the text names is not the one it has here.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", svg)
    try:
        drawing = etree.fromstring(source.encode(), parser=parser)
    except etree.XMLSyntaxError:
        drawing = None
    if drawing is None:
        return ""
    for element in list(drawing.iter()):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        drops = name in _RUNS or name.startswith("animate") or name == "metadata"
        if drops or _of_an_editor(str(element.tag)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for key in list(element.attrib):
            # A prefix that nothing declares is left in the name.
            local = re.split(r"[:}]", str(key))[-1].lower()
            if _acts(local, str(element.attrib[key])) or _of_an_editor(str(key)):
                del element.attrib[key]
        if element.text:
            element.text = shortened(element.text)
    words = alt or _title(drawing)
    content = base64.b64encode(_text(drawing)).decode()
    kind = "data:image/svg+xml;base64"
    return f'<img src="{kind},{content}" alt="{escape(words)}">'


def _acts(name: str, value: str) -> bool:
    """Whether an attribute runs something, or asks another place for it."""
    inside = value.strip().lower().startswith(("#", "data:image/"))
    return name.startswith("on") or (name == "href" and not inside)


def _of_an_editor(name: str) -> bool:
    """Whether a drawing program keeps this for itself: its windows, who saved it where.

    It says nothing of the drawing, and much of a machine.
    """
    space = etree.QName(name).namespace if name.startswith("{") else None
    return space not in _DRAWN


def _text(drawing: etree._Element) -> bytes:
    written: str = etree.tostring(drawing, encoding="unicode")
    return written.encode()


def _title(drawing: etree._Element) -> str:
    title = drawing.find(f"{{{_SVG}}}title")
    return (title.text or "").strip() if title is not None else ""
