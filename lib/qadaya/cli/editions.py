"""Commands for what is published: `edition`, `tables`, `audit`.

Each command imports what it needs when it runs: `qadaya --help` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.command import Audience, Language, app

if TYPE_CHECKING:
    from qadaya.editions.edition import Edition


Name = Annotated[
    str,
    typer.Argument(
        metavar="EDITION",
        help="A number such as 2026.1, latest, or a folder. Where an internal and a "
        "shared edition have that name, the shared one is meant.",
    ),
]
RegisterFolder = Annotated[
    Path | None,
    typer.Option("--register", metavar="DIR", help="Default: data/register."),
]
EditionsFolder = Annotated[
    Path | None,
    typer.Option("--editions", metavar="DIR", help="Default: data/editions."),
]


@app.command()
def edition(
    audience: Annotated[
        Audience, typer.Option("--audience", help="Exact counts, or protected ones.")
    ],
    register: RegisterFolder = None,
    editions: EditionsFolder = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="What was known by the end of that day (UTC). Default: the day the "
            "latest return was received.",
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME",
            help="A policy that params/protection.yml has under profiles, such as "
            "suppression. Default: the one in use.",
        ),
    ] = None,
) -> None:
    """Count the register's cases into an edition and print its folder."""
    from qadaya.cli.arguments import known_then
    from qadaya.editions.build import build_edition
    from qadaya.editions.protection.policy import read_policy
    from qadaya.errors import ParameterError
    from qadaya.returns.register import Register

    if profile is not None and audience is Audience.internal:
        raise ParameterError(
            "--profile is given for an internal edition, whose counts are exact; "
            "expected it with --audience shared only"
        )
    shelf = known_then(Register(register), as_of)
    built = build_edition(
        *shelf.contents(),
        audience=audience.value,
        folder=editions,
        as_of=as_of,
        policy=read_policy(profile=profile) if profile is not None else None,
        register=register,
    )
    typer.echo(built.path)


@app.command()
def remake(
    name: Name,
    audience: Annotated[
        Audience | None,
        typer.Option(
            "--audience", help="Default: shared, and internal where none is shared."
        ),
    ] = None,
    register: RegisterFolder = None,
    editions: EditionsFolder = None,
) -> None:
    """Make an edition again from its manifest and the register, and compare.

    Exit code 1 when a table is not the same, byte for byte.
    """
    from qadaya.editions.again import moment_of, require_same_again
    from qadaya.returns.register import Register

    opened = _edition(name, audience, editions)
    past = Register(register).as_of_log(
        *(moment_of(opened, part, register=register) for part in ("log", "decided"))
    )
    same = require_same_again(opened, *past.contents(), register=register)
    typer.echo(f"{opened.path}: {len(same)} tables, the same byte for byte")


@app.command()
def tables(
    name: Name,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where to write.")
    ],
    audience: Annotated[
        Audience | None,
        typer.Option(
            "--audience", help="Default: shared, and internal where none is shared."
        ),
    ] = None,
    editions: EditionsFolder = None,
    language: Annotated[
        Language, typer.Option("--language", help="The language of descriptions.")
    ] = Language.en,
) -> None:
    """Write an edition's tables as CSV, XLSX, Parquet and SDMX-CSV, described.

    Of an internal and a shared edition of one number, the shared one is written; the
    other with `--audience internal`.
    """
    from qadaya.editions.export.files import write_tables

    opened = _edition(name, audience, editions)
    for path in write_tables(opened, output, language=language.value):
        typer.echo(path)


@app.command()
def audit(name: Name, editions: EditionsFolder = None) -> None:
    """Attack a shared edition from what it publishes alone; exit code 1 if it falls."""
    from qadaya.editions.reaudit import audit_edition

    opened = _edition(name, None, editions)
    for attack in audit_edition(opened):
        width = "nothing is bounded"
        if attack.narrowest is not None:
            width = f"narrowest interval {attack.narrowest} cases wide"
        typer.echo(
            f"{attack.table}, {attack.reader} reader: {attack.audited} cells, {width} "
            f"({attack.method})"
        )
    typer.echo(f"{opened.path}: no count is given away")


def _edition(name: str, audience: Audience | None, editions: Path | None) -> "Edition":
    """The edition meant: of an internal and a shared one of a name, the shared one."""
    from qadaya.editions.edition import edition_at, editions_folder, open_edition
    from qadaya.editions.manifest import MANIFEST

    if audience is not None:
        return open_edition(name, audience=audience.value, folder=editions)
    if (Path(name) / MANIFEST).is_file():
        return edition_at(Path(name))
    place = editions_folder(editions)
    holding = [
        audience for audience in Audience if _holds(place / audience.value, name)
    ]
    if len(holding) > 1:
        typer.echo(
            f"{name} is an internal and a shared edition; the shared one is taken",
            err=True,
        )
    meant = Audience.shared if Audience.shared in holding or not holding else holding[0]
    return open_edition(name, audience=meant.value, folder=editions)


def _holds(place: Path, name: str) -> bool:
    from qadaya.editions.edition import edition_numbers

    numbers = edition_numbers(place)
    return bool(numbers) if name == "latest" else name in numbers
