"""Signs of all text of a page, whoever wrote it: where no line may end; apostrophes."""

import re

from qadaya.views.prose.words import one_apostrophe, runs_kept

# What is no text: tags with their attributes, comments, and what is code or data.
_NO_TEXT = re.compile(
    r"(<!--.*?-->|<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL
)
_BEFORE_SIGN = re.compile(r"[ \n]+(?=[:;!?%»](?:[\s<,.)]|$))|(?<=«)[ \n]+(?=\S)")

# A question asked of a pronoun is one word: qu’a-t-on, racontent-ils.
_ASKED = re.compile(r"(?<=\w)-(?=(?:t-)?(?:ils?|elles?|on|nous|vous)\b)")


def lines_kept(page: str, language: str) -> str:
    """The page with p-values and ranges whole, French signs after their word.

    Only French sets a space before : ; ! ? % » and after «: there it does not break.
    The apostrophe is set in one way, in names of courts too.
    """
    parts, end = [], 0
    for found in _NO_TEXT.finditer(page):
        parts += [_kept(page[end : found.start()], language), found[0]]
        end = found.end()
    return "".join([*parts, _kept(page[end:], language)])


def _kept(text: str, language: str) -> str:
    if language != "ar":
        text = one_apostrophe(text.replace("&#39;", "'"))
    if language == "fr":
        text = _BEFORE_SIGN.sub("\u00a0", text)
        text = _ASKED.sub("-\u2060", text)
    return runs_kept(text)
