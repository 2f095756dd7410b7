"""Write beside, then rename: whoever looks sees all of a file or a folder, or nothing.

Nothing is left over when writing fails, nor after Ctrl-C. A process that is killed can
leave a part behind; its name begins with a dot and the number of that process, so that
whoever ended the process can find it: `parts_of`.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EEXIST
from pathlib import Path
from typing import Any

_SUFFIX = ".part"
_ANYONE_READS = 0o666  # less what the umask takes away, as for any new file


@contextmanager
def file_beside(
    path: Path,
    *,
    mode: int = _ANYONE_READS,
    durable: bool = False,
    replace: bool = True,
    beside: Path | None = None,
) -> Iterator[Path]:
    """An empty file to write to; it takes the place of `path` at the end.

    `beside`: the folder it lies in until then, on the same disk; else that of `path`.
    `mode`: who may read it, from its first byte on. `durable`: on the disk before it
    bears its name, so that a power cut leaves all of it or none. Without `replace` a
    file that stands there by then stays.
    Raises: OSError (FileExistsError), with nothing left over and `path` as it was.
    """
    part = _part(path if beside is None else beside / path.name)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield part
        if durable:
            _flush(part)
        if replace:
            os.replace(part, path)
        else:
            _take_free_name(part, path)
        if durable:
            _flush(path.parent)
    finally:
        part.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes, **how: Any) -> None:
    """Write a whole file; `how` and errors as for `file_beside`."""
    with file_beside(path, **how) as part:
        part.write_bytes(content)


def write_text(path: Path, text: str, **how: Any) -> None:
    """Write a whole file in UTF-8, its line ends as given; as `write_bytes`."""
    write_bytes(path, text.encode(), **how)


@contextmanager
def folder_beside(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """An empty folder to fill; it takes the name `path` at the end.

    Raises: OSError where a folder with files has that name, or nothing can be written;
    nothing is left over.
    """
    part = _part(path)
    try:
        part.mkdir()
        yield part
        if durable:
            for inside in (*part.rglob("*"), part):
                _flush(inside)
        os.rename(part, path)
        if durable:
            _flush(path.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def files_beside(folder: Path) -> Iterator[Path]:
    """A place for several files, which take theirs in `folder` when all are written.

    Raises: OSError; as long as one of them cannot be written, none is replaced.
    """
    part = _part(folder / "files")
    try:
        part.mkdir()
        yield part
        for file in sorted(part.iterdir()):
            os.replace(file, folder / file.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def parts_of(process: int, folder: Path) -> list[Path]:
    """What a process that was ended left half written in a folder."""
    return sorted(folder.glob(f".{process}-*{_SUFFIX}"))


def sweep(folder: Path) -> None:
    """Remove what processes that are gone left half written in a folder."""
    for part in folder.glob(f".*{_SUFFIX}*"):
        process = part.name[1:].partition("-")[0]
        if process.isdecimal() and not _is_alive(int(process)):
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True


def _part(path: Path) -> Path:
    # Not made of the name, which may be as long as a name can be.
    return path.with_name(f".{os.getpid()}-{uuid.uuid4().hex[:8]}{_SUFFIX}")


def _take_free_name(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # unlike a rename, it fails where a file has the name
    except FileExistsError:
        raise
    except OSError:
        # No links on this disk (a memory stick): look, then rename.
        if path.exists():
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path)) from None
        os.rename(part, path)


def _flush(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
