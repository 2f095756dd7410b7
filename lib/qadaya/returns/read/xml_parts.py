"""XML of an office file: read with no door open, asked without its namespaces."""

from functools import cache, lru_cache
from typing import Any

from lxml import etree

from qadaya.returns.read.grid import Unreadable

# What the XML library takes of one text, and how deep; and its word for no memory.
MOST_LETTERS, _DEEPEST, _NO_MEMORY = 10_000_000, 256, 2
_SHORT, _BEGINNING = 60_000, 1000


def parsed(xml: bytes) -> Any:
    """The root of a part; nothing outside the part is looked up.

    Raises: XMLSyntaxError for one that is damaged; MemoryError or Unreadable for one
    that is too much to hold, which the library tells as if it were damaged.
    """
    try:
        return etree.fromstring(xml, parser())
    except etree.XMLSyntaxError as error:
        raise_if_too_much(error)
        raise


def root_name(xml: bytes) -> str:
    """The name of the element that all of a part stands in, without its namespace.

    Raises: XMLSyntaxError for what is no XML from its beginning.
    """
    return _root_met(xml) if len(xml) < _SHORT else _root_name(xml)


def _root_name(xml: bytes) -> str:
    pulling = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True)
    for at in range(0, len(xml), _BEGINNING):
        pulling.feed(xml[at : at + _BEGINNING])
        for _, root in pulling.read_events():
            return local_name(root)
    pulling.close()  # says what is wrong
    return ""


_root_met = lru_cache(maxsize=64)(_root_name)


def raise_if_too_much(error: etree.XMLSyntaxError) -> None:
    """Raise what is true of a part that is sound and too much for the library."""
    message = str(error)
    # What the library says is all that tells these apart; first letters may be
    # capitals.
    if error.code == _NO_MEMORY or "emory allocation" in message:
        raise MemoryError from error
    if "epth" in message:
        raise Unreadable("nested", _DEEPEST) from error
    if "too long" in message or "huge" in message.lower():
        raise Unreadable("too_much_text", MOST_LETTERS) from error


@cache
def parser() -> etree.XMLParser:
    """A parser that resolves no entity and opens nothing else; made once."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class _LocalNames(dict[Any, str]):
    def __missing__(self, tag: Any) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        # Names that a file invents must not fill the memory.
        if len(self) < 4096:
            self[tag] = name
        return name


_LOCAL = _LocalNames()


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for a comment.

    The two dialects of the standard differ in namespaces alone.
    """
    return _LOCAL[element.tag]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace, None where it is not there."""
    value = element.get(name)
    if value is not None:
        return str(value)
    # Nearly always it is in the namespace of its element, as in an OpenDocument.
    ending = f"}}{name}"
    for key in element.keys():  # noqa: SIM118 - an element yields its children
        if key.endswith(ending):
            return str(element.get(key))
    return None
