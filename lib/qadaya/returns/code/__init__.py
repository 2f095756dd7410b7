"""From what a court typed in a cell to a code of the vocabulary.

Every function gives None where the text does not say clearly which code it means; what
follows from that is for `rules` to say.
"""

import hashlib
import re
from functools import lru_cache

from qadaya.reference import bare_words, find_body, words
from qadaya.returns.code.doubts import says_it_is_not_so
from qadaya.returns.code.months import code_month
from qadaya.returns.code.persons import code_persons
from qadaya.returns.code.sentence import fine_mad, imprisonment_months
from qadaya.returns.code.signs import is_an_answer
from qadaya.returns.code.ticks import chosen, is_only_a_tick
from qadaya.returns.code.wording import UNSAID, read_wording

__all__ = [
    "code_body",
    "code_month",
    "code_outcome",
    "code_persons",
    "code_platform",
    "code_prosecution",
    "code_reference",
    "code_sentence",
    "code_subject",
    "is_error",
    "says_nothing",
]

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
# What a sheet shows where a formula failed, in the words of three programs.
_ERROR = re.compile(
    r"#(?:N/[AD]|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\s?\?|NULL!|NUL!|NUM!|NOMBRE!|SPILL!"
    r"|CALC!|FIELD!|BLOCKED!|UNKNOWN!|BUSY!|CONNECT!|PYTHON!|GETTING_DATA)|Err:\d{3}"
    # What a column too narrow for its number shows.
    r"|#{2,}"
)


def is_error(text: str) -> bool:
    """Whether a cell shows that a formula failed, pasted as a value."""
    return text.startswith(("#", "E")) and bool(_ERROR.fullmatch(text.strip()))


@lru_cache(maxsize=16384)
def says_nothing(text: str) -> bool:
    """Whether a cell is blank, crossed out, or says that there is nothing."""
    if is_error(text) or is_only_a_tick(text):
        return False
    text = chosen(text)
    typed = bare_words(text)
    return typed in _NOTHING if typed else not is_an_answer(text)


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
    if says_it_is_not_so(text):
        return None
    named = find_body(text)
    if named is not None:
        return named
    reading = read_wording("body", text)
    if reading.negated:
        return None
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
    typed = " ".join(words(text))
    if says_nothing(text) or not typed:
        return None
    digest = hashlib.sha256(typed.encode())
    return digest.hexdigest()[:_REFERENCE_DIGITS]


def _states_a_sentence(text: str) -> bool:
    stated = imprisonment_months(text) is not None or fine_mad(text) is not None
    return stated and not says_it_is_not_so(text)


def _decisive(codes: frozenset[str]) -> frozenset[str]:
    for code, others in _APPEAL_BEFORE:
        if code in codes and len(codes) > 1 and codes - {code} <= others:
            return frozenset({code})
    return codes
