"""Files what was read, one file after another: in a register, or for a check only."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qadaya.returns.model import Return
from qadaya.returns.register.filed import Filed, read_elsewhere, read_filed
from qadaya.returns.register.intake import ReadFile, reading
from qadaya.returns.register.receipts import Mark, Receipt
from qadaya.returns.register.recount import apply_cross_rules
from qadaya.returns.register.store import Store


class Outcome(NamedTuple):
    """The ids of a file's returns, whether it was known, and the ids that changed."""

    ids: list[str]
    already_received: bool
    changed: frozenset[str] = frozenset()


def filed_in_order(
    connected: Callable[[], sqlite3.Connection],
    readings: Iterable[ReadFile],
    file_one: Callable[[ReadFile], Outcome],
    *,
    on_filed: Callable[[], None],
) -> list[Filed]:
    """All returns of the readings, as they stand once the last one is filed.

    A file that could not even be opened has nothing to keep and is passed through.
    `connected`: gives the tables as they stand once the last one is filed.
    """
    outcomes = []
    for file in readings:
        opened = file.sha256 is not None
        outcomes.append((file, file_one(file) if opened else None))
        on_filed()
    connection = connected()
    ours = {id_ for _, outcome in outcomes if outcome for id_ in outcome.ids}
    return [
        filed
        for file, outcome in outcomes
        for filed in (
            _standing(connection, outcome, ours) if outcome else _unopened(file)
        )
    ]


def _unopened(one: ReadFile) -> list[Filed]:
    return [Filed(None, None, False, None, False, each) for each in one.returns]


def _standing(
    connection: sqlite3.Connection, outcome: Outcome, ours: set[str]
) -> list[Filed]:
    elsewhere = tuple(
        read_elsewhere(connection, return_id)
        for return_id in sorted(outcome.changed - ours)
    )
    return [
        replace(
            read_filed(connection, return_id),
            already_received=outcome.already_received,
            also_changed=elsewhere,
        )
        for return_id in outcome.ids
    ]


def check_all(
    paths: Iterable[str | Path],
    *,
    court: str | None = None,
    year: int | None = None,
    on_filed: Callable[[], None] = lambda: None,
) -> list[Filed]:
    """What `Register.receive_all` would answer on an empty register; files nothing."""
    files = [Path(path) for path in paths]
    with (
        reading(files, court=court, year=year) as readings,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as connection,
    ):
        store = Store(connection)
        store.create_if_new()

        def look(one: ReadFile) -> Outcome:
            receipt = receipt_of(one, court=court, year=year)
            if seen := store.seen(receipt.sha256, one.returns):
                return Outcome(seen, already_received=True)
            return file_readings(store, receipt, one.returns, Mark())

        return filed_in_order(lambda: connection, readings, look, on_filed=on_filed)


def receipt_of(
    one: ReadFile, *, court: str | None, year: int | None, supplement: bool = False
) -> Receipt:
    """The receipt of a file that could be opened."""
    assert one.sha256 is not None  # a file that was not opened has no receipt
    return Receipt(
        sha256=one.sha256,
        suffix=one.suffix,
        file=one.file,
        received_at=one.received_at,
        court=court,
        year=year,
        supplement=supplement,
    )


def file_readings(
    store: Store, receipt: Receipt, readings: list[Return], mark: Mark
) -> Outcome:
    """Put one file into the tables and apply the rules over several returns.

    `mark`: the place in the log behind its receipt.
    """
    ids = store.file(receipt, readings, mark)
    changed = apply_cross_rules(store, _told_by(readings))
    return Outcome(ids, already_received=False, changed=frozenset(changed))


def _told_by(readings: list[Return]) -> set[tuple[str, int]]:
    return {
        (reading.court_id, reading.year)
        for reading in readings
        if reading.court_id and reading.year
    }
