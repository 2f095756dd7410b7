"""What a page says of itself to the index and to the next run, and its fingerprint."""

import hashlib
import json
import platform
import re
from functools import cache
from pathlib import Path
from typing import Any

from qadaya.editions.manifest import MANIFEST
from qadaya.ledger.figures import ledger_folder
from qadaya.pages.run.plan import Run
from qadaya.paths import CHECKOUT

PACKAGE = Path(__file__).resolve().parents[2]
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
    return record is not None and record["fingerprint"] == fingerprint(run)


def fingerprint(run: Run) -> str:
    """One hash over all that goes into a page.

    The notebook's source, the parameters, the package, the published figures, the
    edition (its manifest holds the hash of every table), the pinned packages and the
    version of Python.
    """
    digest = hashlib.sha256()
    for part in (
        _digest(run.notebook.path),
        run.parameters.model_dump_json(),
        package_digest(),
        package_digest(ledger_folder()),
        _digest(run.edition.path / MANIFEST) if run.edition else "-",
        _digest(CHECKOUT / "requirements.txt"),
        platform.python_version(),
    ):
        digest.update(part.encode() + b"\x00")
    return digest.hexdigest()


@cache
def package_digest(folder: Path = PACKAGE) -> str:
    """One hash over every file of the package, its name included."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            digest.update(str(path.relative_to(folder)).encode() + b"\x00")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "-"
