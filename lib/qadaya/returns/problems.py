"""How severe each rule is, and how a problem is made from what a rule found."""

from typing import Any, NamedTuple

from qadaya.returns.model import Problem
from qadaya.returns.personal import is_personal
from qadaya.vocabulary import ASK, BLOCK_RETURN, BLOCK_ROW, NOTE, PERSONAL_DATA

SEVERITY = {
    **dict.fromkeys(
        (
            "file_unreadable",
            "form_not_recognised",
            "column_hidden",
            "tables_beside",
            "sheet_repeated",
            "court_unknown",
            "court_ambiguous",
            "year_missing",
            "year_conflict",
            "empty_return",
        ),
        BLOCK_RETURN,
    ),
    **dict.fromkeys(
        (
            "platform_missing",
            "platform_unknown",
            "prosecution_unclear",
            "outcome_unclear",
            PERSONAL_DATA,
            "formula_cell",
            "error_cell",
            "row_hidden",
            "row_struck",
            "second_degree_case",
        ),
        BLOCK_ROW,
    ),
    **dict.fromkeys(
        (
            "body_unknown",
            "subject_unclear",
            "outcome_without_prosecution",
            "instance_skipped",
            "duplicate_row",
            "platform_both",
            "counted_twice",
            "struck_cell",
            "picture_cell",
            "hidden_by_rule",
            "row_taken_back",
            "several_cases",
            "sheet_set_aside",
            "quote_unclosed",
            "letters_lost",
            "month_unclear",
            "persons_unclear",
            "reference_unclear",
            "sentence_unclear",
            "supplement_not_listed",
        ),
        ASK,
    ),
    **dict.fromkeys(
        (
            "nil_return",
            "sheet_hidden",
            "supplement_changed",
            "supplement_repeated",
            "referred_elsewhere",
        ),
        NOTE,
    ),
}


class Pinned(NamedTuple):
    """Where a problem is: file, sheet, and the column or other place of the form."""

    file: str
    sheet: str | None = None
    column: str | None = None


def problem(
    rule: str,
    place: Pinned,
    *,
    row: int | None = None,
    cell: str | None = None,
    value: str | None = None,
    **facts: Any,
) -> Problem:
    """A problem at a place; a value that looks personal is left out of it."""
    if rule == PERSONAL_DATA or (value and is_personal(value)):
        value = None
    known = {key: fact for key, fact in facts.items() if fact is not None}
    column = {"column": place.column} if place.column else {}
    return Problem(
        rule=rule,
        severity=SEVERITY[rule],
        sheet=place.sheet,
        row=row,
        cell=cell,
        value=value,
        facts={"file": place.file, **column, **known},
    )
