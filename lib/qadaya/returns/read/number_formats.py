"""What a sheet shows of a date: the year alone, a month, or a day.

A cell holds a number of days; its format says what of it is seen ([ECMA-376] part 1,
18.8.30 and 18.8.31).
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
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(.)', re.DOTALL)


@lru_cache(maxsize=1024)
def parts_shown(number: int, code: str | None) -> str:
    """Which of y, m and d a format shows; t for a time, empty for a number.

    `HIDES` for a format that shows nothing at all (`;;;`); `WORDS` and the format
    itself where it shows words in the place of some numbers.
    """
    if code is None:
        return _BUILT_IN.get(number, "")
    if code.count(";") >= 3 and not code.replace(";", "").strip():
        return HIDES
    if not all(map(_shows_the_number, _sections(code))):
        return WORDS + code
    return _parts_of_date(code)


def _parts_of_date(code: str) -> str:
    first = _QUOTED.sub("", code.split(";")[0]).lower()
    if first.strip() in ("general", "standard"):
        return ""
    if not re.search("[ymdhs]", first) or re.search("[0#?]", first.split(".")[0]):
        return ""
    # "m" after hours is minutes.
    first = re.sub(r"h+[^ymds]*m+|m+[^ymdh]*s+", "h", first)
    return "".join(part for part in "ymd" if part in first) or "t"


def shown_date(serial: float, parts: str, *, since_1904: bool = False) -> str | None:
    """A date as far as it is shown: 2022, 2022-03 or 2022-03-15; or words for a number.

    None for a number that is shown as such.
    """
    if parts.startswith(WORDS):
        code = parts.removeprefix(WORDS)
        words = _words_for(serial, code)
        if words is not None:
            return words
        parts = _parts_of_date(code)
    days = serial + (_DAYS_OF_1904 if since_1904 else 0)
    if not 0 <= days < _LAST_SERIAL or parts in ("", "t", HIDES):
        return None
    # There was no 29 February 1900, and sheets count it.
    day = _FIRST_DAY + timedelta(days=days + (1 if days < 60 else 0))
    return shown_parts(day, parts)


def shown_parts(day: datetime, parts: str) -> str:
    """The parts of a day that are shown, in the order of ISO 8601."""
    forms = {"y": "%Y", "ym": "%Y-%m", "m": "%m", "md": "%d/%m", "d": "%d"}
    return day.strftime(forms.get(parts, "%Y-%m-%d"))


def _sections(code: str) -> list[str]:
    """What a format says of numbers above, below and at zero; not of texts."""
    return [match[1] for match in _SECTION.finditer(code + ";")][:-1][:3]


def _shows_the_number(section: str) -> bool:
    return bool(_PLACES.search(_QUOTED.sub("", section).lower()))


def _words_for(number: float, code: str) -> str | None:
    """The words that a format shows for a number; None where it shows the number."""
    section = _section_for(number, _sections(code))
    if _shows_the_number(section):
        return None
    pieces = _LITERAL.findall(section)
    return "".join(a or b or c for a, b, c in pieces).strip()


def _section_for(number: float, sections: list[str]) -> str:
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _HOLDS[condition[1]](number, float(condition[2])):
            return section
    plain = [section for section in sections if not _CONDITION.search(section)]
    if not plain:
        return "0"
    if len(plain) < len(sections):
        return plain[-1]
    place = 1 if number < 0 else 2 if number == 0 else 0
    return plain[place] if place < len(plain) else plain[0]
