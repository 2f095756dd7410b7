"""Notebooks to pages: `qadaya report` against a loop of papermill and nbconvert.

Invented returns are received and counted into an internal edition in a folder of their
own. Then the same notebooks are run with the same parameters: by the two commands in
turn, one run after the other, and by our driver, whose pages also carry their charts
and were searched for leaks. Last the driver once more, with nothing changed. Quarto,
where it is installed, renders the same notebooks with the same parameters.
"""

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from _figures import Figure, Findings, arguments
from _project import command, edition_of_invented_returns
from _timing import Spent, spent

from qadaya import workbench
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.plan import Run, all_parameter_files, plan

SMALL = (["2024.yml"], ["returns"])
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
        taken = _in_turn(project, runs, files, notebooks, asked.rounds())
    _say(asked.findings, len(runs), invented, taken)


def _in_turn(
    project: Path,
    runs: Sequence[Run],
    files: Sequence[Path],
    notebooks: list[str] | None,
    rounds: Iterable[int],
) -> dict[str, list[Spent]]:
    taken: dict[str, list[Spent]] = {"loop": [], "ours": [], "again": [], "quarto": []}
    for _ in rounds:
        taken["loop"].append(spent(lambda: _loop_of_commands(runs, project / "peer")))
        if QUARTO is not None:
            taken["quarto"].append(spent(lambda: _quarto(runs, project / "quarto")))
        shutil.rmtree(project / "reports", ignore_errors=True)
        taken["ours"].append(spent(lambda: _report(files, notebooks)))
        taken["again"].append(spent(lambda: _report(files, notebooks)))
        _hold_complete(runs, project / "peer")
    return taken


def _chosen(small: bool) -> tuple[list[Path], list[str] | None]:
    files, (years, notebooks) = all_parameter_files(), SMALL
    if not small:
        return files, None
    return [file for file in files if file.name in years], notebooks


def _report(files: Sequence[Path], notebooks: list[str] | None) -> None:
    chosen = [word for name in notebooks or [] for word in ("--notebook", name)]
    command("qadaya", "report", *map(str, files), "--audience", "internal", *chosen)


def _loop_of_commands(runs: Sequence[Run], out: Path) -> None:
    out.mkdir(exist_ok=True)
    for run in runs:
        executed = out / f"{run.page.stem}.ipynb"
        parameters = executed.with_suffix(".yml")
        parameters.write_text(yaml.safe_dump(run.parameters.model_dump()))
        folder = run.notebook.path.parent
        command(
            "papermill", str(run.notebook.path), str(executed), "-f", str(parameters),
            "--cwd", str(folder),
        )  # fmt: skip
        command("jupyter", "nbconvert", "--to", "html", str(executed))


def _quarto(runs: Sequence[Run], out: Path) -> None:
    out.mkdir(exist_ok=True)
    for run in runs:
        copy = out / f"{run.page.stem}.ipynb"
        shutil.copy(run.notebook.path, copy)
        parameters = copy.with_suffix(".yml")
        parameters.write_text(yaml.safe_dump(run.parameters.model_dump()))
        command(
            str(QUARTO), "render", str(copy), "--execute", "--execute-params",
            str(parameters), "--execute-dir", str(run.notebook.path.parent),
            "--to", "html", "--embed-resources",
        )  # fmt: skip


def _hold_complete(runs: Sequence[Run], out: Path) -> None:
    """Both made every page, or the times compare nothing."""
    for page in (*(run.page for run in runs), *(out / run.page.name for run in runs)):
        if not page.is_file():
            sys.exit(f"{page}: was not made")


def _say(
    findings: Findings, n: int, invented: Spent, taken: dict[str, list[Spent]]
) -> None:
    loop, ours, again = taken["loop"], taken["ours"], taken["again"]
    findings.add_ratio("loop / qadaya report", loop, ours, least=7)
    share = [
        100 * each.wall / whole.wall for each, whole in zip(again, ours, strict=True)
    ]
    nothing = "nothing changed / qadaya report"
    findings.add(Figure(nothing, "%", share, below=1.5))
    findings.add_runs("papermill and jupyter nbconvert, a loop", loop)
    findings.add_runs("qadaya report, 2 processes", ours)
    findings.add_runs("qadaya report, nothing changed", again)
    findings.add_runs("invented returns, received and counted", [invented])
    if taken["quarto"]:
        findings.add_ratio("Quarto / qadaya report", taken["quarto"], ours)
        findings.add_runs("quarto render, a loop", taken["quarto"])
    else:
        findings.note("Quarto is not installed here, so it was not compared.")
    findings.note(f"{n} pages, internal, each in one language.")


if __name__ == "__main__":
    main()
