"""The texts over and under the pages of a sheet, without what stands for a number."""

import re
from collections.abc import Iterable

# Parts of the page, fonts, colours, page numbers: `&C&"Arial,Bold"&12 ... &P/&N`.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+\-]{5,6}|\d+|[A-Za-z&])')


def page_lines(texts: Iterable[str]) -> list[str]:
    """The lines of page headings and footings."""
    lines = (line for text in texts for line in _CODE.sub(" ", text).split("\n"))
    return [line.strip() for line in lines if any(map(str.isalnum, line))]
