"""Behind the published chapter: sums, every figure with its source, child victims."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from qadaya.ledger import arithmetic, ledger_sources, load_ledger
from qadaya.ledger.chapter import (
    LINES,
    REST,
    Published,
    chapter,
    figure_of,
    printed_beside,
)
from qadaya.views.prose.chapter import printed, reason
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.published import series_name, unit_name
from qadaya.views.prose.table import Table, quoted
from qadaya.views.prose.words import Words

_ESCAPED = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")  # bytes beyond ASCII
VICTIMS = (
    "child_violence_victims",
    "child_sexual_assault_victims",
    "child_physical_violence_victims",
    "child_indecent_assault_with_violence",
    "child_indecent_assault_without_violence",
    "child_kidnapping",
)


def victims(*, language: str = "en") -> Table:
    """Child victims by sex, for every year and offence of which that is published.

    Rows: one per year and series. Unit: victims. These are offences against children
    of every kind, not those committed online alone.
    """
    words = Words(language)
    return Table(
        [
            (
                series_name(series, words),
                girls.year,
                printed(girls, words),
                printed(boys, words),
                ", ".join(girls.source_ids),
            )
            for series, girls, boys in _by_sex()
        ],
        columns=[
            words("Offence"),
            words("Year"),
            words("Girls"),
            words("Boys"),
            words("Source"),
        ],
    )


def sums(year: int, *, language: str = "en") -> Table | Paragraph:
    """Which printed totals of the chapter are the sum of their printed parts.

    Rows: one per whole of which all parts are printed; a sentence where there is none.
    """
    words = Words(language)
    lines = arithmetic()
    lines = lines[(lines["year"] == year) & lines["whole"].isin([*LINES, REST])]
    if lines.empty:
        return Paragraph(
            words("No total of {year} is printed with all its parts.", year=year)
        )
    kept = ["whole", "measure", "parts", "printed", "summed", "closes"]
    return Table(
        [
            (
                series_name(whole, words),
                unit_name(total.unit, words),
                words.isolated(f"{_terms(parts, measure, year)} = {summed}"),
                str(total),
                words("closes") if closes else words("does not close"),
            )
            for whole, measure, parts, total, summed, closes in lines[kept].to_numpy()
        ],
        columns=[
            words("Whole"),
            words("Unit"),
            words("Sum of its parts"),
            words("As printed"),
            "",
        ],
    )


def figures(year: int, *, language: str = "en") -> Table:
    """Every figure of the chapter with its source, every missing one with its reason.

    Rows: cases and persons of each line, then what is printed beside them: shares,
    changes, who was prosecuted, the platforms. A source is a name of `sources`.
    """
    words = Words(language)
    return Table(
        [
            (
                series_name(each.series, words),
                unit_name(each.measure, words),
                printed(each, words),
                ", ".join(each.source_ids) or None,
                reason(each, words) or None,
            )
            for each in (*chapter(year), *printed_beside(year))
        ],
        columns=[
            words("Line"),
            words("Unit"),
            words("As printed"),
            words("Source"),
            words("Why there is none"),
        ],
    )


def sources(year: int, *, language: str = "en") -> Table:
    """Who printed the figures of a page, under which title and address.

    Those of the chapter of the year, and of the child victims of every year.
    """
    words = Words(language)
    cited = [*chapter(year), *printed_beside(year)]
    cited += [figure for _, *both in _by_sex() for figure in both]
    used = {name for line in cited for name in line.source_ids}
    table = ledger_sources()
    table = table[table["source_id"].isin(used)]
    return Table(
        {
            words("Source"): table["source_id"],
            words("Publisher"): quoted(table["publisher"]),
            words("Title"): quoted(table["title"]),
            words("Address"): quoted(
                table["url"].map(
                    lambda url: words.isolated(_readable(url)), na_action="ignore"
                )
            ),
        }
    )


def _readable(address: str) -> str:
    """Arabic in an address as letters, a sixth as long as its percent signs."""
    return _ESCAPED.sub(lambda found: unquote(found[0]), address)


def _by_sex() -> Iterator[tuple[str, Published, Published]]:
    """Each series of child victims with its girls and boys, year by year."""
    ledger = load_ledger()
    for year in sorted(ledger["year"].unique()):
        for series in VICTIMS:
            measure = "persons" if series.endswith("victims") else "victims"
            girls, boys = (
                figure_of(f"{series}_{sex}", measure, int(year), ledger)
                for sex in ("girls", "boys")
            )
            if girls.value is not None and boys.value is not None:
                yield series, girls, boys


def _terms(parts: str, measure: str, year: int) -> str:
    values = [figure_of(part, measure, year).value for part in parts.split("|")]
    return " + ".join(map(str, values))
