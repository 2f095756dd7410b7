"""Rules that need more than one return: the same case listed by two courts.

Cases come in, findings go out; nothing is read or kept here. The form's own footnote
is the reason for most of them: a court of appeal reports only the cases that were first
registered with it.

Cases are plain tuples and not a frame: a register applies the rules after every single
file, to a few dozen cases, where building frames would take longer than reading the
file.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple


class Countable(NamedTuple):
    """One case that could count: sound by itself, in the latest return of its court."""

    return_id: str
    row: int
    court_id: str
    circuit_id: str
    year: int
    case_reference: str | None
    platform: str
    body: str | None
    subject: str
    prosecution: str
    first_instance: str
    appeal: str
    cassation: str
    imprisonment_months: int | None
    fine_mad: int | None

    @property
    def on_appeal(self) -> bool:
        """Whether a court of appeal lists it, whose circuit bears its own name."""
        return self.court_id == self.circuit_id

    @property
    def decided(self) -> bool:
        """Whether a first-instance court has decided."""
        return self.first_instance not in ("none", "pending")

    @property
    def signature(self) -> Hashable:
        """What two courts of a circuit would write alike about one case."""
        return (self.circuit_id, self.year, *self[6:])


class CrossFinding(NamedTuple):
    """A faulty case, and the other case that shows it (the first, of several)."""

    rule: str
    case: Countable
    other: Countable
    by_reference: bool


def cross_findings(cases: Sequence[Countable]) -> list[CrossFinding]:
    """What the rules find among the cases of the returns that count.

    A case that was referred counts where it ended, and is asked about no more. One that
    a court of appeal may not list cannot also be counted twice.
    """
    referred = referred_cases(cases)
    left = _without(cases, referred)
    second_degree = second_degree_cases(left)
    twice = counted_twice(_without(left, second_degree))
    return referred + second_degree + twice


def _without(
    cases: Iterable[Countable], findings: Iterable[CrossFinding]
) -> list[Countable]:
    out = {(found.case.return_id, found.case.row) for found in findings}
    return [case for case in cases if (case.return_id, case.row) not in out]


def referred_cases(cases: Iterable[Countable]) -> list[CrossFinding]:
    """Cases that a court referred, and that another court has gone on with.

    Told by the reference alone, in the same year or a later one; of several courts the
    one of the latest year is where it ended.
    """
    findings = []
    for same in _groups(cases, key=_reference):
        for case in same:
            ended = [
                one
                for one in same
                if one.court_id != case.court_id
                and one.year >= case.year
                and one.prosecution != "referred"
            ]
            if case.prosecution == "referred" and ended:
                last = max(ended, key=lambda one: one.year)
                findings.append(CrossFinding("referred_elsewhere", case, last, True))
    return findings


def second_degree_cases(cases: Iterable[Countable]) -> list[CrossFinding]:
    """Cases of a court of appeal that one of its first-instance courts had first.

    Had first: the same case reference in the same or an earlier year.
    """
    findings = []
    for same in _groups(cases, key=_reference):
        lower = [case for case in same if not case.on_appeal]
        for case in same:
            if case.on_appeal and (first := _had_first(case, lower)):
                findings.append(CrossFinding("second_degree_case", case, first, True))
    return findings


def _had_first(case: Countable, lower: Iterable[Countable]) -> Countable | None:
    below = (
        candidate for candidate in lower if candidate.circuit_id == case.circuit_id
    )
    return next((candidate for candidate in below if candidate.year <= case.year), None)


def counted_twice(cases: Sequence[Countable]) -> list[CrossFinding]:
    """Cases that seem to be counted in two returns.

    With references: the same one in a return of another court or another year; both
    courts are asked. Without: a decided case of a court of appeal that reads word for
    word like one of its circuit and year; the court of appeal is asked.
    """
    by_reference = list(_shared(cases))
    known = {(found.case.return_id, found.case.row) for found in by_reference}
    look_alikes = [
        found
        for found in _look_alikes(cases)
        if (found.case.return_id, found.case.row) not in known
    ]
    return by_reference + look_alikes


def _shared(cases: Iterable[Countable]) -> Iterator[CrossFinding]:
    for same in _groups(cases, key=_reference):
        for case in same:
            place = (case.court_id, case.year)
            elsewhere = [
                candidate
                for candidate in same
                if (candidate.court_id, candidate.year) != place
            ]
            if elsewhere:
                yield CrossFinding("counted_twice", case, elsewhere[0], True)


def _look_alikes(cases: Iterable[Countable]) -> Iterator[CrossFinding]:
    # Undecided cases look alike by the dozen; only a decision makes one case
    # recognisable.
    decided = (case for case in cases if case.decided)
    for alike in _groups(decided, key=lambda case: case.signature):
        lower = [case for case in alike if not case.on_appeal]
        for case in alike:
            others = [
                candidate for candidate in lower if not _told_apart(case, candidate)
            ]
            if case.on_appeal and others:
                yield CrossFinding("counted_twice", case, others[0], False)


def _told_apart(case: Countable, other: Countable) -> bool:
    # Two references that both courts gave, and that differ; alike ones never get here.
    return bool(case.case_reference and other.case_reference)


def _reference(case: Countable) -> Hashable:
    return case.case_reference


def _groups(
    cases: Iterable[Countable], *, key: Callable[[Countable], Hashable]
) -> Iterator[list[Countable]]:
    """Groups of two or more; cases without a key are in none."""
    groups: dict[Hashable, list[Countable]] = defaultdict(list)
    for case in cases:
        if (name := key(case)) is not None:
            groups[name].append(case)
    return (group for group in groups.values() if len(group) > 1)
