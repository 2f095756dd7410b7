"""Finds a sheet that repeats another of the same file: a copy is asked about."""

from collections import Counter
from dataclasses import replace

from qadaya.reference import fold
from qadaya.returns.model import Case, Problem, Return
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.whole_return import state_of
from qadaya.vocabulary import REFUSED

Content = tuple[str, ...]


def without_copies(returns: list[Return]) -> list[Return]:
    """The returns, of which one that repeats an earlier one counts no case.

    A few rows that stand on both are asked about and counted; two rows alike may be
    two cases, two sheets alike are one and its copy. A form without a line beside
    another of the same court and year is a copy that was never filled in.
    """
    hidden_rows = {
        (reading.court_id, reading.year) for reading in returns if reading.account.seen
    }
    if hidden_rows:
        returns = [
            reading
            for reading in returns
            if not _is_blank(reading)
            or (reading.court_id, reading.year) not in hidden_rows
        ]
    checked: list[Return] = []
    for reading in returns:
        for earlier in checked:
            if _same_court_and_year(earlier, reading):
                reading = _compared(reading, earlier)
        checked.append(reading)
    return checked


def _is_blank(one: Return) -> bool:
    return not one.account.seen and [p.rule for p in one.problems] == ["empty_return"]


def _same_court_and_year(one: Return, other: Return) -> bool:
    return (
        one.court_id is not None
        and (one.court_id, one.year) == (other.court_id, other.year)
        and REFUSED not in (one.state, other.state)
    )


def _compared(one: Return, earlier: Return) -> Return:
    mine, others = _contents(one), _contents(earlier)
    shared = mine & others
    n_shared, n_mine, n_others = shared.total(), mine.total(), others.total()
    if not n_shared:
        return one
    fewest = min(n_mine, n_others)
    if n_shared == n_mine == n_others or (n_shared > 1 and 2 * n_shared >= fewest):
        return _as_copy(one, earlier, n_shared)
    rows = _rows_by_content(earlier)
    repeated = [
        _repeats(one, case, earlier, rows[content])
        for case in one.accepted
        if (content := _content(case)) in shared
    ]
    problems = [*one.problems, *repeated]
    return replace(one, problems=problems, state=state_of(problems, nil=False))


def _as_copy(one: Return, earlier: Return, n_shared: int) -> Return:
    repeated = problem(
        "sheet_repeated",
        Pinned(one.file, one.sheet),
        same_as_sheet=earlier.sheet,
        n_rows=n_shared,
    )
    left_out = sorted([*one.accepted, *one.refused], key=lambda case: case.row)
    return replace(
        one,
        state=REFUSED,
        accepted=[],
        refused=left_out,
        problems=[*one.problems, repeated],
    )


def _repeats(one: Return, case: Case, earlier: Return, row: int) -> Problem:
    return problem(
        "duplicate_row",
        Pinned(one.file, one.sheet),
        row=case.row,
        same_as_row=row,
        same_as_sheet=earlier.sheet,
    )


def _contents(one: Return) -> Counter[Content]:
    cases = [*one.accepted, *one.refused]
    return Counter(content for case in cases if (content := _content(case)))


def _content(case: Case) -> Content:
    """What a row says, but for the court, which every row of a return repeats."""
    return tuple(fold(t) for column, t in case.typed.items() if column != "court")


def _rows_by_content(one: Return) -> dict[Content, int]:
    cases = [*one.accepted, *one.refused]
    return {_content(case): case.row for case in reversed(cases)}
