"""Which notebook runs with which parameters, and where its page goes.

Everything that can be known to be wrong is found here, before a kernel starts: a
parameter file, a parameter that no notebook accepts, an edition that is missing or has
no such year, two runs that would write one page.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qadaya.editions.edition import Edition, edition_numbers, editions_folder
from qadaya.editions.edition import open_edition as _open_edition
from qadaya.errors import ParameterError, QadayaError
from qadaya.pages.run.choice import (
    Choice,
    parameters_of,
    taking_circuits,
    variants,
)
from qadaya.pages.run.courts import CIRCUIT, COURT, circuit_called, with_places
from qadaya.pages.run.notebooks import Notebook, NotebookSet, Tell
from qadaya.pages.run.params import Parameters, read_parameters, with_assignments
from qadaya.vocabulary import AUDIENCES
from qadaya.workbench import home

_LONGEST = 40  # letters of a value in the name of a page


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters; it makes one page."""

    notebook: Notebook
    parameters: Parameters
    edition: Edition | None  # None: made from the ledger alone
    page: Path
    executed: Path
    place: str | None = None  # the court or circuit that it was asked for

    @property
    def name(self) -> str:
        """How a person calls it: `annual 2023 ar shared`."""
        given = self.parameters
        year = [str(given.year)] if self.notebook.per == "year" else []
        place = [self.place] if self.place else []
        return " ".join(
            [self.notebook.name, *year, *place, given.language, given.audience]
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What its page says of the run; the rest is the edition's to say."""
        return {
            "language": self.parameters.language,
            "digits": self.parameters.digits,
            "audience": self.parameters.audience,
            "year": self.parameters.year if self.notebook.per == "year" else None,
            "per": self.notebook.per,
            "source": self.notebook.source,
        } | ({"place": self.place} if self.place else {})


def plan(
    files: Sequence[Path],
    choice: Choice,
    *,
    out: Path,
    work: Path,
    tell: Tell = lambda sentence: None,
) -> list[Run]:
    """The runs for these parameter files, in the order of their names.

    Pages: `<out>/<audience>/<notebook>-<year>.<language>.html`, with the court or the
    circuit after the year where one was asked for; a notebook about a whole edition has
    no year in its name and takes the parameters of the latest file. A parameter of its
    own that was typed stands before the language, `regions-2023.top=9.en.html`, so that
    no run writes over another.
    `tell` hears of each notebook that is left out, and why.

    Raises: ParameterError or EditionError, a line for each thing that is wrong.
    """
    out, work = out.resolve(), work.resolve()
    shelf = NotebookSet(choice.paths, tell)
    notebooks = shelf.chosen(choice.notebooks)
    circuits = _try_each(circuit_called, list(choice.circuits))
    if circuits:
        notebooks = taking_circuits(notebooks, choice, tell)
    read = _read_all(files, choice, shelf.parameter_names(), notebooks)
    wanted = list(variants(read, choice))
    opened = cache(_open)
    typed = frozenset(
        assignment.partition("=")[0].strip() for assignment in choice.assignments
    )
    runs = _try_each(
        lambda pair: _run(pair[0], pair[1], opened, out, work, typed),
        [
            (notebook, parameters)
            for notebook in notebooks
            for parameters in parameters_of(notebook, wanted, choice, circuits)
        ],
    )
    _refuse_same_page(runs)
    # What is real comes first: it is what a newcomer looks for.
    return sorted(runs, key=lambda run: (run.edition is not None, str(run.page)))


def plan_again(
    notebook: str | Path, parameters: Parameters, *, out: Path, work: Path
) -> Run:
    """The run that made a page, by the notebook and the parameters that it names.

    `notebook`: its name in the workbench, or its path.

    Raises: ParameterError or EditionError, where one of them is not here.
    """
    paths, names = ([notebook], []) if isinstance(notebook, Path) else ([], [notebook])
    (chosen,) = NotebookSet(paths, lambda sentence: None).chosen(names)
    return _run(chosen, parameters, _open, out.resolve(), work.resolve())


def all_parameter_files() -> list[Path]:
    """Every `params/<year>.yml` of the workbench."""
    folder = home() / "params"
    files = sorted(file for file in folder.glob("*.yml") if file.stem.isdigit())
    if not files:
        raise ParameterError(
            f"{folder}: no file such as 2023.yml; expected one for each year. Write "
            "one, or take those of a new workbench (`qadaya init NEW`)"
        )
    return files


def built_audiences() -> list[str]:
    """The audiences that have an edition."""
    place = editions_folder()
    return [name for name in AUDIENCES if edition_numbers(place / name)]


def _read_all(
    files: Sequence[Path],
    choice: Choice,
    known: set[str],
    notebooks: list[Notebook],
) -> list[Parameters]:
    """Each file with what was typed; a file may hold what any notebook accepts."""
    read = _try_each(lambda path: read_parameters(path, known), list(files))
    if not choice.assignments:
        return read
    # What is typed is meant for the notebooks that run now.
    chosen = {name for notebook in notebooks for name in notebook.accepts}
    typed = [
        with_assignments(each, choice.assignments, chosen | each.own.keys())
        for each in read
    ]
    return [each for n, each in enumerate(typed) if each not in typed[:n]]


def _run(
    notebook: Notebook,
    parameters: Parameters,
    opened: Callable[[str, str], Edition],
    out: Path,
    work: Path,
    typed: frozenset[str] = frozenset(),
) -> Run:
    try:
        own = parameters.owned(notebook.accepts)
        own, place = with_places(own, notebook.accepts)
    except ParameterError as fault:
        raise ParameterError(f"{notebook.path}: {fault}") from None
    parameters = parameters.model_copy(update={"own": own})
    edition = None
    if notebook.source != "ledger":
        edition = opened(parameters.edition, parameters.audience)
        _require_pages(edition, notebook, parameters)
        # The number, not "latest": whoever runs it again gets the same page.
        parameters = parameters.model_copy(update={"edition": edition.number})
    year = f"-{parameters.year}" if notebook.per == "year" else ""
    of = f"-{place}" if place else ""
    chosen = "".join(
        f".{name}={in_a_name(value)}"
        for name, value in sorted(own.items())
        if name in typed - {COURT, CIRCUIT}
    )
    stem = f"{notebook.name}{year}{of}{chosen}.{parameters.language}"
    return Run(
        notebook=notebook,
        parameters=parameters,
        edition=edition,
        page=out / parameters.audience / f"{stem}.html",
        executed=work / parameters.audience / f"{stem}.ipynb",
        place=place,
    )


def in_a_name(value: Any) -> str:
    """A value as it can stand in the name of a file, another for every other value."""
    text = str(value)
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in text)[:_LONGEST]
    if plain == text:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    return f"{plain.strip('-')}-{digest}".lstrip("-")


def _require_pages(
    edition: Edition, notebook: Notebook, parameters: Parameters
) -> None:
    edition.notice.require_pages(edition.manifest)
    if notebook.per == "year" and parameters.year not in edition.years:
        held = ", ".join(map(str, edition.years)) or "no year"
        raise ParameterError(
            f"year is {parameters.year}, and edition {edition.number} "
            f"({edition.audience}) has no data for it; it holds {held}"
        )


def _open(name: str, audience: str) -> Edition:
    return _open_edition(name, audience=audience)


def _refuse_same_page(runs: list[Run]) -> None:
    seen: dict[Path, Path] = {}
    for run in runs:
        other = seen.setdefault(run.page, run.notebook.path)
        if other != run.notebook.path:
            raise ParameterError(
                f"{other} and {run.notebook.path} would both write {run.page.name}; "
                "expected notebooks of different names. Rename one"
            )
    if len(seen) < len(runs):
        twice = next(r.page.name for n, r in enumerate(runs) if _again(r, runs[:n]))
        raise ParameterError(
            f"two of the parameter files would write {twice}; expected one file a year"
        )


def _again(run: Run, before: list[Run]) -> bool:
    return any(run.page == other.page for other in before)


def _try_each(act: Callable[[Any], Any], things: list[Any]) -> list[Any]:
    """What `act` gives for each thing; all refusals together, a line each."""
    done: list[Any] = []
    refused: list[QadayaError] = []
    for thing in things:
        try:
            done.append(act(thing))
        except QadayaError as fault:
            if str(fault) not in map(str, refused):
                refused.append(fault)
    if refused:
        raise type(refused[0])("\n".join(map(str, refused)))
    return done
