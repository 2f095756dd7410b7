"""From words to codes: the lexicon of `data/reference/wording.csv`, indexed once.

A row of the lexicon is a field, a code, a rank and a pattern: one or more words, where
`*` stands for any ending. The longest pattern at a place counts, so that "not
prosecuted" is not also read as "prosecuted". Of several codes those of the highest rank
count; rank 0 (code `-`) covers words that say nothing on the field.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from qadaya.reference import bare_words, vocabulary_of
from qadaya.reference.tables import read_rows
from qadaya.returns.code.doubts import is_crossed_out, is_taken_back

UNSAID = "-"
# What is written as one word with the next: the conjunction, then a particle.
_AND, _PARTICLES = "و", frozenset("بلفك")
# Words whose entries are remembered; a few hundred make nearly all texts.
_MOST_MET = 4096
_QUESTIONS = "?؟"
# Letters of the shortest word that a blank may have been left out before.
_SHORTEST = 3


class _Word(NamedTuple):
    """A bare word of a pattern; an open one may have any ending."""

    stem: str
    is_open: bool

    def stands_for(self, word: str) -> bool:
        return word.startswith(self.stem) if self.is_open else word == self.stem


class _Entry(NamedTuple):
    """A pattern and what it means; `place` is its turn, the longest patterns first."""

    place: int
    code: str
    rank: int
    words: tuple[_Word, ...]

    def goes_on(self, following: list[str]) -> bool:
        """Whether the words that follow the first are those of the pattern."""
        rest = self.words[1:]
        return len(following) >= len(rest) and all(
            word.stands_for(typed) for word, typed in zip(rest, following, strict=False)
        )


class CodesRead(NamedTuple):
    """The codes that a text carries for a field, and whether one is negated."""

    codes: frozenset[str]
    negated: bool
    first: str | None


@lru_cache(maxsize=16384)
def read_wording(field: str, text: str) -> CodesRead:
    """The codes of the highest rank among the words of a text.

    `first` is the one that stands first. A code beside words that deny, cancel or doubt
    it, glued to another one, or in a question, makes `negated` true: what is meant is
    for a person to say.
    """
    typed, lexicon = bare_words(text).split(), _lexicon(field)
    entries: list[_Entry] = []
    spans: list[tuple[int, int]] = []
    position, is_glued = 0, False
    while position < len(typed):
        entry = _entry_at(lexicon, typed, position)
        n_words = len(entry.words) if entry else 1
        if entry and entry.words[-1].is_open:
            last = typed[position + n_words - 1]
            is_glued = is_glued or _goes_on_with_another(field, last, entry)
        if entry and entry.rank:
            entries.append(entry)
            spans.append((position, position + n_words))
        position += n_words
    negated = (
        any(mark in text for mark in _QUESTIONS)
        or is_crossed_out(text)
        or is_glued
        or (len(typed) > 1 and bool(spans) and is_taken_back(field, typed, spans))
    )
    highest = max((entry.rank for entry in entries), default=0)
    codes = [entry.code for entry in entries if entry.rank == highest]
    return CodesRead(frozenset(codes), negated, codes[0] if codes else None)


@cache
def known_words() -> frozenset[str]:
    """Every whole word of the lexicon: what is certainly not a person's name."""
    return vocabulary_of(
        row["pattern"].replace("*", " ")
        for row in read_rows("wording.csv")
        if row["field"] != "given_name"
    )


class _Lexicon:
    """The entries of a field by the first word of their patterns."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._closed: dict[str, list[_Entry]] = {}
        self._open: dict[str, list[_Entry]] = {}
        for entry in entries:
            stem, is_open = entry.words[0]
            (self._open if is_open else self._closed).setdefault(stem, []).append(entry)
        self._met: dict[str, list[_Entry]] = {}
        self._longest = max(map(len, self._open), default=0)

    def possible(self, word: str) -> list[_Entry]:
        """The entries that may begin with this word, the longest patterns first."""
        entries = self._met.get(word)
        if entries is None:
            entries = sorted(
                {
                    entry
                    for bare in _without_particles(word)
                    for entry in self._beginning_with(bare)
                }
            )
            if len(self._met) < _MOST_MET:
                self._met[word] = entries
        return entries

    def _beginning_with(self, word: str) -> Iterator[_Entry]:
        """The entries whose first word may be this one."""
        yield from self._closed.get(word, ())
        for size in range(1, min(self._longest, len(word)) + 1):
            yield from self._open.get(word[:size], ())


def _entry_at(lexicon: _Lexicon, typed: list[str], position: int) -> _Entry | None:
    """The longest pattern that the words from a position on begin with."""
    for entry in lexicon.possible(typed[position]):
        size = len(entry.words)
        if size == 1 or entry.goes_on(typed[position + 1 : position + size]):
            return entry
    return None


def _goes_on_with_another(field: str, word: str, entry: _Entry) -> bool:
    """Whether the ending of a word is one with another meaning: تأييدإلغاء.

    The blank between the two was left out.
    """
    stem = entry.words[-1].stem
    begins = word.find(stem) + len(stem)
    return any(
        _has_another_meaning(field, word[cut:], entry.code)
        for cut in range(begins, len(word) - _SHORTEST + 1)
    )


def _has_another_meaning(field: str, typed: str, code: str) -> bool:
    word = bare_words(typed)
    if len(word) < _SHORTEST:
        return False
    other = _entry_at(_lexicon(field), [word], 0)
    if other and other.rank:
        return other.code != code
    return is_taken_back(field, [word], [])


def _without_particles(word: str) -> Iterator[str]:
    """The word, and without what may be glued to it: بإدانة, لحيازة, وCPS."""
    yield word
    if word[0] == _AND or word[0] in _PARTICLES:
        yield word[1:]
    if word[0] == _AND and word[1:2] in _PARTICLES:
        yield word[2:]


@cache
def _lexicon(field: str) -> _Lexicon:
    rows = [row for row in read_rows("wording.csv") if row["field"] == field]
    rows.sort(key=lambda row: -len(row["pattern"]))
    return _Lexicon(
        _Entry(place, row["code"], int(row["rank"]), _words(row["pattern"]))
        for place, row in enumerate(rows)
    )


def _words(pattern: str) -> tuple[_Word, ...]:
    stemmed: list[_Word] = []
    for word in pattern.split():
        stems = bare_words(word.rstrip("*")).split()
        stemmed += [_Word(stem, is_open=False) for stem in stems[:-1]]
        stemmed.append(_Word(stems[-1], word.endswith("*")))
    return tuple(stemmed)
