"""Finds the formulas of an .xls workbook, which the reader of workbooks does not tell.

An .xls file is a container of streams, cut into sectors that a table chains together
([MS-CFB]); the stream of the workbook is a row of records ([MS-XLS]). Nothing else of
it is read here.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from qadaya.returns.read.grid import Unreadable

# The header fills one sector; its field holds the power of two.
_SECTOR_SIZES = {9: 512, 12: 4096}
_IN_HEADER = 109
_SMALL, _SMALL_SECTOR = 4096, 64
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_SHEET, _FORMULA, _END = 0x0085, (0x0006, 0x0206, 0x0406), 0x000A
_WORKSHEET = 0


class _Stream(NamedTuple):
    start: int
    size: int


def formulas_by_sheet(content: bytes) -> list[set[tuple[int, int]]]:
    """The (row, column) from 0 of every formula, one set per worksheet in order.

    Raises: Unreadable for a file that breaks off or whose sectors do not chain.
    """
    try:
        workbook = _workbook(content)
        return [_formulas(workbook, start) for start in _sheets(workbook)]
    except (struct.error, IndexError, KeyError) as error:
        raise Unreadable("damaged") from error


def _workbook(content: bytes) -> bytes:
    size = _SECTOR_SIZES[struct.unpack_from("<H", content, 30)[0]]
    header, sectors = content[:size], content[size:]
    table = _table(header, sectors, size)
    (directory,) = struct.unpack_from("<I", header, 48)
    entries = _entries(_chained(sectors, table, directory, size))
    stream = entries.get("Workbook") or entries["Book"]
    if stream.size >= _SMALL:
        return _chained(sectors, table, stream.start, size)[: stream.size]
    # Small streams lie together in the root's own, in sectors with their own table.
    first, n_sectors = struct.unpack_from("<II", header, 60)
    small = _numbers(_chained(sectors, table, first, size)) if n_sectors else []
    shared = _chained(sectors, table, entries["Root Entry"].start, size)
    return _chained(shared, small, stream.start, _SMALL_SECTOR)[: stream.size]


def _table(header: bytes, sectors: bytes, size: int) -> list[int]:
    """Which sector follows each; the header names the first sectors of the table."""
    named = list(struct.unpack_from(f"<{_IN_HEADER}I", header, 76))
    (more,) = struct.unpack_from("<I", header, 68)
    while more < _LAST_SECTOR and len(named) * size <= len(sectors):
        *further, more = _numbers(_sector(sectors, more, size))
        named += further
    used = (number for number in named if number < _LAST_SECTOR)
    return _numbers(b"".join(_sector(sectors, number, size) for number in used))


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content))


def _sector(sectors: bytes, number: int, size: int) -> bytes:
    found = sectors[number * size : (number + 1) * size]
    if not found:
        raise Unreadable("damaged")
    return found


def _chained(sectors: bytes, table: list[int], start: int, size: int) -> bytes:
    pieces = []
    while start < _LAST_SECTOR:
        pieces.append(_sector(sectors, start, size))
        if len(pieces) > len(table):
            raise Unreadable("damaged")  # the chain runs in a circle
        start = table[start]
    return b"".join(pieces)


def _entries(directory: bytes) -> dict[str, _Stream]:
    found: dict[str, _Stream] = {}
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        found.setdefault(name, _Stream(*struct.unpack_from("<II", directory, at + 116)))
    return found


def _records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + size]
        if kind == _END:
            return
        at += 4 + size


def _sheets(workbook: bytes) -> list[int]:
    """Where each worksheet begins, in the order of the sheets."""
    named = [body for kind, body in _records(workbook, 0) if kind == _SHEET]
    return [
        struct.unpack_from("<I", body)[0] for body in named if body[5] == _WORKSHEET
    ]


def _formulas(workbook: bytes, start: int) -> set[tuple[int, int]]:
    return {
        struct.unpack_from("<HH", body)
        for kind, body in _records(workbook, start)
        if kind in _FORMULA
    }
