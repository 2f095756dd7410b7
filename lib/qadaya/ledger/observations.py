"""The figures of the ledger as SDMX observations: national, caseloads, companies.

OBS_STATUS is U where a figure is in doubt, or printed as a bound or rounded, so that
OBS_VALUE is not the count itself; B where a note says that a series breaks; else A.
CONF_STATUS is F: all of them are published.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from qadaya.ledger.caseloads import caseload_conflicts, load_caseloads
from qadaya.ledger.figures import company_reports, load_ledger
from qadaya.ledger.units import UNITS
from qadaya.sdmx import CONF_STATUS, OBS_STATUS, TIME, VALUE, SdmxTable

_DOUBT, _BREAK = ("CONFLICT", "CAUTION"), (": a break", "series break")
_ATTRIBUTES = {
    "OBS_STATUS": "Status of the observation",
    "CONF_STATUS": "Confidentiality",
    "AS_PRINTED": "The figure as printed",
    "COMMENT_OBS": "Note",
}
_SOURCE = {"SOURCE": ("source_id", "Who printed the figure")}


def ledger_observations(ledger: Path | None = None) -> list[SdmxTable]:
    """One table for each file of figures, one observation per figure and source."""
    figures, loads = load_ledger(ledger), load_caseloads(ledger)
    return [
        _table(
            "ledger",
            "Published figures on online child sexual exploitation, Morocco",
            figures.assign(unsure=figures["lower_bound"] | figures["rounded"]),
            {
                "SERIES": ("series", "What is counted"),
                "UNIT_MEASURE": ("unit", "Unit"),
            },
        ),
        _table(
            "circuit_caseload",
            "Files of circuits and courts, Morocco",
            loads.assign(unsure=_doubtful(loads, ledger)),
            {
                "COURT": ("court_id", "Court, or court of appeal of the circuit"),
                "SCOPE": ("scope", "Whether of the circuit or of the court alone"),
                "MEASURE": ("measure", "Which files are counted"),
            },
        ),
        _table(
            "company_reports",
            "Reports to NCMEC by company, all countries",
            company_reports(ledger).assign(unsure=False),
            {"COMPANY": ("company", "Who sent the reports")},
            value="reports",
        ),
    ]


def _table(
    name: str,
    title: str,
    figures: pd.DataFrame,
    dimensions: Mapping[str, tuple[str, str]],
    value: str = "value",
) -> SdmxTable:
    """Figures as a table; `unsure`: their value is not the count that was meant."""
    dimensions = {**dimensions, **_SOURCE}
    # Of a file without a note pandas makes a column of numbers.
    notes = figures["note"].astype("string").fillna("").astype(object)
    broken = notes.str.endswith(_BREAK)
    doubtful = notes.str.startswith(_DOUBT) | figures["unsure"]
    status = pd.Series("A", figures.index).mask(broken, "B").mask(doubtful, "U")
    rows = pd.DataFrame(
        {
            **{one: figures[column] for one, (column, _) in dimensions.items()},
            TIME: figures["year"].astype(str),
            VALUE: figures[value].astype(float),
            "OBS_STATUS": status,
            "CONF_STATUS": "F",
            "AS_PRINTED": figures["as_printed"],
            "COMMENT_OBS": notes,
        }
    )
    units = {"UNIT_MEASURE": UNITS} if "UNIT_MEASURE" in dimensions else {}
    return SdmxTable(
        name=name,
        title=title,
        rows=rows,
        dimensions=tuple(dimensions),
        attributes=tuple(_ATTRIBUTES),
        concepts={
            **{one: words for one, (_, words) in dimensions.items()},
            TIME: "Year",
            VALUE: "The number printed",
            **_ATTRIBUTES,
        },
        codes={**units, "OBS_STATUS": OBS_STATUS, "CONF_STATUS": CONF_STATUS},
    )


def _doubtful(loads: pd.DataFrame, ledger: Path | None) -> pd.Series:
    """Which caseloads print or arithmetic puts in doubt."""
    key = ["year", "court_id", "scope", "measure", "source_id"]
    doubts = pd.MultiIndex.from_frame(caseload_conflicts(ledger)[key])
    found = pd.MultiIndex.from_frame(loads[key]).isin(doubts)
    return pd.Series(found, loads.index)
