"""Words that take an answer back: cancelled, by mistake, not so, perhaps.

"Prosecuted (cancelled)" is neither "prosecuted" nor anything else that a code says: a
person must say what is meant.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from qadaya.reference import bare_words
from qadaya.reference.tables import read_rows

# Before a word they turn it round, after it they deny it.
_NEGATIONS = (
    "لم|لن|لا|ليس|ليست|غير|عدم|دون|بدون|بلا|non|pas|sans|aucune?|ni|not?|without"
)
_AUXILIARIES = "تتم|يتم|تقع|يقع|تجر|تصدر|يصدر|اي|ايه|de|d|encore|ete|been|be|yet|any"
_NEGATED = re.compile(rf"(?<!\S)[بلو]?(?:{_NEGATIONS})\s+(?:(?:{_AUXILIARIES})\s+)?$")
# What follows tells of something else: no appeal, not final, not suspended.
_OF_ANOTHER = (
    "نهايي|نافذ|نفاذ|موقوف|مستانف|يستانف|تستانف|استيناف|يتم استيناف|يطعن|طعن|نقض|قابل"
    r"|حضوري|مقرون|مشمول|مودا|definiti|ferme|sursis|avec sursis|(?:d )?appel|frappee?"
    r"|susceptible|de pourvoi|interjete|pourvoi|final|appeal|suspended|subject to"
    "|further|later|other|autre"
)
_DENIED = re.compile(
    r"(?:لم|لن|لا|كلا|ليس|ليست|غير|non|pas|not?|never|jamais|n a|n est|ne|isn|wasn"
    "|hasn)"
    rf"(?!\S)(?!\s+(?:{_OF_ANOTHER}))"
)
_LAST_WORDS = frozenset(
    {"لا", "كلا", "ليست", "ليس", "non", "no", "not", "pas", "0", "00", "صفر"}
)
# Letters that are typed with a stroke through them, or between marks of striking.
_CROSSED = re.compile("[\u0335-\u0338\u20d2\u20d3\u20e5]|~~|</?(?:s|del|strike)>", re.I)
# "Not prosecuted yet" is neither prosecuted nor closed.
_NOT_YET = frozenset({"بعد", "yet"})
# The subject is a suspicion to begin with, and a platform or a service none.
_DECISIONS = frozenset({"prosecution", "first_instance", "appeal", "cassation"})
_ANY, _OF_DECISIONS, _SHEETS = "any", "decisions", "sheets"
Span = tuple[int, int]


def is_taken_back(field: str, typed: list[str], spans: list[Span]) -> bool:
    """Whether words beside the codes of a text deny, cancel or doubt them.

    `spans` are the places of the words that carry codes.
    """
    carrying = {place for start, end in spans for place in range(start, end)}
    ends = {end for _, end in spans}
    for place in range(len(typed)):
        # Cancelled, right after another code, cancels that one; else it is a code.
        beside = place not in carrying or (
            place in ends and (place, place + 1) in spans
        )
        if beside and _doubts_at(field, typed, place):
            return True
    if field == "prosecution" and typed[-1] in _NOT_YET:
        return len(typed) - 1 not in carrying
    return any(_is_negated(typed, start, end, field) for start, end in spans)


def is_crossed_out(text: str) -> bool:
    """Whether letters of a text are typed as crossed out."""
    return not text.isalnum() and _CROSSED.search(text) is not None


@lru_cache(maxsize=8192)
def says_it_is_not_so(text: str) -> bool:
    """Whether a text without codes takes back what it says: "gendarmerie (error)"."""
    if is_crossed_out(text):
        return True
    typed = bare_words(text).split()
    return any(_doubts_at("", typed, place) for place in range(len(typed)))


@lru_cache(maxsize=1024)
def is_set_aside(sheet: str) -> bool:
    """Whether the name of a sheet says that it is a draft, an example or an old one."""
    typed = bare_words(sheet).split()
    return any(_doubts_at(_SHEETS, typed, place) for place in range(len(typed)))


def _is_negated(typed: list[str], start: int, end: int, field: str) -> bool:
    before = " ".join(typed[max(0, start - 3) : start])
    if _NEGATED.search(f"{before} "):
        return True
    after = typed[end : end + 4]
    if len(after) == 1 and after[0] in _LAST_WORDS:
        return True
    return field in _DECISIONS and _DENIED.match(" ".join(after)) is not None


def _doubts_at(field: str, typed: list[str], place: int) -> bool:
    begun = _begun_by(typed[place], _kinds_for(field))
    if begun is None:
        return True
    return any(
        typed[place + 1 : place + 1 + len(others)] == list(others) for others in begun
    )


def _kinds_for(field: str) -> tuple[str, ...]:
    """The sorts of doubt that count in a field."""
    if field == _SHEETS:
        return (_SHEETS,)
    return (_ANY, _OF_DECISIONS) if field in _DECISIONS else (_ANY,)


@lru_cache(maxsize=8192)
def _begun_by(word: str, kinds: tuple[str, ...]) -> frozenset[tuple[str, ...]] | None:
    """The words that must follow a word for it to doubt; None where none need to."""
    phrases, stems = _doubts(kinds)
    readings: set[tuple[str, ...]] = set()
    for bare in _without_particles(word):
        if bare.startswith(stems.get(bare[:1], ())):
            return None
        readings |= phrases.get(bare, set())
    return None if () in readings else frozenset(readings)


def _without_particles(word: str) -> Iterator[str]:
    yield word
    if len(word) > 3 and word[0] in "وبلف":
        yield word[1:]


@cache
def _doubts(
    kinds: tuple[str, ...],
) -> tuple[dict[str, set[tuple[str, ...]]], dict[str, tuple[str, ...]]]:
    """Phrases by their first word, and beginnings of words by their first letter."""
    phrases: dict[str, set[tuple[str, ...]]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for row in read_rows("wording.csv"):
        if row["field"] != "doubt" or row["code"] not in kinds:
            continue
        words = bare_words(row["pattern"].rstrip("*")).split()
        if row["pattern"].endswith("*") and len(words) == 1:
            stems[words[0][0]] = (*stems.get(words[0][0], ()), words[0])
        elif words:
            phrases.setdefault(words[0], set()).add(tuple(words[1:]))
    return phrases, stems
