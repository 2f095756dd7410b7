"""What a page is made from: the parts, each with a digest, that its record names.

A page is current as long as none of them has changed; where one has, its name is the
reason why the notebook runs again. With the same parts the same bytes come out, which
`qadaya reproduce` tries.
"""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qadaya.editions.manifest import MANIFEST
from qadaya.pages.run.plan import Run
from qadaya.workbench import home

PACKAGE = Path(__file__).resolve().parents[2]
# What a new workbench is given: a notebook counts where it is run from.
_LAID_OUT = Path("workbench", "files")
# Says which lines were run and changes with any work on them, so no reason to run.
COMMIT = "commit"


def made_from(run: Run) -> dict[str, Any]:
    """The parts of a page, by name; equal parts make equal pages.

    notebook, edition (its manifest holds the hash of every table), package with the
    published figures, packages (those installed beside it): a SHA-256 each, None where
    there is none. parameters: as given. version and python: in figures. commit: of the
    workbench, where it is kept with git; with a + after it where files were changed.
    """
    return {
        "notebook": _digest(run.notebook.path),
        "parameters": run.parameters.model_dump(mode="json"),
        "edition": _digest(run.edition.path / MANIFEST) if run.edition else None,
        "package": package_digest(),
        "version": version("qadaya"),
        "packages": hashlib.sha256(installed_packages().encode()).hexdigest(),
        "python": platform.python_version(),
        COMMIT: commit(home()),
    }


def changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The names of the parts that are not what they were, in the order of `made_from`.

    The version says in figures what the package's digest says, so it is not one more.
    """
    return [
        name
        for name in now
        if name not in (COMMIT, "version") and before.get(name) != now[name]
    ]


@cache
def package_digest(folder: Path = PACKAGE) -> str:
    """One hash over every file of the package, its name included.

    The reference tables and the ledger among them, which a checkout only links to.
    """
    digest = hashlib.sha256()
    for name in sorted(_names(folder)):
        digest.update(name.encode() + b"\x00")
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


@cache
def installed_packages() -> str:
    """Each installed package with its version, by the names of their folders.

    To read what they say of themselves takes longer than all else here.
    """
    installed = {
        path.name for place in sys.path for path in Path(place).glob("*.dist-info")
    }
    return " ".join(sorted(installed))


@cache
def commit(folder: Path) -> str | None:
    """The commit of a folder that is kept with git; None where it is not, or no git."""
    try:
        number = _git(folder, "rev-parse", "--short=12", "HEAD")
        edited = _git(folder, "status", "--porcelain", "--untracked-files=no", ".")
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{number}+" if edited else number


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _names(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder, followlinks=True):
        inside = Path(place).relative_to(folder)
        if inside == _LAID_OUT or inside.name == "__pycache__":
            folders.clear()
        else:
            yield from (str(inside / name) for name in files)


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
