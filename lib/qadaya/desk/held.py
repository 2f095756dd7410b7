"""What the register of this workbench holds, for rooms that may open on none."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from qadaya.errors import QadayaError
from qadaya.returns.limits import read_limits
from qadaya.returns.read.grid import Unreadable
from qadaya.returns.received import read_bytes
from qadaya.returns.register import Register
from qadaya.returns.register.originals import sha256_of
from qadaya.workbench import DATA, home


def data_folder(name: str) -> Path:
    """A folder below `data/` of the workbench."""
    return home() / DATA / name


def is_begun(shelf: Register) -> bool:
    """Whether anything was ever received; a register without that cannot be read."""
    return shelf.log.path.exists()


def held_returns(shelf: Register) -> pd.DataFrame | None:
    """The returns of the register as they were received, None before the first.

    A decision that fits nothing any more stops a count, and no room but that of counts.
    """
    return shelf.returns_as_received() if is_begun(shelf) else None


def holds_invented(shelf: Register) -> bool:
    """Whether any return is invented; then all that the desk shows is marked."""
    try:
        returns = held_returns(shelf)
    except QadayaError:
        return False  # the room that was entered says why nothing can be read
    return returns is not None and bool(returns["synthetic"].astype(bool).any())


def years_held(returns: pd.DataFrame | None) -> list[int]:
    """The years that returns are of, the latest first."""
    if returns is None:
        return []
    return sorted({int(year) for year in returns["year"].dropna()}, reverse=True)


def not_filed(files: Sequence[Path], shelf: Register) -> list[Path]:
    """The files whose very bytes are not in the register; also those of no content."""
    returns = held_returns(shelf)
    known = set() if returns is None else set(returns["sha256"])
    most = read_limits().file_mb * 1_000_000
    return [path for path in files if _sha256(path, most) not in known]


def _sha256(path: Path, most: int) -> str | None:
    try:
        return sha256_of(read_bytes(path, most=most))
    except (Unreadable, FileNotFoundError):
        return None  # what it lacks is said when it is checked
