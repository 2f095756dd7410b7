"""From what a court types to an investigating body."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from qadaya.reference.folding import bare_words
from qadaya.reference.tables import read_rows

# A body and the larger one it belongs to: "DGSN, police judiciaire" means the smaller.
_PART_OF = {
    "dgsn-pj": "dgsn",
    "dgsn-women-children": "dgsn",
    "dgsn-digital-lab": "dgsn",
    "dgsn-minors": "dgsn-pj",
    "dgsn-cyber-central": "dgsn-pj",
    "dgsn-cyber-brigade": "dgsn-pj",
    "bnpj": "dgsn-pj",
    "brpj": "dgsn-pj",
    "bnpj-cyber": "bnpj",
    "gr-judicial-centre": "gr",
    "gr-bnrj": "gr",
    "gr-cyber": "gr",
}
_NEAR_ENOUGH = 80


@lru_cache(maxsize=8192)
def find_body(text: str) -> str | None:
    """The body that a text names, None where it names none or several.

    The name may stand inside a longer text, with the place of the service: the longest
    known name counts, and of a service and its directorate the service.
    """
    typed = bare_words(text)
    if not typed:
        return None
    if typed in _variants():
        return _variants()[typed]
    named_bodies = {_variants()[match[1]] for match in _pattern().finditer(typed)}
    named_bodies -= {larger for body in named_bodies for larger in _larger(body)}
    # "Others" is an answer of its own, never a word inside another.
    named_bodies.discard("other")
    return named_bodies.pop() if len(named_bodies) == 1 else None


@lru_cache(maxsize=1024)
def nearest_body(text: str) -> str | None:
    """The body whose known name is spelled most like the text, for a suggestion."""
    best = process.extractOne(
        bare_words(text),
        _variants().keys(),
        scorer=fuzz.ratio,
        score_cutoff=_NEAR_ENOUGH,
    )
    return _variants()[best[0]] if best else None


def _larger(body: str) -> set[str]:
    larger = _PART_OF.get(body)
    return {larger} | _larger(larger) if larger else set()


@cache
def _variants() -> dict[str, str]:
    return {
        bare_words(name): row["body_id"]
        for row in read_rows("investigating_bodies.csv")
        for name in (
            row["name_ar"],
            row["name_fr"],
            row["name_en"],
            *row["variants"].split("|"),
        )
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_variants(), key=len, reverse=True)
    # A particle may be glued to the first word: بفرقة, لمصلحة.
    return re.compile(rf"(?<!\S)[بلك]?({'|'.join(map(re.escape, names))})(?!\S)")
