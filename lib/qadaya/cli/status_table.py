"""Who has answered as an answer: a table by circuit, JSON, or CSV by court."""

import json
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from qadaya.cli.command import Format
from qadaya.language import translator
from qadaya.reference import court_name
from qadaya.returns.following.deadlines import Deadline
from qadaya.returns.following.standing import (
    LATE,
    STATES,
    Coverage,
    Standing,
    coverage,
)
from qadaya.spreadsheet import csv_text
from qadaya.vocabulary import FIRST_ASKED


def show(
    found: Sequence[Standing],
    year: int,
    deadline: Deadline | None,
    format_: Format,
    language: str,
) -> None:
    """Print where the courts stand for a year."""
    if format_ is Format.json:
        typer.echo(json.dumps(_object(found, year, deadline), indent=1))
    elif format_ is Format.csv:
        header = ("year", *Standing._fields)
        typer.echo(
            csv_text(header, [[year, *standing] for standing in found]), nl=False
        )
    else:
        _print(found, year, deadline, language)


def _object(
    found: Sequence[Standing], year: int, deadline: Deadline | None
) -> dict[str, Any]:
    return {
        "year": year,
        "asked": deadline and deadline.asked.isoformat(),
        "due": deadline and deadline.due.isoformat(),
        "all": _fields(coverage(found)),
        "circuits": {name: _fields(whole) for name, _, whole in _by_circuit(found)},
        "courts": [standing._asdict() for standing in found],
    }


def _fields(whole: Coverage) -> dict[str, Any]:
    return whole._asdict() | {"states": dict(whole.states)}


def _by_circuit(
    found: Sequence[Standing],
) -> list[tuple[str, list[Standing], Coverage]]:
    groups = groupby(found, key=lambda one: one.circuit_id)
    each = [(name, list(ones)) for name, ones in groups]
    return [(name, ones, coverage(ones)) for name, ones in each]


def _print(
    found: Sequence[Standing], year: int, deadline: Deadline | None, language: str
) -> None:
    say = translator(language, "cli.cli").gettext
    whole = coverage(found)
    states = [state for state in STATES if whole.states[state]]
    title = _title(year, deadline, say)
    named = translator(language, "returns.following").gettext
    heads = [named(STATES[state]) for state in states]
    table = Table(
        *(say("Circuit"), say("Answered"), *heads, say("Cases"), say("Missing add")),
        title=title,
    )
    for name, _, part in _by_circuit(found):
        row = court_name(name, language, short=True)
        table.add_row(*_cells(row, part, states, language))
    table.add_section()
    table.add_row(*_cells(say("All courts"), whole, states, language))
    Console(highlight=False).print(table)
    comma = "، " if language == "ar" else ", "
    for _, ones, _ in _by_circuit(found):
        late = [
            court_name(standing.court_id, language)
            for standing in ones
            if standing.state == LATE
        ]
        if late:
            typer.echo(say("Late: {courts}.").format(courts=comma.join(late)))


def _title(year: int, deadline: Deadline | None, say: Callable[[str], str]) -> str:
    if deadline is None:
        text = say("Returns for {year}; the circular asks for {first} and later years")
        return text.format(year=year, first=FIRST_ASKED)
    return say("Returns for {year}, due by {due}").format(year=year, due=deadline.due)


def _cells(
    name: str, whole: Coverage, states: Sequence[str], language: str
) -> list[str]:
    answered = f"{whole.answered}/{whole.expected}"
    numbers = [str(whole.states[state] or "") for state in states]
    return [name, answered, *numbers, str(whole.cases), bound(whole, language)]


def bound(whole: Coverage, language: str) -> str:
    """How many cases the courts that have not answered would add; empty if all did."""
    if whole.answered == whole.expected:
        return ""
    return would_add(whole.least_missing, whole.most_missing, whole.unknown, language)


def would_add(least: int, most: int | None, unknown: int, language: str) -> str:
    """So many cases, and how many courts nothing bounds.

    Of courts that never reported alone nothing is known, which is not the same as none.
    """
    say = translator(language, "cli.cli").gettext
    if unknown and not most:
        return say("not known; never reported: {n}").format(n=unknown)
    text = say("{least} to {most}")
    if unknown:
        text = say("{least} to {most}; never reported: {n}")
    return text.format(least=least, most=most, n=unknown)
