"""Which rows of supplements a year's own return lists, and what differs.

The circular asks for every new case as it comes. A supplement tells such cases; the
return of the year lists them all. Rows come in, pairs go out; nothing is kept here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from qadaya.returns.read.headings import NEEDED

LISTED, CHANGED, NOT_LISTED = "listed", "changed", "not_listed"
REPEATED, ADDS, NEW, WAITING = "repeated", "adds", "new", "waiting"
# What stays the same of a case while it goes from one instance to the next.
_LASTING = ("body", "subject", "platform")
_ALIKE = 80  # of 100, over the words of what lasts


class ReturnRow(NamedTuple):
    """One row of a return: where it stands, its words as typed, its codes.

    `number` is the version of the year's return, or the place of the supplement among
    those of its court and year; `order` tells which of two returns came first, `since`
    the first version that listed the row.
    """

    return_id: str
    number: int
    order: int
    since: int
    file: str
    row: int
    typed: dict[str, str]
    reference: str | None
    platform: str | None
    subject: str | None
    prosecution: str | None
    accepted: bool

    @property
    def key(self) -> str:
        """By what it is known again in another version."""
        return self.reference or self.words()

    def words(self, *columns: str) -> str:
        """What was typed, but for the court, which all rows repeat."""
        kept = columns or tuple(key for key in self.typed if key != "court")
        return " | ".join(self.typed.get(key) or "" for key in kept)


class Reconciled(NamedTuple):
    """What became of one row of a supplement, or of one that no supplement told.

    `what`: LISTED in the year's return; CHANGED since (`columns` are those of the
    form); NOT_LISTED there, so that it is not counted; REPEATED after the return or in
    a later supplement, and counted there; ADDS to the return, after which it came;
    WAITING for the return; NEW is a row of the return that no supplement told.
    """

    what: str
    supplement: ReturnRow | None
    own: ReturnRow | None
    columns: tuple[str, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether a row of a supplement does not count by itself."""
        return self.what in (LISTED, CHANGED, NOT_LISTED, REPEATED)


def reconciled(
    supplements: Sequence[ReturnRow], own: Sequence[ReturnRow], first_order: int | None
) -> list[Reconciled]:
    """Every row of the supplements in their order, then the new rows of the return.

    `own`: the rows of the year's return that counts. `first_order`: when the first
    version came that listed a case, None where none did. What came before it is covered
    by it: the return decides. What came after it adds to it.
    """
    again = _told_again(supplements)
    pairs = _pairs([row for row in supplements if _place(row) not in again], own)
    differences = [
        Reconciled(REPEATED, row, again[_place(row)])
        if _place(row) in again
        else _what(row, pairs.get(_place(row)), first_order)
        for row in supplements
    ]
    if supplements:
        listed = {_place(row) for row in pairs.values()}
        differences += [
            Reconciled(NEW, None, row) for row in own if _place(row) not in listed
        ]
    return differences


def with_history(
    rows: Sequence[ReturnRow], versions: Iterable[tuple[int, Sequence[str]]]
) -> list[ReturnRow]:
    """Rows with the order of the first version that listed each of them.

    `versions`: the order of each version and the keys of its rows. Of rows that read
    alike, as many are known as a version held.
    """
    counted = [(order, Counter(keys)) for order, keys in versions]
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        seen[row.key] += 1
        first = [order for order, keys in counted if keys[row.key] >= seen[row.key]]
        found.append(row._replace(since=min(first, default=row.order)))
    return found


def _what(row: ReturnRow, own: ReturnRow | None, first_order: int | None) -> Reconciled:
    if own is not None and own.order < row.order:
        return Reconciled(REPEATED, row, own)
    if own is not None:
        columns = _changed(row, own)
        return Reconciled(CHANGED if columns else LISTED, row, own, columns)
    if first_order is None:
        return Reconciled(WAITING, row, None)
    return Reconciled(NOT_LISTED if row.order < first_order else ADDS, row, None)


def _told_again(supplements: Sequence[ReturnRow]) -> dict[tuple[str, int], ReturnRow]:
    """Rows whose reference a later supplement bears: the latest word is taken."""
    latest = {row.reference: row for row in supplements if row.reference}
    return {
        _place(row): latest[row.reference]
        for row in supplements
        if row.reference and latest[row.reference].return_id != row.return_id
    }


def _pairs(
    supplements: Sequence[ReturnRow], own: Sequence[ReturnRow]
) -> dict[tuple[str, int], ReturnRow]:
    """The row of the return for each row that it lists; no row is taken twice.

    Told by the reference, else by what lasts of a case; by words only a row that no
    version listed before the supplement came, as two cases often read alike.
    """
    scores = sorted(
        (-score, i, j)
        for i, row in enumerate(supplements)
        for j, other in enumerate(own)
        if (score := _score(row, other)) is not None
    )
    found: dict[tuple[str, int], ReturnRow] = {}
    taken: set[int] = set()
    for _, i, j in scores:
        place = _place(supplements[i])
        if place not in found and j not in taken:
            found[place] = own[j]
            taken.add(j)
    return found


def _score(row: ReturnRow, other: ReturnRow) -> float | None:
    """How surely two rows are one case; None where they are not."""
    if row.reference and other.reference:
        return 300.0 if row.reference == other.reference else None
    if other.since < row.order or not any(row.typed.values()):
        return None
    if (row.platform, row.subject) != (other.platform, other.subject):
        return None
    if row.prosecution not in ("under_investigation", other.prosecution):
        return None
    lasting = fuzz.ratio(row.words(*_LASTING), other.words(*_LASTING))
    if lasting < _ALIKE:
        return None
    return lasting + fuzz.ratio(row.words(), other.words())


def _changed(row: ReturnRow, own: ReturnRow) -> tuple[str, ...]:
    return tuple(
        column
        for column in NEEDED
        if (row.typed.get(column) or "") != (own.typed.get(column) or "")
    )


def _place(row: ReturnRow) -> tuple[str, int]:
    return row.return_id, row.row
