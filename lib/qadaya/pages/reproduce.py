"""Makes a page again from the parts that it names, and compares the two."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qadaya.errors import QadayaError
from qadaya.pages.index import without_links
from qadaya.pages.run.made_from import COMMIT, changed, made_from
from qadaya.pages.run.params import Parameters
from qadaya.pages.run.plan import Run, plan_again
from qadaya.pages.run.record import read_record
from qadaya.pages.run.run_all import run_all

# Signs of a line that are shown where two pages part.
_SHOWN = 60


@dataclass(frozen=True)
class PageDifference:
    """A page beside the one that was made from the same parts.

    `differs`: one line for each part that is another one here; `where`: the line of the
    page at which the two part and what stands there, None where the bytes are the same.
    `commit_alone`: they part in nothing but the commit that they name.
    """

    differs: list[str]
    where: str | None
    commit_alone: bool

    @property
    def same(self) -> bool:
        """Whether the page says the same: each byte but those of the commit."""
        return self.where is None or self.commit_alone


def reproduce(page: Path, notebook: Path | None = None) -> PageDifference:
    """The page made again, in a folder that is gone afterwards, and compared.

    `notebook`: where it lies, else the one of that name in the workbench.

    Raises: QadayaError where the page names no parts, a part is not here, or the
    notebook fails.
    """
    record = _record(page)
    before = record["made_from"]
    with tempfile.TemporaryDirectory(prefix="qadaya-again-") as folder:
        run = _run(page, record, notebook, Path(folder))
        now = made_from(run)
        (result,) = run_all([run], force=True)
        if result.state == "failed":
            # It goes with the folder, so nobody is sent there to look.
            run.executed.unlink(missing_ok=True)
            raise QadayaError(
                f"{page}: cannot be made again: {result.sentence}{_since(before, now)}"
            )
        return _compared(
            page.read_text(encoding="utf-8"),
            run.page.read_text(encoding="utf-8"),
            before,
            now,
        )


def _record(page: Path) -> dict[str, Any]:
    if not page.is_file():
        raise QadayaError(f"{page}: there is no such file; expected a page")
    record = read_record(page)
    if record is None:
        raise QadayaError(
            f"{page}: no page of `qadaya report`, so it does not say what it was made "
            "from; expected one, such as reports/shared/annual-2023.ar.html"
        )
    if not record.get("made_from"):
        raise QadayaError(
            f"{page}: names no parts, as it was rendered by itself or by an earlier "
            "version; expected a page of `qadaya report`. Make it anew with that"
        )
    return record


def _run(
    page: Path, record: dict[str, Any], notebook: Path | None, folder: Path
) -> Run:
    try:
        parameters = Parameters.model_validate(record["made_from"]["parameters"])
    except ValidationError:
        raise QadayaError(
            f"{page}: its parameters are not those of this version; expected a page "
            f"of this one. It was made by qadaya {record['made_from']['version']}"
        ) from None
    return plan_again(
        notebook or record["notebook"],
        parameters,
        out=folder / "reports",
        work=folder / "work",
    )


def _compared(
    page: str, again: str, before: dict[str, Any], now: dict[str, Any]
) -> PageDifference:
    names = [*changed(before, now), COMMIT]
    differs = [
        f"{name}: {_short(before.get(name))} made the page; here {_short(now[name])}"
        for name in names
        if before.get(name) != now[name]
    ]
    old, new = without_links(page), without_links(again)
    named, here = str(before.get(COMMIT)), str(now[COMMIT])
    return PageDifference(
        differs,
        where=None if old == new else _first_difference(old, new),
        commit_alone=old != new
        and _without_commit(old, named) == _without_commit(new, here),
    )


def _since(before: dict[str, Any], now: dict[str, Any]) -> str:
    names = changed(before, now)
    return f"; since it was made, {', '.join(names)} changed" if names else ""


def _without_commit(page: str, commit: str) -> str:
    page = page.replace(f'"{COMMIT}":"{commit}"', f'"{COMMIT}":null')
    return page.replace(f" · commit {commit}", "")


def _short(part: Any) -> str:
    return str(part)[:12] if part is not None else "none"


def _first_difference(old: str, new: str) -> str:
    """The line at which they part, from 1, and what each has there."""
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    for number, (was, now) in enumerate(pairs, start=1):
        if was != now:
            place = _first_other(was, now)
            start = max(0, place - _SHOWN // 3)
            end = start + _SHOWN
            return f"line {number}: {was[start:end]!r}, made again {now[start:end]!r}"
    return "the end: one of them is longer"


def _first_other(was: str, now: str) -> int:
    signs = enumerate(zip(was, now, strict=False))
    shorter = min(len(was), len(now))
    return next((place for place, (a, b) in signs if a != b), shorter)
