"""What changed between two versions of a return, row by row.

Rows are told to be the same by their reference, by their words, or else by being most
alike between two rows that stayed.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz import fuzz

from qadaya.returns.model import Case
from qadaya.returns.register.filed import Filed
from qadaya.spreadsheet import inert

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_ALIKE = 60  # of 100; two rows of one court share its name and most of their words


class Difference(NamedTuple):
    """One thing that changed: a row that came or went, or one cell of a row.

    `before` and `after` are rows as typed, or what was typed in `column`; None where
    there is nothing, or where it may not be shown.
    """

    change: str
    old_row: int | None
    new_row: int | None
    column: str | None
    before: str | None
    after: str | None


class _Row(NamedTuple):
    case: Case
    accepted: bool

    @property
    def words(self) -> str:
        """What the row says but for its court, which all rows repeat."""
        typed = self.case.typed
        return " | ".join(
            text for key, text in typed.items() if key != "court" and text
        )

    @property
    def key(self) -> str:
        """By what it is known again."""
        return str(self.case.codes.get("case_reference") or self.words)


def differences(old: Sequence[Filed], new: Sequence[Filed]) -> list[Difference]:
    """What changed from one version to the next, in the order of the rows."""
    before, after = _rows(old), _rows(new)
    matcher = SequenceMatcher(
        a=[row.key for row in before], b=[row.key for row in after], autojunk=False
    )
    changes: list[Difference] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        pairs: list[tuple[_Row | None, _Row | None]]
        if tag == "equal":
            pairs = list(zip(before[a:b], after[c:d], strict=True))
        else:
            pairs = _paired(before[a:b], after[c:d])
        for one, other in pairs:
            changes += _compared(one, other)
    return changes


def _rows(version: Sequence[Filed]) -> list[_Row]:
    rows = []
    for filed in version:
        accepted = [_Row(case, True) for case in filed.reading.accepted]
        refused = [_Row(case, False) for case in filed.reading.refused]
        rows += sorted([*accepted, *refused], key=lambda row: row.case.row)
    return rows


def _paired(
    before: Sequence[_Row], after: Sequence[_Row]
) -> list[tuple[_Row | None, _Row | None]]:
    """The rows of two stretches, the most alike together, in the new order."""
    scores = sorted(
        (
            (-fuzz.ratio(old.words, new.words), i, j)
            for i, old in enumerate(before)
            for j, new in enumerate(after)
        ),
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in scores:
        same_place = len(before) == len(after) and i == j
        if (-score >= _ALIKE or same_place) and i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    gone: list[tuple[_Row | None, _Row | None]] = [
        (old, None) for i, old in enumerate(before) if i not in taken
    ]
    stayed = [
        (before[partner[j]] if j in partner else None, new)
        for j, new in enumerate(after)
    ]
    return [*gone, *stayed]


def _compared(old: _Row | None, new: _Row | None) -> Iterator[Difference]:
    if old is None:
        assert new is not None  # one of the two is there
        yield Difference(ADDED, None, new.case.row, None, None, new.words or None)
        return
    if new is None:
        yield Difference(REMOVED, old.case.row, None, None, old.words or None, None)
        return
    rows = old.case.row, new.case.row
    for column in dict.fromkeys([*old.case.typed, *new.case.typed]):
        before, after = (row.case.typed.get(column) for row in (old, new))
        # Our answer puts an apostrophe before what a spreadsheet would run.
        if inert(before or "") != inert(after or ""):
            yield Difference(CHANGED, *rows, column, before, after)
    if old.accepted != new.accepted:
        states = ["accepted" if row.accepted else "left out" for row in (old, new)]
        yield Difference(CHANGED, *rows, "state", *states)
