"""The command `synthetic`: something to see before the first real return is in.

Invented returns never meet real ones: a register that holds a real return is left
alone, and `--remove` takes away what is invented and nothing else.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.command import app, progress
from qadaya.errors import ReturnError
from qadaya.workbench import home

if TYPE_CHECKING:
    from qadaya.returns.register import Register

_TRUTH = "truth.json"


@app.command()
def synthetic(
    remove: Annotated[
        bool,
        typer.Option(
            "--remove", help="Remove the invented returns and what was built of them."
        ),
    ] = False,
) -> None:
    """Invent returns of 112 courts and file them, while no real return is in.

    Writes real files of the circular's form to data/synthetic. What is there stays.
    """
    from qadaya.returns.register import Register

    register = Register(home() / "data" / "register")
    if remove:
        _remove(register)
    elif _is_real(register):
        typer.echo(f"{register.folder}: holds real returns; nothing is invented")
    else:
        _fill(register, home() / "data" / "synthetic")


def _fill(register: "Register", folder: Path) -> None:
    from qadaya.synthetic import write_synthetic_returns

    if not (folder / _TRUTH).is_file():
        typer.echo("Inventing returns of 112 courts", err=True)
        write_synthetic_returns(folder)
    files = sorted(path for path in folder.rglob("*") if _is_return(path))
    if _all_received(register, files):
        typer.echo(f"{register.folder}: holds the {len(files)} invented returns")
        return
    with progress("Receiving", len(files)) as advance:
        register.receive_all(files, on_filed=advance)
    states = register.returns()["state"].value_counts()
    counted = ", ".join(
        f"{n} {str(state).replace('_', ' ')}" for state, n in states.items()
    )
    typer.echo(f"{register.folder}: {len(files)} invented returns received ({counted})")


def _remove(register: "Register") -> None:
    if _is_real(register):
        raise ReturnError(
            f"{register.folder}: holds real returns, so nothing is removed; "
            "expected invented returns only. Move the folder away by hand"
        )
    from qadaya.editions.manifest import read_manifest

    editions = [
        path.parent
        for path in (home() / "data" / "editions").glob("*/*/manifest.json")
        if read_manifest(path.parent).synthetic
    ]
    for folder in (register.folder, home() / "data" / "synthetic", *editions):
        if folder.exists():
            shutil.rmtree(folder)
            typer.echo(f"{folder}: removed")


def _is_real(register: "Register") -> bool:
    # The log and not the database, which may be lost while the originals are there.
    if not register.log.path.exists():
        return register.folder.is_dir() and any(register.folder.rglob("originals/*/*"))
    # A refused file is as real as any other: every invented one bears its mark.
    return not bool(register.returns()["synthetic"].all())


def _all_received(register: "Register", files: list[Path]) -> bool:
    from qadaya.editions.edition import file_digest

    if not register.database.exists():
        return False
    return set(map(file_digest, files)) <= set(register.returns()["sha256"])


def _is_return(path: Path) -> bool:
    return path.is_file() and path.name != _TRUTH
