"""The ways in: an index for each audience, in its own folder, and one over both.

`reports/shared/` can be copied away whole: its index and its pages name nothing outside
it. All is made from what stands in the folders: each page carries a record of itself,
so that a page put there by hand is listed and one taken away is not.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from qadaya.atomic import write_text
from qadaya.language import DIRECTION, LANGUAGES, translator
from qadaya.pages.late import MissingPage, late_pages
from qadaya.pages.render.spaces import lines_kept
from qadaya.pages.render.template import POLICY, environment
from qadaya.pages.run.record import read_record
from qadaya.pages.sparkline import sparkline
from qadaya.reference.tables import court_name
from qadaya.views.prose.words import Words
from qadaya.vocabulary import INTERNAL, SHARED

NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}
INDEX = {"ar": "index.html", "fr": "index.fr.html", "en": "index.en.html"}
_NAV = re.compile(r'(<nav class="langs" id="qadaya-languages"[^>]*>).*?(</nav>)', re.S)
Record = dict[str, Any]
# Notebook, year, place, parameters that were typed.
Report = tuple[str, int | None, str | None, str]


@dataclass(frozen=True)
class Leaf:
    """A report in one language: its address beside the index, title and finding."""

    address: str
    title: str
    finding: str
    counts: list[list[int]]


@dataclass(frozen=True)
class Entry:
    """One report: a notebook's pages about a year or a place, one a language."""

    notebook: str
    year: int | None
    place: str | None
    pages: dict[str, Leaf]

    def chosen(self, language: str) -> tuple[Leaf, str]:
        """The page in that language, where there is one; and its language."""
        spoken = language if language in self.pages else next(iter(self.pages))
        return self.pages[spoken], spoken

    def line(self, language: str) -> str:
        """The counts of its years as a small drawing; empty where there are none."""
        return sparkline(self.chosen(language)[0].counts, language)

    def named(self, language: str) -> str:
        """The title, with the court or the circuit that the report was asked for."""
        leaf, spoken = self.chosen(language)
        place = f" · {court_name(self.place, spoken)}" if self.place else ""
        return leaf.title + place


@dataclass(frozen=True)
class EditionPages:
    """The pages of one edition, or those of published figures."""

    edition: str | None
    audience: str | None
    synthetic: bool
    as_of: str | None
    entries: list[Entry]
    published: bool = False


@dataclass(frozen=True)
class Folder:
    """The reports for one audience: how many, and as of when the latest is."""

    audience: str
    reports: int
    as_of: str | None


def write_index(out: Path) -> Path:
    """The path of `index.html` over all folders; Arabic is the first of three.

    Each folder of pages gets its own indexes, and the links of its pages to their other
    languages are brought up to date.
    """
    folders = []
    for audience in (SHARED, INTERNAL):
        folder = out / audience
        if not folder.is_dir():
            continue
        records = _records(folder)
        for page, record in records:
            _link_languages(page, record["language"])
        shelves = _shelves(records)
        titles = {page.name: record["title"] for page, record in records}
        for language in LANGUAGES:
            late = late_pages(folder, titles, language)
            made = _shelves_html(shelves, audience, language, late)
            write_text(folder / INDEX[language], made)
        folders.append(_folder(audience, shelves))
    for language in LANGUAGES:
        write_text(out / INDEX[language], _folders_html(folders, language))
    return out / INDEX["ar"]


def _records(folder: Path) -> list[tuple[Path, Record]]:
    records = ((page, read_record(page)) for page in sorted(folder.glob("*.html")))
    return [(page, record) for page, record in records if record is not None]


def _folder(audience: str, shelves: list[EditionPages]) -> Folder:
    dates = [shelf.as_of for shelf in shelves if shelf.as_of]
    return Folder(
        audience,
        reports=sum(len(shelf.entries) for shelf in shelves),
        as_of=max(dates, default=None),
    )


def _shelves(records: list[tuple[Path, Record]]) -> list[EditionPages]:
    """What is published first, then real counts, then invented; the newest first."""

    def place(pair: tuple[Path, Record]) -> tuple[int, bool, list[int]]:
        record = pair[1]
        if record.get("source") == "ledger":
            return 0, False, []
        number = [-int(part) for part in re.findall(r"\d+", record["edition"] or "")]
        return 1, bool(record["synthetic"]), number

    return [
        _shelf(list(group))
        for _, group in groupby(sorted(records, key=place), key=place)
    ]


def _shelf(pages: list[tuple[Path, Record]]) -> EditionPages:
    first = pages[0][1]
    return EditionPages(
        edition=first["edition"],
        audience=first["audience"],
        synthetic=any(record["synthetic"] for _, record in pages),
        as_of=first["as_of"],
        entries=_entries(pages),
        published=first.get("source") == "ledger",
    )


def _entries(pages: Iterable[tuple[Path, Record]]) -> list[Entry]:
    """The latest year first; what is about all years stands with its last one."""
    together: dict[Report, dict[str, Leaf]] = defaultdict(dict)
    until: dict[Report, int] = {}
    for page, record in pages:
        typed = _typed(page, record)
        report = record["notebook"], record["year"], record.get("place"), typed
        together[report][record["language"]] = Leaf(
            page.name,
            f"{record['title']} ({typed})" if typed else record["title"],
            record.get("finding") or "",
            _up_to(record["year"], record.get("counts") or []),
        )
        until[report] = record["year"] or max(record["years"], default=0)
    return [
        Entry(*report[:3], {code: found[code] for code in LANGUAGES if code in found})
        for report, found in sorted(
            together.items(),
            key=lambda each: (
                -until[each[0]],
                each[0][0],
                each[0][2] or "",
                each[0][3],
            ),
        )
    ]


def _typed(page: Path, record: Record) -> str:
    """The parameters in the name of a page, as they were typed: `top=9`."""
    parts = (record["notebook"], record["year"], record.get("place"))
    plain = "-".join(str(part) for part in parts if part)
    name = page.name.removesuffix(f".{record['language']}.html")
    return name.removeprefix(plain).lstrip(".")


def _up_to(year: int | None, counts: list[list[int]]) -> list[list[int]]:
    return [pair for pair in counts if year is None or pair[0] <= year]


def _shelves_html(
    shelves: list[EditionPages], audience: str, language: str, late: list[MissingPage]
) -> str:
    return _rendered(
        "index.html.j2",
        language,
        shelves=shelves,
        audience=audience,
        late=late,
        synthetic=any(shelf.synthetic for shelf in shelves),
    )


def _folders_html(folders: list[Folder], language: str) -> str:
    return _rendered("folders.html.j2", language, folders=folders)


def _rendered(template: str, language: str, **facts: Any) -> str:
    page = (
        environment(language)
        .get_template(template)
        .render(
            dir=DIRECTION[language],
            policy=POLICY,
            names=NAMES,
            index=INDEX,
            date=Words(language).date,
            **facts,
        )
    )
    return lines_kept(page, language)


def without_links(page: str) -> str:
    """The text of a page without its links to other languages: they change with what
    lies beside it, and say nothing of what it is made from."""
    return _NAV.sub(r"\1\2", page, count=1)


def _link_languages(page: Path, language: str) -> None:
    text = page.read_text(encoding="utf-8")
    nav = _languages_nav(page, language)
    linked = _NAV.sub(lambda found: found[1] + nav + found[2], text, count=1)
    if linked != text:
        made = page.stat().st_mtime
        write_text(page, linked)
        # The day that it was made is the day of its figures, not that of its links.
        os.utime(page, (made, made))


def _languages_nav(page: Path, language: str) -> str:
    base = page.name.removesuffix(f".{language}.html")
    items = []
    for code in LANGUAGES:
        sibling = f"{base}.{code}.html"
        current = ' aria-current="page"' if code == language else ""
        if current or (page.parent / sibling).is_file():
            address = escape(page.name if current else sibling)
            items.append(
                f'<li><a href="{address}" lang="{code}" hreflang="{code}"{current}>'
                f"{NAMES[code]}</a></li>"
            )
    words = escape(translator(language, "pages.pages").gettext("All reports"))
    items.append(f'<li><a href="{INDEX[language]}">{words}</a></li>')
    return f"<ul>{''.join(items)}</ul>"
