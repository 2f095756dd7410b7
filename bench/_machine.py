"""The machine on which a bench ran, and how busy others kept it."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

# Peers, and what ours stand on; ours themselves are those of the commit.
PACKAGES = (
    "papermill",
    "nbconvert",
    "ipywidgets",
    "anywidget",
    "plotly",
    "jupyterlab",
    "python-calamine",
    "pandas",
    "narwhals",
    "duckdb",
    "polars",
    "pyspark",
    "highspy",
)
QUIET = 10  # per cent of all processors, at most, that others may use


def machine() -> str:
    """Processors, memory and system, in a sentence."""
    memory = psutil.virtual_memory().total / 1e9
    return (
        f"{os.cpu_count()} processors ({_processor()}), {memory:.0f} GB of memory, "
        f"{platform.system()} {platform.release()}"
    )


def versions() -> str:
    """Python, Chromium and the packages that were compared; what is not installed."""
    known = [f"Python {platform.python_version()}", _chromium()]
    return ", ".join([*known, *(f"{name} {_version(name)}" for name in PACKAGES)])


def others_at_work(seconds: float) -> float:
    """Per cent of all processors that are busy, while nothing of ours runs."""
    return psutil.cpu_percent(interval=seconds)


def quietness(before: float, after: float) -> str:
    """In a sentence, for whoever reads the figures."""
    most = max(before, after)
    busy = f"{before:.0f} % before and {after:.0f} % after"
    if most <= QUIET:
        return f"The machine was quiet: others used {busy} of its processors."
    return (
        f"**The machine was not quiet**: others used {busy} of its processors. "
        "Ratios hold better than seconds."
    )


def commit() -> str:
    """The commit that was measured, and whether files differ from it."""
    git = ["git", "-C", str(Path(__file__).parent)]
    said = subprocess.run(
        [*git, "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"],
        capture_output=True,
        text=True,
    )
    return said.stdout.strip() or "no commit"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[1] for line in lines if line.startswith("model name")]
    return " ".join(names[0].split()) if names else platform.machine()


def _chromium() -> str:
    path = shutil.which("chromium")
    if path is None:
        return "Chromium not installed"
    said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    return " ".join(said.split()[:2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
