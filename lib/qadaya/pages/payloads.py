"""What texts and bytes hold, decoded: JSON, packed arrays, base64, gzip, pictures.

Numbers that stand together (a list, a column, a row, a run) become one vector.
"""

import base64
import binascii
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

import numpy as np

from qadaya.pages.assets import plotly_digest
from qadaya.pages.pictures import picture_texts

_BLOCK = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
HEX = re.compile(r"\b[0-9a-fA-F]{16,}\b")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_RUN = re.compile(r"\d+(?:\.\d+)?(?:[\s,;|/]+\d+(?:\.\d+)?)+")
_DATA_ADDRESS = re.compile(r"^data:([\w/+.-]*)((?:;[\w=.-]+)*),(.*)$", re.DOTALL)
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩", "0123456789", "\u2066\u2067\u2068\u2069\u200f\u200e"
)
_PACKED = ("i1", "u1", "<i2", "<u2", "<i4", "<u4", "<f4", "<f8", "<i8")
_LARGEST = 64 * 1024 * 1024
_DEEPEST = 6


@dataclass(frozen=True)
class Carried:
    """One thing found: a text, or numbers that stand together.

    `where` says how to find it; `hidden`: no reader sees it without taking the page
    apart; `spelled`: picked out of words, "1,2 to 3"; `guessed`: bytes that could be
    these numbers and as well something else; `key`: the JSON name it stood under.
    """

    where: str
    text: str | None = None
    numbers: tuple[float, ...] | None = None
    hidden: bool = False
    spelled: bool = False
    guessed: bool = False
    key: str = ""


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers of a text in order, whichever digits it is written in."""
    return tuple(float(each) for each in _NUMBER.findall(text.translate(_DIGITS)))


def column_of(
    values: Iterable[float | None],
    where: str,
    *,
    hidden: bool = False,
    spelled: bool = False,
) -> Iterator[Carried]:
    """The numbers as one vector, if they are more than one."""
    numbers = tuple(value for value in values if value is not None)
    if len(numbers) > 1:
        yield Carried(where, numbers=numbers, hidden=hidden, spelled=spelled)


def decoded(
    text: str, where: str, *, hidden: bool = False, key: str = "", depth: int = 0
) -> Iterator[Carried]:
    """A text, and whatever it turns out to hold, to any depth that pages have."""
    yield Carried(where, text=text, hidden=hidden, key=key)
    stripped = text.strip()
    if depth > _DEEPEST or not stripped:
        return
    if stripped[0] in '{["':
        try:
            value = json.loads(stripped)
        except ValueError:
            pass
        else:
            yield from _walk(value, where, hidden, "", depth + 1)
            return
    if address := _DATA_ADDRESS.match(stripped):
        yield from _bytes(_of_address(address), where, hidden, depth + 1)
        return
    # A hash is no row of numbers, yet its bytes could be.
    plain = HEX.sub(" ", text.translate(_DIGITS))
    for block in HEX.findall(text):
        if len(block) % 2 == 0:
            yield from _as_arrays(bytes.fromhex(block), where, hidden)
    yield from column_of(numbers_in(plain), where, hidden=hidden, spelled=True)
    for run in _RUN.findall(plain):
        yield from column_of(numbers_in(run), where, hidden=hidden, spelled=True)
    for block in _BLOCK.findall(text):
        if (content := _unpacked(block)) is not None:
            yield from _bytes(content, f"a block in {where}", True, depth + 1)


def _walk(
    value: Any, where: str, hidden: bool, key: str, depth: int
) -> Iterator[Carried]:
    if isinstance(value, dict):
        yield from _walk_dict(value, where, hidden, depth)
    elif isinstance(value, list):
        yield from _walk_list(value, where, hidden, key, depth)
    elif isinstance(value, str):
        yield from decoded(value, where, hidden=hidden, key=key, depth=depth)
        if 4 <= len(value) < 16 and (content := _unpacked(value)) is not None:
            yield from _bytes(content, where, hidden, depth + 1)


def _walk_dict(
    value: dict[str, Any], where: str, hidden: bool, depth: int
) -> Iterator[Carried]:
    if isinstance(value.get("bdata"), str) and "dtype" in value:
        yield from _packed_array(value, where, hidden)
        return
    yield from column_of(map(_as_number, value.values()), where, hidden=hidden)
    for key, each in value.items():
        yield from _walk(each, f"{where}, {key}", hidden, key, depth)


def _packed_array(value: dict[str, Any], where: str, hidden: bool) -> Iterator[Carried]:
    content = _unpacked(value["bdata"]) or b""
    try:
        array = np.frombuffer(content, dtype=np.dtype(value["dtype"]).newbyteorder("<"))
    except (TypeError, ValueError):
        # An array that says what it is not: the readings below find what it holds.
        yield from _bytes(content, where, True, _DEEPEST)
        return
    yield Carried(where, numbers=tuple(map(float, array)), hidden=hidden)
    shape = [int(each) for each in re.findall(r"\d+", str(value.get("shape", "")))]
    if len(shape) == 2 and array.size == shape[0] * shape[1]:
        grid = array.reshape(shape)
        for line in (*grid, *grid.T):
            yield Carried(where, numbers=tuple(map(float, line)), hidden=hidden)


def _walk_list(
    value: list[Any], where: str, hidden: bool, key: str, depth: int
) -> Iterator[Carried]:
    yield from column_of(map(_as_number, value), where, hidden=hidden)
    if value and all(isinstance(each, list) for each in value):
        flat = [_as_number(part) for each in value for part in each]
        yield from column_of(flat, where, hidden=hidden)
        for place in range(max(map(len, value))):
            column = [_as_number(each[place]) for each in value if place < len(each)]
            yield from column_of(column, f"{where}, column {place + 1}", hidden=hidden)
    if value and all(isinstance(each, dict) for each in value):
        for name in {name for each in value for name in each}:
            column = [_as_number(each.get(name)) for each in value]
            yield from column_of(column, f"{where}, column {name}", hidden=hidden)
    if value and all(isinstance(each, str) for each in value):
        found = [numbers_in(each) for each in value]
        for place in range(max(map(len, found))):
            column = [each[place] for each in found if place < len(each)]
            yield from column_of(column, where, hidden=hidden, spelled=True)
    for place, each in enumerate(value):
        if isinstance(each, dict | list | str):
            yield from _walk(each, f"{where}[{place}]", hidden, key, depth)


def _as_number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = value.strip().translate(_DIGITS) if isinstance(value, str) else ""
    return float(text) if _NUMBER.fullmatch(text) else None


def _of_address(address: re.Match[str]) -> bytes:
    content = unquote_to_bytes(address[3])
    if "base64" in address[2]:
        return _unpacked(content.decode("ascii", "replace")) or b""
    return content


def _unpacked(block: str) -> bytes | None:
    plain = block.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _bytes(content: bytes, where: str, hidden: bool, depth: int) -> Iterator[Carried]:
    if depth > _DEEPEST + 2 or len(content) < 2:
        return
    inflated = _inflated(content)
    if inflated is not None:
        if hashlib.sha256(inflated).hexdigest() != plotly_digest():
            yield from _bytes(inflated, f"what is packed in {where}", True, depth + 1)
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
