"""What could not be made: kept beside the pages until it is, for the index.

`failed.json` in the folder of an audience, which may be handed on whole. So it says of
what kind a failure was and in which cell, never what an error said: that may hold a
value. The whole sentence stays in `run.json`, at the desk.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from qadaya.atomic import write_text
from qadaya.pages.run.result import OTHER, Result
from qadaya.workbench import NOTEBOOKS, home

FAILED = "failed.json"


@dataclass(frozen=True)
class Failure:
    """One page that could not be made. `day`: of the last attempt, as an ISO date.

    `made`: the day of the page that stands there, None where there is none. `kind`: one
    of KINDS; `cell` and `error` (its class, no word of it) where a cell raised.
    """

    page: str
    notebook: str
    year: int | None
    language: str
    place: str | None
    day: str
    kind: str
    made: str | None = None
    cell: int | None = None
    error: str | None = None


def note_failures(results: Sequence[Result]) -> None:
    """Write down what failed now, and strike out what was made."""
    for folder in {result.run.page.parent for result in results}:
        now = {r.run.page.name: r for r in results if r.run.page.parent == folder}
        kept = [
            failure for failure in failures_in(folder) if _still(failure, folder, now)
        ]
        new = [_failure(result) for result in now.values() if result.state == "failed"]
        _write(folder, sorted([*kept, *new], key=lambda each: each.page))


def failures_in(folder: Path) -> list[Failure]:
    """What could not be made of the pages of a folder, by the names of the pages."""
    path = folder / FAILED
    if not path.is_file():
        return []
    return [
        Failure(**record) for record in json.loads(path.read_text(encoding="utf-8"))
    ]


def _still(failure: Failure, folder: Path, now: dict[str, Result]) -> bool:
    """Whether it stays: not tried again, and somebody may still look for its page."""
    if failure.page in now:
        return False
    notebook = home() / NOTEBOOKS / f"{failure.notebook}.ipynb"
    return (folder / failure.page).is_file() or notebook.is_file()


def _failure(result: Result) -> Failure:
    run = result.run
    return Failure(
        page=run.page.name,
        notebook=run.notebook.name,
        year=run.facts["year"],
        language=run.parameters.language,
        place=run.place,
        day=date.today().isoformat(),
        made=_day_of(run.page),
        kind=result.kind or OTHER,
        cell=result.cell,
        # A class is named by code; anything else may hold a value.
        error=result.raised if (result.raised or "").isidentifier() else None,
    )


def _day_of(page: Path) -> str | None:
    if not page.is_file():
        return None
    return date.fromtimestamp(page.stat().st_mtime).isoformat()


def _write(folder: Path, failures: list[Failure]) -> None:
    if not failures:
        (folder / FAILED).unlink(missing_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    records = [asdict(failure) for failure in failures]
    text = json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    write_text(folder / FAILED, text)
