"""CSV that a spreadsheet opens as it is meant: with a BOM, and no cell a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that opens with one of these would be run, not shown.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(header: Sequence[str], rows: Iterable[Sequence]) -> str:
    """CSV text; None is an empty cell, and an apostrophe disarms what would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_RUNS):
        return "'" + value
    return "" if value is None else value
