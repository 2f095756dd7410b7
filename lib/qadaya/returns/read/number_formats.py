"""What a sheet shows of a number, a date or a text, by the format of its cell.

A format shows the year of a day alone, hides a number, or puts words beside or in the
place of what the cell holds ([ECMA-376] part 1, 18.8.30 and 18.8.31).
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

# The formats that every program knows by number, as far as they are dates.
_BUILT_IN = {
    **dict.fromkeys((14, 15, 22, *range(27, 32), 36, *range(50, 59)), "ymd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "t"),
    16: "md",
    17: "ym",
}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAYS_OF_1904 = 1462
_FIRST_DAY = datetime(1899, 12, 30)
_LAST_SERIAL = 2_958_466  # 31 December 9999
HIDES, WORDS = "hides", "words "
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
# Digits, parts of a date, or the general format: anything that tells the number.
_PLACES = re.compile(r"[0#?@a-z]")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
# A word, a sign, a currency, what is left out, the text itself, any other letter.
_PIECE = re.compile(
    r'"(?P<word>[^"]*)"|\\(?P<sign>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_WHITE = re.compile(r"\[(?:white|color ?2|blanc|أبيض)\]", re.I)
_FEWEST_LETTERS = 3


@lru_cache(maxsize=1024)
def parts_shown(number: int, code: str | None) -> str:
    """Which of y, m and d a format shows; t for a time, empty for a number.

    `HIDES` for a format that shows nothing at all (`;;;`); `WORDS` and the format
    itself where it shows words beside or in the place of what cells hold, or hides
    some of it.
    """
    if code is None:
        return _BUILT_IN.get(number, "")
    # Three separators are four sections, for numbers above, below, zero and texts: all
    # empty, nothing is shown of any.
    if code.count(";") >= 3 and not code.replace(";", "").strip():
        return HIDES
    sections, of_text = _sections(code)
    # Which section counts depends on the number, so the whole format is kept.
    if not all(map(_shows_the_number, sections)) or any(map(_says_more, sections)):
        return WORDS + code
    if of_text is not None and (_says_more(of_text) or not _shows_the_text(of_text)):
        return WORDS + code
    return _parts_of_date(code)


def _parts_of_date(code: str) -> str:
    first = _QUOTED.sub("", code.split(";")[0]).lower()
    if first.strip() in ("general", "standard"):
        return ""
    # Places for digits make a number of it; after the point they are parts of a second.
    if not re.search("[ymdhs]", first) or re.search("[0#?]", first.split(".")[0]):
        return ""
    # "m" after hours is minutes.
    first = re.sub(r"h+[^ymds]*m+|m+[^ymdh]*s+", "h", first)
    # What is left of letters of dates is hours, minutes or seconds.
    return "".join(part for part in "ymd" if part in first) or "t"


def shown_number(number: float, parts: str, *, since_1904: bool = False) -> str | None:
    """What is seen of a number: its words, or a date (2022, 2022-03 or 2022-03-15).

    Empty where nothing is seen; None for a number that is shown as such.
    """
    before = after = ""
    if parts == HIDES:
        return ""
    if parts.startswith(WORDS):
        code = parts.removeprefix(WORDS)
        # The section for numbers of its sign, as the sheet would choose it.
        section = _section_for(number, _sections(code)[0])
        # White letters are on white paper as a rule, and not seen.
        if _WHITE.search(section):
            return ""
        if not _shows_the_number(section):
            return _said(section)
        before, after = _beside(section)
        parts = _parts_of_date(section)
    # A workbook of old Macintosh programs counts from 1904; the days are 1,462 apart.
    days = serial = number + (_DAYS_OF_1904 if since_1904 else 0)
    # No day: a number, a time, or beyond the calendar. With words beside it, if any.
    if parts in ("", "t") or not 0 <= days < _LAST_SERIAL:
        plain = str(int(number)) if float(number).is_integer() else repr(number)
        return f"{before}{plain}{after}".strip() if before or after else None
    # There was no 29 February 1900, and sheets count it.
    day = _FIRST_DAY + timedelta(days=serial + (1 if days < 60 else 0))
    return f"{before}{shown_parts(day, parts)}{after}".strip()


@lru_cache(maxsize=1024)
def shown_text(text: str, parts: str) -> str:
    """What is seen of a text: with words of its format, or nothing."""
    if parts == HIDES:
        return ""
    if not parts.startswith(WORDS):
        return text
    _, section = _sections(parts.removeprefix(WORDS))
    if section is None:
        return text
    return "" if _WHITE.search(section) else _said(section, text)


def shown_parts(day: datetime, parts: str) -> str:
    """The parts of a day that are shown, in the order of ISO 8601."""
    forms = {"y": "%Y", "ym": "%Y-%m", "m": "%m", "md": "%d/%m", "d": "%d"}
    return day.strftime(forms.get(parts, "%Y-%m-%d"))


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[list[str], str | None]:
    """What a format says of numbers above, below and at zero; and what of texts."""
    # With one more separator each section ends with one; the empty match that is then
    # left at the end is dropped.
    sections = [match[1] for match in _SECTION.finditer(code + ";")][:-1]
    # The fourth section is that of texts, however many follow.
    if len(sections) > 3:
        return sections[:3], sections[3]
    if _shows_the_text(sections[-1]):
        # Of the format of texts alone, numbers are shown as texts are.
        return sections[:-1] or sections, sections[-1]
    return sections, None


def _shows_the_number(section: str) -> bool:
    return bool(_PLACES.search(_QUOTED.sub("", section).lower()))


def _shows_the_text(section: str) -> bool:
    return "@" in _QUOTED.sub("", section)


def _says_more(section: str) -> bool:
    """Whether a section puts words beside what it shows, or shows it in white."""
    if _WHITE.search(section):
        return True
    before, after = _beside(section)
    return bool(before or after)


def _beside(section: str) -> tuple[str, str]:
    """The words before the first and after the last of what tells the number.

    Signs beside it say nothing, and short words are parts of dates ("de", "م").
    """
    pieces = [(piece["other"] or piece["text"], piece) for piece in _pieces(section)]
    places = [
        n for n, (told, _) in enumerate(pieces) if told and _PLACES.match(told.lower())
    ]
    if not places:
        return "", ""
    is_date = bool(_parts_of_date(section))
    sides = pieces[: places[0]], pieces[places[-1] + 1 :]
    words = ["".join(_word(piece) for _, piece in side) for side in sides]
    # Beside a date short words are its own ("de", "م"); beside a number any word
    # counts.
    fewest = _FEWEST_LETTERS if is_date else 1
    before, after = (s if sum(map(str.isalnum, s)) >= fewest else "" for s in words)
    return before, after


def _pieces(section: str) -> list[re.Match[str]]:
    return list(_PIECE.finditer(section))


def _word(piece: re.Match[str]) -> str:
    return piece["word"] or piece["sign"] or piece["money"] or piece["other"] or ""


def _said(section: str, text: str = "") -> str:
    """The words of a section, with the text where it stands."""
    pieces = _pieces(section)
    return "".join(text if piece["text"] else _word(piece) for piece in pieces).strip()


def _section_for(number: float, sections: list[str]) -> str:
    for section in sections:
        # A condition that is written out goes before the order of signs.
        condition = _CONDITION.search(section)
        if condition and _HOLDS[condition[1]](number, float(condition[2])):
            return section
    plain = [section for section in sections if not _CONDITION.search(section)]
    if not plain:
        return "0"
    # Where conditions stand and none is met, the last section is for all the rest.
    if len(plain) < len(sections):
        return plain[-1]
    # Positive, negative, zero; a section that is missing is the first.
    place = 1 if number < 0 else 2 if number == 0 else 0
    return plain[place] if place < len(plain) else plain[0]
