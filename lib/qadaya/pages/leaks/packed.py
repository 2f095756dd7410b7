"""What bytes hold: packed bytes, archives, pictures, texts, packed numbers."""

import bz2
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook

from qadaya.pages.leaks.carried import DEEPEST, Carried, Closed, Piece
from qadaya.pages.leaks.pictures import picture_bytes, picture_texts
from qadaya.pages.render.assets import plotly_digest

_PACKED = ("i1", "u1", "<i2", "<u2", "<f2", "<i4", "<u4", "<f4", "<f8", "<i8")
# Of what is packed no more than this is read, nor more members of an archive.
_LARGEST = 16 * 1024 * 1024
_MOST_MEMBERS = 100
# A packed array that could be one of counts is no longer than that.
_LONGEST_ARRAY = 1 << 20
_WORKBOOK = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_MOST = 10_000_000
_BROKEN = (zlib.error, lzma.LZMAError, zipfile.BadZipFile, CalamineError)
_GZIP, _RAW = 31, -15


def of_bytes(content: bytes, where: str, hidden: bool, depth: int) -> Iterator[Piece]:
    """What bytes hold, whatever they are."""
    if depth > DEEPEST + 2 or len(content) < 2:
        return
    inside = list(_unpacked(content))
    for name, part in inside:
        if hashlib.sha256(part).hexdigest() != plotly_digest():
            place = f"{name} in {where}" if name else f"what is packed in {where}"
            yield Closed(place, part, depth + 1, hidden=True)
    if inside:
        return
    if (texts := picture_texts(content)) is not None:
        for name, text in texts:
            place = f"the picture in {where}"
            yield Carried(place, text=text, hidden=True, key=name)
            yield Closed(place, text, depth, hidden=True)
        for part in picture_bytes(content):
            yield Closed(f"the picture in {where}", part, depth + 1, hidden=True)
        return
    if (words := _as_text(content)) is not None:
        yield Closed(where, words, depth + 1, hidden=hidden)
    yield from _as_arrays(content, where, hidden)


def _as_text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() or "\n" in text else None


def _as_arrays(content: bytes, where: str, hidden: bool) -> Iterator[Carried]:
    """The bytes read as each kind of packed array that could hold counts."""
    for kind in _PACKED:
        dtype = np.dtype(kind)
        short = len(content) < 2 * dtype.itemsize or len(content) > _LONGEST_ARRAY
        if short or len(content) % dtype.itemsize:
            continue
        array = np.frombuffer(content, dtype=dtype)
        with np.errstate(invalid="ignore", over="ignore"):
            counts = np.isfinite(array).all() and (array >= 0).all()
            if (
                counts
                and (array.astype(float) < _MOST).all()
                and (array == np.floor(array)).all()
            ):
                # Any word of eight letters reads as six small numbers; that long
                # ones are all whole and small does not happen by itself.
                guessed = dtype.itemsize < 4
                numbers = tuple(map(float, array))
                yield Carried(where, numbers=numbers, hidden=hidden, guessed=guessed)


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part of packed bytes; nothing if they are not packed."""
    try:
        if content[:2] == b"\x1f\x8b":
            yield "", zlib.decompressobj(_GZIP).decompress(content, _LARGEST)
        elif content[:1] == b"\x78":
            yield "", zlib.decompressobj().decompress(content, _LARGEST)
        elif content[:3] == b"BZh":
            yield "", bz2.BZ2Decompressor().decompress(content, _LARGEST)
        elif content[:6] == b"\xfd7zXZ\x00":
            reader = lzma.LZMADecompressor(memlimit=8 * _LARGEST)
            yield "", reader.decompress(content, _LARGEST)
        elif content[:4] == b"PK\x03\x04":
            yield from _members(content)
        else:
            yield from _deflated(content)
    except (OSError, EOFError, *_BROKEN):
        return


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        left = _LARGEST
        size = sum(member.file_size for member in archive.infolist())
        if size < _LARGEST and _WORKBOOK & set(archive.namelist()):
            yield from _sheets(content)
            return
        for member in archive.infolist()[:_MOST_MEMBERS]:
            if not member.flag_bits & 1:  # none that wants a password
                with archive.open(member) as part:
                    content = part.read(left)
                left -= len(content)
                yield member.filename, content


def _sheets(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The sheets of a workbook as tables with tabs."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names[:_MOST_MEMBERS]:
        rows = book.get_sheet_by_name(name).to_python()
        lines = ("\t".join(map(_in_cell, row)) for row in rows)
        yield f"sheet {name}", "\n".join(lines).encode()


def _in_cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _deflated(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Packed bytes without a head: any could be that, so only a text is believed."""
    packed = zlib.decompressobj(_RAW)
    inflated = packed.decompress(content, _LARGEST)
    text = _as_text(inflated) if packed.eof and not packed.unused_data else None
    if text and len(inflated) > 3:
        yield "", inflated
