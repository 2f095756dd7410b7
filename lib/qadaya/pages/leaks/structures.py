"""JSON and tables taken apart: lists, columns, records, packed arrays.

A chart keeps its columns as lists of one length in one object; a table is a list of
rows or of records. Each gives vectors, and counts beside the names they belong to.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from qadaya.pages.leaks.carried import (
    DEEPEST,
    Carried,
    Closed,
    Piece,
    Words,
    as_number,
    column_of,
    kept_aside,
    labelled,
    table_of,
    unpacked,
)

# What a chart keeps beside what it draws; only a template of words can show it.
_ASIDE = ("customdata", "ids", "meta")
_TEMPLATES = ("hovertemplate", "texttemplate", "hovertext", "text")
_MOST_COLUMNS = 12
_LONGEST = 500
_DELIMITERS = "\t;,|"


def walk(value: Any, where: str, hidden: bool, key: str, depth: int) -> Iterator[Piece]:
    """Everything in a JSON value; `key` is the name it stands under."""
    if isinstance(value, dict):
        yield from _walk_dict(value, where, hidden, depth)
    elif isinstance(value, list):
        yield from _walk_list(value, where, hidden, key, depth)
    elif isinstance(value, str):
        yield Closed(where, value, depth, hidden=hidden, key=key)
        # A short text in base64 would be read as words.
        if 4 <= len(value) < 16 and (content := unpacked(value)) is not None:
            yield Closed(where, content, depth + 1, hidden=hidden)


def rows_in(text: str) -> list[list[str]] | None:
    """The rows of a text that is a table with a delimiter; None for any other."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    for delimiter in _DELIMITERS:
        wide = lines[0].count(delimiter)
        if wide and lines[1].count(delimiter) == wide:
            rows = list(csv.reader(lines, delimiter=delimiter))
            if all(len(row) == wide + 1 for row in rows):
                return rows
    return None


def of_rows(rows: list[list[Any]], where: str, hidden: bool) -> Iterator[Carried]:
    """The columns of a table, and its numbers beside the names of rows and heads."""
    numbers = [[as_number(cell) for cell in row] for row in rows]
    for place in range(max(map(len, rows), default=0)):
        column = [row[place] for row in numbers if place < len(row)]
        yield from column_of(column, f"{where}, column {place + 1}", hidden=hidden)
    if len(rows) <= _LONGEST:
        yield from table_of(rows, numbers, where, hidden=hidden)


def _walk_dict(
    value: dict[str, Any], where: str, hidden: bool, depth: int
) -> Iterator[Piece]:
    if isinstance(value.get("bdata"), str) and "dtype" in value:
        yield from _packed_array(value, where, hidden)
        return
    numbers = [as_number(item) for item in value.values()]
    yield from column_of(numbers, where, hidden=hidden)
    yield from labelled(list(value), numbers, where, hidden=hidden)
    yield from _columns_together(value, where, hidden)
    for key, item in value.items():
        aside = key in _ASIDE and not _told(value, key)
        inside = walk(item, f"{where}, {key}", hidden or aside, key, depth)
        yield from map(kept_aside, inside) if aside else inside


def _told(trace: Mapping[str, Any], key: str) -> bool:
    """Whether what a trace keeps aside is shown in words; other objects tell nothing.

    Only what has a place in a chart is a trace.
    """
    if not {"x", "y", "z", "values", "lat", "r"} & trace.keys():
        return True
    return any(key in str(trace.get(name)) for name in _TEMPLATES if name in trace)


def _columns_together(
    value: Mapping[str, Any], where: str, hidden: bool
) -> Iterator[Carried]:
    """Lists of one length in one object are the columns of a table."""
    lists = ((name, _as_list(item)) for name, item in value.items())
    columns = [
        (name, column) for name, column in lists if column and len(column) <= _LONGEST
    ]
    for name, names in islice(columns, _MOST_COLUMNS):
        for other, counts in islice(columns, _MOST_COLUMNS):
            if name != other and len(names) == len(counts):
                numbers = [as_number(count) for count in counts]
                place = f"{where}, {other}"
                yield from labelled(names, numbers, place, hidden=hidden)
    yield from _grid(value, where, hidden)


def _grid(value: Mapping[str, Any], where: str, hidden: bool) -> Iterator[Carried]:
    """The cells of a heat map, by the names of its rows and of its columns."""
    z, across, down = value.get("z"), _as_list(value.get("x")), _as_list(value.get("y"))
    if isinstance(z, list) and all(isinstance(row, list) for row in z):
        numbers = [[as_number(cell) for cell in row] for row in z]
        for line in numbers:
            yield from labelled(across, line, f"{where}, z", hidden=hidden)
        for column in zip(*numbers, strict=False):
            yield from labelled(down, column, f"{where}, z", hidden=hidden)


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("bdata"), str):
        array = _array(value)
        return [] if array is None or "shape" in value else array.tolist()
    flat = isinstance(value, list) and not any(
        isinstance(item, list | dict) for item in value
    )
    return value if flat else []


def _array(packed: Mapping[str, Any]) -> np.ndarray | None:
    """The numbers of a packed array; None where it is not what it says."""
    content = unpacked(packed["bdata"]) or b""
    try:
        return np.frombuffer(content, np.dtype(packed.get("dtype")).newbyteorder("<"))
    except (TypeError, ValueError):
        return None


def _packed_array(value: dict[str, Any], where: str, hidden: bool) -> Iterator[Piece]:
    array = _array(value)
    if array is None:
        # The readings of the bare bytes find what it holds.
        content = unpacked(value["bdata"]) or b""
        yield Closed(where, content, DEEPEST, hidden=True)
        return
    yield Carried(where, numbers=tuple(map(float, array)), hidden=hidden)
    shape = [int(size) for size in re.findall(r"\d+", str(value.get("shape", "")))]
    if len(shape) == 2 and array.size == shape[0] * shape[1]:
        grid = array.reshape(shape)
        for line in (*grid, *grid.T):
            yield Carried(where, numbers=tuple(map(float, line)), hidden=hidden)


def _walk_list(
    value: list[Any], where: str, hidden: bool, key: str, depth: int
) -> Iterator[Piece]:
    yield from column_of(map(as_number, value), where, hidden=hidden)
    if value and all(isinstance(item, list) for item in value):
        flat = [as_number(cell) for row in value for cell in row]
        yield from column_of(flat, where, hidden=hidden)
        yield from of_rows(value, where, hidden)
    if value and all(isinstance(item, dict) for item in value):
        yield from _records(value, where, hidden)
    if value and all(isinstance(item, str) for item in value):
        yield Words(where, tuple(value), hidden)
    for place, item in enumerate(value):
        if isinstance(item, dict | list | str):
            yield from walk(item, f"{where}[{place}]", hidden, key, depth)


def _records(
    value: list[dict[str, Any]], where: str, hidden: bool
) -> Iterator[Carried]:
    names = list(dict.fromkeys(name for record in value for name in record))
    for name in names:
        column = [as_number(record.get(name)) for record in value]
        yield from column_of(column, f"{where}, column {name}", hidden=hidden)
    if len(value) <= _LONGEST and len(names) <= _MOST_COLUMNS:
        rows = [[_plain(record.get(name)) for name in names] for record in value]
        numbers = [[as_number(cell) for cell in row] for row in rows]
        yield from table_of([names, *rows], [[], *numbers], where, hidden=hidden)


def _plain(value: Any) -> Any:
    return None if isinstance(value, list | dict) else value
