"""Commands for the correspondence with courts: `returns`, `answer`, `diff`."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.arguments import (
    AnswerFormat,
    AnswerLanguage,
    AsOf,
    RegisterFolder,
    court_id_of,
    day_of,
    known_then,
    year_of,
)
from qadaya.cli.command import Format, Language, app, progress
from qadaya.errors import ParameterError

if TYPE_CHECKING:
    from qadaya.returns.register.versions import Difference


@app.command()
def answer(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A file, or with --all a folder.")
    ],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[RETURN]", help="The id of a return, or its file."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="The latest file of each court and year.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="With --all: received since."),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option("--language", help="Default: the language of the return."),
    ] = None,
    register: RegisterFolder = None,
) -> None:
    """Answer a court with its own workbook, its cells coloured and commented."""
    from qadaya.desk.answering import write_answers
    from qadaya.returns.answers import write_answer
    from qadaya.returns.register import Register

    if every == (name is not None):
        raise ParameterError("answer: expected either a RETURN or --all; give one")
    if since is not None and not every:
        raise ParameterError("--since is given for one return; expected it with --all")
    day = None if since is None else day_of(since, "--since").isoformat()
    shelf = Register(register)
    chosen_language = language.value if language is not None else None
    if name is not None:
        received = shelf.received(name)
        typer.echo(write_answer(_workbook(output), received, language=chosen_language))
        return
    files = shelf.latest(since=day)
    with progress("Answering", len(files)) as advance:
        write_answers(output, files, language=chosen_language, on_written=advance)
    typer.echo(f"{output}: {len(files)} answers")


@app.command()
def diff(
    court: Annotated[str, typer.Argument(metavar="COURT", help="Its id or its name.")],
    year: Annotated[str, typer.Argument(metavar="YEAR", help="The year.")],
    register: RegisterFolder = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """Show what changed from version to version of a court's return, row by row."""
    from qadaya.cli import differences
    from qadaya.returns.register import Register
    from qadaya.returns.register.versions import differences as between

    court_id = court_id_of(court, "COURT")
    versions = Register(register).versions(court_id, year_of(year, "YEAR"))
    if not versions:
        raise ParameterError(
            f"{court_id}, {year}: no return in this register; expected a court and a "
            "year of which one came. `qadaya returns` lists them"
        )
    steps: list[tuple[int, int, list[Difference]]] = [
        (old[0].version or 0, new[0].version or 0, between(old, new))
        for old, new in pairwise(versions)
    ]
    differences.show(steps, format_, language.value)


@app.command()
def returns(
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="Of one year only.")
    ] = None,
    register: RegisterFolder = None,
    as_of: AsOf = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """List every return ever received: its id, version, state, and what counts."""
    from qadaya.cli import return_list
    from qadaya.returns.register import Register

    shelf = known_then(Register(register), as_of)
    listed = shelf.returns()
    if year is not None:
        listed = listed[listed["year"] == year_of(year)]
    supplements = listed[listed["supplement"]].dropna(subset=["court_id", "year"])
    pairs = zip(supplements["court_id"], supplements["year"], strict=True)
    places = sorted({(str(court), int(of_year)) for court, of_year in pairs})
    reconciled = {place: shelf.reconciled(*place) for place in places}
    shown = set(listed["return"])
    decisions = [made for made in shelf.decisions() if made.return_id in shown]
    return_list.show(listed, decisions, reconciled, format_, language.value)


def _workbook(path: Path) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise ParameterError(
            f"{path}: an answer is a workbook; expected a file name that ends in .xlsx"
        )
    return path
