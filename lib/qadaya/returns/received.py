"""Takes in the bytes of a received file, once: what is read is what is filed."""

import os
import stat
from pathlib import Path

from qadaya.returns.read.grid import Unreadable


def read_bytes(path: Path, *, most: int) -> bytes:
    """The bytes of a file of no more than `most`.

    A channel or device is told apart before it is opened: opening one may wait for
    ever, or have an effect.
    Raises: FileNotFoundError; Unreadable with the reason for anything that is no file,
    may not be read, or changes meanwhile.
    """
    try:
        kind = os.stat(path).st_mode
        if stat.S_ISDIR(kind):
            raise Unreadable("folder")
        if not stat.S_ISREG(kind):
            raise Unreadable("not_a_file")
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            return _whole(file.fileno(), most)
    except FileNotFoundError:
        raise
    except PermissionError as error:
        raise Unreadable("denied") from error
    except OSError as error:
        # A loop of links, a name too long, a disk that fails.
        raise Unreadable("not_a_file") from error
    except ValueError as error:
        raise FileNotFoundError(str(path)) from error  # a name no file can have


def _whole(descriptor: int, most: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise Unreadable("not_a_file")  # it was changed for something else just now
    if before.st_size > most:
        raise Unreadable("too_big_a_file")
    pieces = []
    left = most + 1
    while left > 0 and (piece := os.read(descriptor, min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    content = b"".join(pieces)
    after = os.fstat(descriptor)
    if (after.st_size, after.st_mtime_ns) != (len(content), before.st_mtime_ns):
        raise Unreadable("changing")
    return content
