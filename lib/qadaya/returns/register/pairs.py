"""Cases that seem to be listed twice: both places side by side, with a score.

What the rules over several returns find, pair by pair, and what the desk has decided
about each. Nothing is kept here.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qadaya.returns.register.cross import Countable, CrossFinding, cross_findings
from qadaya.returns.register.meant_rows import Applied

# Of 100: so much for one reference, the rest for codes that agree. Without a reference
# the same again at most, shared among all the cases that it could be.
_REFERENCE, _CODES = 60, 40
_FIRST_CODE = Countable._fields.index("platform")


class Side(NamedTuple):
    """One of the two places: the row, its words as typed, and whether it counts.

    `counts` is after the decisions of the desk.
    """

    return_id: str
    court_id: str
    year: int
    version: int
    supplement: bool
    file: str
    row: int
    words: str
    counts: bool


class Pair(NamedTuple):
    """Two rows that seem to be one case.

    `score`: from 0 to 100, how much speaks for it. `rule`: what found it, told of the
    row `one`. `decision`: the action of the desk, None where it has not decided.
    """

    score: int
    rule: str
    one: Side
    other: Side
    decision: str | None


def read_pairs(
    connection: sqlite3.Connection,
    done: Sequence[Applied],
    counted: set[tuple[str, int]],
) -> list[Pair]:
    """All pairs of the returns that count, the surest first.

    `done`: the decisions that were applied; `counted`: return and row of each case that
    counts after them.
    """
    cases = _cases(connection)
    by_keys: dict[frozenset[tuple[str, int]], Pair] = {}
    for finding, n_others in _every(cross_findings(cases), cases):
        keys = [(one.return_id, one.row) for one in (finding.case, finding.other)]
        one, other = (_side(connection, key, counted) for key in keys)
        pair = Pair(
            _score(finding, n_others),
            finding.rule,
            one,
            other,
            _decision(done, keys),
        )
        by_keys.setdefault(frozenset(keys), pair)
    return sorted(
        by_keys.values(), key=lambda pair: (-pair.score, pair.one, pair.other)
    )


def _every(
    findings: Sequence[CrossFinding], cases: Sequence[Countable]
) -> Iterator[tuple[CrossFinding, int]]:
    """Each finding with each case that shows it, and how many these are."""
    by_reference: dict[object, list[Countable]] = defaultdict(list)
    by_signature: dict[object, list[Countable]] = defaultdict(list)
    for case in cases:
        by_reference[case.case_reference].append(case)
        by_signature[case.signature].append(case)
    for finding in findings:
        case = finding.case
        if finding.by_reference:
            alike = by_reference[case.case_reference]
        else:
            alike = by_signature[case.signature]
        others = [other for other in alike if _may_be(finding, other)]
        for other in others:
            yield finding._replace(other=other), len(others)


def _may_be(finding: CrossFinding, other: Countable) -> bool:
    case = finding.case
    if (case.court_id, case.year) == (other.court_id, other.year):
        return False
    if finding.by_reference:
        return True
    both_told = case.case_reference and other.case_reference
    return not other.on_appeal and not both_told


def _score(finding: CrossFinding, n_others: int) -> int:
    case, other = finding.case, finding.other
    both = list(zip(case[_FIRST_CODE:], other[_FIRST_CODE:], strict=True))
    share = sum(one == another for one, another in both) / len(both)
    if finding.by_reference:
        return round(_REFERENCE + _CODES * share)
    return round(_REFERENCE * share / n_others)


def _decision(done: Sequence[Applied], keys: list[tuple[str, int]]) -> str | None:
    for applied in done:
        named = {(applied.return_id, applied.row)} | (
            {applied.other} if applied.other else set()
        )
        if named == set(keys) or (applied.other is None and named <= set(keys)):
            return applied.correction.action
    return None


def _cases(connection: sqlite3.Connection) -> list[Countable]:
    columns = ", ".join(f"case_rows.{column}" for column in Countable._fields[1:])
    rows = connection.execute(
        f"SELECT return, {columns} FROM case_rows JOIN returns ON returns.id = return "
        "WHERE returns.current AND accepted_alone AND NOT covered ORDER BY place, row"
    )
    return [Countable(*line) for line in rows]


def _side(
    connection: sqlite3.Connection,
    key: tuple[str, int],
    counted: set[tuple[str, int]],
) -> Side:
    court, year, version, supplement, file, typed = connection.execute(
        "SELECT returns.court_id, returns.year, version, supplement, file, typed "
        "FROM case_rows JOIN returns ON returns.id = return "
        "WHERE return = ? AND row = ?",
        key,
    ).fetchone()
    words = " | ".join(
        text for name, text in json.loads(typed).items() if name != "court" and text
    )
    return Side(
        key[0], court, year, version, bool(supplement), file, key[1], words,
        key in counted,
    )  # fmt: skip
