"""The accepted cases as an answer: JSON, CSV, or how many there are."""

import json
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from qadaya.cli.status_table import bound
from qadaya.language import translator
from qadaya.reference import court_name
from qadaya.returns.following.standing import Coverage
from qadaya.spreadsheet import csv_text


def as_json(cases: pd.DataFrame) -> str:
    """A list of objects, one per case; a missing code is null."""
    return json.dumps(records(cases), ensure_ascii=False, indent=1)


def as_csv(cases: pd.DataFrame) -> str:
    """One line per case; a missing code is an empty cell."""
    rows = [list(record.values()) for record in records(cases)]
    return csv_text(list(cases.columns), rows)


def records(cases: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """The rows of a frame as plain values; None for what is missing."""
    # Through object: a float NaN is no JSON and a numpy integer no int.
    plain = cases.astype(object).where(cases.notna(), None)
    return plain.to_dict("records")


def print_summary(
    cases: pd.DataFrame, complete: Mapping[int, Coverage], language: str
) -> None:
    """Print the number of cases by court and year, and how complete each year is."""
    say = translator(language, "cli.cli").gettext
    years = sorted(cases["year"].unique())
    table = Table(say("Court"), *map(str, years), say("All years"))
    counts = cases.groupby(["court_id", "year"]).size()
    for court in cases["court_id"].unique():
        numbers = [int(counts.get((court, year), 0)) for year in years]
        table.add_row(
            court_name(court, language), *map(str, numbers), str(sum(numbers))
        )
    table.add_section()
    totals = [int((cases["year"] == year).sum()) for year in years]
    table.add_row(say("All courts"), *map(str, totals), str(len(cases)))
    wholes = [complete[year] for year in years]
    answered = [f"{whole.answered}/{whole.expected}" for whole in wholes]
    table.add_row(say("Answered"), *answered, "")
    bounds = [bound(whole, language) for whole in wholes]
    table.add_row(say("Missing add"), *bounds, "")
    Console(highlight=False).print(table)
