"""What all commands share: the one application, its errors and its exit codes.

0: all is well. 1: something was refused or failed. 2: wrong usage. 130: Ctrl-C.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from qadaya import workbench
from qadaya.errors import ParameterError, QadayaError
from qadaya.vocabulary import INTERNAL, SHARED

EXIT_REFUSED = 1
EXIT_WRONG_USAGE = 2
EXIT_INTERRUPTED = 130


class Language(StrEnum):
    """The languages of answers."""

    ar = "ar"
    fr = "fr"
    en = "en"


class EngineName(StrEnum):
    """Where the runs of a report are done."""

    processes = "processes"
    dask = "dask"


class Audience(StrEnum):
    """Who an edition or its pages are for."""

    internal = INTERNAL
    shared = SHARED


class Format(StrEnum):
    """The forms of answers."""

    text = "text"
    json = "json"
    csv = "csv"


class _OneLineErrors(TyperGroup):
    """Our own errors become one line and an exit code, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        with one_line_errors():
            return super().invoke(ctx)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End the program on an error of ours or Ctrl-C, with one line on stderr."""
    try:
        yield
    except QadayaError as fault:
        typer.echo(f"qadaya: {fault}", err=True)
        wrong_usage = isinstance(fault, ParameterError)
        raise typer.Exit(EXIT_WRONG_USAGE if wrong_usage else EXIT_REFUSED) from fault
    except KeyboardInterrupt as stop:
        typer.echo(
            "qadaya: stopped by Ctrl-C; what was finished stays, nothing is half done",
            err=True,
        )
        raise typer.Exit(EXIT_INTERRUPTED) from stop


app = typer.Typer(
    cls=_OneLineErrors,
    help="Court statistics on online child sexual exploitation in Morocco.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def named_folder(text: str) -> Path:
    """The folder of an option; an empty one would be taken for the current folder."""
    if not text:
        raise typer.BadParameter(
            "is empty; expected a folder. Name one, or leave it out"
        )
    return Path(text)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"qadaya {version('qadaya')}")
        raise typer.Exit


@app.callback()
def _qadaya(
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            metavar="DIR",
            parser=named_folder,
            help="The workbench that is meant. Default: the current folder where it "
            "is one, else what QADAYA_HOME names.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version and end.",
        ),
    ] = False,
) -> None:
    """Court statistics on online child sexual exploitation in Morocco."""
    workbench.use(home)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal's stderr; yields the function that advances it."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    wanted = console.is_terminal and total > 1
    with Progress(console=console, disable=not wanted, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # Arabic goes out whatever the locale of the machine.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app(prog_name="qadaya")
