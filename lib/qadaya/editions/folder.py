"""Writing an edition: beside its place first, then renamed, so that no half remains."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from qadaya.atomic import folder_beside, sweep
from qadaya.editions.edition import PROOF, edition_numbers, file_digest
from qadaya.editions.manifest import MANIFEST, Manifest, TableFile
from qadaya.errors import EditionError


def next_number(place: Path, as_of: str, *, taken: Iterable[str] = ()) -> str:
    """The number of the next edition: the year of its date, and the next of the year.

    `taken`: numbers of editions that were published and may be elsewhere. None of them
    comes after it: what is published of an earlier day is a later edition all the same.
    """
    taken = set(taken)
    year = max([as_of[:4], *(number[:4] for number in taken)])
    numbers = {*edition_numbers(place), *taken}
    used = [int(number.split(".")[1]) for number in numbers if number[:4] == year]
    return f"{year}.{max(used, default=0) + 1}"


def same_edition(place: Path, fingerprint: str) -> Path | None:
    """The edition made of the same inputs and parameters, if there is one."""
    for number in reversed(edition_numbers(place)):
        manifest = place / number / MANIFEST
        # A look for the hash alone: an edition that is damaged, or of another version
        # of the file, does not stand in the way of a new one.
        if manifest.is_file() and fingerprint in manifest.read_text(encoding="utf-8"):
            return place / number
    return None


def write_edition(
    place: Path,
    manifest: Manifest,
    tables: dict[str, pd.DataFrame],
    *,
    proof: dict[str, Any] | None = None,
) -> Path:
    """The folder of the new edition, complete or not there at all.

    Raises: EditionError when the folder cannot be written.
    """
    with _beside(place, manifest.number) as folder:
        written = manifest.model_copy(update={"tables": _write_tables(folder, tables)})
        _write_json(folder / MANIFEST, written.to_dict())
        if proof is not None:
            _write_json(folder / PROOF, proof)
    return place / manifest.number


@contextmanager
def _beside(place: Path, number: str) -> Iterator[Path]:
    try:
        place.mkdir(parents=True, exist_ok=True)
        sweep(place)
        with folder_beside(place / number, durable=True) as folder:
            yield folder
    except OSError as reason:
        raise EditionError(
            f"{place}: edition {number} cannot be written ({reason.strerror}); "
            "expected a folder that can be written to"
        ) from None


def _write_tables(
    folder: Path, tables: dict[str, pd.DataFrame]
) -> dict[str, TableFile]:
    entries = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        table.to_parquet(path, index=False)
        entries[name] = TableFile(
            file=path.name, rows=len(table), sha256=file_digest(path)
        )
    return entries


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
