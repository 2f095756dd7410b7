"""Which notebook runs with which parameters, and where its page goes.

Everything that can be known to be wrong is found here, before a kernel starts: a
parameter file, a notebook without its `parameters` cell, an edition that is missing or
has no such year, two runs that would write one page.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import process

from qadaya.editions.edition import Edition, edition_numbers, editions_folder
from qadaya.editions.edition import open_edition as _open_edition
from qadaya.errors import ParameterError, QadayaError
from qadaya.ledger.chapter import chapter_years
from qadaya.pages.run.params import Parameters, read_parameters
from qadaya.vocabulary import AUDIENCES
from qadaya.workbench import home


@dataclass(frozen=True)
class Notebook:
    """A notebook and whom its pages are for.

    `per`: "year" or "edition". `source`: "edition"; "ledger" for a notebook of
    published figures, which needs no return and no edition; "both" where it sets them
    beside ours.
    """

    path: Path
    audiences: tuple[str, ...]
    per: str
    source: str = "edition"

    @property
    def name(self) -> str:
        return self.path.stem


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters; it makes one page."""

    notebook: Notebook
    parameters: Parameters
    edition: Edition | None  # None: made from the ledger alone
    page: Path
    executed: Path

    @property
    def name(self) -> str:
        """How a person calls it: `annual 2023 ar shared`."""
        parameters = self.parameters
        year = [str(parameters.year)] if self.notebook.per == "year" else []
        return " ".join(
            [self.notebook.name, *year, parameters.language, parameters.audience]
        )


@dataclass(frozen=True)
class Choice:
    """What was asked for. None: what each parameter file says.

    `every_year`: notebooks of published figures run for each year that has any, not
    only for those with a parameter file.
    """

    audiences: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    notebooks: Sequence[str] | None = None
    every_year: bool = False


def plan(files: Sequence[Path], choice: Choice, *, out: Path, work: Path) -> list[Run]:
    """The runs for these parameter files, in the order of their names.

    Pages: `<out>/<audience>/<notebook>-<year>.<language>.html`; a notebook about a
    whole edition has no year in its name and takes the parameters of the latest file.

    Raises: ParameterError or EditionError, a line for each thing that is wrong.
    """
    out, work = out.resolve(), work.resolve()
    notebooks = _chosen(find_notebooks(), choice.notebooks)
    wanted = list(_variants(_read_all(files), choice))
    named = choice.notebooks is not None
    opened = cache(lambda name, audience: _open_edition(name, audience=audience))
    runs = _try_each(
        lambda pair: _run(pair[0], pair[1], opened, out, work),
        [
            (notebook, parameters)
            for notebook in notebooks
            for parameters in _for_notebook(
                notebook, _years_of(notebook, wanted, choice), named
            )
        ],
    )
    _refuse_same_page(runs)
    # What is real comes first: it is what a newcomer looks for.
    return sorted(runs, key=lambda run: (run.edition is not None, str(run.page)))


def all_parameter_files() -> list[Path]:
    """Every `params/<year>.yml` of the workbench."""
    folder = home() / "params"
    files = sorted(each for each in folder.glob("*.yml") if each.stem.isdigit())
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


def find_notebooks() -> list[Notebook]:
    """Every notebook of the workbench, with what its metadata says of its pages."""
    folder = home() / "notebooks"
    paths = sorted(each for each in folder.glob("*.ipynb") if each.name[0] not in "._")
    if not paths:
        raise ParameterError(
            f"{folder}: no notebook; expected at least annual.ipynb. Put one there, "
            "or take those of a new workbench (`qadaya init NEW`)"
        )
    return _try_each(_read_notebook, paths)


def _read_notebook(path: Path) -> Notebook:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        tags = [cell["metadata"].get("tags", []) for cell in content["cells"]]
        settings = content["metadata"].get("qadaya", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        reason = " ".join(str(fault).split())
        raise ParameterError(f"{path}: not a notebook ({reason})") from None
    if not any("parameters" in each for each in tags):
        raise ParameterError(
            f"{path}: no cell is tagged `parameters`; expected one with year, edition, "
            "audience and language"
        )
    return Notebook(
        path=path,
        audiences=tuple(settings.get("audiences", AUDIENCES)),
        per=settings.get("per", "year"),
        source=settings.get("source", "edition"),
    )


def _chosen(notebooks: list[Notebook], names: Sequence[str] | None) -> list[Notebook]:
    if names is None:
        return notebooks
    known = {notebook.name: notebook for notebook in notebooks}
    for name in names:
        if name not in known:
            near = process.extractOne(name, list(known), score_cutoff=60)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ParameterError(
                f"there is no notebook {name!r}; expected {', '.join(known)}{hint}"
            )
    return [known[name] for name in dict.fromkeys(names)]


def _read_all(files: Iterable[Path]) -> list[Parameters]:
    return _try_each(read_parameters, list(files))


def _variants(read: list[Parameters], choice: Choice) -> Iterable[Parameters]:
    """Each file in the languages and for the audiences that were asked for."""
    for parameters in read:
        for audience in choice.audiences or [parameters.audience]:
            for language in choice.languages or [parameters.language]:
                change = {"audience": audience, "language": language}
                yield parameters.model_copy(update=change)


def _years_of(
    notebook: Notebook, wanted: list[Parameters], choice: Choice
) -> list[Parameters]:
    """Published figures are for everyone, and know more years than the returns do."""
    if notebook.source != "ledger":
        return wanted
    shared = [
        parameters.model_copy(update={"audience": "shared"}) for parameters in wanted
    ]
    years = chapter_years() if choice.every_year else []
    return list(
        {
            (year, parameters.language): parameters.model_copy(update={"year": year})
            for parameters in shared
            for year in years or [parameters.year]
        }.values()
    )


def _for_notebook(
    notebook: Notebook, wanted: list[Parameters], named: bool
) -> list[Parameters]:
    allowed = [
        parameters for parameters in wanted if parameters.audience in notebook.audiences
    ]
    if named and wanted and not allowed:
        raise ParameterError(
            f"{notebook.path}: this notebook is {' and '.join(notebook.audiences)} "
            f"only; it has no {wanted[0].audience} page"
        )
    if notebook.per == "year":
        return allowed
    latest: dict[tuple[str, str], Parameters] = {}
    for parameters in sorted(allowed, key=lambda each: each.year):
        latest[parameters.audience, parameters.language] = parameters
    return list(latest.values())


def _run(
    notebook: Notebook,
    parameters: Parameters,
    opened: Callable[[str, str], Edition],
    out: Path,
    work: Path,
) -> Run:
    edition = None
    if notebook.source != "ledger":
        edition = opened(parameters.edition, parameters.audience)
        _require_pages(edition, notebook, parameters)
        # The number, not "latest": whoever runs it again gets the same page.
        parameters = parameters.model_copy(update={"edition": edition.number})
    year = f"-{parameters.year}" if notebook.per == "year" else ""
    stem = f"{notebook.name}{year}.{parameters.language}"
    return Run(
        notebook=notebook,
        parameters=parameters,
        edition=edition,
        page=out / parameters.audience / f"{stem}.html",
        executed=work / parameters.audience / f"{stem}.ipynb",
    )


def _require_pages(
    edition: Edition, notebook: Notebook, parameters: Parameters
) -> None:
    if not edition.adds_up:
        raise ParameterError(
            f"edition {edition.number} ({edition.audience}) hides small counts, so its "
            "tables do not add up and no page is made of it; take them with "
            f"`qadaya tables {edition.number} -o DIR`, and build the other pages with "
            "--audience internal"
        )
    if notebook.per == "year" and parameters.year not in edition.years:
        held = ", ".join(map(str, edition.years)) or "no year"
        raise ParameterError(
            f"year is {parameters.year}, and edition {edition.number} "
            f"({edition.audience}) has no data for it; it holds {held}"
        )


def _refuse_same_page(runs: list[Run]) -> None:
    seen: set[Path] = set()
    for run in runs:
        if run.page in seen:
            raise ParameterError(
                f"two of the parameter files would write {run.page.name}; "
                "expected one file a year"
            )
        seen.add(run.page)


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
