"""Starts a programme that can open what it is given on this machine, and nothing else.

`python confine.py PLACES COMMAND...`, with PLACES in JSON: `read` and `write` name what
is open to it, `closed` what must not be. The border is drawn by the system (Landlock,
Linux 5.13 and newer), for the programme and all that it starts, whichever language or
library they open files with; it cannot be taken back. From Linux 6.7 on no connection
can be made either. Nothing outside the standard library is imported here: but for a
process that was forked (see `preloaded`), this runs in an interpreter of its own.
"""

import ctypes
import json
import os
import stat
import sys
from collections.abc import Iterable
from typing import Any

# Numbers of the system's calls, the same on every machine that Linux runs on.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _DEVICE = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_FOLDER
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE
# What each version of Landlock first knew: rights over files, over TCP, and scopes.
_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_CONNECT, _CONNECT_SINCE = 1 << 1, 4
_SCOPES, _SCOPES_SINCE = 0b11, 6  # abstract sockets and signals


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scopes")]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The version of Landlock on this machine; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def confine(read: Iterable[str], write: Iterable[str]) -> None:
    """Leave this process, for good, what lies in these folders and files.

    Raises: OSError.
    """
    known = version()
    files = max(bits for since, bits in _FILES.items() if since <= known)
    rules = _Ruleset(
        files,
        _CONNECT if known >= _CONNECT_SINCE else 0,
        _SCOPES if known >= _SCOPES_SINCE else 0,
    )
    ruleset = _checked(_CREATE_RULESET, ctypes.byref(rules), _size(known), 0)
    for path in read:
        _allow(ruleset, path, _READ & files)
    for path in write:
        _allow(ruleset, path, files)
    if ctypes.CDLL(None, use_errno=True).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    _checked(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(os.fstat(place).st_mode):
        rights &= _OF_FILES
    rule = _Beneath(rights, place)
    try:
        _checked(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)


def _size(known: int) -> int:
    """How much of a ruleset this version reads."""
    fields = 1 + (known >= _CONNECT_SINCE) + (known >= _SCOPES_SINCE)
    return fields * ctypes.sizeof(ctypes.c_uint64)


def _checked(*arguments: Any) -> int:
    answer = _call(*arguments)
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def _call(number: int, *arguments: Any) -> int:
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    return int(call(ctypes.c_long(number), *arguments))


def _is_open(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def confine_or_exit(places: dict[str, list[str]]) -> None:
    """Confine this process; end it with a sentence where what is closed is not."""
    confine(places["read"], places["write"])
    # Seen, not believed: a folder of the desk may lie in one that had to be open.
    for path in filter(_is_open, places["closed"]):
        sys.exit(f"{path}: open to a shared run; expected it outside what that needs")


def main() -> None:
    places, command = json.loads(sys.argv[1]), sys.argv[2:]
    confine_or_exit(places)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
