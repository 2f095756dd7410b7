"""What the front end is told of the published figures, as JSON can hold it."""

from collections.abc import Hashable, Sequence
from functools import cache
from typing import Any

from qadaya.language import LANGUAGES
from qadaya.ledger import ledger_sources, unit_of
from qadaya.ledger.chapter import FIRST_REPORT, GROUPS, Published, lines_of_groups
from qadaya.views.explorer.published_labels import group_name
from qadaya.views.prose.chapter import printed, reason
from qadaya.views.prose.published import series_name, unit_name
from qadaya.views.prose.words import Words, kept_together


@cache
def published_lines() -> tuple[Published, ...]:
    """Every figure that can be filtered, missing ones too."""
    return tuple(lines_of_groups())


def unit_of_line(figure: Published) -> str:
    """What the figure counts: court cases, persons prosecuted or victims."""
    return unit_of(figure.series, figure.measure)


def known_years() -> list[int]:
    """From the first report to the last year with a figure."""
    return list(range(FIRST_REPORT, max(line.year for line in published_lines()) + 1))


def known_units() -> list[str]:
    """The units, in the order in which lines have them."""
    return list(dict.fromkeys(map(unit_of_line, published_lines())))


def known_offences() -> list[str]:
    """The lines, group by group."""
    return [name for names in GROUPS.values() for name in names]


def published_facts(language: str) -> dict[str, Any]:
    """Names, figures, sources and reasons, in the language of the reader.

    `figures`: for each, the positions of its offence, unit and year, then as printed
    (None where there is none), the number, the positions of its sources and that of
    the reason for which it is missing (None where it is not). `lines` are the pairs of
    offence and unit in which anything was ever printed.
    """
    words = Words(language)
    figures = published_lines()
    sources = _used_sources(figures)
    reasons = list(dict.fromkeys(filter(None, (_why(f, words) for f in figures))))
    return {
        "synthetic": False,
        "years": known_years(),
        "groups": [{"id": name, "name": group_name(name, words)} for name in GROUPS],
        "offences": _offences(language),
        "units": [
            {"id": unit, "name": _capital(unit_name(unit, words))}
            for unit in known_units()
        ],
        "sources": [_source(row, words) for row in sources.values()],
        "reasons": reasons,
        "figures": [_figure(f, list(sources), reasons, words) for f in figures],
    }


def _offences(language: str) -> list[dict[str, Any]]:
    """With their names in the other languages, for the search."""
    offences = []
    for place, names in enumerate(GROUPS.values()):
        for series in names:
            name, *also = (
                series_name(series, Words(spoken)) for spoken in (language, *LANGUAGES)
            )
            offences.append(
                {
                    "id": series,
                    "group": place,
                    "name": _capital(name),
                    "also": sorted(set(also) - {name}),
                }
            )
    return offences


def _figure(
    figure: Published, sources: Sequence[str], reasons: Sequence[str], words: Words
) -> list[Any]:
    why = _why(figure, words)
    return [
        known_offences().index(figure.series),
        known_units().index(unit_of_line(figure)),
        known_years().index(figure.year),
        printed(figure, words),
        None if figure.value is None else float(figure.value),
        [sources.index(name) for name in figure.source_ids],
        reasons.index(why) if why else None,
    ]


def _why(figure: Published, words: Words) -> str:
    return kept_together(reason(figure, words))


def _used_sources(figures: Sequence[Published]) -> dict[str, dict[Hashable, Any]]:
    """The sources of these figures by their name, in the order of the ledger's list."""
    used = {name for figure in figures for name in figure.source_ids}
    table = ledger_sources()
    rows = table[table["source_id"].isin(used)].to_dict("records")
    return {str(row["source_id"]): row for row in rows}


def _source(row: dict[Hashable, Any], words: Words) -> dict[str, str]:
    """Its code, publisher, title, address and date; empty where the ledger has none."""
    given = {name: text if isinstance(text, str) else "" for name, text in row.items()}
    return {
        "id": given["source_id"],
        "publisher": given["publisher"],
        "title": given["title"],
        "url": given["url"],
        "published": words.dated(given["published"]) if given["published"] else "",
    }


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
