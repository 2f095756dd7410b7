"""What arrived and what was refused, as tables a person reads.

Only an internal edition holds the returns and the problems found in them; which
courts reported stands in every edition.
"""

from collections.abc import Callable

import pandas as pd

from qadaya.editions.edition import Edition, completeness
from qadaya.reference import circuit_of, court_name
from qadaya.views.frames.missing import missing_returns
from qadaya.views.frames.places import in_map_order
from qadaya.views.frames.problems import current_problems
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.rules import rule_name
from qadaya.views.prose.severities import severity_name
from qadaya.views.prose.statuses import status_names
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words, from_outside
from qadaya.vocabulary import (
    ACCEPTED,
    ACCEPTED_WITH_PROBLEMS,
    BLOCKING,
    MISSING,
    NIL,
    NOTE,
    REFUSED,
    REPORTING,
    SHARED,
)


def silent_courts(edition: Edition, *, year: int, language: str = "en") -> Table:
    """The courts that sent no accepted return for a year, circuit by circuit.

    Rows: one per court that existed in that year, in the order of the judicial map,
    which is the same in each language. Columns: circuit, court.
    """
    words = Words(language)
    reporting = edition.table("reporting")
    silent = reporting[(reporting["year"] == year) & (reporting["status"] == MISSING)]
    codes = in_map_order([*silent["circuit_id"], *silent["court_id"]])
    place = {code: number for number, code in enumerate(codes)}
    silent = silent.sort_values(
        ["circuit_id", "court_id"], key=lambda column: column.map(place)
    )
    named = {
        words("Circuit"): silent["circuit_id"].map(_short(language)),
        words("Court"): silent["court_id"].map(_full(language)),
    }
    table = Table(pd.DataFrame(named).reset_index(drop=True))
    table.nothing = words("No court.")
    return table


def say_silent(edition: Edition, *, year: int, language: str = "en") -> Paragraph:
    """The names of the courts that sent nothing for a year; empty where none did so."""
    words = Words(language)
    silent = silent_courts(edition, year=year, language=language)
    if silent.empty:
        return Paragraph("")
    courts = silent[words("Court")].tolist()
    return Paragraph(
        words.plural(
            "{n} court sent nothing: {names}.",
            "{n} courts sent nothing: {names}.",
            len(courts),
            names=words("; ").join(courts),
        )
    )


def completeness_sentence(
    edition: Edition, *, year: int, language: str = "en"
) -> Paragraph:
    """How many of the courts that existed in a year reported, as a sentence.

    With what the others could add, in a shared edition by its published counts.
    """
    reported, expected = completeness(edition, year)
    words = Words(language)
    sentence = words.plural(
        "{reported} of {expected} court reported for {year}.",
        "{reported} of {expected} courts reported for {year}.",
        expected,
        reported=reported,
        expected=expected,
        year=year,
    )
    left = missing_returns(edition, [year])
    if reported == expected or left.most is None:
        return Paragraph(sentence)
    bound = _bound(edition.audience, left.most, words)
    if left.unknown:
        bound += " " + words.plural(
            "{n} of them has never reported, and nothing bounds it.",
            "{n} of them have never reported, and nothing bounds them.",
            left.unknown,
        )
    return Paragraph(f"{sentence} {bound}")


def _bound(audience: str, most: int, words: Words) -> str:
    """What missing courts could add; a shared edition knows it by published counts."""
    if audience == SHARED:
        return words.plural(
            "The others would add 0 to {n} case: from none to the most that each can "
            "have reported in another year by the published counts.",
            "The others would add 0 to {n} cases: from none to the most that each can "
            "have reported in another year by the published counts.",
            most,
        )
    return words.plural(
        "The others would add 0 to {n} case: from none to the most that each has "
        "reported in another year.",
        "The others would add 0 to {n} cases: from none to the most that each has "
        "reported in another year.",
        most,
    )


def answers_by_circuit(edition: Edition, *, year: int, language: str = "en") -> Table:
    """How many courts of each circuit stand at which status, in a year.

    Rows: one per circuit, in the order of the map in every language. Columns: circuit,
    then one per status, in courts, and how many cases the missing ones would add. A
    shared edition has no column for nil returns: they read like any other answer.
    """
    words = Words(language)
    reporting = edition.table("reporting")
    of_year = reporting[reporting["year"] == year]
    counts = pd.crosstab(of_year["circuit_id"], of_year["status"])
    kept = [code for code in REPORTING if code != NIL or edition.audience != SHARED]
    counts = counts.reindex(columns=kept, fill_value=0)
    counts.columns = status_names(kept, words)
    counts = counts.reindex(in_map_order(counts.index))
    counts[words("Missing courts would add")] = [
        would_add(missing_returns(edition, [year], circuit=str(code)), words)
        for code in counts.index
    ]
    counts.index = counts.index.map(_short(language))
    counts.index.name = words("Circuit")
    return Table(counts.reset_index())


def returns_received(edition: Edition, *, year: int, language: str = "en") -> Table:
    """Every return received for a year, each version of it.

    Rows: one per return. Columns: court, file, version, whether it is the one that
    counts, what became of it, rows accepted and refused, the day it came.
    Raises: EditionError for a shared edition, which holds no returns.
    """
    words = Words(language)
    returns = edition.table("returns")
    came = returns[returns["year"] == year].sort_values(["court_id", "version"])
    return Table(
        {
            words("Court"): came["court_id"]
            .map(_full(language), na_action="ignore")
            .fillna(""),
            words("File"): came["file"].map(from_outside),
            words("Version"): came["version"],
            words("Counts"): came["current"].map(
                {True: words("yes"), False: words("no")}
            ),
            words("State of the return"): came["state"].map(_states(words)),
            words("Rows accepted"): came["accepted"],
            words("Rows refused"): came["refused"],
            words("Received"): came["received_at"].map(words.date),
        }
    )


def unplaced_returns(edition: Edition, *, language: str = "en") -> Table:
    """Returns refused because their court or year could not be told, all years.

    Rows: one per return. Columns: file, sheet, the day it came.
    Raises: EditionError for a shared edition.
    """
    words = Words(language)
    returns = edition.table("returns")
    lost = returns[returns["court_id"].isna() | returns["year"].isna()]
    return Table(
        {
            words("File"): lost["file"].map(from_outside),
            words("Sheet"): lost["sheet"].fillna("").map(from_outside),
            words("Received"): lost["received_at"].map(words.date),
        }
    )


def problems_by_rule(edition: Edition, *, year: int, language: str = "en") -> Table:
    """How often each rule found something amiss in the returns of a year.

    Nil returns and what else is for information alone are no problems. Rows: one per
    rule, most frequent first. Columns: rule, what it does, problems,
    courts concerned. Only versions that count are looked at.
    Raises: EditionError for a shared edition.
    """
    words = Words(language)
    problems = _problems_of(edition, year)
    problems = problems[problems["severity"] != NOTE]
    grouped = problems.groupby(["rule", "severity"], as_index=False).agg(
        n=("rule", "size"), courts=("court_id", "nunique")
    )
    grouped = grouped.sort_values(["n", "rule"], ascending=[False, True])
    return Table(
        {
            words("Rule"): [rule_name(rule, words) for rule in grouped["rule"]],
            words("What it does"): [
                severity_name(code, words) for code in grouped["severity"]
            ],
            words("Problems"): grouped["n"],
            words("Courts"): grouped["courts"],
        }
    )


def refused_rows(edition: Edition, *, year: int, language: str = "en") -> Table:
    """Where a row or a return of a year was refused, and by which rule.

    Rows: one per refusal, court by court. Columns: court, file, sheet, cell, rule.
    What was typed is left to the register.
    Raises: EditionError for a shared edition.
    """
    words = Words(language)
    problems = _problems_of(edition, year)
    blocking = problems[problems["severity"].isin(BLOCKING)]
    blocking = blocking.sort_values(["court_id", "return", "row"])
    return Table(
        {
            words("Court"): blocking["court_id"]
            .map(_full(language), na_action="ignore")
            .fillna(""),
            words("File"): blocking["file"].map(from_outside),
            words("Sheet"): blocking["sheet"].fillna("").map(from_outside),
            words("Cell"): blocking["cell"].fillna(""),
            words("Rule"): [rule_name(rule, words) for rule in blocking["rule"]],
        }
    )


def _problems_of(edition: Edition, year: int) -> pd.DataFrame:
    edition.table("problems")  # an edition without problems says so
    problems = current_problems(edition)
    return problems[problems["year"] == year]


def _states(words: Words) -> dict[str, str]:
    return {
        ACCEPTED: words("Accepted"),
        ACCEPTED_WITH_PROBLEMS: words("Accepted, with questions to the court"),
        NIL: words("Nil return"),
        REFUSED: words("Refused"),
    }


def _full(language: str) -> Callable[[str], str]:
    return lambda court_id: court_name(court_id, language)


def _short(language: str) -> Callable[[str], str]:
    return lambda court_id: court_name(circuit_of(court_id), language, short=True)
