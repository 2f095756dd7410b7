"""Commands for who has answered: `status`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qadaya.cli.arguments import (
    AnswerFormat,
    AnswerLanguage,
    AsOf,
    RegisterFolder,
    day_of,
    known_then,
    year_since,
)
from qadaya.cli.command import Format, Language, app
from qadaya.errors import ParameterError


@app.command()
def status(
    year: Annotated[
        str, typer.Option("--year", metavar="YEAR", help="The year that is counted.")
    ],
    remind: Annotated[
        Path | None,
        typer.Option(
            "--remind", metavar="DIR", help="Write a letter to each court that is late."
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="As seen on a day. Default: today."),
    ] = None,
    as_of: AsOf = None,
    register: RegisterFolder = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """Show who has answered for a year, by circuit, and how complete it is."""
    from qadaya.cli import status_table
    from qadaya.desk.answering import who_has_answered, write_reminders
    from qadaya.returns.read.whose import FIRST_YEAR
    from qadaya.returns.register import Register

    if on is not None and as_of is not None:
        raise ParameterError(
            "--on and --as-of both name the day; expected one of them: --on leaves in "
            "what came later"
        )
    shelf = known_then(Register(register), as_of)
    asked = who_has_answered(shelf, year_since(FIRST_YEAR, year), _day(on, as_of))
    status_table.show(
        asked.standings, asked.year, asked.deadline, format_, language.value
    )
    if remind is not None:
        written = write_reminders(remind, asked)
        courts = len(asked.late)
        typer.echo(f"{remind}: {len(written)} files for {courts} courts", err=True)


def _day(on: str | None, as_of: str | None) -> date:
    if as_of is not None:
        return day_of(as_of, "--as-of")
    return date.today() if on is None else day_of(on, "--on")
