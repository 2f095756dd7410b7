"""The rows of a return as typed and as coded, with what their cells give away."""

from collections.abc import Container, Iterator
from typing import Any

from qadaya.reference import circuits_of, find_court, fold
from qadaya.reference.history import circuit_in
from qadaya.returns import code
from qadaya.returns.code.several import numbers_several
from qadaya.returns.model import Case
from qadaya.returns.person_names import looks_like_a_name
from qadaya.returns.personal import (
    is_personal,
    is_personal_heading,
    is_personal_reference,
)
from qadaya.returns.read.headings import REMARKS, counts_cases, heading_column
from qadaya.returns.read.row_kinds import TableRow
from qadaya.returns.read.table import ReturnTable
from qadaya.returns.rules import MONTHS, CodedRow
from qadaya.vocabulary import (
    CODED_COLUMNS,
    DERIVED_COLUMNS,
    OPTIONAL_COLUMNS,
    stage_and_result,
)

_NO_CODES = dict.fromkeys((*CODED_COLUMNS, *OPTIONAL_COLUMNS, *DERIVED_COLUMNS))
_INSTANCES = ("first_instance", "appeal", "cassation")


def coded_rows(
    tables: list[ReturnTable], court_id: str | None, year: int | None
) -> Iterator[CodedRow]:
    """Every case of a return, coded for its court and year."""
    earlier: dict[tuple[str, ...], int] = {}
    for table in tables:
        name_columns = _name_columns(table)
        unseen = {row.index: why for row, why in table.unseen}
        rows = [*table.cases, *(row for row, _ in table.unseen)]
        for row in sorted(rows, key=lambda row: row.index):
            coded = _coded(table, row, court_id, year)
            coded.personal = list(_personal(table, row, name_columns))
            coded.unseen = unseen.get(row.index)
            if not coded.personal and not coded.unseen:
                coded.earlier = earlier.get(key := _content(row))
                earlier.setdefault(key, coded.row)
            yield coded


def to_case(row: CodedRow) -> Case:
    """The row as it is kept: nothing typed if it holds personal data."""
    typed = {} if row.personal else dict(row.typed)
    typed.pop("case_reference", None)
    return Case(row=row.row, cells=row.cells, typed=typed, codes=row.codes)


def _coded(
    table: ReturnTable, row: TableRow, court_id: str | None, year: int | None
) -> CodedRow:
    typed = row.typed
    subject, is_clear = code.code_subject(typed.get("subject", ""))
    cells = {c: table.cell(row.index, p) for c, p in row.positions.items()}
    codes = _codes(typed, court_id, year)
    codes["subject"] = subject
    return CodedRow(
        row=row.index + 1,
        cells=cells,
        typed=typed,
        codes=codes,
        subject_is_clear=is_clear,
        formulas=_marked(row, cells, table.grid.formulas),
        struck=_marked(row, cells, table.grid.struck),
        pictures=[
            (column, cell)
            for column, cell in _marked(row, cells, table.grid.pictures)
            if not typed[column]
        ],
        remarks=[
            (table.cell(row.index, position), text)
            for position, text in row.extras.items()
        ],
        counts=_counts(table, row),
        stray=row.index in table.grid.stray,
        by_rule=_marked(row, cells, table.grid.by_rule),
        of_appeal_court=bool(court_id and court_id.startswith("ca-")),
        other_court=_other_court(typed.get("court", ""), court_id, cells.get("court")),
    )


def _counts(table: ReturnTable, row: TableRow) -> list[tuple[str, str]]:
    """What says how many cases a row is: columns that count, or its own number."""
    texts = [
        (position, text)
        for position, text in row.extras.items()
        if counts_cases(table.extras[position])
    ]
    if table.ordinal is not None:
        number = table.grid.text(row.index, table.ordinal).strip()
        texts += [(table.ordinal, number)] if numbers_several(number) else []
    return [(table.cell(row.index, position), text) for position, text in texts]


def _marked(
    row: TableRow, cells: dict[str, str], places: Container[tuple[int, int]]
) -> list[tuple[str, str]]:
    """The columns and cells of a row that are among some places of the sheet."""
    if not places:
        return []
    return [
        (column, cells[column])
        for column, position in row.positions.items()
        if (row.index, position) in places
    ]


def _codes(
    typed: dict[str, str], court_id: str | None, year: int | None
) -> dict[str, Any]:
    codes: dict[str, Any] = dict(_NO_CODES)
    codes["court_id"], codes["year"] = court_id, year
    codes["circuit_id"] = circuit_in(court_id, year) if court_id else None
    codes["body"] = code.code_body(typed.get("body", ""))
    codes["platform"] = code.code_platform(typed.get("platform", ""))
    codes["prosecution"] = code.code_prosecution(typed.get("prosecution", ""))
    for column in _INSTANCES:
        codes[column] = code.code_outcome(column, typed.get(column, ""))
    codes["imprisonment_months"], codes["fine_mad"] = code.code_sentence(
        codes["first_instance"], typed.get("first_instance", "")
    )
    codes.update(_optional_codes(typed, year))
    codes.update(_standing(codes))
    return codes


def _optional_codes(typed: dict[str, str], year: int | None) -> dict[str, Any]:
    codes: dict[str, Any] = {
        column: code.code_month(typed[column], year)
        for column in MONTHS
        if typed.get(column)
    }
    if typed.get("case_reference"):
        codes["case_reference"] = code.code_reference(typed["case_reference"])
    if typed.get("persons_prosecuted"):
        codes["persons_prosecuted"] = code.code_persons(typed["persons_prosecuted"])
    return codes


def _standing(codes: dict[str, Any]) -> dict[str, Any]:
    decided = [codes[column] for column in ("prosecution", *_INSTANCES)]
    if None in decided:
        return {}
    standing = stage_and_result(*decided)
    return {"stage": standing.stage, "result": standing.result}


def _other_court(
    text: str, court_id: str | None, cell: str | None
) -> tuple[str, str, tuple[str, ...]] | None:
    """The court that a row names, if it is neither the return's nor above it."""
    if not text or court_id is None or cell is None:
        return None
    level = "appeal" if court_id.startswith("ca-") else "first_instance"
    candidates = find_court(text, level).candidates
    allowed = {court_id} | circuits_of(court_id)
    if not candidates or allowed & set(candidates):
        return None
    # A court of appeal that lists a first-instance court: a rule of its own says so.
    if level == "appeal" and all(c.startswith("tpi-") for c in candidates):
        return None
    return cell, text, candidates


def _content(row: TableRow) -> tuple[str, ...]:
    """What makes two rows the same: everything that they say."""
    return tuple(fold(text) for text in row.typed.values())


def _personal(
    table: ReturnTable, row: TableRow, name_columns: set[int]
) -> Iterator[tuple[str, str]]:
    for column, text in row.typed.items():
        if text and _is_personal_cell(column, text):
            yield column, table.cell(row.index, row.positions[column])
    for position, text in row.extras.items():
        if code.says_nothing(text):
            continue
        if is_personal_heading(table.extras[position]):
            yield "personal", table.cell(row.index, position)
        elif is_personal(text) or (
            position in name_columns and looks_like_a_name(text)
        ):
            yield "extra", table.cell(row.index, position)


def _is_personal_cell(column: str, text: str) -> bool:
    if column == "case_reference":
        return is_personal_reference(text)
    return is_personal(text)


def _name_columns(table: ReturnTable) -> set[int]:
    """The columns of no form where most cells look like names."""
    positions = set()
    for position, heading in table.extras.items():
        texts = [row.extras[position] for row in table.cases if position in row.extras]
        names = [text for text in texts if looks_like_a_name(text)]
        if (
            names
            and 2 * len(names) >= len(texts)
            and heading_column(heading) != REMARKS
        ):
            positions.add(position)
    return positions
