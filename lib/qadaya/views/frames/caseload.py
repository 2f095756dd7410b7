"""Circuits with their published caseload, and what it would give them of the cases.

Nobody knows how many children live in a circuit. How many files of all matters its
courts handle is published for some: a rough measure of size, of one year each. A
circuit of which it is not published is not compared; nothing is filled in.
"""

from collections.abc import Sequence

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.ledger import circuit_caseloads, load_caseloads
from qadaya.reference import court_name, courts
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.missing import each_missing
from qadaya.views.frames.places import place_error

CIRCUIT, APPEAL_ONLY, NOTHING = "circuit", "court of appeal", "nothing"


def known_caseloads() -> pd.Series:
    """What is published of the size of each circuit: CIRCUIT, APPEAL_ONLY or NOTHING.

    Index: circuit_id, in the official order, all of them. APPEAL_ONLY: figures of the
    court of appeal or of single courts, none of the circuit as a whole.
    """
    table = courts()
    whole = set(circuit_caseloads()["circuit_id"])
    single = {
        table.loc[court, "circuit_id"]
        for ids in load_caseloads()["court_id"]
        for court in ids.split("|")
    }
    every = pd.Index(table["circuit_id"].unique(), name="circuit_id")
    return pd.Series(
        [
            CIRCUIT if code in whole else APPEAL_ONLY if code in single else NOTHING
            for code in every
        ],
        index=every,
    )


def penal_caseloads() -> pd.DataFrame:
    """Of circuits: the newest figure of penal matters, and its share of all matters.

    Rows: one per circuit of which one is published with the figure of all matters of
    the same kind and year. Columns: circuit_id, year, measure (of all matters), penal,
    share (0 to 1).
    """
    figures = load_caseloads()
    figures = figures[figures["scope"] == "circuit"]
    penal = figures[figures["measure"].str.startswith("penal_")].assign(
        measure=lambda rows: rows["measure"].str.removeprefix("penal_")
    )
    both = penal.merge(
        figures, on=["court_id", "year", "measure"], suffixes=("", "_all")
    )
    both = both.sort_values(["court_id", "year"]).drop_duplicates(
        "court_id", keep="last"
    )
    return pd.DataFrame(
        {
            "circuit_id": both["court_id"],
            "year": both["year"],
            "measure": both["measure"],
            "penal": both["value"],
            "share": both["value"] / both["value_all"],
        }
    ).reset_index(drop=True)


@once_an_edition
def caseload_units(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> pd.DataFrame:
    """Circuits with their cases, and those that their caseload would give them.

    Rows: one per circuit with a published caseload and a return, in the official order.
    Columns: circuit_id, name, observed, expected (the cases of these circuits in
    proportion to caseload, weighted by the share of yearly returns received), error
    (largest rounding error of observed; None where nothing bounds it), caseload,
    caseload_year, caseload_measure (what it counts), caseload_source,
    missing (what the returns that did not come would add, as `Missing`).
    """
    chosen = list(years or edition.years)
    counts = cases_table(edition, by=["circuit_id"], years=chosen)
    counts = counts[counts["reported"] > 0]
    known = circuit_caseloads().rename(
        columns={
            "value": "caseload",
            "year": "caseload_year",
            "measure": "caseload_measure",
            "source_id": "caseload_source",
        }
    )
    circuits = counts.merge(known, on="circuit_id")
    errors = [
        place_error(edition, code, "circuit", measure="cases", years=chosen)
        for code in circuits["circuit_id"]
    ]
    named = [court_name(code, language, short=True) for code in circuits["circuit_id"]]
    circuits = circuits.assign(
        name=named,
        observed=circuits["n"],
        expected=expected_of(circuits),
        error=pd.Series(errors, dtype=object),
        missing=pd.Series(each_missing(circuits), dtype=object),
    )
    columns = ["circuit_id", "name", "observed", "expected", "error", "caseload"]
    columns += ["caseload_year", "caseload_measure", "caseload_source", "missing"]
    circuits = circuits[columns].dropna(subset="observed")
    order = {code: place for place, code in enumerate(known_caseloads().index)}
    return circuits.sort_values(
        "circuit_id", key=lambda codes: codes.map(order), ignore_index=True
    )


def expected_of(counts: pd.DataFrame) -> pd.Series:
    """The cases of all rows, shared out by caseload and by returns that came.

    `counts`: n, reported and expected (yearly returns), caseload.
    """
    weight = counts["caseload"] * counts["reported"] / counts["expected"]
    whole = float(counts["n"].sum())
    return weight * (whole / weight.sum() if weight.sum() else 0.0)
