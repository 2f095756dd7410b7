"""The returns of a register as an answer: a table, JSON or CSV."""

import json

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from qadaya.cli.case_list import as_csv, records
from qadaya.cli.command import Format
from qadaya.cli.return_answers import STATES, shown
from qadaya.language import translator
from qadaya.reference import court_name


def show(returns: pd.DataFrame, format_: Format, language: str) -> None:
    """Print one line per return ever received."""
    # What a court writes of its difficulties is read where it was asked for.
    told = returns.drop(columns=["difficulties"])
    if format_ is Format.json:
        typer.echo(json.dumps(records(told), ensure_ascii=False, indent=1))
    elif format_ is Format.csv:
        typer.echo(as_csv(told), nl=False)
    else:
        _print(told, language)


def _print(returns: pd.DataFrame, language: str) -> None:
    say = translator(language, "cli.cli").gettext
    heads = ("Return", "Court", "Year", "Version", "Counts", "State", "Accepted")
    table = Table(*map(say, (*heads, "Left out", "Received", "File")))
    table.columns[0].no_wrap = True
    for one in records(returns):
        court = one["court_id"]
        table.add_row(
            str(one["return"]),
            court_name(court, language) if court else "",
            str(one["year"] or ""),
            str(one["version"] or ""),
            say("yes") if one["current"] else say("no"),
            say(STATES[one["state"]]),
            str(one["accepted"]),
            str(one["refused"]),
            str(one["received_at"])[:10],
            shown(one["file"]),
        )
    Console(highlight=False).print(table)
