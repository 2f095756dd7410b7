"""What was received, as it came: the files untouched and the log of their receipt.

Everything else in a register can be made again from these two.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from qadaya.atomic import write_bytes
from qadaya.errors import ReturnError

OWNER_READS = 0o600
OWNER_ENTERS = 0o700


@dataclass(frozen=True)
class Receipt:
    """One line of the log: a file, when it came and what its sender was told to be.

    `file` is the name it came under, masked where it held personal data; `court` and
    `year` are those given on the command line, or None.
    """

    sha256: str
    suffix: str
    file: str
    received_at: str
    court: str | None
    year: int | None


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Originals:
    """The folder of received files and the log beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "originals"
        self.log = folder / "receipts.jsonl"

    def path(self, receipt: Receipt) -> Path:
        """Where the file of a receipt is kept."""
        name = f"{receipt.sha256}{receipt.suffix}"
        return self.folder / receipt.sha256[:2] / name

    def keep(self, receipt: Receipt, content: bytes) -> None:
        """Keep the bytes that were read, for their owner only; once for all."""
        path = self.path(receipt)
        if path.exists():
            return
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=OWNER_ENTERS, exist_ok=True)
        write_bytes(path, content, mode=OWNER_READS, durable=True)

    def verified(self, receipt: Receipt) -> bytes:
        """The file of a receipt as it was received, after a look that it is the same.

        Raises: ReturnError if the original is gone or no longer what was received.
        """
        original = self.path(receipt)
        if not original.is_file():
            raise ReturnError(
                f"{original}: the original of {receipt.file} is missing; expected the "
                "file as it was received. Put it back from a copy of the register"
            )
        content = original.read_bytes()
        if sha256_of(content) != receipt.sha256:
            raise ReturnError(
                f"{original}: the original of {receipt.file} was changed after it was "
                "received; put it back from a copy of the register"
            )
        return content

    def receipts(self) -> list[Receipt]:
        """All receipts in their order; a last line cut off in writing is left out."""
        if not self.log.exists():
            return []
        text = self.log.read_text(encoding="utf-8")
        lines = text[: text.rfind("\n") + 1].splitlines()
        return [self._receipt(number, line) for number, line in enumerate(lines, 1)]

    def _receipt(self, number: int, line: str) -> Receipt:
        try:
            return Receipt(**json.loads(line))
        except (ValueError, TypeError) as fault:
            raise ReturnError(
                f"{self.log}, line {number}: not a receipt; expected one JSON object "
                "with the six fields of a receipt. Put the log back from a copy"
            ) from fault

    def note(self, receipt: Receipt) -> None:
        """Add a receipt to the log, after cutting off a line that was never ended."""
        line = json.dumps(asdict(receipt), ensure_ascii=False) + "\n"
        descriptor = os.open(self.log, os.O_RDWR | os.O_CREAT, OWNER_READS)
        with os.fdopen(descriptor, "r+b") as log:
            written = log.read()
            end = written.rfind(b"\n") + 1
            log.truncate(end)
            log.seek(end)
            log.write(line.encode())
            log.flush()
            os.fsync(log.fileno())
