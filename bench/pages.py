"""Notebooks to pages: `qadaya report` against a loop of papermill and nbconvert.

Invented returns are received and counted into an internal edition in a folder of their
own. Then the same notebooks are run with the same parameters: by the two commands in
turn, one run after the other, and by our driver, whose pages also carry their charts
and were searched for leaks. Last the driver once more, with nothing changed.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from _project import command, edition_of_invented_returns
from _timing import Spent, arguments, print_load, print_ratio, print_times, spent

from qadaya.pages.run.plan import Choice, Run, all_parameter_files, plan

SMALL = (["2024.yml"], ["returns"])


def main() -> None:
    asked = arguments(__doc__, repeats=2)
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        project = Path(folder).resolve()
        from_returns = spent(lambda: edition_of_invented_returns(project, asked.small))
        files, notebooks = _chosen(asked.small)
        runs = plan(
            files,
            Choice(audiences=["internal"], notebooks=notebooks),
            out=project / "reports",
            work=project / "build",
        )
        peer, ours, again = [], [], []
        for _ in range(asked.repeats):
            peer.append(spent(lambda: _loop_of_commands(runs, project / "peer")))
            shutil.rmtree(project / "reports", ignore_errors=True)
            ours.append(spent(lambda: _report(files, notebooks)))
            again.append(spent(lambda: _report(files, notebooks)))
            _hold_complete(runs, project / "peer")
    _print(len(runs), from_returns, peer, ours, again)


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


def _hold_complete(runs: Sequence[Run], out: Path) -> None:
    """Both made every page, or the times compare nothing."""
    for page in (*(run.page for run in runs), *(out / run.page.name for run in runs)):
        if not page.is_file():
            sys.exit(f"{page}: was not made")


def _print(
    n: int,
    from_returns: Spent,
    peer: list[Spent],
    ours: list[Spent],
    again: list[Spent],
) -> None:
    print(f"{n} pages, each in one language, internal")
    print_times(
        {
            "invented returns, received and counted": [from_returns],
            "papermill and jupyter nbconvert, a loop": peer,
            "qadaya report, 2 processes": ours,
            "qadaya report, nothing changed": again,
        }
    )
    print_ratio("loop / qadaya report", peer, ours, "4 or more")
    print_ratio("nothing changed / qadaya report", again, ours, "under 0.05")
    print_load()


if __name__ == "__main__":
    main()
