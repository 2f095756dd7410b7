"""The command that makes pages: `report`.

It imports what it needs when it runs: `qadaya --help` answers at once.
"""

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import typer

from qadaya.cli.command import EXIT_REFUSED, Audience, EngineName, Language, app
from qadaya.cli.report_options import (
    Audiences,
    Circuits,
    Deadline,
    EachCircuit,
    Engine,
    Force,
    Jobs,
    Languages,
    Memory,
    Notebooks,
    Out,
    Parameters,
    Paths,
    Scheduler,
)
from qadaya.errors import ParameterError
from qadaya.vocabulary import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from qadaya.pages.run.choice import Choice
    from qadaya.pages.run.plan import Run
    from qadaya.pages.run.result import Result
    from qadaya.pages.run.run_all import MakeEngine


@app.command()
def report(
    paths: Paths = None,
    notebook: Notebooks = None,
    parameter: Parameters = None,
    circuit: Circuits = None,
    each_circuit: EachCircuit = False,
    audience: Audiences = None,
    language: Languages = None,
    out: Out = None,
    jobs: Jobs = 2,
    deadline: Deadline = 300.0,
    memory: Memory = 4000.0,
    engine: Engine = EngineName.processes,
    scheduler: Scheduler = None,
    force: Force = False,
) -> None:
    """Run the notebooks, write their pages and print the path of the index."""
    from qadaya.pages.report import write_report
    from qadaya.pages.run.plan import all_parameter_files, plan
    from qadaya.pages.run.progress import ConsoleProgress
    from qadaya.pages.run.run_all import check_output
    from qadaya.workbench import home

    _require_sound(deadline, memory, engine, scheduler)
    folder = (out or home() / "reports").resolve()
    params = [path for path in paths or [] if path.suffix in (".yml", ".yaml")]
    choice = _choice(
        audience,
        language,
        notebooks=notebook or [],
        paths=[path for path in paths or [] if path not in params],
        assignments=parameter or [],
        circuits=circuit or [],
        each_circuit=each_circuit,
        whole=not params,
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
            engine=_cluster(scheduler) if engine == EngineName.dask else None,
            force=force,
            progress=progress,
        )
    _summarise(report.results, report.seconds)
    _say_if_open(runs)
    typer.echo(report.index_page)
    if any(result.state == "failed" for result in report.results):
        raise typer.Exit(EXIT_REFUSED)


def _choice(
    audience: "list[Audience] | None",
    language: "list[Language] | None",
    *,
    notebooks: list[str],
    paths: "list[Path]",
    assignments: list[str],
    circuits: list[str],
    each_circuit: bool,
    whole: bool,
) -> "Choice":
    """What is to be run; `whole`: no parameter file says for whom and in what."""
    from qadaya.pages.run.choice import Choice
    from qadaya.pages.run.courts import all_circuits
    from qadaya.pages.run.plan import built_audiences

    typed = {assignment.partition("=")[0] for assignment in assignments}
    audiences = built_audiences() if whole and "audience" not in typed else None
    languages = list(Language) if whole and "language" not in typed else None
    return Choice(
        audiences=_values(audience) or audiences or None,
        languages=_values(language) or languages,
        notebooks=notebooks or None,
        every_year=whole and "year" not in typed,
        paths=paths,
        assignments=assignments,
        circuits=[*circuits, *(all_circuits() if each_circuit else [])],
    )


def _require_sound(
    deadline: float, memory: float, engine: EngineName, scheduler: str | None
) -> None:
    if deadline <= 0:
        raise ParameterError(f"--deadline is {deadline:g}; expected seconds above 0")
    if memory <= 0:
        raise ParameterError(f"--memory is {memory:g}; expected megabytes above 0")
    if scheduler and engine != EngineName.dask:
        raise ParameterError(
            f"--scheduler {scheduler} goes with --engine dask; expected both or neither"
        )


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
