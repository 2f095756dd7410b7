"""What arrived and what was refused, as tables a person reads.

Only an internal edition holds the returns and the problems found in them; which
courts reported stands in every edition.
"""

from collections.abc import Callable

import pandas as pd

from qadaya.editions.edition import Edition, completeness
from qadaya.language import translator
from qadaya.reference import circuit_of, court_name
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.vocabulary import REPORTING, label

_STATES = {
    "accepted": "Accepted",
    "accepted_with_problems": "Accepted, with questions to the court",
    "nil": "Nil return",
    "refused": "Refused",
}
_SEVERITIES = {
    "block_return": "The whole return is refused",
    "block_row": "The row is left out",
    "ask": "The row counts, the court is asked",
    "note": "For information",
}


def silent_courts(edition: Edition, *, year: int, language: str = "en") -> Table:
    """The courts that sent no accepted return for a year, circuit by circuit.

    Rows: one per court that existed in that year. Columns: circuit, court.
    """
    _ = _words(language)
    reporting = edition.table("reporting")
    silent = reporting[(reporting["year"] == year) & (reporting["status"] == "missing")]
    named = {
        _("Circuit"): silent["circuit_id"].map(_short(language)),
        _("Court"): silent["court_id"]
        .map(_full(language), na_action="ignore")
        .fillna(""),
    }
    return Table(pd.DataFrame(named).sort_values(list(named), ignore_index=True))


def completeness_sentence(
    edition: Edition, *, year: int, language: str = "en"
) -> Paragraph:
    """How many of the courts that existed in a year reported, as a sentence."""
    ngettext = translator(language, "views.arrivals").ngettext
    reported, expected = completeness(edition, year)
    text = ngettext(
        "{reported} of {expected} court reported for {year}.",
        "{reported} of {expected} courts reported for {year}.",
        expected,
    )
    return Paragraph(text.format(reported=reported, expected=expected, year=year))


def answers_by_circuit(edition: Edition, *, year: int, language: str = "en") -> Table:
    """How many courts of each circuit stand at which status, in a year.

    Rows: one per circuit. Columns: circuit, then one per status, in courts. A shared
    edition has no column for nil returns, which read there like any other answer.
    """
    _ = _words(language)
    reporting = edition.table("reporting")
    of_year = reporting[reporting["year"] == year]
    counts = pd.crosstab(of_year["circuit_id"], of_year["status"])
    kept = [code for code in REPORTING if code != "nil" or edition.audience != "shared"]
    counts = counts.reindex(columns=kept, fill_value=0)
    counts.columns = [label("status", code, language) for code in kept]
    counts.index = counts.index.map(_short(language))
    counts.index.name = _("Circuit")
    return Table(counts.sort_index().reset_index())


def returns_received(edition: Edition, *, year: int, language: str = "en") -> Table:
    """Every return received for a year, each version of it.

    Rows: one per return. Columns: court, file, version, whether it is the one that
    counts, what became of it, rows accepted and refused, the day it came.
    Raises: EditionError for a shared edition, which holds no returns.
    """
    _ = _words(language)
    returns = edition.table("returns")
    came = returns[returns["year"] == year].sort_values(["court_id", "version"])
    return Table(
        {
            _("Court"): came["court_id"]
            .map(_full(language), na_action="ignore")
            .fillna(""),
            _("File"): came["file"],
            _("Version"): came["version"],
            _("Counts"): came["current"].map({True: _("yes"), False: _("no")}),
            _("State"): came["state"].map(_translated(_STATES, language)),
            _("Rows accepted"): came["accepted"],
            _("Rows refused"): came["refused"],
            _("Received"): came["received_at"].str[:10],
        }
    )


def unplaced_returns(edition: Edition, *, language: str = "en") -> Table:
    """Returns refused because their court or year could not be told, all years.

    Rows: one per return. Columns: file, sheet, the day it came.
    Raises: EditionError for a shared edition.
    """
    _ = _words(language)
    returns = edition.table("returns")
    lost = returns[returns["court_id"].isna() | returns["year"].isna()]
    return Table(
        {
            _("File"): lost["file"],
            _("Sheet"): lost["sheet"].fillna(""),
            _("Received"): lost["received_at"].str[:10],
        }
    )


def problems_by_rule(edition: Edition, *, year: int, language: str = "en") -> Table:
    """How often each rule found something in the returns of a year.

    Rows: one per rule, most frequent first. Columns: rule, what it does, problems,
    courts concerned. Only versions that count are looked at.
    Raises: EditionError for a shared edition.
    """
    _ = _words(language)
    problems = _current_problems(edition, year)
    grouped = problems.groupby(["rule", "severity"], as_index=False).agg(
        n=("rule", "size"), courts=("court_id", "nunique")
    )
    grouped = grouped.sort_values(["n", "rule"], ascending=[False, True])
    return Table(
        {
            _("Rule"): grouped["rule"],
            _("What it does"): grouped["severity"].map(
                _translated(_SEVERITIES, language)
            ),
            _("Problems"): grouped["n"],
            _("Courts"): grouped["courts"],
        }
    )


def refused_rows(edition: Edition, *, year: int, language: str = "en") -> Table:
    """Where a row or a return of a year was refused, and by which rule.

    Rows: one per refusal, court by court. Columns: court, file, sheet, cell, rule.
    What was typed is left to the register.
    Raises: EditionError for a shared edition.
    """
    _ = _words(language)
    problems = _current_problems(edition, year)
    blocking = problems[problems["severity"].isin(("block_return", "block_row"))]
    blocking = blocking.sort_values(["court_id", "return", "row"])
    return Table(
        {
            _("Court"): blocking["court_id"]
            .map(_full(language), na_action="ignore")
            .fillna(""),
            _("File"): blocking["file"],
            _("Sheet"): blocking["sheet"].fillna(""),
            _("Cell"): blocking["cell"].fillna(""),
            _("Rule"): blocking["rule"],
        }
    )


def _current_problems(edition: Edition, year: int) -> pd.DataFrame:
    returns = edition.table("returns")
    # A return that was refused whole never becomes the one that counts, and is the
    # first thing a court must hear about.
    shown = returns[returns["current"] | (returns["state"] == "refused")]
    problems = edition.table("problems").drop(columns=["court_id", "year", "sheet"])
    places = shown[["return", "court_id", "year", "file", "sheet"]]
    joined = problems.merge(places, on="return", validate="many_to_one")
    return joined[joined["year"] == year]


def _words(language: str) -> Callable[[str], str]:
    return translator(language, "views.arrivals").gettext


def _translated(words: dict[str, str], language: str) -> dict[str, str]:
    gettext = _words(language)
    return {code: gettext(text) for code, text in words.items()}


def _full(language: str) -> Callable[[str], str]:
    return lambda court_id: court_name(court_id, language)


def _short(language: str) -> Callable[[str], str]:
    return lambda court_id: court_name(circuit_of(court_id), language, short=True)
