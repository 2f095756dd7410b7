"""A new workbench: the project's notebooks and parameter files, to be edited."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from qadaya.atomic import file_beside, folder_beside
from qadaya.errors import ParameterError
from qadaya.packaged import packaged_file, packaged_folder
from qadaya.workbench import DATA, NOTEBOOKS, PARAMS

_FILES = "workbench/files"
_README = f"{DATA}/README.md"
_NEEDED = (f"{NOTEBOOKS}/annual.ipynb", f"{PARAMS}/protection.yml", _README)
_COPIED = {NOTEBOOKS: ".ipynb", PARAMS: ".yml"}


def lay_out(folder: Path) -> list[Path]:
    """Make a workbench in a folder, which is made too; the files that were written.

    All of `notebooks/`, `params/` and `data/README.md` is written before the first of
    them takes its name.
    Raises: ParameterError where one of them exists, which stays as it is, or where
    nothing can be written; QadayaError when the package does not hold them.
    """
    for name in _NEEDED:
        packaged_file(f"{_FILES}/{name}")
    _refuse_existing(folder)
    with _plain_errors(folder):
        (folder / DATA).mkdir(parents=True, exist_ok=True)
        with ExitStack() as parts:
            # The last one first: without both folders it is no workbench yet.
            for name, ending in _COPIED.items():
                part = parts.enter_context(folder_beside(folder / name))
                _copy(packaged_folder(f"{_FILES}/{name}"), part, ending)
            readme = parts.enter_context(file_beside(folder / _README, replace=False))
            readme.write_bytes(packaged_file(f"{_FILES}/{_README}").read_bytes())
    laid_out = [path for name in _COPIED for path in (folder / name).iterdir()]
    return sorted([*laid_out, folder / _README])


def _refuse_existing(folder: Path) -> None:
    for part in (NOTEBOOKS, PARAMS, _README):
        # A link that leads nowhere exists too.
        if os.path.lexists(folder / part):
            raise ParameterError(
                f"{folder / part}: exists; nothing is overwritten and nothing was "
                "written. Name another folder, or move this away first"
            )


def _copy(source: Path, target: Path, ending: str) -> None:
    for file in source.iterdir():
        if file.name.endswith(ending) and not file.name.startswith("."):
            (target / file.name).write_bytes(file.read_bytes())


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise ParameterError(
            f"{folder}: a workbench cannot be written there ({fault.strerror}); "
            "expected a folder that you may write to. Name another"
        ) from None
