"""What a page says of itself to the index and to the next run, and its fingerprint."""

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from qadaya.editions.manifest import MANIFEST
from qadaya.pages.run.plan import Run

PACKAGE = Path(__file__).resolve().parents[2]
# What a new workbench is given: a notebook counts where it is run from.
_LAID_OUT = Path("workbench", "files")
_RECORD = re.compile(r'<script type="application/json" id="qadaya-page">(.*?)</script>')
_HEAD = 64 * 1024  # the record stands at the top of a page


def read_record(page: Path) -> dict[str, Any] | None:
    """The record of a page (see `qadaya.pages.render.exporter.page_record`).

    None for a file that is missing or was not made here.
    """
    try:
        with page.open(encoding="utf-8") as source:
            found = _RECORD.search(source.read(_HEAD))
    except (OSError, UnicodeDecodeError):
        return None
    return json.loads(found[1]) if found else None


def is_current(run: Run) -> bool:
    """Whether the page is there and nothing it is made of has changed."""
    record = read_record(run.page)
    return record is not None and record["fingerprint"] == page_fingerprint(run)


def page_fingerprint(run: Run) -> str:
    """One hash over all that goes into a page.

    The notebook's source, the parameters, the package with the published figures, the
    edition (its manifest holds the hash of every table), the installed packages and
    the version of Python.
    """
    digest = hashlib.sha256()
    for part in (
        _digest(run.notebook.path),
        run.parameters.model_dump_json(),
        package_digest(),
        _digest(run.edition.path / MANIFEST) if run.edition else "-",
        installed_packages(),
        platform.python_version(),
    ):
        digest.update(part.encode() + b"\x00")
    return digest.hexdigest()


@cache
def package_digest(folder: Path = PACKAGE) -> str:
    """One hash over every file of the package, its name included.

    The reference tables and the ledger among them, which a checkout only links to.
    """
    digest = hashlib.sha256()
    for name in sorted(_names(folder)):
        digest.update(name.encode() + b"\x00")
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def _names(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder, followlinks=True):
        inside = Path(place).relative_to(folder)
        if inside == _LAID_OUT or inside.name == "__pycache__":
            folders.clear()
        else:
            yield from (str(inside / name) for name in files)


@cache
def installed_packages() -> str:
    """Each installed package with its version, by the names of their folders.

    To read what they say of themselves takes longer than all else of a fingerprint.
    """
    found = {
        path.name for place in sys.path for path in Path(place).glob("*.dist-info")
    }
    return " ".join(sorted(found))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "-"
