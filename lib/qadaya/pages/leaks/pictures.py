"""What a picture says besides what it shows: EXIF, comments, text chunks, what is left.

PNG, JPEG, GIF and WebP are read as far as their parts. Of what they show only a palette
and a picture of a few pixels are read as numbers: nobody can look at those.
"""

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
# What a PNG is made of and needs no reading.
_PLAIN_CHUNKS = (b"IHDR", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"iCCP")
# A picture of fewer bytes than this, unpacked, shows nothing that a reader can see.
_TINY = 1024


def picture_texts(content: bytes) -> list[tuple[str, str]] | None:
    """Name and text of each piece of metadata; None for what is no picture."""
    if content.startswith(_PNG):
        return list(_of_png(content))
    if content[:2] == b"\xff\xd8":
        return list(_of_jpeg(content))
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return list(_of_gif(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return list(_of_webp(content))
    return None


def picture_bytes(content: bytes) -> Iterator[bytes]:
    """Parts of a picture that are neither texts nor anything that can be looked at."""
    if not content.startswith(_PNG):
        ended = content.rfind(b"\xff\xd9")
        if content[:2] == b"\xff\xd8" and ended > 0:
            yield content[ended + 2 :]
        return
    shown, ends = b"", len(_PNG)
    for kind, body, place in _chunks(content):
        ends = place
        if kind == b"IDAT":
            shown += body
        elif kind not in (*_TEXT_CHUNKS, *_PLAIN_CHUNKS):
            yield body
    yield content[ends:]
    try:
        pixels = zlib.decompressobj().decompress(shown, _TINY)
    except zlib.error:
        return
    if len(pixels) < _TINY:
        yield pixels


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Kind and body of each chunk of a PNG, and where it ends."""
    place = len(_PNG)
    while place + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + size]
        place += 12 + size
        yield kind, body, place
        if kind == b"IEND":
            return


def _of_png(content: bytes) -> Iterator[tuple[str, str]]:
    for kind, body, _ in _chunks(content):
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
            return _readable(zlib.decompressobj().decompress(packed, 1 << 20))
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


def _of_gif(content: bytes) -> Iterator[tuple[str, str]]:
    place = content.find(b"\x21\xfe")
    while place >= 0:
        comment, place = b"", place + 2
        while place < len(content) and content[place]:
            size = content[place]
            comment += content[place + 1 : place + 1 + size]
            place += 1 + size
        yield "comment", _readable(comment)
        place = content.find(b"\x21\xfe", place)


def _of_webp(content: bytes) -> Iterator[tuple[str, str]]:
    place = 12
    while place + 8 <= len(content):
        kind, size = struct.unpack("<4sI", content[place : place + 8])
        if kind in (b"EXIF", b"XMP "):
            yield "exif", _readable(content[place + 8 : place + 8 + size])
        place += 8 + size + size % 2


def _readable(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\x00", " ").strip()
