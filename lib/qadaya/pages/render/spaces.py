"""Where no line of a page may end, in all of its text, whoever wrote it."""

import re

from qadaya.views.prose.words import runs_kept

# What is no text: tags with their attributes, comments, and what is code or data.
_NO_TEXT = re.compile(
    r"(<!--.*?-->|<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL
)
_BEFORE_SIGN = re.compile(r"[ \n]+(?=[:;!?%»](?:[\s<,.)]|$))|(?<=«)[ \n]+(?=\S)")


def lines_kept(page: str, language: str) -> str:
    """The page with p-values and ranges whole, and French signs after their word.

    Only French sets a space before : ; ! ? % » and after «: there it does not break.
    """
    parts, end = [], 0
    for found in _NO_TEXT.finditer(page):
        parts += [_kept(page[end : found.start()], language), found[0]]
        end = found.end()
    return "".join([*parts, _kept(page[end:], language)])


def _kept(text: str, language: str) -> str:
    if language == "fr":
        text = _BEFORE_SIGN.sub("\u00a0", text)
    return runs_kept(text)
