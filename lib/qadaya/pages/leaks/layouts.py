"""Numbers laid out beside words: the tables of a page, the words of a drawing."""

from collections import defaultdict
from collections.abc import Iterator

from bs4 import Tag

from qadaya.pages.leaks.carried import (
    Carried,
    column_of,
    labelled,
    only_number,
    table_of,
)

_CELLS = ["th", "td"]


def table_numbers(table: Tag, where: str, *, hidden: bool) -> Iterator[Carried]:
    """The columns of a table, and its numbers beside the names of rows and columns."""
    rows = [_cells(row) for row in table.find_all("tr")]
    numbers = [[only_number(text) for text in row] for row in rows]
    for place in range(max(map(len, rows), default=0)):
        column = [row[place] for row in numbers if place < len(row)]
        # The head of a column can hold a number too, a year say.
        for part in (column, column[1:]):
            yield from column_of(part, f"column {place + 1} of {where}", hidden=hidden)
    yield from table_of(rows, numbers, where, hidden=hidden)


def drawing_numbers(drawing: Tag, where: str, *, hidden: bool) -> Iterator[Carried]:
    """The words of a drawing, by the kind of group that they stand in."""
    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text in drawing.find_all(["text", "title", "desc"]):
        words = text.get_text(" ", strip=True)
        kinds[_kind(text, drawing)].append(words)
        kinds[(text.name,)].append(words)
    columns = {kind: list(map(only_number, all_)) for kind, all_ in kinds.items()}
    for numbers in columns.values():
        yield from column_of(numbers, where, hidden=hidden)
    for names in kinds.values():
        for numbers in columns.values():
            if len(names) == len(numbers):
                yield from labelled(names, numbers, where, hidden=hidden)


def _kind(text: Tag, drawing: Tag) -> tuple[str, ...]:
    """The groups that a word of a drawing stands in, by their tags and classes."""
    steps = [text.name]
    for parent in text.parents:
        if parent is drawing:
            break
        classes = parent.get("class") or [""]
        steps.append(f"{parent.name}.{classes[0]}")
    return tuple(steps)


def _cells(row: Tag) -> list[str]:
    """The words of each cell; end tags can be left out, and then cells hold cells."""
    cells = [cell for cell in row.find_all(_CELLS) if cell.find_parent("tr") is row]
    return [
        " ".join(
            words.strip()
            for words in cell.find_all(string=True)
            if words.strip() and words.find_parent(_CELLS) is cell
        )
        for cell in cells
    ]
