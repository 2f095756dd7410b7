"""Root without what sets root apart: files that are closed are closed to it too."""

import ctypes
import os
from contextlib import contextmanager

# Linux: capabilities(7). Who has the first may write anywhere, the second read it.
_OVERRIDE, _READ_SEARCH = 1 << 1, 1 << 2
_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def plain_user():
    """Files that are closed are closed to this thread, whoever runs the tests.

    The owner stays the same, so that nothing has to be handed over; processes that
    root starts meanwhile have all of root's rights again.
    """
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION_3, 0), (_Sets * 2)()
    _checked(libc.capget(ctypes.byref(header), sets))
    kept = sets[0].effective
    sets[0].effective = kept & ~(_OVERRIDE | _READ_SEARCH)
    _checked(libc.capset(ctypes.byref(header), sets))
    try:
        yield
    finally:
        sets[0].effective = kept
        _checked(libc.capset(ctypes.byref(header), sets))


def _checked(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
