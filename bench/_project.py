"""A project of its own for a bench: invented returns, received and counted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from qadaya import workbench
from qadaya.synthetic import small_returns, write_synthetic_returns

CHECKOUT = Path(__file__).resolve().parents[1]
COMMANDS = Path(sys.executable).parent


def edition_of_invented_returns(project: Path, small: bool) -> None:
    """An internal edition of invented returns in `project`, our workbench from now."""
    workbench.use(project)
    for name in ("notebooks", "params"):
        shutil.copytree(CHECKOUT / name, project / name)
    invent = small_returns if small else write_synthetic_returns
    invent(project / "data" / "synthetic")
    # Some of the invented returns are refused, which is exit code 1.
    command("qadaya", "receive", str(project / "data" / "synthetic"), codes=(0, 1))
    command("qadaya", "edition", "--audience", "internal")


def command(name: str, *words: str, codes: tuple[int, ...] = (0,)) -> None:
    """Runs one command of this environment; ends the bench when it fails.

    Ours runs in the workbench of the bench, whichever folder the bench was started in.
    """
    if name == "qadaya":
        words = ("--home", str(workbench.home()), *words)
    done = subprocess.run(
        [str(COMMANDS / name), *words],
        env=os.environ | {"PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    if done.returncode not in codes:
        lines = done.stderr.strip().splitlines() or ["said nothing"]
        print(*lines[-30:], sep="\n", file=sys.stderr)
        sys.exit(f"{name} {words[-1]} ended with {done.returncode}: {lines[-1]}")
