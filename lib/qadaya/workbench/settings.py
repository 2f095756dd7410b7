"""Which file of settings holds: that of the workbench, or what comes with Qadaya."""

from pathlib import Path

from qadaya.packaged import packaged_file
from qadaya.workbench import PARAMS, find_home


def settings_file(name: str, path: Path | None = None) -> Path:
    """`path` if it is there, else `params/<name>` here, else what is packaged."""
    if path is None:
        workbench = find_home()
        path = workbench / PARAMS / name if workbench else None
    if path is None or not path.is_file():
        path = packaged_file(f"workbench/files/params/{name}")
    return path
