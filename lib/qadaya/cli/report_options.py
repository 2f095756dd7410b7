"""What can be said of a report on the command line, and what it means."""

from pathlib import Path
from typing import Annotated

import typer

from qadaya.cli.command import Audience, EngineName, Language

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Parameter files (.yml), each run as it says. Default: every "
        "params/<year>.yml, in all languages, for each audience with an edition. "
        "Notebooks from anywhere, or folders of them: then only these.",
    ),
]
Notebooks = Annotated[
    list[str] | None,
    typer.Option("--notebook", metavar="NAME", help="Only this notebook."),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        help="Instead of what the file says; also a notebook's own parameter.",
    ),
]
Circuits = Annotated[
    list[str] | None,
    typer.Option(
        "--circuit",
        metavar="NAME",
        help="Pages of this circuit, by its court of appeal: ca-rabat, or a name.",
    ),
]
EachCircuit = Annotated[
    bool, typer.Option("--each-circuit", help="Pages of each circuit.")
]
Audiences = Annotated[
    list[Audience] | None,
    typer.Option("--audience", help="Instead of what the file says."),
]
Languages = Annotated[
    list[Language] | None,
    typer.Option("--language", help="Instead of what the file says."),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Default: reports."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", metavar="N", min=1, help="Runs side by side.")
]
Deadline = Annotated[
    float,
    typer.Option("--deadline", metavar="S", help="Seconds that a run may take."),
]
Memory = Annotated[
    float,
    typer.Option(
        "--memory",
        metavar="MB",
        help="Memory that a run may take, its kernel's too.",
    ),
]
Engine = Annotated[
    EngineName, typer.Option("--engine", help="Where the runs are done.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Of --engine dask: tcp://HOST:PORT. Default: --jobs workers of its "
        "own on this machine.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Also what has not changed.")]
