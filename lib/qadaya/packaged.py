"""What comes with Qadaya beside its code: tables, the ledger, the files of a workbench.

In a checkout the package holds links to where people look for these files (`data/`,
`notebooks/`, `params/`); in an installed package, which is unpacked on the disk, they
are files of its own.
"""

from importlib.resources import files
from pathlib import Path

from qadaya.errors import QadayaError


def packaged_file(name: str) -> Path:
    """A file in the package: `packaged_file("ledger/data/offences.csv")`.

    Raises: QadayaError, with what to do, where it is not there.
    """
    wanted = _inside(name)
    if wanted.is_file():
        return wanted
    raise QadayaError(_absent(wanted, name))


def packaged_folder(name: str) -> Path:
    """A folder in the package. Raises: as `packaged_file`."""
    wanted = _inside(name)
    if wanted.is_dir():
        return wanted
    raise QadayaError(_absent(wanted, name))


def _inside(name: str) -> Path:
    return Path(str(files("qadaya").joinpath(*name.split("/"))))


def _absent(wanted: Path, name: str) -> str:
    """Why it is not there: links lost, a file of the checkout gone, a bad install."""
    way = [wanted, *wanted.parents][: name.count("/") + 1]
    for place in way:
        # Where a system makes no links, each becomes a text file that holds its target.
        if place.is_file():
            return (
                f"{place}: is a file; expected a link to a folder of the checkout, "
                "which was made without symbolic links. Clone it again with "
                "`git clone -c core.symlinks=true`, or install the wheel of Qadaya"
            )
    if any(place.is_symlink() for place in way):
        return (
            f"{wanted.resolve()}: not found; expected a part of the checkout, which "
            "is incomplete. Put it back with `git restore`"
        )
    return (
        f"{wanted}: not found; expected a part of the installed package, which is "
        "incomplete. Install its wheel again with `pip install --force-reinstall`"
    )
