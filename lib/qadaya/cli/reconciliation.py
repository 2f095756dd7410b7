"""What a year's return and its supplements say of each other, row by row, in words."""

from collections.abc import Sequence
from typing import Any

from qadaya.language import translator
from qadaya.returns.messages import column_name
from qadaya.returns.register.reconcile import (
    ADDS,
    CHANGED,
    LISTED,
    NEW,
    NOT_LISTED,
    REPEATED,
    WAITING,
    Reconciled,
)

_LINES = {
    LISTED: "Supplement {n}, row {row}: stands in row {own} of the return.",
    CHANGED: "Supplement {n}, row {row}: stands in row {own} of the return; "
    "changed: {columns}.",
    NOT_LISTED: "Supplement {n}, row {row}: does not stand in the return; not counted.",
    REPEATED: "Supplement {n}, row {row}: told in row {own} of {file} as well; "
    "counted there.",
    ADDS: "Supplement {n}, row {row}: adds to the return; counted.",
    WAITING: "Supplement {n}, row {row}: waits for the return of the year.",
    NEW: "Row {own} of the return: no supplement told it.",
}


def lines(found: Sequence[Reconciled], language: str) -> list[str]:
    """One line per row."""
    return [_line(one, language) for one in found]


def _line(one: Reconciled, language: str) -> str:
    say = translator(language, "cli.cli").gettext
    comma = "، " if language == "ar" else ", "
    supplement, own = one.supplement, one.own
    return say(_LINES[one.what]).format(
        n=supplement.number if supplement else "",
        row=supplement.row if supplement else "",
        own=own.row if own else "",
        file=own.file if own else "",
        columns=comma.join(column_name(column, language) for column in one.columns),
    )


def records(found: Sequence[Reconciled]) -> list[dict[str, Any]]:
    """The same as plain values, for JSON."""
    return [
        {
            "what": one.what,
            "supplement": one.supplement.number if one.supplement else None,
            "file": one.supplement.file if one.supplement else None,
            "row": one.supplement.row if one.supplement else None,
            "counted_in": one.own.return_id if one.own else None,
            "counted_in_row": one.own.row if one.own else None,
            "changed": list(one.columns),
        }
        for one in found
    ]
