"""The tables of an edition as files: CSV, XLSX, Parquet, and what describes them."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.styles import Font

from qadaya.atomic import files_beside
from qadaya.csvw import METADATA, csvw_of
from qadaya.editions.edition import Edition
from qadaya.editions.export.columns import column_title, table_title
from qadaya.editions.export.datapackage import DATAPACKAGE, describe, notice
from qadaya.editions.export.observations import is_counted, observations
from qadaya.errors import EditionError
from qadaya.sdmx import sdmx_texts
from qadaya.spreadsheet import add_row, inert

_BOLD = Font(bold=True)


def write_tables(edition: Edition, folder: Path, *, language: str = "en") -> list[Path]:
    """The files written: each table as CSV and Parquet, one workbook, descriptions.

    Tables of counts by year come in SDMX-CSV 2.0 too, each with its structure; the CSV
    files are described as a data package and for the Web (CSVW).

    Every file says whether the data are synthetic: a column in the tables, a line in
    the workbook, an entry in the Parquet files and in `datapackage.json`.

    Raises: EditionError when the folder cannot be written.
    """
    tables = {name: marked(edition, name) for name in edition.tables}
    jobs: dict[str, Callable[[Path], None]] = {}
    for name, table in tables.items():
        jobs[f"{name}.csv"] = partial(_csv, table)
        jobs[f"{name}.parquet"] = partial(_parquet, table, edition, language)
    jobs[workbook_name(edition)] = partial(_workbook, tables, edition, language)
    package = describe(edition, tables, workbook_name(edition), language)
    jobs[DATAPACKAGE] = partial(_json, package)
    jobs[METADATA] = partial(_json, csvw_of(package, language))
    for name in filter(lambda each: is_counted(edition.table(each)), tables):
        counted = observations(edition, name, language)
        jobs |= {file: partial(_text, text) for file, text in sdmx_texts(counted)}
    return _write_all(folder, jobs)


def marked(edition: Edition, name: str) -> pd.DataFrame:
    """A table of the edition with the column `synthetic`, true or false in each row."""
    table = edition.table(name)
    if "synthetic" in table:
        return table.astype({"synthetic": "bool"})
    return table.assign(synthetic=edition.synthetic)


def workbook_name(edition: Edition) -> str:
    """What the workbook is called: its audience and number, and if it is synthetic."""
    mark = "-synthetic" if edition.synthetic else ""
    return f"qadaya-{edition.audience}-{edition.number}{mark}.xlsx"


def _write_all(folder: Path, jobs: dict[str, Callable[[Path], None]]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with files_beside(folder) as beside:
            for name, job in jobs.items():
                job(beside / name)
    except OSError as reason:
        raise EditionError(
            f"{folder}: the tables cannot be written ({reason.strerror}); expected a "
            "folder that can be written to"
        ) from None
    return [folder / name for name in jobs]


def _csv(table: pd.DataFrame, path: Path) -> None:
    table.map(inert).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\r\n"
    )


def _parquet(table: pd.DataFrame, edition: Edition, language: str, path: Path) -> None:
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    notes = {
        "qadaya.edition": edition.number,
        "qadaya.audience": edition.audience,
        "qadaya.as_of": edition.as_of,
        "qadaya.synthetic": str(edition.synthetic).lower(),
        "qadaya.notice": " ".join(notice(edition, language)),
    }
    kept = arrow.schema.metadata or {}
    pq.write_table(arrow.replace_schema_metadata({**kept, **notes}), path)


def _workbook(
    tables: dict[str, pd.DataFrame], edition: Edition, language: str, path: Path
) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.sheet_view.rightToLeft = language == "ar"
        heading = [table_title(name, language), *notice(edition, language)]
        for line in heading:
            add_row(sheet, [line])
        add_row(sheet, [column_title(str(column), language) for column in table])
        add_row(sheet, table.columns)
        for cell in sheet[len(heading) + 2]:
            cell.font = _BOLD
        for row in (
            table.astype("object").where(table.notna(), None).itertuples(index=False)
        ):
            add_row(sheet, row)
        sheet.freeze_panes = sheet.cell(row=len(heading) + 3, column=1)
    book.save(path)


def _text(text: Callable[[], str], path: Path) -> None:
    path.write_text(text(), encoding="utf-8")


def _json(package: dict[str, Any], path: Path) -> None:
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
