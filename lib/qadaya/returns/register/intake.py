"""Reads received files, several at once when there are many, in the order given."""

import os
import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import NamedTuple

from qadaya.reference import places_in
from qadaya.returns.check_content import unreadable
from qadaya.returns.model import Return
from qadaya.returns.one_reader import Request
from qadaya.returns.personal import WITHHELD, is_personal, shown_name
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.read.grid import Unreadable
from qadaya.returns.readers import shared_readers
from qadaya.returns.received import read_bytes
from qadaya.returns.register.originals import sha256_of
from qadaya.returns.register.receipts import Receipt
from qadaya.returns.whole_return import state_of
from qadaya.vocabulary import NIL, PERSONAL_DATA

# Left in a folder of returns by office programs or by us; never a court's file.
NOT_RETURNS = (".json", ".md", ".yml")

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SUFFIX = re.compile(r"\.[a-z]{1,5}")


@dataclass(frozen=True)
class ReadFile:
    """One file as read: its hash (None if it cannot be opened) and its returns.

    `file` is its name, masked where the name itself holds personal data. `content` are
    the bytes that were read: hash, returns and what is filed all come from them.
    `received_at`: when they were read, ISO 8601 in UTC; no return is of a later year.
    """

    path: Path
    sha256: str | None
    suffix: str
    file: str
    returns: list[Return]
    content: bytes | None = None
    received_at: str = ""


class FilesFound(NamedTuple):
    """The files to read, and those below a folder that are no returns."""

    files: list[Path]
    passed_over: list[Path]


def files_of(paths: Iterable[Path]) -> FilesFound:
    """Each path, and the files below each folder, sorted; none comes twice.

    Below a folder, hidden and lock files (`~$x`, `.~lock.x#`) do not count at all, and
    files whose kind is never a return (`NOT_RETURNS`) are passed over.
    """
    files: dict[str, Path] = {}
    passed_over = []
    for path in paths:
        for file in _walk(path) if path.is_dir() else [path]:
            if file is not path and file.suffix.lower() in NOT_RETURNS:
                passed_over.append(file)
            else:
                files.setdefault(os.path.realpath(file), file)
    return FilesFound(list(files.values()), passed_over)


def _walk(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if not path.is_dir() and not _is_aside(path.relative_to(folder))
    )


def _is_aside(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


@contextmanager
def reading(
    paths: Sequence[Path], *, court: str | None, year: int | None
) -> Iterator[Iterator[ReadFile]]:
    """One reading per file, in the order of the paths."""
    readings = _readings(paths, court, year)
    try:
        yield readings
    finally:
        readings.close()


def _readings(
    paths: Sequence[Path], court: str | None, year: int | None
) -> Generator[ReadFile]:
    readers = shared_readers()
    opened: deque[ReadFile] = deque()

    def requests() -> Iterator[Request]:
        for path in paths:
            file = _opened(path, readers.limits.file_mb)
            opened.append(file)
            if file.content is not None:
                received = year_of(file.received_at)
                yield Request(file.content, file.file, court, year, received)

    for returns in readers.read_all(requests()):
        while opened[0].content is None:
            yield opened.popleft()
        file = opened.popleft()
        yield replace(file, returns=_under_name(returns, file.file))
    yield from opened


def _opened(path: Path, file_mb: int) -> ReadFile:
    """A file with its bytes, or with the refused return that says why it has none."""
    file = kept_name(path.name)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        content = read_bytes(path, most=file_mb * 1_000_000)
    except FileNotFoundError:
        reason = "missing"
    except Unreadable as fault:
        reason = fault.reason
    else:
        suffix = kept_suffix(path.name)
        return ReadFile(path, sha256_of(content), suffix, file, [], content, now)
    return ReadFile(path, None, "", file, [unreadable(file, reason, limit=file_mb)])


def read_again(content: bytes, receipt: Receipt) -> list[Return]:
    """The returns in a file's bytes, read as they were when it was received."""
    file, received = receipt.file, year_of(receipt.received_at)
    request = Request(content, file, receipt.court, receipt.year, received)
    return _under_name(shared_readers().read(request), file)


def year_of(received_at: str) -> int:
    """The year of a time in ISO 8601."""
    return int(received_at[:4])


def _under_name(returns: list[Return], file: str) -> list[Return]:
    if not file.startswith(WITHHELD):
        return returns
    first, *others = returns
    return [_with_withheld_name(first), *others]


def _with_withheld_name(one: Return) -> Return:
    faults = [
        *one.problems,
        problem(PERSONAL_DATA, Pinned(one.file, None, "file_name")),
    ]
    return replace(one, problems=faults, state=state_of(faults, nil=one.state == NIL))


def kept_name(name: str) -> str:
    """A file's name as it is kept and shown.

    Of a name with personal data only the court and the year are left, which the
    return may tell nowhere else. A name may be any bytes; what is no text is replaced.
    """
    text = name.encode("utf-8", "replace").decode("utf-8")
    if shown_name(text) == text and not is_personal(text):
        return text
    stem = PurePath(text).stem
    kept = [WITHHELD, *places_in(stem), *_YEAR.findall(stem)]
    return " ".join(kept) + kept_suffix(text)


def kept_suffix(name: str) -> str:
    """The ending that tells the kind of a file, in lower case; nothing else."""
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""
