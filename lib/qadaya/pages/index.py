"""The way in: `index.html` over all pages, and the links between a page's languages.

Both are made from what stands in the folder: each page carries a record of itself, so
that a page put there by hand is listed and one taken away is not.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from qadaya.atomic import write_text
from qadaya.language import DIRECTION, LANGUAGES, translator
from qadaya.pages.render.template import POLICY, environment
from qadaya.pages.run.record import read_record
from qadaya.views.prose.words import Words
from qadaya.vocabulary import AUDIENCES

NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}
INDEX = {"ar": "index.html", "fr": "index.fr.html", "en": "index.en.html"}
_NAV = re.compile(r'(<nav class="langs" id="qadaya-languages"[^>]*>).*?(</nav>)', re.S)


@dataclass(frozen=True)
class Entry:
    """One line of the index: a notebook's pages about a year, one a language.

    `pages`: language -> (address relative to the index, title).
    """

    notebook: str
    year: int | None
    pages: dict[str, tuple[str, str]]

    def title(self, language: str) -> tuple[str, str]:
        """The title, in that language where there is such a page; and its language."""
        chosen = language if language in self.pages else next(iter(self.pages))
        return self.pages[chosen][1], chosen


@dataclass(frozen=True)
class Shelf:
    """The pages of one edition, for one audience; or those of published figures."""

    edition: str | None
    audience: str | None
    synthetic: bool
    as_of: str | None
    entries: list[Entry]
    published: bool = False


def write_index(out: Path) -> Path:
    """The path of `index.html`, written in three languages; Arabic is the first.

    The links of the pages to their other languages are brought up to date too.
    """
    records = _records(out)
    for page, record in records:
        _link_languages(page, record["language"])
    shelves = _shelves(records, out)
    for language in LANGUAGES:
        write_text(out / INDEX[language], _index_html(shelves, language))
    return out / INDEX["ar"]


def _records(out: Path) -> list[tuple[Path, dict[str, Any]]]:
    found = []
    for page in sorted(out.glob("*/*.html")):
        record = read_record(page)
        if record is not None:
            found.append((page, record))
    return found


def _shelves(records: list[tuple[Path, dict[str, Any]]], out: Path) -> list[Shelf]:
    """What is published first, then internal, then shared, the newest edition first."""

    def edition(pair: tuple[Path, dict[str, Any]]) -> tuple[int, list[int], str]:
        said = pair[1]
        if said.get("source") == "ledger":
            return -1, [], str(pair[0].parent)
        audience = said["audience"]
        place = list(AUDIENCES).index(audience) if audience in AUDIENCES else 9
        number = [-int(part) for part in re.findall(r"\d+", said["edition"] or "")]
        return place, number, str(pair[0].parent)

    shelves = []
    for _, group in groupby(sorted(records, key=edition), key=edition):
        pages = list(group)
        first = pages[0][1]
        shelves.append(
            Shelf(
                edition=first["edition"],
                audience=first["audience"],
                synthetic=any(record["synthetic"] for _, record in pages),
                as_of=first["as_of"],
                entries=_entries(pages, out),
                published=first.get("source") == "ledger",
            )
        )
    return shelves


def _entries(pages: list[tuple[Path, dict[str, Any]]], out: Path) -> list[Entry]:
    """By notebook, the latest year first; what is about all years stands last."""
    together: dict[tuple[str, int | None], dict[str, tuple[str, str]]]
    together = defaultdict(dict)
    for page, record in pages:
        address = page.relative_to(out).as_posix()
        entry = together[record["notebook"], record["year"]]
        entry[record["language"]] = (address, record["title"])
    return [
        Entry(
            notebook, year, {code: found[code] for code in LANGUAGES if code in found}
        )
        for (notebook, year), found in sorted(
            together.items(), key=lambda each: (each[0][0], -(each[0][1] or 0))
        )
    ]


def _index_html(shelves: list[Shelf], language: str) -> str:
    return (
        environment(language)
        .get_template("index.html.j2")
        .render(
            shelves=shelves,
            dir=DIRECTION[language],
            policy=POLICY,
            names=NAMES,
            index=INDEX,
            synthetic=any(shelf.synthetic for shelf in shelves),
            date=Words(language).date,
        )
    )


def _link_languages(page: Path, language: str) -> None:
    text = page.read_text(encoding="utf-8")
    nav = _languages_nav(page, language)
    linked = _NAV.sub(lambda found: found[1] + nav + found[2], text, count=1)
    if linked != text:
        write_text(page, linked)


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
    items.append(f'<li><a href="../{INDEX[language]}">{words}</a></li>')
    return f"<ul>{''.join(items)}</ul>"
