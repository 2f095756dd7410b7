"""French spaces that no line may end at, in all text of a page, whoever wrote it."""

import re

# What is no text: tags with their attributes, comments, and what is code or data.
_NO_TEXT = re.compile(
    r"(<!--.*?-->|<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL
)
_BEFORE_SIGN = re.compile(r"[ \n]+(?=[:;!?%»](?:[\s<,.)]|$))|(?<=«)[ \n]+(?=\S)")


def spaces_kept(page: str, language: str) -> str:
    """The page with no-break spaces before : ; ! ? % » and after « where it is French.

    Text of pages in other languages is left as it is: only French sets such spaces.
    """
    if language != "fr":
        return page
    parts, end = [], 0
    for found in _NO_TEXT.finditer(page):
        parts += [_BEFORE_SIGN.sub("\u00a0", page[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, _BEFORE_SIGN.sub("\u00a0", page[end:])])
