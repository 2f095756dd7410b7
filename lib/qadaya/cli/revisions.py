"""The command `revisions`, and how the triangle is written."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qadaya.cli.arguments import AnswerFormat, AnswerLanguage
from qadaya.cli.command import Audience, Format, Language, app
from qadaya.errors import EditionError

if TYPE_CHECKING:
    import pandas as pd

_PLACES = ("First figure", "Second figure", "Third figure")


@app.command()
def revisions(
    audience: Annotated[
        Audience, typer.Option("--audience", help="Of which editions.")
    ] = Audience.internal,
    editions: Annotated[
        Path | None,
        typer.Option("--editions", metavar="DIR", help="Default: data/editions."),
    ] = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """Show the first, second and third figure of each year, and how far they moved."""
    from qadaya.editions.edition import editions_folder
    from qadaya.spreadsheet import csv_text
    from qadaya.views.frames.revisions import editions_of, triangle

    folders = editions_of(audience.value, editions)
    if not folders:
        place = editions_folder(editions) / audience.value
        raise EditionError(
            f"{place}: no edition yet; build one with "
            f"`qadaya edition --audience {audience.value}`"
        )
    table = triangle(folders)
    if format_ is Format.json:
        typer.echo(json.dumps(_object(table, audience.value), indent=1))
    elif format_ is Format.csv:
        typer.echo(csv_text(list(table.columns), _plain(table)), nl=False)
    else:
        _print(table, audience is Audience.shared, language.value)


def _plain(table: "pd.DataFrame") -> list[list[Any]]:
    plain = table.astype(object).where(table.notna(), None)
    return plain.values.tolist()


def _object(table: "pd.DataFrame", audience: str) -> dict[str, Any]:
    from qadaya.views.frames.revisions import mean_absolute_revision, steps

    rows = [dict(zip(table.columns, row, strict=True)) for row in _plain(table)]
    return {
        "audience": audience,
        "figures": rows,
        "steps": [step._asdict() for step in steps(table)],
        "mean_absolute_revision": mean_absolute_revision(table),
    }


def _print(table: "pd.DataFrame", is_shared: bool, language: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from qadaya.language import translator
    from qadaya.views.frames.revisions import mean_absolute_revision, steps

    say = translator(language, "cli.cli").gettext
    n_places = int(table["place"].max())
    heads = [say(text) for text in _PLACES[:n_places]]
    heads += [say("Figure {n}").format(n=place) for place in range(4, n_places + 1)]
    heads += [say("Revision in all")]
    shown = Table(say("Year"), *heads)
    for year, part in table.groupby("year"):
        figures = [f"{step.n} ({step.number})" for step in part.itertuples()]
        figures += [""] * (n_places - len(figures))
        total = int(part["n"].iloc[-1] - part["n"].iloc[0])
        shown.add_row(str(year), *figures, f"{total:+d}" if len(part) > 1 else "")
    Console(highlight=False).print(shown)
    for newest in _plain(table.groupby("year").tail(1)):
        typer.echo(_behind(dict(zip(table.columns, newest, strict=True)), language))
    for step in steps(table):
        line = say(
            "Figure {before} to {after}: mean absolute revision {mean} cases, largest "
            "{largest}, years: {years}."
        )
        typer.echo(
            line.format(
                before=step.to_place - 1,
                after=step.to_place,
                mean=f"{step.mean_absolute:.1f}",
                largest=step.largest,
                years=step.years,
            )
        )
    mean = mean_absolute_revision(table)
    if mean is None:
        typer.echo(say("No figure has a second one yet."))
    else:
        line = say("Mean absolute revision over all steps: {mean} cases.")
        typer.echo(line.format(mean=f"{mean:.1f}"))
    if is_shared:
        typer.echo(say("These figures are rounded: part of a step may be rounding."))


def _behind(newest: dict[str, Any], language: str) -> str:
    """Which part of the courts answered for a year, and what the others would add."""
    from qadaya.cli.status_table import would_add
    from qadaya.language import translator

    say = translator(language, "cli.cli").gettext
    came, due = newest["reported"], newest["expected"]
    text = say("{year}: {reported} of {expected} courts answered.")
    line = text.format(year=newest["year"], reported=came, expected=due)
    if came == due:
        return line
    bound = would_add(0, newest["missing_most"], newest["never_reported"], language)
    return line + " " + say("Missing courts would add: {bound}.").format(bound=bound)
