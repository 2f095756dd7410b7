"""What a sheet shows of a date: the year alone, a month, or a day.

A cell holds a number of days; its format says what of it is seen ([ECMA-376] part 1,
18.8.30 and 18.8.31).
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache

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
HIDES = "hides"


@lru_cache(maxsize=1024)
def parts_shown(number: int, code: str | None) -> str:
    """Which of y, m and d a format shows; t for a time, empty for a number.

    `HIDES` for a format that shows nothing at all (`;;;`).
    """
    if code is None:
        return _BUILT_IN.get(number, "")
    if code.count(";") >= 3 and not code.replace(";", "").strip():
        return HIDES
    first = _QUOTED.sub("", code.split(";")[0]).lower()
    if first.strip() in ("general", "standard"):
        return ""
    if not re.search("[ymdhs]", first) or re.search("[0#?]", first.split(".")[0]):
        return ""
    # "m" after hours is minutes.
    first = re.sub(r"h+[^ymds]*m+|m+[^ymdh]*s+", "h", first)
    return "".join(part for part in "ymd" if part in first) or "t"


def shown_date(serial: float, parts: str, *, since_1904: bool = False) -> str | None:
    """A date as far as it is shown: 2022, 2022-03 or 2022-03-15.

    None for a number that is no date.
    """
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
