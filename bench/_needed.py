"""What a bench needs beside us and may lack: it ends then with one sentence."""

import importlib
import shutil
import sys
from typing import Any

SWITCHES = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # Two suggestion boxes of the address bar that nobody sees, opened with each window.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
]


def package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        sys.exit(f"{name} is not installed; expected pip install {name}")


def chromium() -> str:
    """The path of the distribution's browser."""
    path = shutil.which("chromium")
    if path is None:
        sys.exit("chromium is not installed; expected the package of the system")
    return path
