"""Sorts the lines under the headings of a table: each is something, none is lost."""

from bisect import bisect_left

from qadaya.returns.code import code_platform, code_prosecution
from qadaya.returns.read.grid import Grid, Line, is_blank
from qadaya.returns.read.row_kinds import TableRow, kind_of
from qadaya.returns.read.table import ReturnTable

# A row of another table beside this one has at least so many cells.
_LEAST_CELLS = 4


def sort_rows(table: ReturnTable, start: int, end: int) -> None:
    """Put each line where it belongs; texts before the next heading become notes."""
    filled, before, after_gap = table.grid.filled, start - 1, False
    for index in filled[bisect_left(filled, start) : bisect_left(filled, end)]:
        line = table.grid.rows[index]
        # A blank row parts the cases from what is written below; only a case ends the
        # gap.
        after_gap = after_gap or index > before + 1
        kind = _take(table, _row(table, index, line), line, after_gap=after_gap)
        before, after_gap = index, after_gap and kind != "case"
    for index, unseen in table.grid.unseen.items():
        if start <= index < end and not is_blank(unseen.texts):
            row = _row(table, index, unseen.texts)
            texts = [text for text in unseen.texts if text.strip()]
            # A gap is what a clerk sees, and these rows are not seen.
            kind = kind_of(row, texts, after_gap=False)
            table.n_lines += 1
            if kind == "case":
                table.unseen.append((row, unseen.why))
            else:
                table.kinds["unseen"] += 1
    _take_pictures(table, start, end)


def _take_pictures(table: ReturnTable, start: int, end: int) -> None:
    """Note pictures that fill a row among the cases alone: nobody has read them."""
    grid = table.grid
    filled = set(grid.filled if grid.pictures else ())
    # Under the cases of a sheet lies a stamp. A row of a document's table is a row of
    # the form, with or without words.
    last = max((row.index for row in table.cases), default=start)
    for row, position in sorted(grid.pictures):
        is_among = start <= row < (end if grid.is_word else last)
        if is_among and row not in filled and position in table.columns:
            cell = table.cell(row, position)
            table.pictures.append((table.columns[position], cell))


def _take(
    table: ReturnTable, row: TableRow, line: list[str], *, after_gap: bool
) -> str:
    """Put one line where it belongs; what kind it is."""
    texts = [text for text in line if text.strip()]
    # Formulas without a value yet: a line that holds something, of which nothing is
    # seen.
    kind = kind_of(row, texts, after_gap=after_gap) if texts else "case"
    table.n_lines += 1
    # One such cell is enough to ask; the rows below it would say the same.
    if table.beside is None:
        table.beside = _case_beside(table, row.index, line)
    if kind == "case":
        table.cases.append(row)
        return kind
    table.kinds[kind] += 1
    if kind == "nil":
        table.nil.append(row)
    elif kind == "note":
        first = next(p for p, text in enumerate(line) if text.strip())
        table.notes.append(Line(table.cell(row.index, first), " ".join(texts)))
    return kind


def _case_beside(table: ReturnTable, index: int, line: list[str]) -> str | None:
    """Where a case of another table stands on a row, in columns of no heading here."""
    if len(table.extras) < _LEAST_CELLS:
        return None
    beside = [p for p in table.extras if p < len(line) and line[p].strip()]
    if not _reads_as_a_case([line[position] for position in beside]):
        return None
    return table.cell(index, beside[0])


def holds_cases(grid: Grid) -> bool:
    """Whether rows of a grid without headings read as cases in the order of the form.

    There the platform is not the first of the cells, as it is in lists to choose from.
    """
    for index in grid.filled:
        texts = [text for text in grid.rows[index] if text.strip()]
        if _reads_as_a_case(texts) and code_platform(texts[0]) is None:
            return True
    return False


def _reads_as_a_case(texts: list[str]) -> bool:
    return len(texts) >= _LEAST_CELLS and all(
        # A platform and a decision on prosecution: two words that no list of contacts
        # has.
        any(map(code, texts))
        for code in (code_platform, code_prosecution)
    )


def _row(table: ReturnTable, index: int, line: list[str]) -> TableRow:
    # Rows end with their last text; a missing cell is an empty one.
    texts = [*line, *[""] * (len(table.letters) - len(line))]
    return TableRow(
        index,
        {column: texts[p].strip() for p, column in table.columns.items()},
        {p: t for p in table.extras if (t := texts[p].strip())},
        table.positions,
    )
