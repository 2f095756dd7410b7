"""Tells whose return it is: what each place says, and where they differ.

The places in their order: the lines above the table, the column of courts (only where
those lines name none), the name of the sheet, the name of the file, the options of the
command. Each may narrow what the ones before it left open; none overrules another. The
year is told alike, in `years`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from qadaya.reference import (
    CourtMatch,
    circuits_of,
    find_court,
    find_courts,
    fold,
    places_in,
)
from qadaya.returns.read.grid import Line

FIRST_YEAR = 2000
_LONGEST_NAME = 10


@dataclass(frozen=True)
class Clue:
    """What one place says: the courts or years it leaves possible, and where it stands.

    `place` is a key of `messages.PLACES`.
    """

    place: str
    found: str
    values: frozenset[Any]
    cell: str | None = None

    def as_fact(self) -> dict[str, str]:
        """The place as a fact of a problem."""
        fact = {"place": self.place, "found": self.found}
        return fact | ({"cell": self.cell} if self.cell else {})


@dataclass
class Verdict:
    """A court or a year, or the rule that says why there is none.

    `said` are the places that matter to the problem; `unknown` a name that no court
    has, as typed, with its cell.
    """

    value: Any = None
    rule: str | None = None
    said: list[Clue] = field(default_factory=list)
    unknown: Line | None = None
    nearest: str | None = None


def whose_court(
    lines: list[Line],
    rows: Iterable[tuple[str, str]],
    names: dict[str, str],
    option: str | None,
) -> Verdict:
    """The court of a return.

    `rows` are (cell, text) of the column of courts; `names` maps the places
    `sheet_name` and `file_name` to their text; `option` is a court as given on the
    command line.
    """
    # The heading speaks for the whole table: the column of courts is asked only where
    # it is silent.
    heading = _heading_court(lines)
    if heading.rule:
        return heading
    clues = heading.said or _row_courts(rows)
    # Several courts in one table: a return is of one, so none may be guessed.
    if clues and not heading.said and not frozenset.intersection(*_values(clues)):
        return Verdict(rule="court_ambiguous", said=clues)
    clues = [*clues, *_named_courts(names)]
    if option:
        clues.append(Clue("option", option, frozenset(find_court(option).candidates)))
    verdict = agree(clues, "court_ambiguous", "court_unknown")
    # Nothing else named a court: the name that no court has is what the clerk can mend.
    if verdict.rule == "court_unknown" and heading.unknown:
        verdict.unknown, verdict.nearest = heading.unknown, heading.nearest
    return verdict


def stated_courts(lines: list[Line]) -> frozenset[str]:
    """The courts that lines name, circuits left out where a court of one is named."""
    return frozenset(c for clue in _heading_court(lines).said for c in clue.values)


def _heading_court(lines: list[Line]) -> Verdict:
    """What the lines above the table say: a court under its court of appeal."""
    mentioned = [(line, match) for line in lines for match in _mentions(line.text)]
    appeal = [(line, m) for line, m in mentioned if m.level == "appeal"]
    first = [(line, m) for line, m in mentioned if m.level != "appeal"]
    # A name under its own kind of court that no court has: nothing else may decide.
    named = first or appeal
    known = [(line, match) for line, match in named if match.candidates]
    if named and not known:
        line, match = named[0]
        return Verdict(rule="court_unknown", unknown=line, nearest=match.nearest)
    if not first:
        return Verdict(said=_as_said(known))
    # "Court of first instance of X, court of appeal of Y" names one court and its
    # circuit.
    return _under_circuit(_as_said(known), appeal)


def _under_circuit(said: list[Clue], appeal: list[tuple[Line, CourtMatch]]) -> Verdict:
    # Each mention leaves some courts possible; two that share none contradict each
    # other.
    possible = frozenset.intersection(*_values(said))
    if not possible:
        return Verdict(rule="court_ambiguous", said=said)
    for line, match in appeal:
        under = frozenset(
            c
            for c in possible
            if c in match.candidates or circuits_of(c) & set(match.candidates)
        )
        if not under:
            above = Clue("heading", line.text, frozenset(match.candidates), line.cell)
            return Verdict(rule="court_ambiguous", said=[above, *said])
        possible = under
    return Verdict(said=[Clue(s.place, s.found, possible, s.cell) for s in said[:1]])


@lru_cache(maxsize=4096)
def _mentions(text: str) -> tuple[CourtMatch, ...]:
    """The courts that a line names; a line that is only a city names its court too."""
    size = len(fold(text).split())
    # A sentence may speak of "the court" without naming one.
    mentions = tuple(
        match
        for match in find_courts(text)
        if match.candidates or (match.status == "unknown" and size <= _LONGEST_NAME)
    )
    # More words than the name of a place are a sentence in which a city is mentioned.
    if mentions or find_courts(text) or size > 4:
        return mentions
    alone = find_court(text)
    return (alone,) if alone.candidates else ()


def _as_said(found: list[tuple[Line, CourtMatch]]) -> list[Clue]:
    return [
        Clue("heading", line.text, frozenset(match.candidates), line.cell)
        for line, match in found
    ]


def _row_courts(rows: Iterable[tuple[str, str]]) -> list[Clue]:
    """One entry per court that the column of courts names."""
    clues = {}
    for cell, text in rows:
        # The same court on each row is one clue, and its first cell is where it stands.
        candidates = frozenset(find_court(text).candidates) if text else frozenset()
        if candidates and candidates not in clues:
            clues[candidates] = Clue("rows", text, candidates, cell)
    return list(clues.values())


def _named_courts(names: dict[str, str]) -> list[Clue]:
    clues = []
    for place, name in names.items():
        courts = frozenset(_without_circuits(places_in(name)))
        if courts:
            clues.append(Clue(place, name, courts))
    return clues


def _without_circuits(courts: tuple[str, ...]) -> list[str]:
    """The courts of a name without the court of appeal that another belongs to."""
    # A bare city means its court of appeal or its court of first instance: both stay.
    if len({court.partition("-")[2] for court in courts}) == 1:
        return list(courts)
    above = set().union(*(circuits_of(court) for court in courts))
    below = [court for court in courts if court not in above]
    return below or list(courts)


def agree(said: list[Clue], differ: str, nothing: str) -> Verdict:
    """The one value that every place allows."""
    if not said:
        return Verdict(rule=nothing)
    # None left or several left are the same to us: the places do not tell one court.
    possible = frozenset.intersection(*_values(said))
    if len(possible) == 1:
        return Verdict(value=next(iter(possible)), said=said)
    return Verdict(rule=differ, said=said)


def _values(said: list[Clue]) -> list[frozenset[Any]]:
    return [clue.values for clue in said]
