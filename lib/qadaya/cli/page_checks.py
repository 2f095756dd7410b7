"""Commands for pages that are there: `reproduce`, `leaks`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.command import EXIT_REFUSED, app
from qadaya.errors import ParameterError
from qadaya.vocabulary import INTERNAL, SHARED

if TYPE_CHECKING:
    from qadaya.editions.edition import Edition


@app.command()
def reproduce(
    page: Annotated[Path, typer.Argument(metavar="PAGE", help="A page of `report`.")],
    notebook: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where it lies; else that of its name in notebooks/."
        ),
    ] = None,
) -> None:
    """Make a page again from what it names and compare; exit code 1 if it differs."""
    from qadaya.pages.reproduce import reproduce

    compared = reproduce(page, notebook)
    for line in compared.differs:
        typer.echo(f"{page.name}: {line}", err=True)
    if compared.where is None:
        typer.echo(f"{page.name}: the same, byte for byte")
    elif compared.commit_alone:
        typer.echo(f"{page.name}: the same but for the commit that it names")
    else:
        typer.echo(f"{page.name}: differs at {compared.where}")
        raise typer.Exit(EXIT_REFUSED)


@app.command()
def leaks(
    page: Annotated[
        Path, typer.Argument(metavar="FILE", help="A page, from anywhere.")
    ],
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            metavar="EDITION",
            help="The edition it was made from: a number, latest, or a folder; else "
            "the one that the page names, if it is here.",
        ),
    ] = None,
    internal: Annotated[
        str | None,
        typer.Option(
            "--internal",
            metavar="EDITION",
            help="The internal edition with the true counts; else the latest, if the "
            "page is of a shared edition that is here.",
        ),
    ] = None,
) -> None:
    """Take a page apart and say what it gives away; exit code 1 when it does."""
    from qadaya.pages.leaks import scan

    try:
        text = page.read_text(encoding="utf-8", errors="replace")
    except OSError as fault:
        raise ParameterError(
            f"{page}: cannot be read ({fault.strerror}); expected an HTML file"
        ) from None
    protected = _opened(edition, SHARED) if edition else _made_from(page)
    unprotected = _opened(internal, INTERNAL) if internal else None
    if not internal and protected and protected.audience == SHARED:
        unprotected = _latest_internal()
    compared = [side for side in (protected, unprotected) if side]
    names = [f"{side.audience} {side.number}" for side in compared]
    typer.echo(f"compared with {' and '.join(names) or 'no edition'}", err=True)
    given_away = scan(text, protected=protected, unprotected=unprotected)
    for leak in given_away:
        typer.echo(f"{page.name}: {leak.where}: {leak.what}")
    if given_away:
        raise typer.Exit(EXIT_REFUSED)
    typer.echo(f"{page.name}: nothing found")


def _opened(name: str, audience: str) -> "Edition":
    from qadaya.editions.edition import edition_at, open_edition
    from qadaya.editions.manifest import MANIFEST

    if (Path(name) / MANIFEST).is_file():
        return edition_at(Path(name))
    return open_edition(name, audience=audience)


def _made_from(page: Path) -> "Edition | None":
    """The edition that a page of ours names, where it is here and still the same."""
    from qadaya.editions.edition import edition_at, editions_folder, file_digest
    from qadaya.editions.manifest import MANIFEST
    from qadaya.pages.run.record import read_record
    from qadaya.workbench import find_home

    if find_home() is None:
        return None
    record = read_record(page) or {}
    folder = (
        editions_folder() / str(record.get("audience")) / str(record.get("edition"))
    )
    manifest = folder / MANIFEST
    same = manifest.is_file() and file_digest(manifest) == record.get("manifest")
    return edition_at(folder) if same else None


def _latest_internal() -> "Edition | None":
    from qadaya.editions.edition import edition_at, newest_edition

    newest = newest_edition(INTERNAL)
    return edition_at(newest) if newest else None
