"""Months, as courts write them: 03/2022, mars-22, 15/03/2022, مارس 2022."""

import re

from qadaya.reference import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "يناير jan janv janvier january",
            "فبراير fev fevr fevrier feb february",
            "مارس mar mars march",
            "ابريل avr avril apr april",
            "ماي مايو mai may",
            "يونيو يونيه jun juin june",
            "يوليوز يوليو juil juillet juill jul july",
            "غشت اغسطس aout aug august",
            "شتنبر سبتمبر sep sept septembre september",
            "اكتوبر oct octobre october",
            "نونبر نوفمبر nov novembre november",
            "دجنبر ديسمبر dec decembre december",
        ),
        start=1,
    )
    for name in names.split()
}
# Words around a date that change nothing: "في شهر مارس من سنة 2022".
_AROUND = frozenset(
    word
    for words in (
        "في شهر من سنه عام بتاريخ يوم اليوم فاتح",
        "الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد",
        "mois de d du en le au annee month of in on the year",
        "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim",
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri",
        "sat sun",
    )
    for word in words.split()
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d) (\d{1,2})(?: \d{1,2})?(?: 00)*")
_YEAR_LAST = re.compile(r"(?:\d{1,2} )?(\d{1,2}) ((?:19|20)\d\d)")
# As sheets show them: mars-22, 15/03/22, 03/22.
_SHORT_YEAR = re.compile(r"(?:(\d{1,2}) )?(\d{1,2}) (\d\d)")
_FULL_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_OF_WEEK = re.compile(r"^mar\.? (?=\d{1,2} )")
# "مارس22", "22mars": a figure and the letter beside it.
_GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")


def code_month(text: str, year: int | None = None) -> str | None:
    """A month as YYYY-MM, from 2024-03, 03/2024, 15/03/2024, mars 2024 or mars24.

    A month without a year is one of the year of the return. None for anything that
    does not say one month, such as a quarter, or the number of a day.
    """
    typed = _GLUED.sub(" ", fold(text))
    if match := _YEAR_FIRST.fullmatch(typed):
        return _month(int(match[1]), int(match[2]))
    if match := _YEAR_LAST.fullmatch(typed):
        return _month(int(match[2]), int(match[1]))
    if match := _SHORT_YEAR.fullmatch(typed):
        return _month_of_short_year(match)
    words = [w for w in _DAY_OF_WEEK.sub("", typed).split() if w not in _AROUND]
    names = [word for word in words if word in _MONTHS]
    numbers = [word for word in words if word.isdigit()]
    if len(names) + len(numbers) != len(words):
        return None
    if len(names) == 1:
        return _named(_MONTHS[names[0]], words, numbers, year)
    if not names and year and len(numbers) == 1 and len(numbers[0]) <= 2:
        return _month(year, int(numbers[0]))
    return _month_of(numbers) if not names else None


def _named(
    month: int, words: list[str], numbers: list[str], year: int | None
) -> str | None:
    """A month of that name; of two numbers one is the day, and stands before it."""
    if not numbers:
        return _month(year, month) if year else None
    full = [number for number in numbers if _FULL_YEAR.fullmatch(number)]
    if len(numbers) <= 2 and len(full) == 1:
        rest = [number for number in numbers if number not in full]
        return _month(int(full[0]), month) if all(map(_is_day, rest)) else None
    after = numbers[-1] == words[-1]
    if not full and after and len(numbers[-1]) == 2 and len(numbers) <= 2:
        return _month(2000 + int(numbers[-1]), month)
    return None


def _month_of(numbers: list[str]) -> str | None:
    """The month of "شهر 3 سنة 2022"."""
    match = _YEAR_LAST.fullmatch(" ".join(numbers))
    return _month(int(match[2]), int(match[1])) if match else None


def _is_day(number: str) -> bool:
    return 1 <= int(number) <= 31


def _month_of_short_year(match: re.Match[str]) -> str | None:
    """A month of a year in two figures; 03/04 might be a day of April as well."""
    day, month, year = match.groups()
    if day is None and int(year) <= 12:
        return None
    if int(month) > 12:
        month = day or "0"  # 3/15/22, as American sheets have it
    return _month(2000 + int(year), int(month))


def _month(year: int, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
