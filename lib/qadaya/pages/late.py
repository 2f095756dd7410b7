"""What the index says of pages that could not be made anew: since when, and why."""

from dataclasses import dataclass
from pathlib import Path

from qadaya.language import translator
from qadaya.pages.run.failed import Failure, failures_in
from qadaya.pages.run.result import DIED, LATE, LEAK, MEMORY, RAISED
from qadaya.reference.tables import court_name
from qadaya.views.prose.words import Words


@dataclass(frozen=True)
class MissingPage:
    """A page that could not be made: its address if an older one is there, and why."""

    address: str | None
    title: str
    language: str
    place: str | None
    year: int | None
    sentence: str


def late_pages(
    folder: Path, titles: dict[str, str], language: str
) -> list[MissingPage]:
    """Those of a folder; `titles`: of the pages that are there, by their names."""
    return [_late(failure, titles, language) for failure in failures_in(folder)]


def failure_words(failure: Failure, language: str) -> str:
    """One sentence: of when the page is that stands there, and why there is no newer.

    It holds no word of the error itself, which may be a value.
    """
    _ = translator(language, "pages.pages").gettext
    date = Words(language).date
    template = (
        _("This page was made on {made}; the attempt of {day} failed: {why}")
        if failure.made
        else _("There is no page yet; the attempt of {day} failed: {why}")
    )
    made = date(failure.made) if failure.made else ""
    return template.format(
        made=made, day=date(failure.day), why=_why(failure, language)
    )


def _why(failure: Failure, language: str) -> str:
    _ = translator(language, "pages.pages").gettext
    if failure.kind == RAISED and failure.cell and failure.error:
        return _("cell {cell} stopped with {error}.").format(
            cell=failure.cell, error=f"\u2066{failure.error}\u2069"
        )
    whys = {
        DIED: _("its process ended before it was done."),
        LATE: _("it took longer than a run may take."),
        MEMORY: _("it took more memory than a run may take."),
        LEAK: _("the page would have told what may not be told."),
    }
    return whys.get(failure.kind, _("the notebook could not be run to its end."))


def _late(failure: Failure, titles: dict[str, str], language: str) -> MissingPage:
    title = titles.get(failure.page)
    return MissingPage(
        address=failure.page if title else None,
        title=title or failure.notebook,
        language=failure.language,
        place=court_name(failure.place, language) if failure.place else None,
        year=failure.year,
        sentence=failure_words(failure, language),
    )
