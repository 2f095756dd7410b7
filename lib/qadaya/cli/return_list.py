"""The returns of a register as an answer: a table, JSON or CSV."""

import json
from collections.abc import Sequence

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from qadaya.cli.case_list import as_csv, records
from qadaya.cli.command import Format
from qadaya.cli.return_answers import STATES, shown
from qadaya.language import translator
from qadaya.reference import court_name
from qadaya.returns.register.decided import Applied


def show(
    returns: pd.DataFrame,
    decisions: Sequence[Applied],
    format_: Format,
    language: str,
) -> None:
    """Print one line per return ever received, and each decision of the desk."""
    # What a court writes of its difficulties is read where it was asked for.
    told = returns.drop(columns=["difficulties"])
    if format_ is Format.json:
        typer.echo(json.dumps(records(told), ensure_ascii=False, indent=1))
    elif format_ is Format.csv:
        typer.echo(as_csv(told), nl=False)
    else:
        _print(told, language)
        _print_decisions(decisions, language)


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


def _print_decisions(decisions: Sequence[Applied], language: str) -> None:
    say = translator(language, "cli.cli").gettext
    for one in decisions:
        made = one.correction
        what = " ".join(f"{column}={code}" for column, code in made.to.items())
        line = say(
            "Decision on {place}: {action}. {reason} Confirmed by {who}, {day}; "
            "applied to row {row} of {return_id}."
        ).format(
            place=made.where,
            action=f"{made.action} {what or made.other or ''}".strip(),
            reason=made.reason,
            who=made.confirmed_by,
            day=made.confirmed_on,
            row=one.row,
            return_id=one.return_id,
        )
        typer.echo(shown(line))
