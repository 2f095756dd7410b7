"""The workbench: the folder whose `notebooks/`, `params/` and `data/` are meant.

Which one is said, and never looked for in the folders above. In this order:

1. `qadaya --home DIR`;
2. the current folder, where it holds `notebooks/` and `params/`;
3. the folder above, where the current folder *is* the `notebooks/` of a workbench: that
   is where JupyterLab and nbconvert run a notebook;
4. the folder that `QADAYA_HOME` names.

`layout` makes a new one.
"""

import os
import shlex
from pathlib import Path

from qadaya.errors import ParameterError

NOTEBOOKS, PARAMS, DATA = "notebooks", "params", "data"
VARIABLE = "QADAYA_HOME"

_named: Path | None = None


def use(folder: Path | None) -> None:
    """Mean this workbench whatever the current folder is; None: as if never said."""
    global _named
    _named = None if folder is None else Path(folder).resolve()


def home() -> Path:
    """The workbench that is meant.

    Raises: ParameterError when none is said, or the one that is said is none.
    """
    folder = find_home()
    if folder is None:
        raise ParameterError(_none_said(current_folder()))
    return folder


def find_home() -> Path | None:
    """The workbench that is meant, None where none is said.

    Raises: ParameterError when `--home` or `QADAYA_HOME` names a folder that is none.
    """
    if _named is not None:
        return _expect_workbench(_named, "--home")
    current = current_folder()
    if is_workbench(current):
        return current
    if current.name == NOTEBOOKS and is_workbench(current.parent):
        return current.parent
    if named := os.environ.get(VARIABLE):
        return _expect_workbench(Path(named).resolve(), VARIABLE)
    return None


def named_home() -> Path | None:
    """The folder that `--home` names, whether it is a workbench or not."""
    return _named


def is_workbench(folder: Path) -> bool:
    """Whether a folder holds both `notebooks/` and `params/`."""
    return not _lacking(folder)


def _lacking(folder: Path) -> list[str]:
    # os.path answers False where a folder may not be looked into; a Path would raise.
    return [name for name in (NOTEBOOKS, PARAMS) if not os.path.isdir(folder / name)]


def current_folder() -> Path:
    """The current folder. Raises: ParameterError when it was removed."""
    try:
        return Path.cwd()
    except OSError as fault:
        raise ParameterError(
            f"the current folder cannot be read ({fault.strerror}); expected one that "
            "is still there. Change into another folder"
        ) from None


def _expect_workbench(folder: Path, said_by: str) -> Path:
    if not _lacking(folder):
        return folder
    if not os.path.isdir(folder):
        raise ParameterError(
            f"{said_by} is {folder}: no such folder; expected a workbench. Name "
            f"another, or lay one out with `qadaya init {shlex.quote(str(folder))}`"
        )
    raise ParameterError(f"{said_by} is {_no_workbench(folder)}")


def _none_said(current: Path) -> str:
    if len(_lacking(current)) == 1:
        return _no_workbench(current)
    return (
        f"{current}: no workbench here (no {NOTEBOOKS}/, no {PARAMS}/), and neither "
        f"--home nor {VARIABLE} names one. Change into one, name it with "
        "`qadaya --home DIR ...`, or lay one out here with `qadaya init`"
    )


def _no_workbench(folder: Path) -> str:
    lacking = _lacking(folder)
    if len(lacking) == 1:
        return (
            f"{folder}: half a workbench, without {lacking[0]}/; expected {NOTEBOOKS}/ "
            f"and {PARAMS}/. Copy {lacking[0]}/ there, from where this came from or "
            "from a new one (`qadaya init NEW`)"
        )
    return (
        f"{folder}: no workbench (no {NOTEBOOKS}/, no {PARAMS}/). Name another, or lay "
        f"one out there with `qadaya init {shlex.quote(str(folder))}`"
    )
