"""What a kernel is given: its project folder and the variables of its environment.

A shared page is run across a border: its kernel starts in a folder of its own that
holds one shared edition and nothing else, and `QADAYA_AUDIENCE=shared` makes the
register and any internal edition refuse to open there.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qadaya.editions.edition import Edition
from qadaya.errors import DisclosureError
from qadaya.paths import home


@dataclass(frozen=True)
class Place:
    """Where a kernel runs: its working folder, and all of its environment."""

    folder: Path
    environment: dict[str, str]


def internal_place() -> Place:
    """The desk's own place: the notebooks' folder, the whole project at hand."""
    project = home().resolve()
    environment = _inherited() | {"QADAYA_HOME": str(project)}
    return Place(project / "notebooks", environment)


@contextmanager
def shared_place(edition: Edition) -> Iterator[Place]:
    """A folder with this edition alone; it is gone afterwards.

    Raises: DisclosureError for an edition that is not for sharing.
    """
    if edition.audience != "shared":
        raise DisclosureError(
            f"{edition.path}: edition {edition.number} is {edition.audience}; only a "
            "shared edition may cross the border"
        )
    with tempfile.TemporaryDirectory(prefix="qadaya-shared-") as folder:
        project = Path(folder).resolve()
        shelf = project / "data" / "editions" / "shared"
        # A copy, since a link would lead back to where the register lies.
        shutil.copytree(edition.path, shelf / edition.number, symlinks=False)
        environment = _inherited() | {
            "QADAYA_HOME": str(project),
            "QADAYA_AUDIENCE": "shared",
            "PWD": str(project),
        }
        yield Place(project, environment)


def _inherited() -> dict[str, str]:
    """This process's environment, without what tells where it stands."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("QADAYA_") and name not in ("PWD", "OLDPWD")
    }
