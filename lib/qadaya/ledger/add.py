"""A figure added to the ledger: with its source, as printed, and beside what it denies.

The lines that stand are never touched: a new one is put after the last of its year.
"""

import csv
import io
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from qadaya.atomic import write_text
from qadaya.errors import ParameterError
from qadaya.ledger.check import COLUMNS, check_ledger
from qadaya.ledger.figures import FIGURES, SOURCES
from qadaya.ledger.files import ledger_folder
from qadaya.ledger.printed import values_as_printed
from qadaya.ledger.units import unit_of


class NewSource(NamedTuple):
    """Who has published a figure, where, when, in which language."""

    source_id: str
    publisher: str
    title: str
    url: str
    published: str
    language: str


class NewFigure(NamedTuple):
    """One figure as one source prints it."""

    year: int
    source_id: str
    series: str
    measure: str
    as_printed: str
    note: str = ""


class Added(NamedTuple):
    """What was written, and the figures of other sources that say otherwise."""

    line: str
    value: float
    unit: str
    others: list[str]


def add_figure(
    figure: NewFigure,
    source: NewSource | None = None,
    folder: Path | None = None,
    *,
    new_series: bool = False,
) -> Added:
    """Add one figure, and its source where that is new; both files or none.

    The value is read from what is printed. Where other sources print another value the
    note is begun with CONFLICT, and both stay.
    `new_series`: the ledger holds no figure of this series yet, and that is meant.
    Raises: ParameterError without a known or a new source, for an unknown series that
    is not said to be new, for a print that holds no
    number or more than one reading, for an unknown measure, and for a figure that this
    source has already given.
    """
    place = folder or _of_checkout()
    if faults := check_ledger(place):
        raise ParameterError(
            f"{faults[0]}. The ledger has {len(faults)} faults; mend them before adding"
        )
    figures, sources = _read(place, FIGURES), _read(place, SOURCES)
    _require_source(figure, source, sources)
    if not new_series:
        _require_series(figure.series, {row["series"] for row in figures})
    value = _value_of(figure)
    unit = unit_of(figure.series, figure.measure)
    same = [row for row in figures if _about(row) == _about_new(figure)]
    if any(row["source_id"] == figure.source_id for row in same):
        raise ParameterError(
            f"{figure.source_id} already gives {figure.measure} of {figure.series} for "
            f"{figure.year}; expected a figure that is not in the ledger yet"
        )
    others = [
        f"{row['as_printed']} ({row['source_id']})"
        for row in same
        if float(row["value"]) != value
    ]
    row = _row(figure, value, others)
    _write(place, figures, sources, row, source)
    return Added(",".join(row.values()), value, unit, others)


def _of_checkout() -> Path:
    """The ledger of the checkout; that of an installed package is not added to."""
    place = ledger_folder()
    if not place.is_symlink():
        raise ParameterError(
            f"{place}: the ledger of the installed package, which the next version "
            "replaces; expected one of your own. Copy it and name the copy with "
            "--folder"
        )
    return place


def _require_source(
    figure: NewFigure, source: NewSource | None, sources: list[dict[str, str]]
) -> None:
    known = {row["source_id"] for row in sources}
    if source is None and figure.source_id not in known:
        raise ParameterError(
            f"source {figure.source_id or 'is empty'}: not in {SOURCES}; expected a "
            "source of the ledger, or its publisher, title and address to add it"
        )
    if source is not None and source.source_id in known:
        raise ParameterError(
            f"source {source.source_id}: stands in {SOURCES}; expected a new name, or "
            "no publisher, title and address"
        )
    if source is not None and not (source.publisher and source.title and source.url):
        raise ParameterError(
            f"source {source.source_id}: publisher, title or address is empty; "
            "expected all three"
        )


def _require_series(series: str, known: set[str]) -> None:
    if series in known:
        return
    nearest = get_close_matches(series, known, n=1)
    raise ParameterError(
        f"series is {series!r}, which the ledger does not hold; expected a series of "
        f"the ledger{f', such as {nearest[0]}' if nearest else ''}. Say that it is new "
        "with --new-series"
    )


def _value_of(figure: NewFigure) -> float:
    values = values_as_printed(figure.as_printed, whole=figure.measure != "percent")
    if len(values) != 1:
        readings = " or ".join(f"{value:g}" for value in sorted(values)) or "no number"
        raise ParameterError(
            f"as printed {figure.as_printed!r}: read as {readings}; expected one "
            "number. Write it without the sign that parts thousands"
        )
    return values.pop()


def _about(row: dict[str, str]) -> tuple[str, str, str]:
    return row["year"], row["series"], row["measure"]


def _about_new(figure: NewFigure) -> tuple[str, str, str]:
    return str(figure.year), figure.series, figure.measure


def _row(figure: NewFigure, value: float, others: list[str]) -> dict[str, str]:
    note = figure.note
    if others and not note.startswith("CONFLICT"):
        note = f"CONFLICT with {', '.join(others)}. {note}".strip()
    cells = figure._replace(note=note)._asdict() | {"value": f"{value:.12g}"}
    return {name: str(cells[name]) for name in COLUMNS[FIGURES]}


def _write(
    place: Path,
    figures: list[dict[str, str]],
    sources: list[dict[str, str]],
    row: dict[str, str],
    source: NewSource | None,
) -> None:
    after = sum(int(other["year"]) <= int(row["year"]) for other in figures)
    figures = [*figures[:after], row, *figures[after:]]
    if source is not None:
        # The source first: a figure without one would be refused by every reader.
        _save(place, SOURCES, [*sources, dict(source._asdict())])
    _save(place, FIGURES, figures)


def _read(place: Path, name: str) -> list[dict[str, str]]:
    with (place / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _save(place: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (place / name).open("rb") as file:
        ends = "\r\n" if file.readline().endswith(b"\r\n") else "\n"
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[name], lineterminator=ends)
    writer.writeheader()
    writer.writerows(rows)
    write_text(place / name, text.getvalue())
