"""How many cases of all matters circuits and courts handle, as their presidents say.

The January speeches of the first presidents and a table of the council (CSPJ), by way
of the press: 18 of 23 circuits, most of them for one year or two, hardly ever the same.
Nothing is filled in and nothing is corrected; where print and arithmetic disagree the
figure stays and the doubt is said.
"""

from pathlib import Path

import pandas as pd

from qadaya.ledger.figures import SOURCES, with_sources
from qadaya.ledger.files import once_a_state, read_table

CASELOADS = "circuit_caseload.csv"
SCOPES = ("circuit", "court", "first_instance_courts_of_circuit")
# Months from one figure to another do not matter here; what is counted does.
KEY = ["year", "court_id", "scope"]


@once_a_state(CASELOADS, SOURCES)
def load_caseloads(folder: Path | None = None) -> pd.DataFrame:
    """Every published caseload with its source.

    Rows: one per figure as one source prints it (126). Columns: year, court_id (several
    courts of one figure parted by "|"), scope ("circuit": the court of appeal with its
    first-instance courts; "court": that court alone), measure (registered, decided, in
    hand; of all matters unless it says penal or civil), value (files), as_printed,
    note, source_id, publisher, title, url, published, language.
    Raises: ParameterError when a figure has no source in the list of sources.
    """
    return with_sources(read_table(CASELOADS, folder), CASELOADS, folder)


def caseload_conflicts(folder: Path | None = None) -> pd.DataFrame:
    """Caseloads that print or arithmetic puts in doubt, every figure kept.

    Rows: one per figure with a doubt. Columns as `load_caseloads`, and `kind`:
    "label" (printed as registered, fits only as in hand), "exceeds" (more decided than
    there was in hand), "parts" (the parts do not add up), "scope" (speech and table of
    the council differ), "noted" (any other doubt, in `note`).
    """
    figures = load_caseloads(folder)
    kinds = {
        "label": figures["note"].str.contains("printed as registered").eq(True),
        "exceeds": _more_decided_than_in_hand(figures),
        "parts": _parts_do_not_add(figures),
        "scope": _speech_and_table_differ(figures),
        "noted": figures["note"].str.contains("CAUTION|CONFLICT").eq(True),
    }
    figures["kind"] = ""
    for kind, doubtful in reversed(kinds.items()):
        figures.loc[doubtful, "kind"] = kind
    return figures[figures["kind"] != ""].reset_index(drop=True)


@once_a_state(CASELOADS, SOURCES)
def circuit_caseloads(folder: Path | None = None) -> pd.DataFrame:
    """The newest caseload of each circuit, and what it is: a rough measure of size.

    Rows: one per circuit with a figure. Columns: circuit_id, year, measure
    ("cases_registered", else "cases_in_hand", else "cases_decided", for all matters),
    value (files), as_printed, note, source_id. A circuit of which only the court of
    appeal itself or nothing is known has no row: nothing is filled in. Years differ.
    """
    figures = load_caseloads(folder)
    rank = {"cases_registered": 0, "cases_in_hand": 1, "cases_decided": 2}
    whole = figures[
        (figures["scope"] == "circuit") & figures["measure"].isin(list(rank))
    ]
    ordered = whole.assign(rank=whole["measure"].map(rank)).sort_values(
        ["court_id", "rank", "year"], ascending=[True, True, False], kind="stable"
    )
    # A figure of another century tells less of today than one of another kind.
    recent = ordered[ordered["year"] >= ordered["year"].max() - 3]
    newest: pd.DataFrame = recent.drop_duplicates("court_id")
    columns = ["year", "measure", "value", "as_printed", "note", "source_id"]
    return newest.rename(columns={"court_id": "circuit_id"})[
        ["circuit_id", *columns]
    ].reset_index(drop=True)


def _wide(figures: pd.DataFrame) -> pd.DataFrame:
    """The first figure of each measure, one column a measure, for every row."""
    table = figures.pivot_table(
        index=KEY, columns="measure", values="value", aggfunc="first"
    )
    return table.reindex(pd.MultiIndex.from_frame(figures[KEY])).set_index(
        figures.index
    )


def _more_decided_than_in_hand(figures: pd.DataFrame) -> pd.Series:
    wide = _wide(figures)
    concerned = figures["measure"].isin(["cases_decided", "cases_in_hand"])
    return concerned & (wide["cases_decided"] > wide["cases_in_hand"])


def _parts_do_not_add(figures: pd.DataFrame) -> pd.Series:
    wide = _wide(figures)
    parts = ["penal_cases_decided", "civil_cases_decided"]
    summed = wide[parts].sum(axis=1, min_count=2)
    off = summed.notna() & wide["cases_decided"].notna()
    off &= summed != wide["cases_decided"]
    return figures["measure"].isin(["cases_decided", *parts]) & off


def _speech_and_table_differ(figures: pd.DataFrame) -> pd.Series:
    wide = _wide(figures)
    split = ["civil_cases_registered", "penal_cases_registered"]
    spoken = wide["cases_registered"].fillna(wide[split].sum(axis=1, min_count=2))
    table = wide["cases_entered_in_saj"]
    differ = spoken.notna() & table.notna() & (spoken != table)
    return differ & figures["measure"].isin(
        ["cases_registered", "cases_entered_in_saj", *split]
    )
