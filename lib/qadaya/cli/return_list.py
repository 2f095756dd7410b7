"""The returns of a register as an answer: a table, JSON or CSV."""

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from qadaya.cli import reconciliation
from qadaya.cli.case_list import as_csv, records
from qadaya.cli.command import Format
from qadaya.cli.return_answers import STATES, shown
from qadaya.language import translator
from qadaya.reference import court_name
from qadaya.returns.register.meant_rows import Applied
from qadaya.returns.register.reconcile import Reconciled

Place = tuple[str, int]


def show(
    returns: pd.DataFrame,
    decisions: Sequence[Applied],
    reconciled: Mapping[Place, Sequence[Reconciled]],
    format_: Format,
    language: str,
) -> None:
    """Print one line per return ever received, and each decision of the desk.

    And what the supplements of each court and year became.
    """
    # What a court writes of its difficulties is read where it was asked for.
    listed = returns.drop(columns=["difficulties"])
    if format_ is Format.json:
        plain = [
            one | _beside(one, decisions, reconciled)
            for one in map(dict, records(listed))
        ]
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    elif format_ is Format.csv:
        typer.echo(as_csv(_with_reconciled(listed, reconciled)), nl=False)
    else:
        _print(listed, language)
        _print_reconciled(reconciled, language)
        _print_decisions(decisions, language)


def _print(returns: pd.DataFrame, language: str) -> None:
    say = translator(language, "cli.cli").gettext
    heads = ("Return", "Court", "Year", "Version", "Counts", "State", "Accepted")
    table = Table(*map(say, (*heads, "Left out", "Received", "File")))
    table.columns[0].no_wrap = True
    for record in records(returns):
        court = record["court_id"]
        table.add_row(
            str(record["return"]),
            court_name(court, language) if court else "",
            str(record["year"] or ""),
            _version(record, language),
            say("yes") if record["current"] else say("no"),
            say(STATES[record["state"]]),
            str(record["accepted"]),
            str(record["refused"]),
            str(record["received_at"])[:10],
            shown(record["file"]),
        )
    Console(highlight=False).print(table)


def _version(one: Mapping[Hashable, Any], language: str) -> str:
    if not one["supplement"]:
        return str(one["version"] or "")
    say = translator(language, "cli.cli").gettext
    return say("supplement {n}").format(n=one["version"] or "")


def _beside(
    one: Mapping[Any, Any],
    decisions: Sequence[Applied],
    reconciled: Mapping[Place, Sequence[Reconciled]],
) -> dict[str, Any]:
    """The decisions on a return, and what became of the rows of its supplements."""
    decided = reconciled.get((one["court_id"], one["year"]), ())
    return {
        "decisions": [
            {"row": decision.row} | decision.correction.model_dump(mode="json")
            for decision in decisions
            if decision.return_id == one["return"]
        ],
        "reconciled": reconciliation.records(
            [each for each in decided if one["return"] in _returns_of(each)]
        ),
    }


def _with_reconciled(
    returns: pd.DataFrame, reconciled: Mapping[Place, Sequence[Reconciled]]
) -> pd.DataFrame:
    """The returns, each with what became of its rows beside supplements, counted."""
    counts: dict[str, Counter[str]] = {}
    for found in reconciled.values():
        for compared in found:
            for return_id in set(_returns_of(compared)):
                counts.setdefault(return_id, Counter())[compared.what] += 1
    shown = {
        return_id: " ".join(f"{what}={n}" for what, n in sorted(whats.items()))
        for return_id, whats in counts.items()
    }
    return returns.assign(reconciled=returns["return"].map(shown))


def _returns_of(one: Reconciled) -> list[str]:
    return [row.return_id for row in (one.supplement, one.own) if row]


def _print_reconciled(
    reconciled: Mapping[Place, Sequence[Reconciled]], language: str
) -> None:
    for (court, year), found in reconciled.items():
        typer.echo(f"{court_name(court, language)}, {year}")
        for line in reconciliation.lines(found, language):
            typer.echo(f"  {shown(line)}")


def _print_decisions(decisions: Sequence[Applied], language: str) -> None:
    say = translator(language, "cli.cli").gettext
    for decision in decisions:
        made = decision.correction
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
            row=decision.row,
            return_id=decision.return_id,
        )
        typer.echo(shown(line))
