"""Numbers in words, as the language of a page writes them: 8,4 is one number in French.

By itself a comma between digits can part two counts as well as stand before decimals.
Which it does is told by the language of the page, and in any language by a range: both
its ends are written alike and the lower comes first.
"""

import re

from qadaya.pages.leaks.carried import plain_digits

_LANGUAGE = re.compile(r"<html\b[^>]*?\slang\s*=\s*[\"']?([A-Za-z]+)", re.IGNORECASE)
_WITH_COMMAS = {"ar", "fr"}
# One comma with digits on both sides: 8,4,32,1 is a list, and so is 8, 4.
_DECIMAL = re.compile(r"(?<![\d.,])\d+,\d+(?![.,]?\d)")
# No more than two decimals: 1,234 to 5,678 are thousands in English.
_END = r"(?<![\d.,])\d+,\d{1,2}(?![.,]?\d)"
_TO = r"\s*(?:[-\u2010-\u2015\u2212~]|\.{2,3})\s*|\s+(?:à|to|إلى)\s+"
_RANGE = re.compile(rf"({_END})({_TO})({_END})")
_BARE_LINE = re.compile(r"[\d.,;|\s]+")


def has_decimal_commas(page: str) -> bool:
    """Whether a page says that it is in a language that writes 8,4 for 8.4."""
    language = _LANGUAGE.search(page)
    return language is not None and language[1].lower() in _WITH_COMMAS


def with_points(text: str, *, commas: bool) -> str:
    """The text with plain digits and its decimals behind points.

    `commas`: it is in a language that writes them behind commas. Lines of bare numbers
    are a table all the same, whose columns a comma parts.
    """
    plain = plain_digits(text)
    if "," not in plain:
        return plain
    plain = _RANGE.sub(_range_with_points, plain)
    lines = [line for line in plain.splitlines() if line.strip()]
    table = len(lines) > 1 and all(map(_BARE_LINE.fullmatch, lines))
    return plain if table or not commas else _DECIMAL.sub(_with_point, plain)


def _with_point(number: re.Match[str]) -> str:
    return number[0].replace(",", ".")


def _range_with_points(ends: re.Match[str]) -> str:
    low, between, high = ends.groups()
    alike = len(low.partition(",")[2]) == len(high.partition(",")[2])
    if alike and float(low.replace(",", ".")) <= float(high.replace(",", ".")):
        return f"{low}{between}{high}".replace(",", ".")
    return ends[0]
