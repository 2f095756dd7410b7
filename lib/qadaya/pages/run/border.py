"""What a kernel is given: its folders and the variables of its environment.

A shared page is run across a border: its kernel finds one shared edition in a project
of its own, and the system lets it open that, what is public, and the programmes it
needs (`qadaya.pages.run.confine`). So whatever such a page holds, in whatever form, was
made from the edition. `QADAYA_AUDIENCE=shared` says the same in a sentence to who asks
for an internal edition.
"""

import os
import shutil
import site
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qadaya.editions.edition import Edition
from qadaya.errors import DisclosureError
from qadaya.packaged import packaged_folder
from qadaya.pages.run import confine
from qadaya.shared_run import AUDIENCE
from qadaya.vocabulary import SHARED
from qadaya.workbench import NOTEBOOKS, PARAMS, VARIABLE, home

# Where systems keep programmes, their settings and what they ask of the machine.
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/nix")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_DEVICES_TO_WRITE = ("/dev/null", "/dev/shm", "/dev/tty", "/dev/ptmx", "/dev/pts")


@dataclass(frozen=True)
class KernelPlace:
    """Where a kernel runs: its working folder, and all of its environment.

    `confined`: what it can read and write, and what must be closed to it, for
    `confine`; None where it can open whatever its user can.
    """

    folder: Path
    environment: dict[str, str]
    confined: dict[str, list[str]] | None = None


def internal_place(folder: Path | None = None) -> KernelPlace:
    """The desk's own place: a notebook's folder, the whole workbench at hand."""
    environment = inherited() | {VARIABLE: str(home())}
    return KernelPlace(folder or home() / NOTEBOOKS, environment)


@contextmanager
def shared_place(edition: Edition | None) -> Iterator[KernelPlace]:
    """A project with this edition alone and a folder to work in, gone afterwards.

    None: a page of published figures, which needs no edition and finds none.

    What the desk lays in `data/public` is there too. Confined where the system can.

    Raises: DisclosureError for an edition that is not for sharing.
    """
    if edition is not None and edition.audience != SHARED:
        raise DisclosureError(
            f"{edition.path}: edition {edition.number} is {edition.audience}; only a "
            "shared edition may cross the border"
        )
    with tempfile.TemporaryDirectory(prefix="qadaya-shared-") as folder:
        project = Path(folder).resolve()
        data, work = project / "data", project / "work"
        data.mkdir()
        # What makes a workbench, with nothing in it: the kernel takes this for its own.
        for name in (NOTEBOOKS, PARAMS):
            (project / name).mkdir()
        if edition is not None:
            # A copy, since a link would lead back to where the register lies.
            shutil.copytree(edition.path, data / "editions" / SHARED / edition.number)
        if (public := _public()).is_dir():
            (data / "public").symlink_to(public)
        work.mkdir()
        environment = inherited() | {
            VARIABLE: str(project),
            AUDIENCE: SHARED,
            "PWD": str(work),
            "HOME": str(work),
            "TMPDIR": str(work),
            # Named, since it would be looked for at home.
            "PYTHONUSERBASE": site.getuserbase(),
        }
        yield KernelPlace(work, environment, _confined(data, work))


def _confined(data: Path, work: Path) -> dict[str, list[str]] | None:
    if not confine.version():
        return None
    project = home()
    packages = [path for path in sys.path if path and not _holds(path, project)]
    packages += [sys.prefix, sys.base_prefix, *_tables()]
    return {
        "read": [*_SYSTEM, *_DEVICES, *packages, str(data), str(_public())],
        "write": [*_DEVICES_TO_WRITE, str(work)],
        "closed": [
            str(project / name)
            for name in ("data", "data/register", "data/editions", "build", "reports")
        ],
    }


def _tables() -> list[str]:
    """Where the tables lie that come with Qadaya: in a checkout beside the package."""
    folders = map(packaged_folder, ("reference/data", "ledger/data"))
    return [str(folder.resolve()) for folder in folders]


def _holds(path: str, project: Path) -> bool:
    """Whether a folder, say the one a command was started in, holds the project."""
    return Path(path).resolve() in (project, *project.parents)


def _public() -> Path:
    return home() / "data" / "public"


def inherited() -> dict[str, str]:
    """This process's environment, without what tells where it stands.

    A set of words has one order then in every run, so that a page comes out the same.
    """
    return {"PYTHONHASHSEED": "0"} | {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QADAYA_", "XDG_")) and name not in ("PWD", "OLDPWD")
    }
