"""Commands for what courts send: `form`, `check`, `receive`, `cases`, `rebuild`.

The modules that read files and hold frames take half a second to import, so each
command imports them when it runs: `qadaya --help` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.arguments import (
    AnswerFormat,
    AnswerLanguage,
    AsOf,
    RegisterFolder,
    court_id_of,
    known_then,
    year_of,
    year_since,
)
from qadaya.cli.command import EXIT_REFUSED, Format, Language, app, progress
from qadaya.errors import ParameterError
from qadaya.vocabulary import BLOCKING

if TYPE_CHECKING:
    from qadaya.returns.register.filed import Filed

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH...",
        readable=False,  # a file that cannot be opened is answered as a return
        help="Returns, or folders of returns.",
    ),
]
Court = Annotated[
    str | None,
    typer.Option("--court", metavar="ID", help="The court, where no file tells."),
]
Year = Annotated[
    str | None,
    typer.Option("--year", metavar="YEAR", help="The year, where no file tells."),
]


@app.command()
def check(
    paths: Paths,
    court: Court = None,
    year: Year = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """Check returns, alone and against each other, and file nothing.

    Exit code 1 when a return or a row is refused.
    """
    from qadaya.returns.register.filing import check_all

    court_id, told_year = _court_id(court), _year(year)
    files = _files(paths)
    with progress("Checking", len(files)) as advance:
        filed = check_all(files, court=court_id, year=told_year, on_filed=advance)
    _answer(filed, format_, language, received=False)


@app.command()
def receive(
    paths: Paths,
    register: RegisterFolder = None,
    court: Court = None,
    year: Year = None,
    supplement: Annotated[
        bool,
        typer.Option(
            "--supplement",
            help="Cases told during the year: they add to its return.",
        ),
    ] = False,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """File returns in the register, with their originals.

    Exit code 1 when a return or a row is refused; it is filed with its reason.
    """
    from qadaya.returns.register import Register

    court_id, told_year = _court_id(court), _year(year)
    shelf = Register(register)
    files = _files(paths)
    with progress("Receiving", len(files)) as advance:
        filed = shelf.receive_all(
            files,
            court=court_id,
            year=told_year,
            supplement=supplement,
            on_filed=advance,
        )
    _answer(filed, format_, language, received=True)


@app.command()
def cases(
    register: RegisterFolder = None,
    as_of: AsOf = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """List the accepted cases of the returns that count."""
    from qadaya.cli import case_list
    from qadaya.desk.answering import complete_years
    from qadaya.returns.register import Register

    held = known_then(Register(register), as_of).contents()
    accepted = held.cases
    if format_ is Format.json:
        typer.echo(case_list.as_json(accepted))
    elif format_ is Format.csv:
        typer.echo(case_list.as_csv(accepted), nl=False)
    else:
        case_list.print_summary(accepted, complete_years(held), language.value)


@app.command()
def rebuild(register: RegisterFolder = None) -> None:
    """Make the register's database again from the originals it keeps."""
    from qadaya.returns.register import Register

    shelf = Register(register)
    shelf.rebuild()
    typer.echo(f"{shelf.database}: made again, {len(shelf.returns())} returns")


@app.command()
def form(
    year: Annotated[
        str, typer.Option("--year", metavar="YEAR", help="The year of the return.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A file, or with --all a folder.")
    ],
    court: Annotated[
        str | None, typer.Option("--court", metavar="ID", help="One court.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="One form for each of the 112 courts.")
    ] = False,
) -> None:
    """Write the circular's form, filled in with the court and the year."""
    from qadaya.reference.tables import circuits
    from qadaya.returns.form import write_all_forms, write_form

    if every == (court is not None):
        raise ParameterError("form: expected either --court ID or --all; give one")
    if court is not None:
        typer.echo(write_form(output, court_id=court, year=year_of(year)))
        return
    with progress("Writing", len(circuits())) as advance:
        written = write_all_forms(
            output, year=year_of(year), on_written=lambda _: advance()
        )
    typer.echo(f"{output}: {len(written)} forms")


def _court_id(court: str | None) -> str | None:
    return None if court is None else court_id_of(court, "--court")


def _year(text: str | None) -> int | None:
    from qadaya.returns.read.whose import FIRST_YEAR

    return None if text is None else year_since(FIRST_YEAR, text)


def _files(paths: list[Path]) -> list[Path]:
    from qadaya.returns.register.intake import files_of, kept_name

    for path in paths:
        if not path.exists():
            # The name may hold what the return may not.
            raise ParameterError(
                f"{path.with_name(kept_name(path.name))}: not found; expected a file "
                "or a folder of returns. Check the path"
            )
    given = files_of(paths)
    for path in given.passed_over:
        name = kept_name(path.name)
        typer.echo(f"{name}: passed over, not a kind of file a court sends", err=True)
    if not given.files:
        raise ParameterError(
            f"{', '.join(map(str, paths))}: no file to read; expected returns "
            "(.xlsx, .xls, .ods, .docx, .odt or .csv). Name a file or another folder"
        )
    return given.files


def _answer(
    answers: "list[Filed]", format_: Format, language: Language, *, received: bool
) -> None:
    from qadaya.cli import return_answers

    if format_ is Format.json:
        typer.echo(return_answers.as_json(answers, language.value, received=received))
    elif format_ is Format.csv:
        typer.echo(return_answers.as_csv(answers, language.value), nl=False)
    else:
        return_answers.print_blocks(answers, language.value, received=received)
    problems = (problem for filed in answers for problem in filed.reading.problems)
    if any(problem.severity in BLOCKING for problem in problems):
        raise typer.Exit(EXIT_REFUSED)
