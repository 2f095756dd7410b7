"""What was asked for, and the parameters that each notebook is run with for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qadaya.errors import ParameterError
from qadaya.ledger.chapter import chapter_years
from qadaya.pages.run.courts import CIRCUIT, COURT, takes_circuit
from qadaya.pages.run.notebooks import Notebook, Tell
from qadaya.pages.run.params import Parameters


@dataclass(frozen=True)
class Choice:
    """What was asked for. None: what each parameter file says.

    `notebooks`: by name; `paths`: by path, or all in a folder. `assignments`:
    parameters as `name=value`. `every_year`: notebooks of published figures run for
    each year that has any, not only for those with a parameter file. `circuits`: a run
    for each, by id or name.
    """

    audiences: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    notebooks: Sequence[str] | None = None
    every_year: bool = False
    paths: Sequence[Path] = ()
    assignments: Sequence[str] = ()
    circuits: Sequence[str] = ()


def variants(read: list[Parameters], choice: Choice) -> Iterable[Parameters]:
    """Each file in the languages and for the audiences that were asked for."""
    for parameters in read:
        for audience in choice.audiences or [parameters.audience]:
            for language in choice.languages or [parameters.language]:
                change = {"audience": audience, "language": language}
                yield parameters.model_copy(update=change)


def taking_circuits(
    notebooks: list[Notebook], choice: Choice, tell: Tell
) -> list[Notebook]:
    """Those that can be run for a circuit; one that was asked for has to.

    Raises: ParameterError, also where a court is typed beside the circuits.
    """
    for name in (COURT, CIRCUIT):
        if any(
            notebook.partition("=")[0].strip() == name
            for notebook in choice.assignments
        ):
            raise ParameterError(
                f"-p {name}= beside circuits; expected one of them to say which place "
                "the pages are of. Leave the other out"
            )
    cannot = [notebook for notebook in notebooks if not takes_circuit(notebook.accepts)]
    reason = "has neither circuit nor court in its parameters cell"
    if cannot and (choice.notebooks or choice.paths or len(cannot) == len(notebooks)):
        raise ParameterError(
            f"{cannot[0].path}: {reason}; expected one of them where a page is asked "
            "for by circuit. Write it there, with a default"
        )
    for notebook in cannot:
        tell(f"not by circuit: {notebook.name} {reason}")
    return [notebook for notebook in notebooks if notebook not in cannot]


def parameters_of(
    notebook: Notebook,
    wanted: list[Parameters],
    choice: Choice,
    circuits: Sequence[str],
) -> list[Parameters]:
    """Those that a notebook is run with: its years, its audiences, each circuit.

    Raises: ParameterError for a notebook asked for that has no such page.
    """
    years = _years_of(notebook, wanted, choice)
    return [
        parameters
        for given in _for_notebook(notebook, years, choice)
        for parameters in _for_circuits(notebook, given, circuits)
    ]


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
    notebook: Notebook, wanted: list[Parameters], choice: Choice
) -> list[Parameters]:
    allowed = [
        parameters for parameters in wanted if parameters.audience in notebook.audiences
    ]
    named = choice.notebooks or choice.paths
    if named and not notebook.audiences:
        raise ParameterError(
            f"{notebook.path}: this notebook is for the desk alone; no page is made of "
            "it. Open it in JupyterLab"
        )
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


def _for_circuits(
    notebook: Notebook, parameters: Parameters, circuits: Sequence[str]
) -> list[Parameters]:
    name = takes_circuit(notebook.accepts)
    if not circuits or not name:
        return [parameters]
    return [
        parameters.model_copy(update={"own": parameters.own | {name: circuit}})
        for circuit in dict.fromkeys(circuits)
    ]
