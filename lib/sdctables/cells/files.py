"""A table and its rule on disk: CSV with a JSON file of notes beside it, or Parquet.

What is written is what readers get: no count that is not shown, no column but the
attributes, `n` and `status`. What is known of the table goes with it, so that the
audit of what was read back is the audit of what was written.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from sdctables.cells.checks import TOTAL
from sdctables.cells.table import CellTable
from sdctables.errors import ParameterError
from sdctables.rule import Rule

_NOTES = b"sdctables"
_KINDS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": {"True": True, "False": False}.__getitem__,
}


def write_table(table: CellTable, path: Path | str) -> None:
    """Write a protected table: `cells.csv` and `cells.json`, or `cells.parquet`.

    Raises: ParameterError for a table without a rule, whose counts are true; for values
    of an attribute that are not of one kind (text, whole numbers, numbers, yes and no);
    for another ending; ImportError where Parquet is asked for without pyarrow.
    """
    path = _known_ending(path)
    if not isinstance(table, CellTable):
        raise ParameterError(
            f"{path}: a {type(table).__name__} was given; expected a CellTable, as "
            "suppress and published_cells give it"
        )
    if table.rule is None:
        raise ParameterError(
            f"{path}: the table has no rule, so its counts are true; expected a "
            "protected table. Use suppress, or published_cells(..., rule=)"
        )
    printed = table.as_printed()
    cells, notes = _as_text(printed), json.dumps(_notes(printed), ensure_ascii=False)
    if path.suffix == ".csv":
        cells.to_csv(path, index=False, encoding="utf-8")
        path.with_suffix(".json").write_text(notes + "\n", encoding="utf-8")
    else:
        _write_parquet(cells, notes, path)


def read_table(path: Path | str) -> CellTable:
    """The table of a file that `write_table` wrote, with its rule and all else.

    Raises: ParameterError where the file, or the notes that belong to it, cannot be
    read; ImportError for Parquet without pyarrow.
    """
    path = _known_ending(path)
    try:
        if path.suffix == ".csv":
            notes = _notes_beside(path)
            cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        else:
            cells, notes = _read_parquet(path)
        return _table(cells, notes)
    except OSError as reason:
        raise ParameterError(
            f"{path}: cannot be read ({reason.strerror}); expected a file that "
            "write_table wrote"
        ) from None
    except (ValueError, KeyError, TypeError) as fault:
        raise ParameterError(
            f"{path}: its cells and notes do not go together ({fault}); expected them "
            "as write_table wrote them. Write the table again"
        ) from None


def _known_ending(path: Path | str) -> Path:
    path = Path(path)
    if path.suffix not in (".csv", ".parquet"):
        raise ParameterError(f"{path}: expected a name that ends in .csv or .parquet")
    return path


def _notes_beside(path: Path) -> dict[str, Any]:
    notes = path.with_suffix(".json")
    if path.is_file() and not notes.is_file():
        raise ParameterError(
            f"{path}: its notes, {notes.name}, are not beside it, and without them a "
            "reader knows more of the table than we; expected both files. Copy them "
            "together, or make a CellTable of the frame and say what is known of it"
        )
    content: dict[str, Any] = json.loads(notes.read_text(encoding="utf-8"))
    return content


def _notes(table: CellTable) -> dict[str, Any]:
    inner = table.inner
    return {
        "attributes": {name: _kind(table, name) for name in table.attributes},
        "nesting": [
            [nested.fine, nested.coarse, nested.belongs] for nested in table.nesting
        ],
        "said": not table.mute,
        "inner": None if inner is None else _rows(inner, table),
        "rule": None if table.rule is None else table.rule.to_dict(),
        "bounds": [[list(margin), n] for margin, n in table.bounds.items()],
    }


def _rows(inner: pd.DataFrame, table: CellTable) -> list[list[Any]]:
    rows: list[list[Any]] = (
        inner[list(table.attributes)].astype("object").values.tolist()
    )
    return rows


def _kind(table: CellTable, column: str) -> str:
    values = table[column].astype("object").tolist()
    if table.inner is not None:
        values += table.inner[column].astype("object").tolist()
    kinds = {_kind_of(value) for value in values if value != TOTAL} or {"str"}
    if len(kinds) > 1 or not kinds <= _KINDS.keys():
        raise ParameterError(
            f"column {column} has values of the kinds {', '.join(sorted(kinds))}; "
            f"expected one of {', '.join(_KINDS)}. Make them text first"
        )
    return kinds.pop()


def _kind_of(value: Any) -> str:
    # Numbers of numpy are those of Python on paper.
    plain = value.item() if hasattr(value, "item") else value
    return type(plain).__name__


def _as_text(table: CellTable) -> pd.DataFrame:
    cells = table.frame
    for column in table.attributes:
        cells[column] = cells[column].astype("object").map(str)
    cells["n"] = [None if pd.isna(n) else str(n) for n in cells["n"]]
    return cells.astype(dict.fromkeys(("n", "status", *table.attributes), "str"))


def _table(cells: pd.DataFrame, notes: dict[str, Any]) -> CellTable:
    attributes = notes["attributes"]
    frame = cells.copy()
    for column, kind in attributes.items():
        values = [TOTAL if v == TOTAL else _KINDS[kind](v) for v in cells[column]]
        whole = TOTAL not in values and kind != "bool"
        frame[column] = values if whole else pd.Series(values, dtype="object")
    counts = [None if pd.isna(n) or n == "" else int(n) for n in cells["n"]]
    frame["n"] = pd.array(counts, dtype="Int64")
    inner = notes["inner"]
    return CellTable(
        frame[[*attributes, "n", "status"]],
        list(attributes),
        nesting=notes["nesting"] if notes["said"] else None,
        inner=None if inner is None else pd.DataFrame(inner, columns=list(attributes)),
        rule=Rule.from_dict(notes["rule"]),
        bounds={tuple(margin): n for margin, n in notes["bounds"]},
    )


def _write_parquet(cells: pd.DataFrame, notes: str, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = pa.Table.from_pandas(cells, preserve_index=False)
    known = (arrow.schema.metadata or {}) | {_NOTES: notes.encode()}
    pq.write_table(arrow.replace_schema_metadata(known), path)


def _read_parquet(path: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    import pyarrow.parquet as pq

    arrow = pq.read_table(path)
    notes = (arrow.schema.metadata or {}).get(_NOTES)
    if notes is None:
        raise ParameterError(
            f"{path}: bears no notes, and without them a reader knows more of the "
            "table than we; expected a file that write_table wrote"
        )
    content: dict[str, Any] = json.loads(notes)
    return arrow.to_pandas(), content
