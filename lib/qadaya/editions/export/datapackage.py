"""`datapackage.json`: what the exported files are, for people and for programs.

The form is the Data Package of Frictionless Data, version 1, which says where the
columns, units, codes and sources of a table stand.
"""

from pathlib import PurePath
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.export.columns import (
    COLUMNS,
    column_description,
    column_title,
    table_title,
)
from qadaya.language import translator

DATAPACKAGE = "datapackage.json"

_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
# Only the CSV files are read by their schema; the others are handed on as they are.
_AS_FILE = {"type": "file"}
_PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
_XLSX = {
    "format": "xlsx",
    "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def describe(
    edition: Edition, tables: dict[str, pd.DataFrame], workbook: str, language: str
) -> dict[str, Any]:
    """The descriptor of the package: one resource a file, one field a column."""
    say = translator(language, "editions.tables").gettext
    rule = edition.manifest.rule
    resources = []
    for name, table in tables.items():
        resources.append(_csv_resource(name, table, language))
        parquet = _file(f"{name}-parquet", f"{name}.parquet", _PARQUET)
        resources.append(_AS_FILE | parquet)
    resources.append(_AS_FILE | _file("workbook", workbook, _XLSX))
    package = {
        "profile": "data-package",
        "name": f"qadaya-{edition.audience}-{edition.number}",
        "title": say("Court statistics of online child sexual exploitation, Morocco"),
        "description": " ".join(notice(edition, language)),
        "version": edition.number,
        "created": f"{edition.as_of}T00:00:00Z",
        "audience": edition.audience,
        "synthetic": edition.synthetic,
        "as_of": edition.as_of,
        "years": edition.years,
        "method": say(METHOD),
        "rule": None if rule is None else rule.to_dict(),
        "error_bounds": edition.bounds,
        "sources": [{"title": say(source)} for source in SOURCES],
        "resources": resources,
    }
    return package


METHOD = (
    "One case is one row of a court's return. Each case is at exactly one stage. "
    "Every table is a sum of the same inner counts. The definitions stand in "
    "docs/method.md."
)
SOURCES = (
    "Returns of the courts on the form of the 2023 circular on cases reported "
    "through the platforms NCMEC and CPS",
    "Judicial map of Morocco, decree of 2023, with the changes listed in "
    "data/reference",
)
SYNTHETIC = "Synthetic data: no court sent them and no case exists."
AS_OF = "Edition {number}, as of {as_of}."


def notice(edition: Edition, language: str) -> list[str]:
    """What every file of an edition says of itself, a sentence each."""
    say = translator(language, "editions.tables").gettext
    lines = [say(AS_OF).format(number=edition.number, as_of=edition.as_of)]
    if edition.synthetic:
        lines.insert(0, say(SYNTHETIC))
    return [*lines, *edition.notice.notice(edition.manifest, say)]


def _csv_resource(name: str, table: pd.DataFrame, language: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        **_file(name, f"{name}.csv", _CSV),
        "title": table_title(name, language),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [_field(str(column), language) for column in table],
            "missingValues": [""],
        },
    }


def _field(name: str, language: str) -> dict[str, Any]:
    column = COLUMNS[name]
    field: dict[str, Any] = {
        "name": name,
        "type": column.type,
        "title": column_title(name, language),
        "description": column_description(name, language),
    }
    if column.type == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if column.unit:
        field["unit"] = column.unit
    if column.codes:
        field["constraints"] = {"enum": list(column.codes)}
    return field


def _file(name: str, path: str, kind: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "path": PurePath(path).as_posix(), **kind}
