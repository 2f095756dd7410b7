"""The log of a register: one line per received file, only ever added to.

It is the lock of the register as well. Who writes holds it, so that between one line
and the next nobody else can write; the system takes it from a process that is killed.
A database says how far into the log it has come (`Mark`), and so does a reader see at
once whether it is behind.
"""

import fcntl
import hashlib
import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from qadaya.errors import ReturnError

OWNER_READS = 0o600
# A turn takes milliseconds; others may be filing whole folders, turn by turn.
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Receipt:
    """One line of the log: a file, when it came and what its sender was told to be.

    `file` is the name it came under, masked where it held personal data; `court` and
    `year` are those given on the command line, or None; `supplement` tells a file that
    adds to the return of its year.
    """

    sha256: str
    suffix: str
    file: str
    received_at: str
    court: str | None
    year: int | None
    supplement: bool = False


class Mark(NamedTuple):
    """A place in the log: its byte, and a hash over all lines before it.

    Each line is hashed with the hash before it, so that adding one takes the same time
    however long the log has grown.
    """

    ends: int = 0
    chain: str = ""

    def after(self, line: bytes) -> "Mark":
        """The place after one more line."""
        chain = hashlib.sha256(self.chain.encode() + line).hexdigest()
        return Mark(self.ends + len(line), chain)


class ReceiptLog:
    """`receipts.jsonl` of a register."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def receipts(self) -> list[Receipt]:
        """All receipts in their order; a last line cut off in writing is left out."""
        return [receipt for receipt, _ in self.after(Mark())]

    def after(self, mark: Mark) -> list[tuple[Receipt, Mark]]:
        """The receipts after a place, each with the place behind it.

        Raises: ReturnError if the lines before are not those that the mark was made
        of, or one after it is no receipt.
        """
        lines = _whole_lines(self.path.read_bytes()) if self.path.exists() else []
        at, number = Mark(), 0
        while at.ends < mark.ends and number < len(lines):
            at = at.after(lines[number])
            number += 1
        if at != mark:
            raise self.disagreement()
        receipts = []
        for line in lines[number:]:
            at, number = at.after(line), number + 1
            receipts.append((self._receipt(number, line), at))
        return receipts

    def require_last(self, before: Mark, mark: Mark) -> None:
        """Refuse a log whose last line before a mark is another one.

        The hash hangs on all lines before, so this takes the same time however long
        the log has grown; who reads the register compares every line (`after`).
        Raises: ReturnError where the lines are others, or are not there.
        """
        if mark == Mark():
            return
        line = b""
        if self.path.exists():
            with self.path.open("rb") as log:
                log.seek(before.ends)
                line = log.read(mark.ends - before.ends)
        if before.after(line) != mark:
            raise self.disagreement()

    @contextmanager
    def locked(self) -> Iterator["LockedLog"]:
        """The log for whoever writes; made, readable by its owner only, if need be.

        Raises: ReturnError where another process keeps it for too long.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, OWNER_READS)
        try:
            self._wait_for(descriptor)
            try:
                yield LockedLog(self, descriptor)
            finally:
                # In so many words: a reader process may hold a copy of the descriptor.
                fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            os.close(descriptor)

    def _wait_for(self, descriptor: int) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ReturnError(
                        f"{self.path.parent}: another `qadaya` has been writing to "
                        f"this register for {PATIENCE_SECONDS} s; expected it to be "
                        "free. Wait for it or end it, then try again"
                    ) from None
                # Not in step with the other, who would win each time.
                time.sleep(random.uniform(0.001, 0.005))

    def disagreement(self) -> ReturnError:
        """What is said where the log and the database name different files."""
        return ReturnError(
            f"{self.path.parent}: receipts.jsonl and register.sqlite name different "
            "files; expected the same receipts in both. Put both back from one copy, "
            "or run `qadaya rebuild` to follow receipts.jsonl"
        )

    def _receipt(self, number: int, line: bytes) -> Receipt:
        try:
            return Receipt(**json.loads(line))
        except (ValueError, TypeError) as fault:
            raise ReturnError(
                f"{self.path}, line {number}: not a receipt; expected one JSON object "
                "with the fields of a receipt. Put the log back from a copy"
            ) from fault


class LockedLog:
    """The log while no one else writes."""

    def __init__(self, log: ReceiptLog, descriptor: int) -> None:
        self._log = log
        self._descriptor = descriptor

    def is_at(self, mark: Mark) -> bool:
        """Whether the log ends at a place; asked of its size, so at no cost."""
        return os.fstat(self._descriptor).st_size == mark.ends

    def append(self, receipt: Receipt, mark: Mark) -> Mark:
        """Add a receipt at a place, and bring it to the disk; the place behind it.

        What stands after the place is a line that was never ended.
        Raises: OSError; the log then ends where it did.
        """
        line = line_of(receipt)
        try:
            os.ftruncate(self._descriptor, mark.ends)
            written = 0
            while written < len(line):
                place = mark.ends + written
                written += os.pwrite(self._descriptor, line[written:], place)
            os.fsync(self._descriptor)
        except BaseException:
            self.cut(mark)
            raise
        return mark.after(line)

    def cut(self, mark: Mark) -> None:
        """Take back what stands after a place."""
        os.ftruncate(self._descriptor, mark.ends)


def line_of(receipt: Receipt) -> bytes:
    """A receipt as it stands in the log, with its line end."""
    return (json.dumps(asdict(receipt), ensure_ascii=False) + "\n").encode()


def _whole_lines(content: bytes) -> list[bytes]:
    # By the one byte that ends a line here: a name may hold what others take for one.
    *lines, _cut_off = content.split(b"\n")
    return [line + b"\n" for line in lines]
