"""Notebooks to pages: `qadaya report` against a loop of papermill and nbconvert.

Invented returns are received and counted into an internal edition in a folder of their
own. Then the same notebooks are run with the same parameters: by the two commands in
turn, one run after the other, and by our driver, whose pages also carry their charts
and were searched for leaks. Last the driver once more, with nothing changed. Quarto,
where it is installed, renders the same notebooks with the same parameters.
"""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import yaml
from _figures import Asked, Figure, Findings, arguments
from _project import command, edition_of_invented_returns
from _timing import Spent, spent

from qadaya import workbench
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.plan import Run, all_parameter_files, plan

SMALL = (["2024.yml"], ["returns"])
Make = Callable[[Run, Path, Path], None]
QUARTO = shutil.which("quarto")


def main() -> None:
    asked = arguments(__doc__, repeats=3)
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        project = Path(folder).resolve()
        workbench.use(project)
        invented = spent(lambda: edition_of_invented_returns(project, asked.small))
        files, notebooks = _chosen(asked.small)
        runs = plan(
            files,
            Choice(audiences=["internal"], notebooks=notebooks),
            out=project / "reports",
            work=project / "build",
        )
        taken = _in_turn(project, runs, files, notebooks, asked)
    _say(asked.findings, len(runs), invented, taken)


def _in_turn(
    project: Path,
    runs: Sequence[Run],
    files: Sequence[Path],
    notebooks: list[str] | None,
    asked: Asked,
) -> dict[str, list[Spent]]:
    """Ours first: a loop that time cuts off leaves our figures, and no ratio."""
    taken: dict[str, list[Spent]] = {"loop": [], "ours": [], "again": [], "quarto": []}
    loops = {"loop": _papermill_and_nbconvert}
    if QUARTO is not None:
        loops["quarto"] = _quarto
    for _ in asked.rounds():
        shutil.rmtree(project / "reports", ignore_errors=True)
        taken["ours"].append(spent(lambda: _report(files, notebooks)))
        taken["again"].append(spent(lambda: _report(files, notebooks)))
        _hold_complete([run.page for run in runs])
        for name, loop in loops.items():
            out = project / name
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            until = asked.began + asked.seconds
            once = spent(partial(_all_of, runs, out, loop, until))
            made = len(list(out.glob("*.html")))
            if made == len(runs):
                taken[name].append(once)
                continue
            asked.findings.note(
                f"{name}: {made} of {len(runs)} pages in {once.wall:.0f} s, then time "
                "was up; it is not compared."
            )
    return taken


def _chosen(small: bool) -> tuple[list[Path], list[str] | None]:
    files, (years, notebooks) = all_parameter_files(), SMALL
    if not small:
        return files, None
    return [file for file in files if file.name in years], notebooks


def _report(files: Sequence[Path], notebooks: list[str] | None) -> None:
    chosen = [word for name in notebooks or [] for word in ("--notebook", name)]
    command("qadaya", "report", *map(str, files), "--audience", "internal", *chosen)


def _all_of(runs: Sequence[Run], out: Path, make: Make, until: float) -> None:
    """The page of every run in `out`, one after the other, as long as there is time."""
    for run in runs:
        if monotonic() > until:
            return
        parameters = out / f"{run.page.stem}.yml"
        parameters.write_text(yaml.safe_dump(run.parameters.model_dump()))
        make(run, out / f"{run.page.stem}.ipynb", parameters)


def _papermill_and_nbconvert(run: Run, executed: Path, parameters: Path) -> None:
    command(
        "papermill", str(run.notebook.path), str(executed), "-f", str(parameters),
        "--cwd", str(run.notebook.path.parent),
    )  # fmt: skip
    command("jupyter", "nbconvert", "--to", "html", str(executed))


def _quarto(run: Run, copy: Path, parameters: Path) -> None:
    shutil.copy(run.notebook.path, copy)
    command(
        str(QUARTO), "render", str(copy), "--execute", "--execute-params",
        str(parameters), "--execute-dir", str(run.notebook.path.parent),
        "--to", "html", "--embed-resources",
    )  # fmt: skip


def _hold_complete(pages: Iterable[Path]) -> None:
    """Every page is there, or the times compare nothing."""
    for page in pages:
        if not page.is_file():
            sys.exit(f"{page}: was not made")


def _say(
    findings: Findings, n: int, invented: Spent, taken: dict[str, list[Spent]]
) -> None:
    ours, again = taken["ours"], taken["again"]
    if taken["loop"]:
        whole = ours[: len(taken["loop"])]
        findings.add_ratio("loop / qadaya report", taken["loop"], whole, least=7)
    share = [
        100 * each.wall / all_.wall for each, all_ in zip(again, ours, strict=True)
    ]
    nothing = "nothing changed / qadaya report"
    findings.add(Figure(nothing, "%", share, below=1.5))
    if taken["loop"]:
        findings.add_runs("papermill and jupyter nbconvert, a loop", taken["loop"])
    findings.add_runs("qadaya report, 2 processes", ours)
    findings.add_runs("qadaya report, nothing changed", again)
    findings.add_runs("invented returns, received and counted", [invented])
    if taken["quarto"]:
        whole = ours[: len(taken["quarto"])]
        findings.add_ratio("Quarto / qadaya report", taken["quarto"], whole)
        findings.add_runs("quarto render, a loop", taken["quarto"])
    if QUARTO is None:
        findings.note("Quarto is not installed here, so it was not compared.")
    findings.note(f"{n} pages, internal, each in one language.")


if __name__ == "__main__":
    main()
