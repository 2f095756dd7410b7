"""The received files as they came, untouched, under their hash.

From them and the log of their receipt everything else in a register is made again.
"""

import hashlib
from pathlib import Path

from qadaya.atomic import write_bytes
from qadaya.errors import ReturnError
from qadaya.returns.register.receipts import OWNER_READS, Receipt

OWNER_ENTERS = 0o700


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Originals:
    """The folder of received files."""

    def __init__(self, register: Path) -> None:
        self.folder = register / "originals"

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
        # Half a file, left by a process that was killed, is looked for there alone.
        beside = self.folder.parent
        write_bytes(path, content, mode=OWNER_READS, durable=True, beside=beside)

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
