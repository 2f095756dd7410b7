"""The whole ledger as a data set of its own: CSV, a data package, SDMX-CSV."""

import json
from pathlib import Path
from typing import Any

from qadaya.atomic import files_beside
from qadaya.csvw import METADATA, csvw_of
from qadaya.ledger.caseloads import CASELOADS
from qadaya.ledger.figures import (
    ARITHMETIC,
    COMPANIES,
    FIGURES,
    OFFENCES,
    SOURCES,
    ledger_sources,
)
from qadaya.ledger.files import ledger_folder, read_table
from qadaya.ledger.observations import ledger_observations
from qadaya.sdmx import write_sdmx

DATAPACKAGE = "datapackage.json"
TITLE = "Published figures on online child sexual exploitation and courts, Morocco"
_FILES = (FIGURES, CASELOADS, COMPANIES, SOURCES, OFFENCES, ARITHMETIC)
COLUMNS = {
    "year": ("integer", "The calendar year that the figure is about."),
    "source_id": ("string", "Who printed it: a name of the list of sources."),
    "series": ("string", "What is counted."),
    "measure": (
        "string",
        "In which unit: cases, persons, reports, percent and others.",
    ),
    "value": ("number", "The number, as read from what was printed."),
    "as_printed": ("string", "The figure as its source prints it; > is a lower bound."),
    "note": ("string", "Doubts; CONFLICT where sources disagree, both values kept."),
    "court_id": (
        "string",
        "The court or, with its first-instance courts, the circuit.",
    ),
    "scope": ("string", "Whether of the circuit or of the court alone."),
    "company": ("string", "The company that sent the reports to NCMEC."),
    "reports": ("integer", "Reports to NCMEC; they measure reporting."),
    "publisher": ("string", "The publisher."),
    "title": ("string", "What the source is, in our words."),
    "url": ("string", "Where it was read."),
    "published": ("string", "When it was published; after ~ where inferred."),
    "language": ("string", "The language of the source."),
    "offence": ("string", "The offence."),
    "article": ("string", "The article of the penal code."),
    "law": ("string", "The law that brought it in."),
    "name_ar": ("string", "Its Arabic name."),
    "name_fr": ("string", "Its French name."),
    "name_en": ("string", "Its English name."),
    "imprisonment_from_months": ("number", "Least imprisonment, in months."),
    "imprisonment_to_months": ("number", "Greatest imprisonment, in months."),
    "fine_from_mad": ("number", "Least fine, in dirhams."),
    "fine_to_mad": ("number", "Greatest fine, in dirhams."),
    "fit": ("string", "Whether the match of line and article is the law's or ours."),
    "iccs": ("string", "Class of the ICCS (UNODC 2015); empty where unchecked."),
    "whole": ("string", "The series of a printed total."),
    "parts": ("string", "The series of its parts, parted by a vertical bar."),
}


def export_ledger(folder: Path, *, ledger: Path | None = None) -> list[Path]:
    """Write the ledger to a folder; all of its files or none.

    The CSV files as they are kept, `datapackage.json` and `csv-metadata.json` (CSVW) to
    describe them, and every figure in SDMX-CSV 2.0 with its structure.
    """
    place = ledger_folder(ledger)
    folder.mkdir(parents=True, exist_ok=True)
    with files_beside(folder) as beside:
        for name in _FILES:
            (beside / name).write_bytes((place / name).read_bytes())
        package = _package(ledger)
        text = json.dumps(package, ensure_ascii=False, indent=2)
        (beside / DATAPACKAGE).write_text(text + "\n", encoding="utf-8")
        described = json.dumps(csvw_of(package), ensure_ascii=False, indent=2)
        (beside / METADATA).write_text(described + "\n", encoding="utf-8")
        for table in ledger_observations(ledger):
            write_sdmx(table, beside)
        names = sorted(path.name for path in beside.iterdir())
    return [folder / name for name in names]


def _package(ledger: Path | None) -> dict[str, Any]:
    sources = ledger_sources(ledger)
    return {
        "profile": "data-package",
        "name": "qadaya-ledger",
        "title": TITLE,
        "description": (
            "Figures that others have published, each as printed and with its source. "
            "Nothing was altered; where sources disagree both values stay."
        ),
        "licenses": [{"name": "CC-BY-4.0", "title": "Of the compilation"}],
        "sources": [
            {"title": title} | ({"path": url} if isinstance(url, str) else {})
            for title, url in sources[["title", "url"]].to_numpy().tolist()
        ],
        "resources": [_resource(name, ledger) for name in _FILES],
    }


def _resource(name: str, ledger: Path | None) -> dict[str, Any]:
    columns = read_table(name, ledger).columns
    fields = [
        {"name": column, "type": COLUMNS[column][0], "description": COLUMNS[column][1]}
        for column in columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": name.removesuffix(".csv").replace("_", "-"),
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
