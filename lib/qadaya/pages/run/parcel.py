"""What travels when a run is done on another machine, there and back.

There: the notebook, the files beside it, one edition and what is public: all that its
kernel may read. Back: the page and the notebook as far as it came. The register stays,
and so does the internal edition that a shared page is searched for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qadaya.errors import QadayaError
from qadaya.pages.run.made_from import made_from
from qadaya.pages.run.notebooks import SUFFIX
from qadaya.pages.run.params import Parameters
from qadaya.pages.run.plan import Run, plan_again
from qadaya.workbench import NOTEBOOKS, PARAMS, home

MB = 1_000_000
# Bytes of one parcel: a folder of somebody's home would be thousands of them.
HEAVIEST = 200 * MB


@dataclass(frozen=True)
class Parcel:
    """One run, as it is sent. `files`: path in a workbench -> what it holds."""

    name: str
    notebook: str
    parameters: dict[str, Any]
    made_from: dict[str, Any]
    deadline: float
    memory: float
    files: dict[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended there. `facts`: as `Result`; `page` is None where it failed."""

    facts: dict[str, Any]
    page: bytes | None = field(repr=False)
    executed: bytes | None = field(repr=False)


def pack(run: Run, *, deadline: float, memory: float) -> Parcel:
    """The run with all that its kernel may read; limits in seconds and megabytes.

    Raises: QadayaError when what lies beside the notebook is too much to send.
    """
    files = dict(_files(run))
    weight = sum(path.stat().st_size for path in files.values())
    if weight > HEAVIEST:
        raise QadayaError(
            f"{run.notebook.path}: with the files beside it {weight / MB:.0f} MB; "
            f"expected at most {HEAVIEST / MB:.0f} MB to send. Put it in a folder with "
            "what it reads and nothing else"
        )
    return Parcel(
        name=run.name,
        notebook=run.notebook.name,
        parameters=run.parameters.model_dump(mode="json"),
        made_from=made_from(run),
        deadline=deadline,
        memory=memory,
        files={name: path.read_bytes() for name, path in files.items()},
    )


def lay_out(parcel: Parcel, folder: Path) -> None:
    """Make `folder` a workbench that holds what was sent, and nothing else."""
    for name in (NOTEBOOKS, PARAMS):
        (folder / name).mkdir(parents=True)
    for name, content in parcel.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def unpack(parcel: Parcel, folder: Path) -> Run:
    """The run in the workbench `folder`, which is the one in use.

    Raises: ParameterError or EditionError.
    """
    parameters = Parameters.model_validate(parcel.parameters)
    return plan_again(
        parcel.notebook, parameters, out=folder / "reports", work=folder / "build"
    )


def _files(run: Run) -> Iterator[tuple[str, Path]]:
    """Each file with its place in the workbench there.

    Beside the notebook lies what it reads and imports; others are not its business.
    """
    yield f"{NOTEBOOKS}/{run.notebook.path.name}", run.notebook.path
    beside = run.notebook.path.parent
    for path in _below(beside):
        if path.suffix != SUFFIX:
            yield f"{NOTEBOOKS}/{path.relative_to(beside).as_posix()}", path
    data = [run.edition.path] if run.edition else []
    for folder in [*data, home() / "data" / "public"]:
        for path in _below(folder):
            yield path.relative_to(home()).as_posix(), path


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part[0] == "." for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
