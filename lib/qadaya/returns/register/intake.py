"""Reads received files, several at once when there are many, in the order given."""

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePath
from signal import SIG_IGN, SIGINT, signal
from typing import NamedTuple

from qadaya.reference import places_in
from qadaya.returns.check import check_file
from qadaya.returns.model import Problem, Return
from qadaya.returns.personal import WITHHELD, is_personal, shown_name
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.register.originals import seen_as, sha256_of
from qadaya.returns.whole_return import state_of
from qadaya.vocabulary import BLOCK_RETURN, NIL, PERSONAL_DATA

READERS = 2
# Starting a second process costs as much as reading about twenty files.
MANY = 20
# Files read ahead of the one being filed; keeps memory flat.
AHEAD = 32

# Left in a folder of returns by office programs or by us; never a court's file.
NOT_RETURNS = (".json", ".md", ".yml")

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SUFFIX = re.compile(r"\.[a-z]{1,5}")


@dataclass(frozen=True)
class Reading:
    """One file as read: its hash (None if it cannot be opened) and its returns.

    `file` is its name, masked where the name itself holds personal data.
    """

    path: Path
    sha256: str | None
    suffix: str
    file: str
    returns: list[Return]


class Found(NamedTuple):
    """The files to read, and those below a folder that are no returns."""

    files: list[Path]
    passed_over: list[Path]


def files_of(paths: Iterable[Path]) -> Found:
    """Each path, and the files below each folder, sorted; none comes twice.

    Below a folder, hidden and lock files (`~$x`, `.~lock.x#`) do not count at all, and
    files whose kind is never a return (`NOT_RETURNS`) are passed over.
    """
    files: dict[Path, Path] = {}
    passed_over = []
    for path in paths:
        for file in _walk(path) if path.is_dir() else [path]:
            if file is not path and file.suffix.lower() in NOT_RETURNS:
                passed_over.append(file)
            else:
                files.setdefault(file.resolve(), file)
    return Found(list(files.values()), passed_over)


def _walk(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not _is_aside(path.relative_to(folder))
    )


def _is_aside(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


@contextmanager
def reading(
    paths: Sequence[Path], *, court: str | None, year: int | None
) -> Iterator[Iterator[Reading]]:
    """One reading per file, in the order of the paths.

    To be entered before a database is opened: the readers are copies of this process,
    and SQLite allows no copies of a connection.
    """
    read = partial(read_one, court=court, year=year)
    if len(paths) <= MANY:
        yield map(read, paths)
        return
    # Ctrl-C is for the process that files; the readers just stop with it.
    readers = ProcessPoolExecutor(
        READERS, initializer=signal, initargs=(SIGINT, SIG_IGN)
    )
    try:
        waiting = (readers.submit(read, path) for path in paths)
        yield _in_order(list(islice(waiting, AHEAD)), waiting)
    finally:
        readers.shutdown(wait=True, cancel_futures=True)


def _in_order(
    ahead: list[Future[Reading]], waiting: Iterator[Future[Reading]]
) -> Iterator[Reading]:
    while ahead:
        yield ahead.pop(0).result()
        ahead.extend(islice(waiting, 1))


def read_one(path: Path, *, court: str | None, year: int | None) -> Reading:
    """One file, read and checked; a file that cannot be opened is a refused return."""
    file = kept_name(path.name)
    try:
        sha256 = sha256_of(path.read_bytes())
    except OSError:
        return Reading(path, None, "", file, [_unreadable(file)])
    returns = check_under_name(path, file, court=court, year=year)
    return Reading(path, sha256, kept_suffix(path.name), file, returns)


def check_under_name(
    path: Path, file: str, *, court: str | None, year: int | None
) -> list[Return]:
    """The returns in a file, read as if it bore the name under which it is kept."""
    with seen_as(path, file) as named:
        first, *others = check_file(named, court=court, year=year)
    if file.startswith(WITHHELD):
        first = _with_withheld_name(first)
    return [first, *others]


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
    told = [WITHHELD, *places_in(stem), *_YEAR.findall(stem)]
    return " ".join(told) + kept_suffix(text)


def kept_suffix(name: str) -> str:
    """The ending that tells the kind of a file, in lower case; nothing else."""
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _unreadable(file: str) -> Return:
    facts = {"file": file, "reason": "denied"}
    problem = Problem("file_unreadable", BLOCK_RETURN, facts=facts)
    return Return(file, problems=[problem])
