"""From words to codes: the lexicon of `data/reference/wording.csv`, compiled once.

A row of the lexicon is a field, a code, a rank and a pattern: one or more words, where
`*` stands for any ending. The longest pattern at a place counts, so that "not
prosecuted" is not also read as "prosecuted". Of several codes those of the highest rank
count; rank 0 (code `-`) covers words that say nothing on the field.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from qadaya.reference import bare_words
from qadaya.reference.tables import read_rows

UNSAID = "-"
# Before a word they turn it round; a text with one is never read as if it had none.
_NEGATIONS = (
    "لم|لن|لا|ليس|ليست|غير|عدم|دون|بدون|بلا|non|pas|sans|aucune?|ni|not?|without"
)
_AUXILIARIES = "تتم|يتم|تقع|يقع|تجر|تصدر|يصدر|اي|ايه|de|d|encore|ete|been|be|yet|any"
_NEGATED = re.compile(rf"(?<!\S)[بلو]?(?:{_NEGATIONS})\s+(?:(?:{_AUXILIARIES})\s+)?$")


class _Entry(NamedTuple):
    code: str
    rank: int


class Reading(NamedTuple):
    """The codes that a text carries for a field, and whether one is negated."""

    codes: frozenset[str]
    negated: bool
    first: str | None


@lru_cache(maxsize=16384)
def read_wording(field: str, text: str) -> Reading:
    """The codes of the highest rank among the words of a text.

    `first` is the one that stands first. A code behind an unforeseen negation makes
    `negated` true: what is meant is then for a person to say.
    """
    pattern, entries = _lexicon(field)
    typed = bare_words(text)
    found: list[_Entry] = []
    negated = False
    for match in pattern.finditer(typed):
        entry = entries[(match.lastindex or 1) - 1]
        if entry.rank:
            found.append(entry)
            negated |= bool(_NEGATED.search(typed[: match.start()]))
    highest = max((entry.rank for entry in found), default=0)
    codes = [entry.code for entry in found if entry.rank == highest]
    return Reading(frozenset(codes), negated, codes[0] if codes else None)


@cache
def known_words() -> frozenset[str]:
    """Every whole word of the lexicon: what is certainly not a person's name."""
    found: Counter[str] = Counter()
    for row in read_rows("wording.csv"):
        if row["field"] != "given_name":
            found.update(bare_words(row["pattern"].replace("*", " ")).split())
    return frozenset(found)


@cache
def _lexicon(field: str) -> tuple[re.Pattern[str], list[_Entry]]:
    rows = [row for row in read_rows("wording.csv") if row["field"] == field]
    rows.sort(key=lambda row: -len(row["pattern"]))
    entries = [_Entry(row["code"], int(row["rank"])) for row in rows]
    alternatives = "|".join(f"({_expression(row['pattern'])})" for row in rows)
    return re.compile(rf"(?<!\S)(?:{alternatives})(?!\S)"), entries


def _expression(pattern: str) -> str:
    words = []
    for word in pattern.split():
        ending = r"\S*" if word.endswith("*") else ""
        bare = re.escape(bare_words(word.rstrip("*"))).replace(r"\ ", r"\s+")
        words.append(f"{bare}{ending}")
    joined = r"\s+".join(words)
    # A particle may be glued to the first word: بإدانة, لحيازة, وCPS.
    return rf"و?[بلفك]?{joined}"
