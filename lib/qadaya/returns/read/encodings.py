"""From bytes to text: the encodings that office programs in Morocco write."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from qadaya.returns.read.grid import Unreadable

LOST = "\N{REPLACEMENT CHARACTER}"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# windows-1256 holds the accented letters of French too; 1252 is for capitals with one.
_GUESSES = ("windows-1256", "windows-1252", "iso-8859-6", "mac-arabic", "cp720")
# What French was written in before Windows; it holds no Arabic letter.
_OLDER = ("cp850", "mac-roman")
_DECLARED = re.compile(
    rb"""(?:charset\s*=|<\?xml[^>]*encoding\s*=)\s*["']?([A-Za-z0-9_.:\-]+)""", re.I
)
_HEAD = 4096
# Words of Arabic in UTF-7, and how much of such a text is Arabic.
_FEWEST_RUNS, _MANY = 5, 1 / 10
_ARABIC = re.compile("[\u0600-\u06ff]")
# So few of a text's letters may be lost for it to be still that text.
_FEW = 1 / 200


def texts_of(content: bytes) -> Iterator[str]:
    """The texts that these bytes may be, the likeliest first; one if they are certain.

    A few letters that cannot be read stand as the sign for a lost letter.
    Raises: Unreadable for bytes that are no text.
    """
    marked = _marked(content)
    # A mark is a promise: even letters that break it are of this encoding.
    if marked:
        yield content.decode(marked, "replace")
        return
    content = _without_stray_zeros(_without_padding(content))
    text = _certain(content)
    if text is not None:
        yield text
        return
    # Which of them it is the headings tell: the reader takes the one that finds most.
    for encoding in dict.fromkeys([*_declared(content), *_GUESSES, *_OLDER]):
        text = decoded(content, encoding)
        if text is not None:
            yield text
    best = from_bytes(content[:50_000]).best()
    if best is not None:
        yield content.decode(best.encoding, "replace")


def _certain(content: bytes) -> str | None:
    """The text of bytes that one encoding explains and hardly another by chance.

    Raises: Unreadable for zeros that none explains.
    """
    # From the surest to the least: what holds zeros, what is ASCII throughout, UTF-8.
    wide = _utf_32(content)
    text = decoded(content, wide) if wide else None
    if text is not None:
        return text
    if b"\0" in content:
        text = decoded(content, _utf_16(content) or "ascii")
        if text is None or "\0" in text:
            raise Unreadable("kind")
        return text
    # All of UTF-7 is ASCII, so it would pass for UTF-8 below.
    text = _utf_7(content)
    if text is None:
        text = decoded(content, "utf-8")
    return _almost_utf_8(content) if text is None else text


def decoded(content: bytes, encoding: str) -> str | None:
    """The text in an encoding, None where the bytes are not of it."""
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _marked(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def _utf_16(content: bytes) -> str | None:
    """Without a mark, every other byte of UTF-16 text in Latin letters is zero."""
    # Arabic letters have no zero byte, but blanks, digits and separators have one.
    if content[1::2].count(0) > len(content) // 8:
        return "utf-16-le"
    if content[::2].count(0) > len(content) // 8:
        return "utf-16-be"
    return None


def _utf_32(content: bytes) -> str | None:
    """Without a mark, half the bytes of UTF-32 text are zeros in pairs."""
    pairs = content.count(b"\0\0")
    if len(content) % 4 or 5 * pairs < len(content):
        return None
    return "utf-32-be" if content.startswith(b"\0\0") else "utf-32-le"


def _utf_7(content: bytes) -> str | None:
    """Arabic in the letters of mails, as some old programs export it."""
    if not content.isascii() or content.count(b"+") < _FEWEST_RUNS:
        return None
    text = decoded(content, "utf-7")
    if text is None or text.isascii():
        return None
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    return text if len(_ARABIC.findall(text)) > len(text) * _MANY else None


def _without_padding(content: bytes) -> bytes:
    """A text without the zeros with which some programs fill up its last block."""
    stripped = content.rstrip(b"\0")
    return content if b"\0" in stripped else stripped


def _without_stray_zeros(content: bytes) -> bytes:
    """A text of one byte a letter whose few zeros stand for lost letters."""
    few = content.count(0) <= max(1, len(content) * _FEW)
    if b"\0" in content and _utf_16(content) is None and few:
        return content.replace(b"\0", LOST.encode())
    return content


def _almost_utf_8(content: bytes) -> str | None:
    text = content.decode("utf-8", "replace")
    n_lost = text.count(LOST)
    # Letters beyond ASCII that are sound: in real UTF-8 nearly all of them.
    n_others = len(text) - len(text.encode("ascii", "ignore")) - n_lost
    few = n_lost <= max(1, len(text) * _FEW)
    # In another encoding hardly any of its letters would be one of this.
    return text if few and n_others > 2 * n_lost else None


def _declared(content: bytes) -> list[str]:
    """The encoding that a page says it has."""
    match = _DECLARED.search(content[:_HEAD])
    return [match[1].decode("ascii")] if match else []
