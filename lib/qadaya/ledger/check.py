"""The ledger checked line by line: units, sources, print, sums, copies, conflicts.

What is found is a fault of the keeping, never of the publisher: two sources that
disagree are no finding as long as a note says so.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from qadaya.errors import ParameterError
from qadaya.ledger.caseloads import CASELOADS, SCOPES, caseload_conflicts
from qadaya.ledger.figures import (
    ARITHMETIC,
    COMPANIES,
    FIGURES,
    SOURCES,
    arithmetic,
)
from qadaya.ledger.files import ledger_folder
from qadaya.ledger.printed import values_as_printed
from qadaya.ledger.units import unit_of
from qadaya.reference import courts

_DATE = re.compile(r"~?\d{4}(-\d{2}(-\d{2})?)?")
_DOUBT = ("CONFLICT", "CAUTION")
_ROUNDED = re.compile("about|million")
_LANGUAGES = ("ar", "fr", "en")
COLUMNS = {
    FIGURES: ("year", "source_id", "series", "measure", "value", "as_printed", "note"),
    CASELOADS: (
        *("year", "source_id", "court_id", "scope", "measure"),
        *("value", "as_printed", "note"),
    ),
    COMPANIES: ("year", "source_id", "company", "reports", "as_printed", "note"),
    SOURCES: ("source_id", "publisher", "title", "url", "published", "language"),
}
_KEYS = {
    FIGURES: ("year", "source_id", "series", "measure"),
    CASELOADS: ("year", "source_id", "court_id", "scope", "measure"),
    COMPANIES: ("year", "source_id", "company"),
    SOURCES: ("source_id",),
}
Row = dict[str, str]


class LedgerFault(NamedTuple):
    """One thing wrong with one line of one file of the ledger."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


def check_ledger(folder: Path | None = None) -> list[LedgerFault]:
    """Everything that is wrong with the ledger, by file and line; empty if nothing is.

    Raises: ParameterError when a file is missing or has other columns.
    """
    place = ledger_folder(folder)
    tables = {name: list(_rows(place, name)) for name in COLUMNS}
    known = {row["source_id"] for _, row in tables[SOURCES]}
    faults = list(_sources(tables[SOURCES]))
    for name in (FIGURES, CASELOADS, COMPANIES):
        faults += _figures(name, tables[name], known)
    for name, rows in tables.items():
        faults += _copies(name, rows)
    faults += _undeclared(tables[FIGURES])
    faults += _doubtful_caseloads(tables[CASELOADS], place)
    if not faults:  # sums of figures that cannot be read would only repeat the above
        faults += _sums(place)
    return sorted(faults, key=lambda fault: (fault.file, fault.line))


def _rows(place: Path, name: str) -> Iterator[tuple[int, Row]]:
    path = place / name
    if not path.is_file():
        raise ParameterError(
            f"{path}: not found; expected a file of the ledger; restore it or name "
            "another folder with --folder"
        )
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        columns = tuple(reader.fieldnames or ())
        if columns != COLUMNS[name]:
            raise ParameterError(
                f"{path}, line 1: the columns are {', '.join(columns)}; "
                f"expected {', '.join(COLUMNS[name])}"
            )
        for row in reader:
            yield reader.line_num, {key: value or "" for key, value in row.items()}


def _sources(rows: Iterable[tuple[int, Row]]) -> Iterator[LedgerFault]:
    for line, row in rows:
        for column in ("publisher", "title"):
            if not row[column]:
                yield _fault(SOURCES, line, f"{column} is empty", "a text")
        if row["url"] and not re.fullmatch(r"https?://\S+", row["url"]):
            yield _fault(SOURCES, line, f"url is {row['url']!r}", "an address")
        if not set(row["language"].split("/")) <= set(_LANGUAGES):
            yield _fault(
                SOURCES, line, f"language is {row['language']!r}", ", ".join(_LANGUAGES)
            )
        if row["published"] and not _DATE.fullmatch(row["published"]):
            yield _fault(
                SOURCES,
                line,
                f"published is {row['published']!r}",
                "2024, 2024-05 or 2024-05-31, after ~ where it is inferred",
            )


def _figures(
    name: str, rows: Iterable[tuple[int, Row]], known: set[str]
) -> Iterator[LedgerFault]:
    for line, row in rows:
        if not re.fullmatch(r"(19|20)\d{2}", row["year"]):
            yield _fault(name, line, f"year is {row['year']!r}", "a year")
        if row["source_id"] not in known:
            yield _fault(
                name,
                line,
                f"source_id is {row['source_id']!r}",
                f"one of {SOURCES}; add the source first",
            )
        yield from _value(name, line, row)
        if name == FIGURES:
            yield from _unit(line, row)
        if name == CASELOADS:
            yield from _place(line, row)


def _value(name: str, line: int, row: Row) -> Iterator[LedgerFault]:
    text = row["reports" if name == COMPANIES else "value"]
    try:
        value = float(text)
    except ValueError:
        yield _fault(name, line, f"the value is {text!r}", "a number")
        return
    whole = row.get("measure") != "percent"
    if value not in values_as_printed(row["as_printed"], whole=whole):
        yield _fault(
            name,
            line,
            f"the value is {text}, as printed {row['as_printed']!r}",
            "the same number in both; a published figure is never altered",
        )


def _unit(line: int, row: Row) -> Iterator[LedgerFault]:
    try:
        unit_of(row["series"], row["measure"])
    except ParameterError as unknown:
        yield LedgerFault(FIGURES, line, str(unknown))


def _place(line: int, row: Row) -> Iterator[LedgerFault]:
    known = courts().index
    for court in row["court_id"].split("|"):
        if court not in known:
            yield _fault(
                CASELOADS,
                line,
                f"court_id is {court!r}",
                "an identifier of data/reference/courts.csv",
            )
    if row["scope"] not in SCOPES:
        yield _fault(CASELOADS, line, f"scope is {row['scope']!r}", ", ".join(SCOPES))


def _copies(name: str, rows: list[tuple[int, Row]]) -> Iterator[LedgerFault]:
    keys = [tuple(row[column] for column in _KEYS[name]) for _, row in rows]
    times = Counter(keys)
    first: dict[tuple[str, ...], int] = {}
    for key, (line, _) in zip(keys, rows, strict=True):
        if times[key] > 1 and key in first:
            yield _fault(
                name,
                line,
                f"{', '.join(key)} stands in line {first[key]} as well",
                "each figure of a source once; remove one of the two lines",
            )
        first.setdefault(key, line)


def _undeclared(rows: list[tuple[int, Row]]) -> Iterator[LedgerFault]:
    """Sources that disagree while no line of that figure says so."""
    about: dict[tuple[str, str, str], list[tuple[int, Row]]] = {}
    for line, row in rows:
        key = (row["year"], row["series"], row["measure"])
        about.setdefault(key, []).append((line, row))
    for key, lines in about.items():
        values = {row["value"] for _, row in lines}
        rounded = any(_ROUNDED.search(row["as_printed"]) for _, row in lines)
        doubted = any(word in row["note"] for _, row in lines for word in _DOUBT)
        if len(values) > 1 and not doubted and not rounded:
            where = ", ".join(str(line) for line, _ in lines[1:])
            yield _fault(
                FIGURES,
                lines[0][0],
                f"{' '.join(key)} is {' and '.join(sorted(values))} "
                f"(also line {where})",
                "a note that begins with CONFLICT on one of them; keep both values",
            )


def _doubtful_caseloads(
    rows: list[tuple[int, Row]], place: Path
) -> Iterator[LedgerFault]:
    """Caseloads that cannot all be right while no line of them says so."""
    doubts = caseload_conflicts(place)
    doubts = doubts[doubts["kind"].isin(["exceeds", "parts"])]
    for (year, court, scope), group in doubts.groupby(["year", "court_id", "scope"]):
        about = [
            (n, row) for n, row in rows if _about(row) == (str(year), court, scope)
        ]
        if any(word in row["note"] for _, row in about for word in _DOUBT):
            continue
        line = about[0][0]
        yield _fault(
            CASELOADS,
            line,
            f"{year} {court} ({scope}): {', '.join(group['measure'])} do not fit",
            "a note that begins with CONFLICT on one of them; keep every value",
        )


def _about(row: Row) -> tuple[str, str, str]:
    return row["year"], row["court_id"], row["scope"]


def _sums(place: Path) -> Iterator[LedgerFault]:
    for number, row in enumerate(arithmetic(folder=place).itertuples(), start=2):
        if not row.closes:
            yield _fault(
                ARITHMETIC,
                number,
                f"{row.whole} of {row.year} ({row.measure}) is printed as "
                f"{row.printed}, its parts add to {row.summed}",
                "parts that add up; take the line out where the source does not close",
            )


def _fault(file: str, line: int, found: str, expected: str) -> LedgerFault:
    return LedgerFault(file, line, f"{found}; expected {expected}")
