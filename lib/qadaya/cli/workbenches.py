"""The commands `init` and `new`: a workbench anywhere, and a notebook in it."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from qadaya import workbench
from qadaya.cli.command import app, named_folder
from qadaya.errors import ParameterError

_NEXT = """\
next, in that folder:
  qadaya synthetic                     invent returns, to see pages at once
  qadaya receive PATH...               or file the returns that courts sent
  qadaya edition --audience internal   count them; then --audience shared
  qadaya report                        make the pages"""


@app.command()
def init(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            parser=named_folder,
            show_default=False,
            help="Where; it is made if need be. Default: the current folder.",
        ),
    ] = None,
) -> None:
    """Lay out a workbench: notebooks, parameter files and a place for data.

    They are copies, to be edited. Nothing that is there is overwritten.
    """
    from qadaya.workbench.layout import lay_out

    named = workbench.named_home()
    if folder and named:
        raise ParameterError("init: DIR and --home both name a folder; give one")
    place = (folder or named or workbench.current_folder()).resolve()
    written = lay_out(place)
    notebooks = sum(path.suffix == ".ipynb" for path in written)
    parameters = sum(path.suffix == ".yml" for path in written)
    typer.echo(
        f"{place}: a workbench, with {notebooks} notebooks and {parameters} parameter "
        "files, among them the policy of protection"
    )
    typer.echo(_NEXT)


@app.command()
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Of the notebook, such as regions.")
    ],
) -> None:
    """Write a notebook to begin with, and print its path.

    Parameters, an edition, a question, a table, a chart and the explorer. Nothing that
    is there is overwritten.
    """
    from qadaya.workbench.starter import write_starter

    path = write_starter(name)
    typer.echo(path)
    typer.echo(
        f"next: change it in JupyterLab, then `qadaya report {shlex.quote(str(path))}`",
        err=True,
    )
