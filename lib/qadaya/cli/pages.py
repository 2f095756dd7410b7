"""Commands for what is shared: `report`, `reproduce`, `leaks`.

Each command imports what it needs when it runs: `qadaya --help` answers at once.
"""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.command import EXIT_REFUSED, Audience, Engine, Language, app
from qadaya.errors import ParameterError
from qadaya.vocabulary import INTERNAL, SHARED

if TYPE_CHECKING:
    from qadaya.editions.edition import Edition
    from qadaya.pages.run.plan import Run
    from qadaya.pages.run.result import Result
    from qadaya.pages.run.run_all import MakeEngine


@app.command()
def report(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Parameter files (.yml), each run as it says. Default: every "
            "params/<year>.yml, in all languages, for each audience with an edition. "
            "Notebooks from anywhere, or folders of them: then only these.",
        ),
    ] = None,
    notebook: Annotated[
        list[str] | None,
        typer.Option("--notebook", metavar="NAME", help="Only this notebook."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            metavar="NAME=VALUE",
            help="Instead of what the file says; also a notebook's own parameter.",
        ),
    ] = None,
    audience: Annotated[
        list[Audience] | None,
        typer.Option("--audience", help="Instead of what the file says."),
    ] = None,
    language: Annotated[
        list[Language] | None,
        typer.Option("--language", help="Instead of what the file says."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Default: reports."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, help="Runs side by side.")
    ] = 2,
    deadline: Annotated[
        float,
        typer.Option("--deadline", metavar="S", help="Seconds that a run may take."),
    ] = 300.0,
    memory: Annotated[
        float,
        typer.Option(
            "--memory",
            metavar="MB",
            help="Memory that a run may take, its kernel's too.",
        ),
    ] = 4000.0,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Where the runs are done.")
    ] = Engine.processes,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Of --engine dask: tcp://HOST:PORT. Default: --jobs workers of its "
            "own on this machine.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also what has not changed.")
    ] = False,
) -> None:
    """Run the notebooks, write their pages and print the path of the index."""
    from qadaya.pages.report import write_report
    from qadaya.pages.run.plan import (
        Choice,
        all_parameter_files,
        built_audiences,
        plan,
    )
    from qadaya.pages.run.progress import ConsoleProgress
    from qadaya.pages.run.run_all import check_output
    from qadaya.workbench import home

    if deadline <= 0:
        raise ParameterError(f"--deadline is {deadline:g}; expected seconds above 0")
    if memory <= 0:
        raise ParameterError(f"--memory is {memory:g}; expected megabytes above 0")
    if scheduler and engine != Engine.dask:
        raise ParameterError(
            f"--scheduler {scheduler} goes with --engine dask; expected both or neither"
        )
    folder = (out or home() / "reports").resolve()
    params = [path for path in paths or [] if path.suffix in (".yml", ".yaml")]
    typed = {each.partition("=")[0] for each in parameter or []}
    whole = not params
    audiences = None if "audience" in typed or not whole else built_audiences()
    languages = None if "language" in typed or not whole else list(Language)
    choice = Choice(
        audiences=_values(audience) or audiences or None,
        languages=_values(language) or languages,
        notebooks=notebook or None,
        every_year=whole and "year" not in typed,
        paths=[path for path in paths or [] if path not in params],
        assignments=parameter or [],
    )
    runs = plan(
        params or all_parameter_files(),
        choice,
        out=folder,
        work=home() / "build" / "runs",
        tell=lambda sentence: typer.echo(sentence, err=True),
    )
    check_output(folder)
    with ConsoleProgress(len(runs)) as progress:
        report = write_report(
            runs,
            folder,
            jobs=jobs,
            deadline=deadline,
            memory=memory,
            engine=_cluster(scheduler) if engine == Engine.dask else None,
            force=force,
            progress=progress,
        )
    _summarise(report.results, report.seconds)
    _say_if_open(runs)
    typer.echo(report.index_page)
    if any(result.state == "failed" for result in report.results):
        raise typer.Exit(EXIT_REFUSED)


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
    said = read_record(page) or {}
    folder = editions_folder() / str(said.get("audience")) / str(said.get("edition"))
    manifest = folder / MANIFEST
    same = manifest.is_file() and file_digest(manifest) == said.get("manifest")
    return edition_at(folder) if same else None


def _latest_internal() -> "Edition | None":
    from qadaya.editions.edition import edition_at, newest_edition

    newest = newest_edition(INTERNAL)
    return edition_at(newest) if newest else None


def _values(chosen: "list[Audience] | list[Language] | None") -> list[str] | None:
    return list(dict.fromkeys(each.value for each in chosen)) if chosen else None


def _say_if_open(runs: "list[Run]") -> None:
    """Say so where what shared notebooks read could not be held back."""
    from qadaya.pages.run.confine import version

    if not version() and any(run.parameters.audience == SHARED for run in runs):
        typer.echo(
            "this system cannot close the register to a kernel (expected Linux 5.13 or "
            "newer, with Landlock): shared pages were searched for true counts, and "
            "nothing else held them back",
            err=True,
        )


def _cluster(scheduler: str | None) -> "MakeEngine":
    # Imported here: runs of one machine need no dask.
    from qadaya.pages.run.cluster import LOCAL, Cluster

    return partial(Cluster, scheduler or LOCAL)


def _summarise(results: "list[Result]", seconds: float) -> None:
    """One line for all, then a line for each run that failed."""
    states = Counter(result.state for result in results)
    counted = [f"{n} {state}" for state, n in sorted(states.items())]
    typer.echo(f"{len(results)} pages: {', '.join(counted)} ({seconds:.1f} s)")
    for result in results:
        if result.state == "failed":
            typer.echo(f"failed: {result.sentence}", err=True)
