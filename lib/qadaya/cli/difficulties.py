"""The command `difficulties`: what courts wrote, for the desk alone."""

import json
from typing import Annotated

import typer

from qadaya.cli.arguments import AnswerFormat, AnswerLanguage, RegisterFolder, year_of
from qadaya.cli.command import Format, Language, app


@app.command()
def difficulties(
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="Of one year only.")
    ] = None,
    register: RegisterFolder = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """Show the difficulties that courts told, by theme; for the desk alone."""
    from rich.console import Console
    from rich.table import Table

    from qadaya.cli.case_list import as_csv, records
    from qadaya.cli.return_answers import shown
    from qadaya.language import translator
    from qadaya.reference import court_name
    from qadaya.returns.register import Register
    from qadaya.returns.themes import read_themes

    as_written = Register(register).difficulties()
    if year is not None:
        as_written = as_written[as_written["year"] == year_of(year)]
    if format_ is Format.json:
        typer.echo(json.dumps(records(as_written), ensure_ascii=False, indent=1))
        return
    if format_ is Format.csv:
        typer.echo(as_csv(as_written), nl=False)
        return
    say = translator(language.value, "cli.cli").gettext
    names = read_themes().names
    heads = ("Court", "Year", "Counts", "Themes", "As written")
    table = Table(*map(say, heads), show_lines=True)
    comma = "، " if language is Language.ar else ", "
    for record in records(as_written):
        court = record["court_id"]
        table.add_row(
            court_name(court, language.value) if court else "",
            str(record["year"] or ""),
            say("yes") if record["current"] else say("no"),
            comma.join(
                names[name][language.value] for name in record["themes"].split(",")
            ),
            shown(" ".join(record["text"].split())),
        )
    Console(highlight=False).print(table)
