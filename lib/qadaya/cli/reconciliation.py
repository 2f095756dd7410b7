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
    return [_line(compared, language) for compared in found]


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
            "what": compared.what,
            "supplement": compared.supplement.number if compared.supplement else None,
            "file": compared.supplement.file if compared.supplement else None,
            "row": compared.supplement.row if compared.supplement else None,
            "counted_in": compared.own.return_id if compared.own else None,
            "counted_in_row": compared.own.row if compared.own else None,
            "changed": list(compared.columns),
        }
        for compared in found
    ]
