"""What a text holds: JSON, tables, pages, blocks of bytes, numbers in many forms.

Numbers that stand together (a list, a column, a row, a run) become one vector.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from qadaya.pages.leaks.carried import (
    DEEPEST,
    Carried,
    Closed,
    Piece,
    Words,
    plain_digits,
    unpacked,
)
from qadaya.pages.leaks.forms import HEX, blocks, texts_within
from qadaya.pages.leaks.structures import of_rows, rows_in, walk

_DATA_ADDRESS = re.compile(r"^data:([\w/+.-]*)((?:;[\w=.-]+)*),(.*)$", re.DOTALL)
# Where a list or an object can begin inside a programme, and what names it there.
_OPENING = re.compile(r'[\[{]\s*["\[{\d\-]')
_NAMED = re.compile(r"""([A-Za-z_$][\w$]*)["']?\s*[:=]\s*$""")
_LONGEST_NAME = 60
_MARKUP = re.compile(r"<(?:table|svg|iframe|script|template|div|body)\b", re.IGNORECASE)


def decoded(
    text: str, where: str, *, hidden: bool = False, key: str = "", depth: int = 0
) -> Iterator[Piece]:
    """A text, and whatever it turns out to hold, to any depth that pages have."""
    yield Carried(where, text=text, hidden=hidden, key=key)
    stripped = text.strip()
    if depth > DEEPEST or not stripped:
        return
    if stripped[0] in '{["':
        try:
            value = json.loads(stripped)
        except ValueError:
            pass
        else:
            yield from walk(value, where, hidden, "", depth + 1)
            return
    if address := _DATA_ADDRESS.match(stripped):
        yield Closed(where, _of_address(address), depth + 1, hidden=hidden)
        return
    if depth and _MARKUP.search(stripped):
        yield Closed(f"{where}: ", stripped, depth + 1, hidden=hidden, page=True)
        return
    if (rows := rows_in(stripped)) is not None:
        yield from of_rows(rows, where, hidden)
    for name, value in embedded(stripped):
        place = f"{where}, {name}" if name else where
        yield from walk(value, place, hidden, name, depth + 1)
    # A hash is no row of numbers, yet its bytes could be.
    plain = HEX.sub(" ", plain_digits(text))
    yield Words(where, (plain,), hidden)
    for inner in texts_within(plain):
        yield Closed(where, inner, depth + 1, hidden=hidden)
    for content in blocks(text):
        yield Closed(f"a block in {where}", content, depth + 1, hidden=True)


def embedded(text: str) -> Iterator[tuple[str, Any]]:
    """The lists and objects that stand in a programme, each with its name there.

    What turns out to be no JSON is read in vain; that is given up when it amounts to
    several times the text.
    """
    read, place, in_vain = json.JSONDecoder().raw_decode, 0, 0
    while in_vain < 8 * len(text) + 100_000:
        opening = _OPENING.search(text, place)
        if opening is None:
            return
        begin = opening.start()
        try:
            value, place = read(text, begin)
        except (ValueError, RecursionError) as reason:
            in_vain += getattr(reason, "pos", len(text)) - begin + 50
            place = begin + 1
        else:
            named = _NAMED.search(text, max(0, begin - _LONGEST_NAME), begin)
            yield named[1] if named else "", value


def _of_address(address: re.Match[str]) -> bytes:
    content = unquote_to_bytes(address[3])
    if "base64" in address[2]:
        return unpacked(content.decode("ascii", "replace")) or b""
    return content
