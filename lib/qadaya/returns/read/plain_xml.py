"""The texts of XML that is written plainly, without a parser for the whole of it."""

import re
from functools import lru_cache
from xml.parsers import expat

from qadaya.returns.read.xml_parts import parsed

_MET_AGAIN = 1000
# What no XML may hold; the parser then says so.
_NO_LETTERS = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class NotPlainError(Exception):
    """XML that only a parser can read; caught where the parser then is asked."""


def require_sound(xml: bytes) -> None:
    """Let pass what is XML from its first byte to its last.

    A pattern finds cells in what is damaged as well, and would miss others in silence.
    Raises: NotPlainError.
    """
    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):
        # The latter for letters of an encoding that nobody knows, or of several bytes.
        raise NotPlainError from None


def decoded_text(text: bytes) -> str:
    """A text between two elements of sound XML; most stand in file after file.

    Raises: NotPlainError.
    """
    return _decoded_short(text) if len(text) < _MET_AGAIN else _decoded(text)


def _decoded(text: bytes) -> str:
    if _NO_LETTERS.search(text):
        raise NotPlainError
    if b"&" not in text:
        return text.decode()
    return parsed(b"<t>" + text + b"</t>").text or ""


_decoded_short = lru_cache(maxsize=8192)(_decoded)
