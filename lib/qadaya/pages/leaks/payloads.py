"""What texts and bytes hold, decoded: JSON, base64, gzip, tables, pages, pictures.

Numbers that stand together (a list, a column, a row, a run) become one vector.
"""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import numpy as np

from qadaya.pages.leaks.carried import (
    DEEPEST,
    Carried,
    Closed,
    Found,
    column_of,
    numbers_in,
    plain_digits,
    unpacked,
)
from qadaya.pages.leaks.pictures import picture_texts
from qadaya.pages.leaks.structures import of_rows, rows_in, walk
from qadaya.pages.render.assets import plotly_digest

_BLOCK = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
HEX = re.compile(r"\b[0-9a-fA-F]{16,}\b")
_RUN = re.compile(r"\d+(?:\.\d+)?(?:[\s,;|/]+\d+(?:\.\d+)?)+")
_DATA_ADDRESS = re.compile(r"^data:([\w/+.-]*)((?:;[\w=.-]+)*),(.*)$", re.DOTALL)
_PACKED = ("i1", "u1", "<i2", "<u2", "<i4", "<u4", "<f4", "<f8", "<i8")
# Where a list or an object can begin inside a programme, and what names it there.
_OPENING = re.compile(r'[\[{]\s*["\[{\d\-]')
_NAMED = re.compile(r"""([A-Za-z_$][\w$]*)["']?\s*[:=]\s*$""")
_LONGEST_NAME = 60
_MARKUP = re.compile(r"<(?:table|svg|iframe|script|template|div|body)\b", re.IGNORECASE)
_LARGEST = 64 * 1024 * 1024


def decoded(
    text: str, where: str, *, hidden: bool = False, key: str = "", depth: int = 0
) -> Iterator[Found]:
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
        yield from of_bytes(_of_address(address), where, hidden, depth + 1)
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
    for block in HEX.findall(text):
        if len(block) % 2 == 0:
            yield from _as_arrays(bytes.fromhex(block), where, hidden)
    yield from column_of(numbers_in(plain), where, hidden=hidden, spelled=True)
    for run in _RUN.findall(plain):
        yield from column_of(numbers_in(run), where, hidden=hidden, spelled=True)
    for block in _BLOCK.findall(text):
        if (content := unpacked(block)) is not None:
            yield from of_bytes(content, f"a block in {where}", True, depth + 1)


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


def of_bytes(content: bytes, where: str, hidden: bool, depth: int) -> Iterator[Found]:
    """What bytes hold: packed bytes, a picture's words, a text, packed numbers."""
    if depth > DEEPEST + 2 or len(content) < 2:
        return
    inflated = _inflated(content)
    if inflated is not None:
        if hashlib.sha256(inflated).hexdigest() != plotly_digest():
            yield from of_bytes(inflated, f"what is packed in {where}", True, depth + 1)
        return
    metadata = picture_texts(content)
    if metadata is not None:
        for name, text in metadata:
            yield Carried(f"the picture in {where}", text=text, hidden=True, key=name)
            yield from decoded(
                text, f"the picture in {where}", hidden=True, depth=depth
            )
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if text.isprintable() or "\n" in text:
            yield from decoded(text, where, hidden=hidden, depth=depth + 1)
    yield from _as_arrays(content, where, hidden)


def _as_arrays(content: bytes, where: str, hidden: bool) -> Iterator[Carried]:
    """The bytes read as each kind of packed array that could hold counts."""
    for kind in _PACKED:
        dtype = np.dtype(kind)
        if len(content) % dtype.itemsize or len(content) < 2 * dtype.itemsize:
            continue
        array = np.frombuffer(content, dtype=dtype)
        with np.errstate(invalid="ignore"):
            counts = np.isfinite(array).all() and (array >= 0).all()
            if counts and (array < 1e7).all() and (array == np.floor(array)).all():
                # Any word of eight letters reads as six small numbers; that long
                # ones are all whole and small does not happen by itself.
                guessed = dtype.itemsize < 4
                numbers = tuple(map(float, array))
                yield Carried(where, numbers=numbers, hidden=hidden, guessed=guessed)


def _inflated(content: bytes) -> bytes | None:
    try:
        if content[:2] == b"\x1f\x8b":
            return gzip.decompress(content)[:_LARGEST]
        if content[:1] == b"\x78":
            return zlib.decompress(content)[:_LARGEST]
    except (OSError, EOFError, zlib.error):
        pass
    return None
