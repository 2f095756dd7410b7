"""The first screen of a page: a finding in one sentence, and four figures.

A figure stands with its error from rounding, its interval or the returns behind it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from qadaya.editions.edition import Edition, completeness
from qadaya.inference import Change
from qadaya.views.frames.bounds import chosen_years
from qadaya.views.frames.changes import NotCompared, compare
from qadaya.views.frames.cohorts import decided_share
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.missing import missing_returns
from qadaya.views.prose.changes import counted, not_compared
from qadaya.views.prose.missing import others_add
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.sentences import lead, sentences
from qadaya.views.prose.statuses import status_names
from qadaya.views.prose.table import NOTHING
from qadaya.views.prose.words import Words
from qadaya.vocabulary import REPORTING, label

MEASURES_SHOWN = ("cases", "prosecuted", "decided")


@dataclass(frozen=True)
class KeyFigure:
    """One figure: what it counts, the count, its error as ±n, and what is beside it."""

    name: str
    count: str
    error: str = ""
    note: str = ""


class KeyFigures(tuple[KeyFigure, ...]):
    """Figures side by side on a page, one below the other in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f'<dl class="keys">{"".join(map(_figure_html, self))}</dl>'


def finding(
    edition: Edition, *, year: int | None = None, language: str = "en"
) -> Paragraph:
    """The count of a year, the latest unless told, beside that of the year before.

    With what chance has to do with the difference; where nothing can be compared, the
    count and the reason.
    """
    year = edition.years[-1] if year is None else year
    words, change = Words(language), compare(edition, year)
    if isinstance(change, Change):
        return Paragraph(lead(change, language=language))
    return Paragraph(_alone(edition, year, change, words))


def evidence(
    edition: Edition, *, year: int | None = None, language: str = "en"
) -> Paragraph:
    """What stands behind the finding: rounding, interval, what it would have taken.

    And the returns, and breaks of the series. Empty where nothing is compared.
    """
    change = compare(edition, edition.years[-1] if year is None else year)
    lines = sentences(change, language=language) if change else []
    return Paragraph(" ".join(lines[1:]))


def decided(edition: Edition, *, language: str = "en") -> Paragraph:
    """How many of all prosecuted cases are decided at first instance, in a sentence."""
    words, shares = Words(language), decided_share(edition)
    return Paragraph(
        words(
            "Of {prosecuted} prosecuted cases of {years}, {n} are decided at first "
            "instance and {pending} are pending.",
            prosecuted=int(shares["prosecuted"].sum()),
            n=int(shares["decided"].sum()),
            pending=int(shares["pending"].sum()),
            years=words.years(list(edition.years)),
        )
    )


def key_figures(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> KeyFigures:
    """Cases, prosecuted, decided at first instance, and the returns behind them.

    `years`: all of the edition, unless told.
    """
    words, chosen = Words(language), chosen_years(edition, years)
    return KeyFigures(
        [
            *(_measured(edition, name, chosen, words) for name in MEASURES_SHOWN),
            _returns(edition, chosen, words),
        ]
    )


def counts_by_year(edition: Edition, *, language: str = "en") -> KeyFigures:
    """The cases of the last four years, each with the courts that reported."""
    words = Words(language)
    counts = cases_table(edition, by=["year"])
    return KeyFigures(
        _count(
            row, str(row["year"]), _reported(edition, int(row["year"]), words), words
        )
        for row in counts.to_dict("records")[-4:]
    )


def answers(
    edition: Edition, *, years: Sequence[int], language: str = "en"
) -> KeyFigures:
    """How complete the last four of some years are; of one year, courts by state."""
    words = Words(language)
    if len(years) > 1:
        return KeyFigures(_completeness(edition, year, words) for year in years[-4:])
    [year] = years
    reporting = edition.table("reporting")
    stated = reporting.loc[reporting["year"] == year, "status"].value_counts()
    return KeyFigures(
        KeyFigure(name, words.number(int(stated.get(code, 0))))
        for code, name in zip(
            REPORTING, status_names(list(REPORTING), words), strict=True
        )
    )


def _alone(edition: Edition, year: int, why: NotCompared, words: Words) -> str:
    [row] = cases_table(edition, by=["year"], years=[year]).to_dict("records")
    reason = not_compared(why.reason, words)
    if row["n"] != row["n"]:
        return reason
    count = counted(int(row["n"]), "cases", words.language)
    return " ".join([words("{counted} in {year}.", counted=count, year=year), reason])


def _measured(
    edition: Edition, measure: str, years: list[int], words: Words
) -> KeyFigure:
    [row] = cases_table(edition, by=[], measure=measure, years=years).to_dict("records")
    span = "" if row["low"] != row["low"] else words.span(row["low"], row["high"])
    note = (
        words("95% interval: {span}", span=span)
        if span
        else words("rounding error of this choice not given")
    )
    return _count(row, label("measure", measure, words.language), note, words)


def _count(
    row: Mapping[Hashable, Any], name: str, note: str, words: Words
) -> KeyFigure:
    n, fewest, most = row["n"], row["fewest"], row["most"]
    if n != n:
        return KeyFigure(name, NOTHING, note=note)
    error = 0 if most != most else int(max(most - n, n - fewest))
    shown = f"±{words.number(error)}" if error else ""
    return KeyFigure(name, words.number(n), shown, note)


def _returns(edition: Edition, years: list[int], words: Words) -> KeyFigure:
    """Of one year the courts that reported, of several the yearly returns."""
    if len(years) == 1:
        return _completeness(edition, years[0], words)
    answers = [completeness(edition, year) for year in years]
    came, due = (sum(counts) for counts in zip(*answers, strict=True))
    note = others_add(missing_returns(edition, years), words)
    return KeyFigure(
        words("Yearly returns received"),
        words.number(came),
        words("of {m}", m=due),
        note,
    )


def _completeness(edition: Edition, year: int, words: Words) -> KeyFigure:
    came, due = completeness(edition, year)
    name = words("Courts that reported, {year}", year=year)
    note = others_add(missing_returns(edition, [year]), words)
    return KeyFigure(name, words.number(came), words("of {m}", m=due), note)


def _reported(edition: Edition, year: int, words: Words) -> str:
    came, due = completeness(edition, year)
    note = words.plural(
        "{reported} of {expected} court reported",
        "{reported} of {expected} courts reported",
        due,
        reported=came,
        expected=due,
    )
    others = others_add(missing_returns(edition, [year]), words)
    return words("{note}; {more}", note=note, more=others) if others else note


def _figure_html(figure: KeyFigure) -> str:
    name, count, error, note = (
        escape(part) for part in (figure.name, figure.count, figure.error, figure.note)
    )
    small = f" <small><bdi>{error}</bdi></small>" if error else ""
    sub = f'<dd class="note">{note}</dd>' if note else ""
    return (
        f'<div><dt>{name}</dt><dd class="big"><bdi>{count}</bdi>{small}</dd>{sub}</div>'
    )
