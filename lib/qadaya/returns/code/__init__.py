"""From what a court typed in a cell to a code of the vocabulary.

Every function gives None where the text does not say clearly which code it means; what
follows from that is for `rules` to say.
"""

import hashlib
import re
from functools import lru_cache

from qadaya.reference import bare_words, find_body, fold, words
from qadaya.returns.code.sentence import fine_mad, imprisonment_months
from qadaya.returns.code.ticks import chosen
from qadaya.returns.code.wording import UNSAID, read_wording

# Whole cells that say "nothing", as opposed to saying nothing.
_NOTHING = frozenset(
    bare_words(text)
    for text in (
        *("لا شيء", "لا شئ", "لا شي", "لاشيء", "لاشئ", "لا شيء يذكر", "لا يوجد"),
        *("لا توجد", "لايوجد", "لا", "بدون", "غير موجود", "منعدم", "ليس بعد", "صفر"),
        *("néant", "rien", "aucun", "aucune", "sans objet", "s o", "so", "non", "nul"),
        *("none", "nil", "nothing", "n a", "na", "no", "null", "ras", "0"),
    )
)
# Which of two codes counts when a decision states both.
_APPEAL_BEFORE = (
    (
        "amended",
        frozenset({"upheld", "convicted", "acquitted", "overturned", "amended"}),
    ),
    ("upheld", frozenset({"convicted"})),
    ("upheld", frozenset({"acquitted"})),
    ("convicted", frozenset({"overturned"})),
    ("acquitted", frozenset({"overturned"})),
)
_REFERENCE_DIGITS = 16
_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "يناير jan janv janvier january كانون",
            "فبراير fev fevr fevrier feb february",
            "مارس mar mars march",
            "ابريل avr avril apr april",
            "ماي مايو mai may",
            "يونيو يونيه juin jun june",
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
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d) (\d{1,2})(?: \d{1,2})?(?: 00)*")
_YEAR_LAST = re.compile(r"(?:\d{1,2} )?(\d{1,2}) ((?:19|20)\d\d)")
# As sheets show them: mars-22, 15/03/22, 03/22.
_SHORT_YEAR = re.compile(r"(?:(\d{1,2}) )?(\d{1,2}) (\d\d)")
_NAMED = re.compile(r"(?:\d{1,2} )?(\D+?) ((?:19|20)\d\d|\d\d)")
_FULL_YEAR = re.compile(r"(?:19|20)\d\d")


# What a sheet shows where a formula failed, in the words of three programs.
_ERROR = re.compile(
    r"#(?:N/[AD]|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\s?\?|NULL!|NUL!|NUM!|NOMBRE!|SPILL!"
    r"|CALC!|FIELD!|BLOCKED!|UNKNOWN!|BUSY!|CONNECT!|PYTHON!|GETTING_DATA)|Err:\d{3}"
)


def is_error(text: str) -> bool:
    """Whether a cell shows that a formula failed, pasted as a value."""
    return text[:1] in "#E" and bool(_ERROR.fullmatch(text.strip()))


@lru_cache(maxsize=16384)
def says_nothing(text: str) -> bool:
    """Whether a cell is blank, crossed out, or says that there is nothing."""
    if is_error(text):
        return False
    text = chosen(text)
    typed = bare_words(text)
    if not typed:
        # A question mark is an answer still owed, not the answer "none".
        return not set(text) & set("?؟")
    return typed in _NOTHING


@lru_cache(maxsize=8192)
def code_platform(text: str) -> str | None:
    """NCMEC, CPS or NCMEC+CPS; None for any other source."""
    reading = read_wording("platform", chosen(text))
    if reading.negated or not reading.codes or "unknown" in reading.codes:
        return None
    return "NCMEC+CPS" if len(reading.codes) > 1 else reading.first


@lru_cache(maxsize=8192)
def code_prosecution(text: str) -> str | None:
    """What the public prosecution did: one of PROSECUTION."""
    reading = read_wording("prosecution", chosen(text))
    if reading.negated or len(reading.codes) != 1:
        return None
    return reading.first


@lru_cache(maxsize=8192)
def code_outcome(field: str, text: str) -> str | None:
    """The decision of an instance (first_instance, appeal or cassation).

    A sentence alone is a conviction; a blank, crossed out or nil cell is `none`.
    """
    if says_nothing(text):
        return "none"
    text = chosen(text)
    reading = read_wording(field, text)
    if reading.negated:
        return None
    codes = reading.codes - {UNSAID}
    if len(codes) > 1:
        codes -= {"none"}
    if not codes and field != "cassation" and _states_a_sentence(text):
        return "convicted"
    if field == "appeal":
        codes = _decisive(codes)
    return next(iter(codes)) if len(codes) == 1 else None


@lru_cache(maxsize=8192)
def code_subject(text: str) -> tuple[str, bool]:
    """The subject of the notification, and whether the text says it clearly.

    Several subjects give the one that is named first, not clearly; a text that names
    none gives `other`, not clearly.
    """
    reading = read_wording("subject", chosen(text))
    if reading.first is None or reading.negated:
        return "other", False
    return reading.first, len(reading.codes) == 1


@lru_cache(maxsize=8192)
def code_body(text: str) -> str | None:
    """The investigating body that a cell names."""
    text = chosen(text)
    named = find_body(text)
    if named is not None:
        return named
    reading = read_wording("body", text)
    return reading.first if len(reading.codes) == 1 else None


def code_sentence(
    first_instance: str | None, text: str
) -> tuple[int | None, int | None]:
    """Months and dirhams that the first-instance text states, for a conviction only."""
    if first_instance != "convicted":
        return None, None
    text = chosen(text)
    return imprisonment_months(text), fine_mad(text)


def code_reference(text: str) -> str | None:
    """A digest of a case reference: equal references, however typed, give the same.

    The reference itself is not kept anywhere.
    """
    if says_nothing(text):
        return None
    digest = hashlib.sha256(" ".join(words(text)).encode())
    return digest.hexdigest()[:_REFERENCE_DIGITS]


def code_month(text: str, year: int | None = None) -> str | None:
    """A month as YYYY-MM, from 2024-03, 03/2024, 15/03/2024 or mars 2024.

    A month without a year is one of the year of the return.
    """
    typed = fold(text)
    if match := _YEAR_FIRST.fullmatch(typed):
        return _month(int(match[1]), int(match[2]))
    if match := _YEAR_LAST.fullmatch(typed):
        return _month(int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(typed):
        month = _MONTH_NAMES.get(match[1].strip(), 0)
        return _month(_in_full(match[2]), month) or _month_among(typed.split())
    if match := _SHORT_YEAR.fullmatch(typed):
        return _month_of_short_year(match)
    alone = _MONTH_NAMES.get(typed) or (int(typed) if typed.isdigit() else 0)
    return _month(year, alone) if year else None


def code_persons(text: str) -> int | None:
    """A number of persons: a whole number from 0 to 999."""
    typed = fold(text)
    return int(typed) if typed.isdigit() and len(typed) <= 3 else None


def _states_a_sentence(text: str) -> bool:
    return imprisonment_months(text) is not None or fine_mad(text) is not None


def _decisive(codes: frozenset[str]) -> frozenset[str]:
    for code, others in _APPEAL_BEFORE:
        if code in codes and len(codes) > 1 and codes - {code} <= others:
            return frozenset({code})
    return codes


def _in_full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month_of_short_year(match: re.Match[str]) -> str | None:
    """A month of a year in two figures; 03/04 might be a day of April as well."""
    day, month, year = match.groups()
    if day is None and int(year) <= 12:
        return None
    if int(month) > 12:
        month = day or "0"  # 3/15/22, as American sheets have it
    return _month(_in_full(year), int(month))


def _month_among(words: list[str]) -> str | None:
    """The month of a date with the day of the week: lundi 14 mars 2022."""
    months = [_MONTH_NAMES[word] for word in words if word in _MONTH_NAMES]
    years = [word for word in words if _FULL_YEAR.fullmatch(word)]
    return _month(int(years[0]), months[0]) if len(months) == len(years) == 1 else None


def _month(year: int, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
