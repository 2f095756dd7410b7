"""The commands `ledger check`, `add` and `export`: the published figures, kept.

Each command imports what it needs when it runs: `qadaya --help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from qadaya.cli.command import EXIT_REFUSED, Language, app

ledger = typer.Typer(
    name="ledger",
    help="Published figures: check them, add one, take them out as a data set.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(ledger)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", metavar="DIR", help="Default: the ledger that comes with Qadaya."
    ),
]


@ledger.command()
def check(folder: Folder = None) -> None:
    """Check units, sources, sums, copies and conflicts; each fault by file and line."""
    from qadaya.ledger import load_caseloads, load_ledger
    from qadaya.ledger.check import check_ledger

    faults = check_ledger(folder)
    for fault in faults:
        typer.echo(fault)
    if faults:
        typer.echo(f"{len(faults)} fault{'s' * (len(faults) > 1)}", err=True)
        raise typer.Exit(EXIT_REFUSED)
    figures, caseloads = load_ledger(folder), load_caseloads(folder)
    sources = {*figures["source_id"], *caseloads["source_id"]}
    typer.echo(
        f"{len(figures)} national figures and {len(caseloads)} caseloads of "
        f"{len(sources)} sources: no fault"
    )


@ledger.command()
def add(
    year: Annotated[int, typer.Option("--year", prompt="Year")],
    series: Annotated[
        str, typer.Option("--series", prompt="Series, such as sextortion")
    ],
    measure: Annotated[
        str, typer.Option("--measure", prompt="Measure: cases, persons, percent, ...")
    ],
    as_printed: Annotated[
        str, typer.Option("--as-printed", prompt="The figure as it is printed")
    ],
    source: Annotated[
        str, typer.Option("--source", prompt="Source, a name of the list of sources")
    ],
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Of a new source.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="Of a new source.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Of a new source.")] = None,
    published: Annotated[
        str, typer.Option("--published", help="Date of a new source, ~ where inferred.")
    ] = "",
    source_language: Annotated[
        Language, typer.Option("--source-language", help="Of a new source.")
    ] = Language.ar,
    note: Annotated[
        str, typer.Option("--note", help="What a reader should know.")
    ] = "",
    new_series: Annotated[
        bool, typer.Option("--new-series", help="The ledger holds none of it yet.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Add one published figure with its source; asks for what no option says.

    The value is read from what is printed, and never altered. A figure without a source
    is refused; one that other sources deny is kept beside theirs, and shown.
    """
    from qadaya.ledger.add import NewFigure, NewSource, add_figure

    new = None
    if publisher or title or url:
        new = NewSource(
            *(source, publisher or "", title or "", url or ""),
            *(published, source_language.value),
        )
    figure = NewFigure(year, source, series, measure, as_printed, note)
    added = add_figure(figure, new, folder, new_series=new_series)
    typer.echo(f"added: {added.line}")
    typer.echo(f"read as {added.value:,.12g} {added.unit}")
    for other in added.others:
        typer.echo(f"another source prints {other}; both stay, noted as a conflict")


@ledger.command()
def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where to write.")
    ],
    folder: Folder = None,
) -> None:
    """Write the ledger as CSV, described as data package and CSVW, and as SDMX-CSV."""
    from qadaya.ledger.export import export_ledger

    for path in export_ledger(output, ledger=folder):
        typer.echo(path)
