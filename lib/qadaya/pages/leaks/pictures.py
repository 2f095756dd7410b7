"""What a picture says besides what it shows: EXIF, comments, text chunks.

PNG, JPEG and WebP are read as far as their metadata; the picture itself is not decoded.
"""

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")


def picture_texts(content: bytes) -> list[tuple[str, str]] | None:
    """Name and text of each piece of metadata; None for what is no picture."""
    if content.startswith(_PNG):
        return list(_of_png(content))
    if content[:2] == b"\xff\xd8":
        return list(_of_jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return list(_of_webp(content))
    return None


def _of_png(content: bytes) -> Iterator[tuple[str, str]]:
    place = len(_PNG)
    while place + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + size]
        place += 12 + size
        if kind == b"eXIf":
            yield "exif", _readable(body)
        elif kind in _TEXT_CHUNKS:
            name, _, text = body.partition(b"\x00")
            yield _readable(name).lower(), _png_text(kind, text)


def _png_text(kind: bytes, text: bytes) -> str:
    if kind == b"tEXt":
        return _readable(text)
    packed = text[1:] if kind == b"zTXt" else text[2:].split(b"\x00", 2)[-1]
    if kind == b"zTXt" or text[:1] == b"\x01":
        try:
            return _readable(zlib.decompress(packed))
        except zlib.error:
            return _readable(text)
    return _readable(packed)


def _of_jpeg(content: bytes) -> Iterator[tuple[str, str]]:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xDA:  # from here on it is the picture
            return
        size = struct.unpack(">H", content[place + 2 : place + 4])[0]
        body = content[place + 4 : place + 2 + size]
        place += 2 + size
        if marker == 0xE1:
            yield "exif", _readable(body)
        elif marker == 0xED:
            yield "iptc", _readable(body)
        elif marker == 0xFE:
            yield "comment", _readable(body)


def _of_webp(content: bytes) -> Iterator[tuple[str, str]]:
    place = 12
    while place + 8 <= len(content):
        kind, size = struct.unpack("<4sI", content[place : place + 8])
        if kind in (b"EXIF", b"XMP "):
            yield "exif", _readable(content[place + 8 : place + 8 + size])
        place += 8 + size + size % 2


def _readable(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\x00", " ").strip()
