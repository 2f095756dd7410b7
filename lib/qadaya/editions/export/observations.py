"""The counts of an edition as SDMX observations, each with its state and secrecy.

A cell says in OBS_STATUS what is known of it and in CONF_STATUS for whom it is; the
rounding that protects people has an attribute of its own. Of a hidden cell nothing
tells whether it is small itself or hidden for the sake of another.
"""

import re

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.export.columns import (
    COLUMNS,
    column_description,
    column_title,
    table_title,
)
from qadaya.sdmx import CONF_STATUS, OBS_STATUS, TIME, VALUE, SdmxTable
from qadaya.vocabulary import INTERNAL, MISSING, NOT_ESTABLISHED

TOTAL = "_T"  # of a dimension that is summed over, as SDMX has it
_ATTRIBUTES = ("OBS_STATUS", "CONF_STATUS", "ROUNDING_BASE", "SYNTHETIC")
_NO_CODE = re.compile(r"[^A-Za-z0-9_@$-]")
_NO_DIMENSION = {"year", "n", "hidden", "synthetic"}


def is_counted(table: pd.DataFrame) -> bool:
    """Whether the rows of a table are counts of cases by year and something else."""
    return {"n", "year"} <= set(table) and bool(set(table) - _NO_DIMENSION)


def observations(edition: Edition, name: str, language: str = "en") -> SdmxTable:
    """One table of an edition as SDMX observations.

    OBS_STATUS: Q hidden; O no return came; M the court did not exist yet; N a rounded
    zero, which need not be one; P a count of a year for which returns are still out;
    else A. CONF_STATUS: N not for publication (an internal edition), C hidden, F free.
    ROUNDING_BASE: what small counts were rounded to, 0 where counts are exact.
    A table by court has a row of totals (_T), without a value, for each court and year
    without a return.
    """
    table = edition.table(name)
    dimensions = [str(column) for column in table if column not in _NO_DIMENSION]
    rows = _counted(edition, table, dimensions)
    if "court_id" in dimensions:
        rows = pd.concat([rows, _silent(edition, dimensions)], ignore_index=True)
    rows = rows.rename(columns=_id).assign(
        CONF_STATUS=_secrecy(edition, rows),
        ROUNDING_BASE=str(_base(edition)),
        SYNTHETIC="yes" if edition.synthetic else "no",
    )
    named = {_id(column): column for column in dimensions}
    return SdmxTable(
        name=name,
        title=table_title(name, language),
        rows=rows,
        dimensions=tuple(named),
        attributes=_ATTRIBUTES,
        concepts={
            **{one: column_title(column, language) for one, column in named.items()},
            TIME: column_title("year", language),
            VALUE: column_description("n", language),
            "OBS_STATUS": column_title("state", language),
            "CONF_STATUS": column_title("hidden", language),
            "SYNTHETIC": column_title("synthetic", language),
        },
        codes={
            **_codes(named, rows),
            "OBS_STATUS": OBS_STATUS,
            "CONF_STATUS": CONF_STATUS,
        },
    )


def _id(column: str) -> str:
    """A name as SDMX has it: upper case, without the suffix of an identifier."""
    return {TIME: TIME, VALUE: VALUE}.get(column, column.removesuffix("_id").upper())


def _base(edition: Edition) -> int:
    """What small counts were rounded to; 0 where none was."""
    rule = edition.manifest.rule
    return 0 if rule is None or rule.shows_true_counts else rule.base


def _counted(
    edition: Edition, table: pd.DataFrame, dimensions: list[str]
) -> pd.DataFrame:
    """The rows of a table with value and status."""
    hidden = table["n"].isna()
    reporting = edition.table("reporting")
    late = set(reporting.loc[reporting["status"] == MISSING, "year"])
    status = pd.Series("A", index=table.index)
    status = status.mask(table["year"].isin(late), "P")
    if _base(edition):
        status = status.mask(table["n"] == 0, "N")
    status = status.mask(hidden, "Q")
    values = table[dimensions].astype(str).map(_code).assign(OBS_STATUS=status)
    values[TIME] = table["year"].astype(str)
    values[VALUE] = table["n"].astype(float)
    return values


def _silent(edition: Edition, dimensions: list[str]) -> pd.DataFrame:
    """A row for each court and year without a return: no value, and the reason."""
    reporting = edition.table("reporting")
    silent = reporting[reporting["status"].isin([MISSING, NOT_ESTABLISHED])]
    rows = pd.DataFrame({name: TOTAL for name in dimensions}, index=silent.index)
    for name in {"court_id", "circuit_id"} & set(dimensions):
        rows[name] = silent[name]
    absent = silent["status"] == NOT_ESTABLISHED
    rows["OBS_STATUS"] = absent.map({True: "M", False: "O"})
    rows[TIME] = silent["year"].astype(str)
    rows[VALUE] = float("nan")
    return rows


def _secrecy(edition: Edition, rows: pd.DataFrame) -> pd.Series:
    free = "N" if edition.audience == INTERNAL else "F"
    return pd.Series(free, index=rows.index).mask(rows["OBS_STATUS"] == "Q", "C")


def _codes(named: dict[str, str], rows: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The code lists: those of the vocabulary, and what else a column holds."""
    lists = {}
    for one, column in named.items():
        known = {_code(code): code for code in COLUMNS[column].codes or ()}
        unlisted = sorted(set(rows[one]) - set(known))
        lists[one] = known | {code: code for code in unlisted}
    return lists


def _code(code: str) -> str:
    """A code in the letters that SDMX allows: NCMEC_CPS for NCMEC+CPS."""
    return _NO_CODE.sub("_", code)
