"""Cells that a spreadsheet shows as they are typed, and never runs.

What a court typed goes out again in CSV and XLSX files. A cell that begins with one of
= + - @, also in full width, would be run by the program that opens it.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# No workbook can hold these. The replacement shows that something stood there.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"

# Quotes, spaces and signs without a width, which some programs pass over.
_PASSED_OVER = (
    '"\\t\\n\\r \\x7f\\x85\\xa0\\xad\\u061c\\u1680\\u180e'
    "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff"
)
# A cell begins where the text begins; and, for a program set to French that opens our
# commas, where a semicolon, a tab or a line begins a new cell inside the text.
_WOULD_RUN = re.compile(
    rf"^(?=[\t\n\r])|(^|[,;\t\n\r])(?=[{_PASSED_OVER}]*[=+\-@＝＋－＠])"
)
_APOSTROPHE = r"\1'"


def inert(value: Any) -> Any:
    """The value; a text with an apostrophe before each part that would be run.

    `tests/data/inert_cells.json` lists examples; the explorer's exports keep to them.
    """
    if not isinstance(value, str):
        return value
    return _WOULD_RUN.sub(_APOSTROPHE, _NO_TEXT.sub(_REPLACEMENT, value))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV with the byte-order mark that Excel needs; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(name) for name in header])
    writer.writerows(
        ["" if value is None else inert(value) for value in row] for row in rows
    )
    return "\ufeff" + text.getvalue()


def add_row(sheet: "Worksheet", values: Iterable[Any]) -> None:
    """Add a row to a sheet; a text stays a text, even one such as `#N/A`."""
    from openpyxl.cell import WriteOnlyCell

    cells = [WriteOnlyCell(sheet, inert(value)) for value in values]
    for cell in cells:
        if isinstance(cell.value, str):
            cell.data_type = "s"
    sheet.append(cells)
