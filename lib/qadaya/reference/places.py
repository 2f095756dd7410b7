"""From what a heading line says to a court: names, cities, levels."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from rapidfuzz import fuzz, process

from qadaya.reference.cities import (
    courts_of,
    names_other_place,
    place_after_branch,
    place_at_start,
    without_stops,
)
from qadaya.reference.folding import fold
from qadaya.reference.spellings import (
    LEVEL,
    LEVEL_OF,
    level_of,
    level_word,
    size_of_known_name,
    spellings,
)
from qadaya.reference.tables import circuit_of, read_rows

_NEAR_ENOUGH = 75
# Names of cities that are words of every text: القضايا الجديدة are the new cases.
_ADJECTIVES = frozenset({"الجديده", "الداخله"})
_COURT_WORDS = frozenset(word for name in LEVEL_OF for word in name.split())


@dataclass(frozen=True)
class CourtMatch:
    """What a text says about courts.

    `status`: found (one court), ambiguous (several `candidates`), unknown (a name that
    no court has), empty (no name, as in the form's dots). `level` is what the text
    says: appeal, first_instance, or None. `nearest` is the best known name by spelling:
    a suggestion for a message, never a result.
    """

    status: str
    candidates: tuple[str, ...] = ()
    level: str | None = None
    nearest: str | None = None

    @property
    def court_id(self) -> str | None:
        """The court, where the text names exactly one."""
        return self.candidates[0] if self.status == "found" else None


EMPTY = CourtMatch("empty")


@lru_cache(maxsize=8192)
def find_court(text: str, level: str | None = None) -> CourtMatch:
    """The one court that a cell, a name or an option means.

    `level` (appeal or first_instance) decides for a bare city that has both.
    """
    alone = _whole(text, level)
    if alone is not None:
        return alone
    mentions = find_courts(text)
    if mentions:
        candidates = tuple(dict.fromkeys(c for m in mentions for c in m.candidates))
        if len(mentions) > 1 and candidates:
            return _match(candidates, level)
        return mentions[0]
    folded = without_stops(fold(text))
    if not folded:
        return EMPTY
    place = place_at_start(folded.split())
    if place:
        return _match(courts_of(place, level or "any", folded), level)
    return CourtMatch("unknown", nearest=nearest_court(text))


@lru_cache(maxsize=8192)
def find_courts(text: str) -> tuple[CourtMatch, ...]:
    """Every court that a line names with its kind, in order; dots are status empty.

    A bare city, without a word for a court before it, is not a mention.
    """
    folded = fold(text)
    if names_other_place(folded):
        return tuple(_read_segments(folded, folded, text))
    tokens = folded.split()
    mentions: list[CourtMatch] = []
    unread: list[str] = []
    position = 0
    # Whole known names first; what they leave is read word by word.
    while position < len(tokens):
        size = size_of_known_name(tokens, position)
        if not size:
            unread.append(tokens[position])
            position += 1
            continue
        mentions += _read_segments(" ".join(unread), folded, text)
        name = " ".join(tokens[position : position + size])
        mentions.append(_match(spellings()[name], level_word(name)))
        unread = []
        position += size
    return (*mentions, *_read_segments(" ".join(unread), folded, text))


@lru_cache(maxsize=1024)
def nearest_court(text: str) -> str | None:
    """The court whose known name is spelled most like the text, for a suggestion."""
    best = process.extractOne(
        fold(text), _names_of_courts(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
    )
    return spellings()[best[0]][0] if best else None


@cache
def _names_of_courts() -> list[str]:
    return [alias for alias, ids in spellings().items() if ids]


@lru_cache(maxsize=4096)
def places_in(text: str) -> tuple[str, ...]:
    """The courts whose id or city stands anywhere in a text, such as a file name."""
    tokens = fold(text).split()
    courts_named: dict[str, None] = {}
    position = 0
    while position < len(tokens):
        size, ids = _longest_alias(tokens, position)
        if size == 1 and _is_adjective(tokens, position):
            ids = ()
        courts_named.update(dict.fromkeys(ids))
        position += size or 1
    return tuple(courts_named)


@cache
def circuits_of(court_id: str) -> frozenset[str]:
    """The courts of appeal that a first-instance court belongs or belonged to."""
    history = {
        row["parent_court_id"]
        for row in read_rows("court_parent_history.csv")
        if row["court_id"] == court_id
    }
    return frozenset(history | {circuit_of(court_id)}) - {court_id}


def _read_segments(piece: str, line: str, text: str) -> list[CourtMatch]:
    marks = list(LEVEL.finditer(piece))
    matches = []
    for mark, following in zip_longest(marks, marks[1:]):
        segment = piece[mark.end() : following.start() if following else None]
        match = _segment_match(segment, LEVEL_OF[mark[1]], line, text)
        if match is not None:
            matches.append(match)
    return matches


def _segment_match(segment: str, level: str, line: str, text: str) -> CourtMatch | None:
    rest = without_stops(segment)
    # A bare "court" is a word of every text; only a place after it makes it a name.
    if level == "any":
        place = place_at_start(rest.split())
        return _match(courts_of(place, level, line), None) if place else None
    if not rest or rest.isdigit():
        return CourtMatch("empty", level=level)
    place = place_at_start(rest.split()) or place_after_branch(rest)
    if place is None:
        return CourtMatch("unknown", level=level, nearest=nearest_court(text))
    courts = courts_of(place, level, line)
    if not courts:
        return CourtMatch("unknown", level=level, nearest=nearest_court(text))
    return _match(courts, level)


def _whole(text: str, level: str | None) -> CourtMatch | None:
    ids = spellings().get(fold(text))
    if ids is None:
        return None
    at_level = tuple(c for c in ids if level is None or level_of(c) == level)
    return _match(at_level or ids, level)


def _match(candidates: tuple[str, ...], level: str | None) -> CourtMatch:
    if level in ("appeal", "first_instance"):
        candidates = tuple(c for c in candidates if level_of(c) == level) or candidates
    known = level if level != "any" else None
    if len(candidates) == 1:
        return CourtMatch("found", candidates, known or level_of(candidates[0]))
    return CourtMatch("ambiguous" if candidates else "unknown", candidates, known)


def _is_adjective(tokens: list[str], position: int) -> bool:
    """Whether a city's name is a word for "new" or "inner" after what it describes."""
    if tokens[position] not in _ADJECTIVES or position == 0:
        return False
    before = tokens[position - 1]
    return before.startswith("ال") and before not in _COURT_WORDS


def _longest_alias(tokens: list[str], position: int) -> tuple[int, tuple[str, ...]]:
    for size in range(min(8, len(tokens) - position), 0, -1):
        ids = spellings().get(" ".join(tokens[position : position + size]))
        if ids:
            return size, ids
    return 0, ()
