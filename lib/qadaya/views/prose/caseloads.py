"""Circuits beside their published caseload: the table, and what the proxy is."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.ledger import circuit_caseloads, ledger_sources
from qadaya.reference import court_name
from qadaya.views.frames.caseload import (
    APPEAL_ONLY,
    NOTHING,
    caseload_units,
    known_caseloads,
    penal_caseloads,
)
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Quoted, Table
from qadaya.views.prose.words import Words

Records = Mapping[Hashable, Mapping[Hashable, Any]]


def caseload_table(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> Table:
    """Every circuit: its caseload with its year and source, and what it would expect.

    Rows: one per circuit, in the official order. Unit of the caseload: files of all
    matters, real figures; where none is published its cell says what is known. Cases
    are those of the edition, a dash where no return came.
    """
    words = Words(language)
    units = caseload_units(edition, years=years, language=language)
    compared = units.set_index("circuit_id").to_dict("index")
    penal = penal_caseloads().set_index("circuit_id")["share"].to_dict()
    published = _with_publishers(circuit_caseloads()).to_dict("index")
    rows = [
        _row(str(code), str(known), compared, published, penal, words)
        for code, known in known_caseloads().items()
    ]
    columns = [
        words("Circuit"),
        words("Caseload, as printed"),
        words("Of which penal"),
        words("Cases"),
        words("Cases to be expected"),
        words("Missing courts would add"),
        words("Source"),
    ]
    return Table(rows, columns=columns)


def say_caseloads(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> Paragraph:
    """Which proxy is taken and why, of which years, and of which circuits none is."""
    words = Words(language)
    units = caseload_units(edition, years=years, language=language)
    known, penal = known_caseloads(), penal_caseloads()
    parts = [
        words(
            "Nobody knows how many children live in a circuit. Set beside its cases is "
            "the number of files of all matters that its courts registered, as printed "
            "for {n} of {all} circuits: a rough measure of size, and no rate per head.",
            n=len(units),
            all=len(known),
        ),
        words(
            "Penal matters alone are printed for {n} of them, {span} of all matters: "
            "so near to each other that the choice hardly moves what is expected, and "
            "all matters are what most circuits print.",
            n=len(penal),
            span=words.percent_span(penal["share"].min(), penal["share"].max()),
        ),
        _years(units, words),
        words(
            "Of {circuits} only the court of appeal or single courts are known; of "
            "{nothing} nothing. They are not compared.",
            circuits=_names(known[known == APPEAL_ONLY], words),
            nothing=_names(known[known == NOTHING], words),
        ),
    ]
    return Paragraph(" ".join(filter(None, parts)))


def _years(units: pd.DataFrame, words: Words) -> str:
    """Each caseload is of one year; what stands for which is said."""
    if units.empty:
        return ""
    of_year = units.groupby("caseload_year")["name"].apply(list)
    spans = words("; ").join(
        words("{year}: {circuits}", year=year, circuits=words(", ").join(names))
        for year, names in of_year.items()
    )
    decided = units.loc[units["caseload_measure"] == "cases_decided", "name"]
    sentences = [
        words(
            "Each caseload is of one year and stands for all; a year that was not "
            "printed was not filled in. {spans}.",
            spans=spans,
        )
    ]
    if len(decided):
        sentences.append(
            words(
                "For {circuits} it is the files decided, since those registered are in "
                "doubt.",
                circuits=words(", ").join(decided),
            )
        )
    return " ".join(sentences)


def _names(circuits: pd.Series, words: Words) -> str:
    return words(", ").join(
        court_name(str(code), words.language, short=True) for code in circuits.index
    )


def _row(
    code: str,
    known: str,
    compared: Records,
    published: Records,
    penal: Mapping[Hashable, float],
    words: Words,
) -> Sequence[object]:
    name = court_name(code, words.language, short=True)
    if code not in published:
        nothing = words("nothing published")
        single = words("court of appeal or single courts only")
        return name, nothing if known == NOTHING else single, *[None] * 5
    figure, share = published[code], penal.get(code)
    return (
        name,
        words(
            "{n} {counted}, {year}",
            n=words.number(figure["value"]),
            counted=_counted(str(figure["measure"]), words),
            year=figure["year"],
        ),
        None if share is None else words.percent(share),
        *_compared(code, compared, words),
        Quoted(figure["publisher"]),
    )


def _with_publishers(caseloads: pd.DataFrame) -> pd.DataFrame:
    """By circuit, with who printed each: others do not know the names of the ledger."""
    publishers = ledger_sources().set_index("source_id")["publisher"]
    named = caseloads.assign(publisher=caseloads["source_id"].map(publishers))
    return named.set_index("circuit_id")


def _counted(measure: str, words: Words) -> str:
    return {
        "cases_registered": words("registered"),
        "cases_in_hand": words("in hand"),
        "cases_decided": words("decided"),
    }[measure]


def _compared(code: str, compared: Records, words: Words) -> tuple[object, ...]:
    if code not in compared:
        return None, None, None
    unit = compared[code]
    return (
        int(unit["observed"]),
        words.decimal(unit["expected"]),
        would_add(unit["missing"], words),
    )
