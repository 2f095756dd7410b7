"""What a page says of itself to the index and to the next run."""

import json
import re
from pathlib import Path
from typing import Any

from qadaya.pages.run.made_from import changed, made_from
from qadaya.pages.run.plan import Run

NO_PAGE = "no page yet"
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


def reasons_to_run(run: Run) -> list[str]:
    """Why the page is to be made: it is not there, or which of its parts have changed.

    Empty where the page is there and nothing it is made from has changed.
    """
    record = read_record(run.page)
    if record is None:
        return [NO_PAGE]
    return [
        f"{name} changed"
        for name in changed(record.get("made_from") or {}, made_from(run))
    ]
