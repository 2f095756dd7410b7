"""Tells which year a return is of: its lines, the names, or an option, as agreed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache

from qadaya.reference import fold, plain
from qadaya.returns.read.grid import Line
from qadaya.returns.read.whose import FIRST_YEAR, Clue, Verdict, agree

_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./\- ]\d{1,2}[./\- ](?:19|20)\d\d"
    r"|(?:19|20)\d\d[./\-]\d{1,2}[./\-]\d{1,2})(?!\d)"
)
# From the first day of a year to its last: the year itself.
_WHOLE_YEAR = re.compile(
    r"(?<!\d)0?1[./\-]0?1[./\-](20\d\d)\D{1,20}31[./\-]12[./\-]\1(?!\d)"
)
# From the first month of a year to its last: the year itself.
_WHOLE_MONTHS = re.compile(
    r"(?:يناير|janvier|january)\W{1,3}(?:20\d\d\W{1,3})?(?:(?:الي|الى|حتي|و|غايه|متم|a|au|to|until)\W{1,3}){0,3}"
    r"(?:دجنبر|ديسمبر|decembre|december)\W{1,3}(20\d\d)(?!\d)"
)
# The number of a circular ends with the year in which it was written.
_CIRCULAR = re.compile(
    r"(?:دوريه|منشور|رساله|circulaire|circular)\s*(?:عدد|رقم|n°?|no\.?)?\s*:?\s*"
    r"\d[\d/\-. ]*"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_WORD = re.compile(
    r"(?<!\w)(?:برسم|ل?سنه|السنه|سنتي|سنتين|السنتين|سنوات|عام|عامي|annees?|exercices?|titre|years?)(?!\w)"
)
# A year beside these is the date of a letter or the number of a circular.
_OTHER_YEAR = re.compile(
    r"بتاريخ|تاريخ|دوريه|عدد|رقم|circulaire|circular|numero|\bdate|ظهير|قانون|\bloi\b|\blaw\b"
    r"|يناير|فبراير|مارس|ابريل|ماي|يونيو|يوليوز|غشت|شتنبر|اكتوبر|نونبر|دجنبر"
)


# Set while a file is read; reading asks for it in many places.
_RECEIVED: ContextVar[int | None] = ContextVar("received", default=None)


@contextmanager
def received_in(year: int | None) -> Iterator[None]:
    """Read a file as of the year it was received in; as of today's where it is None.

    No return is of a later year. A register that is rebuilt in another year must
    understand each file as it did when the file came.
    """
    token = _RECEIVED.set(year or date.today().year)
    try:
        yield
    finally:
        _RECEIVED.reset(token)


def latest_year() -> int:
    """The latest year that a return can be of."""
    return _RECEIVED.get() or date.today().year


def whose_year(lines: list[Line], names: dict[str, str], option: int | None) -> Verdict:
    """The year of a return, between 2000 and `latest_year`."""
    clues = []
    stated = _heading_years(lines)
    if stated:
        clues.append(stated)
    for place, name in names.items():
        years = years_in(name)
        if years:
            clues.append(Clue(place, name, frozenset(years)))
    if option is not None:
        clues.append(Clue("option", str(option), frozenset({option})))
    # Not even another place may choose between two years of the heading itself.
    if stated and len(stated.values) > 1:
        return Verdict(rule="year_conflict", said=clues)
    return agree(clues, "year_conflict", "year_missing")


def stated_years(lines: list[Line]) -> frozenset[int]:
    """The years that lines state, to tell one table's heading from the next."""
    clue = _heading_years(lines)
    return frozenset(clue.values) if clue else frozenset()


def years_in(text: str) -> tuple[int, ...]:
    """The years in a text, dates of a day and numbers of eight digits left out."""
    return _years_until(text, latest_year())


@lru_cache(maxsize=4096)
def _years_until(text: str, latest: int) -> tuple[int, ...]:
    typed = plain(text)
    if "20" not in typed:
        return ()
    # Before dates are left out: two dates that span a year name that year.
    typed = _WHOLE_YEAR.sub(_year_alone, typed)
    typed = _DATE.sub(" ", _CIRCULAR.sub(" ", typed))
    # A year after the one in which the file came is a slip or a number.
    years = (int(year) for year in _YEAR.findall(typed))
    return tuple(year for year in years if FIRST_YEAR <= year <= latest)


def _year_alone(match: re.Match[str]) -> str:
    return f" {match[1]} "


def _heading_years(lines: list[Line]) -> Clue | None:
    """The years of the lines that speak of a year, else of any line at all."""
    # A line that says "year" outweighs a letter's date; a bare year counts only where
    # no line says so.
    for speaks in (_says_year, _says_no_other_year):
        dated = [
            (line, years)
            for line in lines
            if (years := years_in(line.text)) and speaks(line.text)
        ]
        if dated:
            values = frozenset(year for _, years in dated for year in years)
            texts = " / ".join(dict.fromkeys(line.text for line, _ in dated))
            return Clue("heading", texts, values, dated[0][0].cell)
    return None


def _says_year(text: str) -> bool:
    typed = fold(text)
    # A cell with the year alone says it without a word.
    return typed.isdigit() or bool(_YEAR_WORD.search(typed))


def _says_no_other_year(text: str) -> bool:
    typed = _WHOLE_MONTHS.sub(_year_alone, fold(text))
    return not _OTHER_YEAR.search(typed)
