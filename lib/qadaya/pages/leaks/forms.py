"""The forms that numbers and texts take inside a text: bars, codes, escapes, blocks."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from qadaya.pages.leaks.carried import (
    Carried,
    Words,
    column_of,
    numbers_in,
    unpacked,
)
from qadaya.pages.leaks.decimals import with_points

HEX = re.compile(r"\b[0-9a-fA-F]{16,}\b")
_BLOCK = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BASE32 = re.compile(r"\b[A-Z2-7]{16,}={0,6}")
_ASCII85 = re.compile(r"<~([!-u\s]{8,}?)~>")
_BASE85 = re.compile(
    r"""(?:^|(?<=["']))[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{15,}(?=["']|$)"""
)
_RUN = re.compile(r"\d+(?:\.\d+)?(?:[\s,;|/]+\d+(?:\.\d+)?)+")
_HEX_NUMBER = re.compile(r"\b0x([0-9a-fA-F]{1,8})\b")
# Digits that are no part of a name, c2 or x_1.
_FREE_NUMBER = re.compile(r"(?<![A-Za-z_\d.-])\d+(?:\.\d+)?(?![\w.])")
_BAR = re.compile(r"([\u2580-\u259f\u25a0\u25ac\u25ae\u25cf\u26ab\u26aa])\1*")
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})"
)
_LISTED = re.compile(r"[\d\s.,;|/-]+")


def spelled_in(words: Words, *, commas: bool) -> Iterator[Carried]:
    """The vectors of one text; of several the first numbers of each, the second ones.

    `commas`: the page is in a language that writes decimals behind them.
    """
    texts = [with_points(text, commas=commas) for text in words.texts]
    vectors = numbers_spelled(texts[0]) if len(texts) == 1 else _side_by_side(texts)
    for numbers in dict.fromkeys(vectors):
        yield from column_of(numbers, words.where, hidden=words.hidden, spelled=True)


def _side_by_side(texts: list[str]) -> Iterator[tuple[float, ...]]:
    in_texts = [numbers_in(text) for text in texts]
    for place in range(max(map(len, in_texts))):
        yield tuple(numbers[place] for numbers in in_texts if place < len(numbers))


def numbers_spelled(text: str) -> Iterator[tuple[float, ...]]:
    """The vectors of a text: all its numbers, those in a row, lengths of bars."""
    yield numbers_in(text)
    yield tuple(map(float, _FREE_NUMBER.findall(text)))
    for run in _RUN.findall(text):
        yield numbers_in(run)
    yield tuple(float(int(digits, 16)) for digits in _HEX_NUMBER.findall(text))
    yield tuple(float(len(bar[0])) for bar in _BAR.finditer(text))


def texts_within(text: str) -> Iterator[str]:
    """The texts that escapes and codes of characters stand for."""
    if _ESCAPE.search(text):
        yield _ESCAPE.sub(_character, text)
    for run in _RUN.findall(text):
        codes = numbers_in(run)
        if len(codes) > 4 and all(9 <= code < 127 and code % 1 == 0 for code in codes):
            spelled = "".join(chr(int(code)) for code in codes)
            if _LISTED.fullmatch(spelled):
                yield spelled


def blocks(text: str) -> Iterator[bytes]:
    """The bytes of each block of a text that some alphabet for bytes can be read in."""
    for block in HEX.findall(text):
        if len(block) % 2 == 0:
            yield bytes.fromhex(block)
    for block in _BLOCK.findall(text):
        if (content := unpacked(block)) is not None:
            yield content
    for block in _BASE32.findall(text):
        yield from _read(base64.b32decode, block + "=" * (-len(block) % 8))
    for block in _ASCII85.findall(text):
        yield from _read(base64.a85decode, block)
    for block in _BASE85.findall(text):
        yield from _read(base64.b85decode, block)


def _read(read: Callable[[str], bytes], block: str) -> Iterator[bytes]:
    try:
        yield read(block)
    except (binascii.Error, ValueError):
        return


def _character(escape: re.Match[str]) -> str:
    code = int(next(filter(None, escape.groups())), 16)
    return chr(code) if code < 0x110000 else " "
