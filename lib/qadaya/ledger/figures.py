"""The ledger: what other bodies have published on the same subject, never altered.

Each figure keeps its source, its unit and the text it was printed as. Where sources
disagree both values stay. What a printed percentage implies is computed when asked for
and never becomes a figure.
"""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from qadaya.errors import ParameterError
from qadaya.ledger.files import once_a_state, read_table
from qadaya.ledger.units import Amount, unit_of

if TYPE_CHECKING:
    from qadaya.inference import Interval

FIGURES, SOURCES = "national_statistics.csv", "national_statistics_sources.csv"
OFFENCES, ARITHMETIC = "offences.csv", "arithmetic.csv"
COMPANIES = "company_reports.csv"
FIGURE = ["year", "series", "measure"]  # what a figure is about


@once_a_state(FIGURES, SOURCES)
def load_ledger(folder: Path | None = None) -> pd.DataFrame:
    """Every published figure with its unit and source.

    Rows: one per figure as one source prints it (404). Columns: year, series, measure,
    value (an `Amount`: adding two units raises), unit, lower_bound (printed as "more
    than"), rounded (as "about" or in millions), as_printed, note, source_id, publisher,
    title, url, published, language.
    Raises: ParameterError when a figure has no source in the list of sources.
    """
    figures = with_sources(read_table(FIGURES, folder), FIGURES, folder)
    figures["unit"] = [
        unit_of(series, measure)
        for series, measure in zip(figures["series"], figures["measure"], strict=True)
    ]
    figures["value"] = pd.Series(
        [Amount(v, u) for v, u in zip(figures["value"], figures["unit"], strict=True)],
        index=figures.index,
        dtype=object,
    )
    printed = figures["as_printed"].str
    figures["lower_bound"] = printed.startswith(">") | printed.endswith("(more than)")
    figures["rounded"] = printed.contains("about|million")
    return figures


def with_sources(
    figures: pd.DataFrame, file: str, folder: Path | None = None
) -> pd.DataFrame:
    """Figures with who published them: publisher, title, url, published, language.

    Raises: ParameterError when a figure has no source in the list of sources.
    """
    sources = ledger_sources(folder)
    unknown = set(figures["source_id"]) - set(sources["source_id"])
    if unknown:
        raise ParameterError(
            f"{file}: no source for {', '.join(sorted(unknown))}; expected a row in "
            f"{SOURCES}"
        )
    return figures.merge(sources, on="source_id", how="left", validate="many_to_one")


def ledger_sources(folder: Path | None = None) -> pd.DataFrame:
    """The sources of the ledger: one row each. A date after ~ is inferred."""
    return read_table(SOURCES, folder)


def offences(folder: Path | None = None) -> pd.DataFrame:
    """Offences with their articles of the penal code, named in three languages.

    Rows: one per offence and article. Columns: offence, article, law, name_ar, name_fr,
    name_en, imprisonment from and to (months), fine from and to (dirhams), `series` of
    the ledger, `iccs` (class of the International Classification of Crime for
    Statistical Purposes, UNODC 2015; empty where it was not checked), `fit` ("law":
    the published line uses the words of the code; "inferred": the match is ours),
    source_id.
    """
    return read_table(OFFENCES, folder)


def company_reports(folder: Path | None = None) -> pd.DataFrame:
    """Reports to NCMEC by company; unit: reports, of all countries together.

    Rows: one per company and year, 2019 to 2024, "all companies" and "all reports"
    among them. Columns: year, company, reports, as_printed, note, source_id and those
    of the source. The number of reports measures reporting; it is not prevalence.
    """
    return with_sources(read_table(COMPANIES, folder), COMPANIES, folder)


def coverage(ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which year of which series is published: a table of the numbers of sources.

    Rows: one per series and measure. Columns: the years; 0 where nothing was found.
    """
    figures = load_ledger() if ledger is None else ledger
    counted = figures.groupby(["series", "measure", "year"])["source_id"].nunique()
    return counted.unstack("year", fill_value=0)


def published(
    series: str, measure: str, year: int, ledger: pd.DataFrame | None = None
) -> list[Amount]:
    """The values published for one figure, each once, smallest first.

    Two or more values: the sources disagree. Raises: ParameterError when there is none.
    """
    figures = load_ledger() if ledger is None else ledger
    wanted = (figures[FIGURE] == [year, series, measure]).all(axis=1)
    values = sorted(set(figures.loc[wanted, "value"]))
    if not values:
        raise ParameterError(
            f"the ledger holds no {measure} of {series} for {year}; "
            "expected a year, series and measure of load_ledger()"
        )
    return values


def without_roundings(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures but those that only round an exact one of the same figure.

    "About 6000" beside 5980 and "20.5 million" beside 20,512,803 say the same; a
    rounded figure that no exact one rounds to stays.
    """
    if not figures["rounded"].any():
        return figures
    exact = figures[~figures["rounded"]]
    known = exact.groupby(FIGURE)["value"].agg(list).to_dict()
    rows = figures[[*FIGURE, "value", "rounded"]].to_numpy().tolist()
    said = [
        rounded
        and any(_rounds_to(float(one), float(value)) for one in known.get(of, ()))
        for *about, value, rounded in rows
        for of in [tuple(about)]
    ]
    return figures[~pd.Series(said, figures.index, dtype=bool)]


def _rounds_to(exact: float, rounded: float) -> bool:
    """Whether a number gives another at the last digit of it that is no zero."""
    step = 1
    while rounded and rounded % (step * 10) == 0:
        step *= 10
    return abs(exact - rounded) <= step / 2


def conflicts(ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Figures on which sources disagree, every value kept.

    Rows: one per figure as printed. `kind`: "values" (two sources, two values),
    "rounded" (one of them is printed as rounded) or "noted" (a doubt within one source,
    in `note`). `values`: all values of that figure. Unit: that of each row.
    """
    figures = load_ledger() if ledger is None else ledger
    several = figures.groupby(FIGURE)["value"].transform("nunique") > 1
    noted = figures["note"].str.startswith(("CONFLICT", "CAUTION")).eq(True)
    disputed = figures[several | noted].copy()
    about = [disputed[name] for name in FIGURE]
    of_rounded = disputed["rounded"].groupby(about).transform("any")
    disputed["kind"] = "noted"
    disputed.loc[several, "kind"] = "values"
    disputed.loc[several & of_rounded, "kind"] = "rounded"
    disputed["values"] = [
        tuple(published(series, measure, year, figures))
        for year, series, measure in disputed[FIGURE].to_numpy().tolist()
    ]
    return disputed.sort_values(FIGURE, ignore_index=True)


def arithmetic(
    ledger: pd.DataFrame | None = None, folder: Path | None = None
) -> pd.DataFrame:
    """Wholes and their parts as published, and whether they close.

    Rows: one per whole of arithmetic.csv. Columns: year, measure, whole, parts (their
    series), printed, summed (Amount), closes (bool). Another unit among the parts would
    raise.
    """
    figures = load_ledger(folder) if ledger is None else ledger
    lines = read_table(ARITHMETIC, folder)
    rows = []
    for year, measure, whole, parts in lines.to_numpy().tolist():
        printed = published(whole, measure, year, figures)
        summed = Amount(0, printed[0].unit)
        for part in parts.split("|"):
            summed += published(part, measure, year, figures)[0]
        rows.append((printed[0], summed, float(summed) in map(float, printed)))
    results = pd.DataFrame(rows, columns=["printed", "summed", "closes"], dtype=object)
    return pd.concat([lines, results.astype({"closes": bool})], axis=1)


def implied_before(value: float, percent: float, decimals: int = 0) -> "Interval":
    """The counts (low, high) a year earlier that a printed change in % allows.

    520 after -3 % means 534 to 538. It is arithmetic on a rounded percentage, not a
    published figure: it is never stored and never shown as a datum.
    Raises: ParameterError for a value below 1 or a change of -100 % or less.
    """
    # Who plans the pages of a year reads the ledger, and need not wait for scipy.
    from qadaya.inference import Interval

    half = 0.5 * 10**-decimals
    if value < 1 or percent - half <= -100:
        raise ParameterError(
            f"{value:g} after {percent:g} %: no count before it can be worked out; "
            "expected a count from 1 and a change above -100 %"
        )
    low = float(value) / (1 + (percent + half) / 100)
    high = float(value) / (1 + (percent - half) / 100)
    return Interval(math.ceil(low), math.floor(high))
