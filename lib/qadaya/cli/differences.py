"""What changed between versions of a return as an answer: a table, JSON or CSV."""

import json
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from qadaya.cli.command import Format
from qadaya.cli.return_answers import shown
from qadaya.language import translator
from qadaya.returns.messages import column_name
from qadaya.returns.register.versions import ADDED, CHANGED, REMOVED, Difference
from qadaya.returns.rule_texts import COLUMNS
from qadaya.spreadsheet import csv_text

CHANGES = {ADDED: "Row added", REMOVED: "Row removed", CHANGED: "Changed"}
_STATES = ("accepted", "left out")
Step = tuple[int, int, list[Difference]]


def show(steps: Sequence[Step], format_: Format, language: str) -> None:
    """Print the differences of each version to the one before it."""
    rows = [[old, new, *found] for old, new, each in steps for found in each]
    header = ["from_version", "to_version", *Difference._fields]
    if format_ is Format.json:
        records = [dict(zip(header, row, strict=True)) for row in rows]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif format_ is Format.csv:
        typer.echo(csv_text(header, rows), nl=False)
    else:
        _print(steps, language)


def _print(steps: Sequence[Step], language: str) -> None:
    say = translator(language, "cli.cli").gettext
    console = Console(highlight=False)
    if not steps:
        console.print(say("There is one version only."))
    for old, new, changes in steps:
        table = Table(
            *map(say, ("Row", "What", "Column", "Before", "After")),
            title=say("Version {old} to version {new}").format(old=old, new=new),
        )
        for change in changes:
            row = change.new_row if change.new_row is not None else change.old_row
            texts = (change.before, change.after)
            table.add_row(
                str(row),
                say(CHANGES[change.change]),
                _column(change.column, language),
                *(shown(say(t) if t in _STATES else t or "") for t in texts),
            )
        console.print(table if changes else say("Nothing changed."))


def _column(column: str | None, language: str) -> str:
    if column == "state":
        return translator(language, "cli.cli").gettext("State")
    return column_name(column, language) if column in COLUMNS else ""
