"""Asks the peers, in an environment of their own: ACRO does not run with our pandas."""

import json
import subprocess
import venv
from pathlib import Path
from typing import Any

import pandas as pd
from _recovered import attributes

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent / "build" / "peers"
WANTED = HERE / "peers" / "requirements.txt"


class Refused(Exception):
    """What a peer said instead of an answer, in one line."""


def answer_of(
    tool: str, method: str, cells: pd.DataFrame, threshold: int
) -> tuple[dict[tuple[str, ...], int | None], float]:
    """What is printed by codes ("Total" where summed over), and the seconds it took.

    A hidden figure is None.
    Raises: Refused.
    """
    names = attributes(cells)
    cases = [
        list(row[:-1])
        for row in cells[[*names, "n"]].itertuples(index=False)
        for _ in range(row[-1])
    ]
    question = {"tool": tool, "method": method, "columns": names, "cases": cases}
    done = subprocess.run(
        [str(peers_python()), str(HERE / "peers" / "answer.py")],
        input=json.dumps(question | {"threshold": threshold}),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Refused(f"ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    printed = {tuple(row[: len(names)]): row[-1] for row in answer["cells"]}
    return printed, answer["seconds"]


def versions() -> list[str]:
    """The tools, each with its version."""
    lines = WANTED.read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if "==" in line]
    return [f"{name} {version}" for name, version in pins if name != "pandas"]


def peers_python() -> Path:
    """The Python of the peers' environment, made where it is not there yet.

    Raises: Refused.
    """
    python, stamp = PEERS / "bin" / "python", PEERS / "requirements.txt"
    if not stamp.is_file() or stamp.read_bytes() != WANTED.read_bytes():
        venv.create(PEERS, clear=True, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "-r", str(WANTED)]
        if subprocess.run(pip).returncode:
            raise Refused("not installed; pip could not, see above")
        stamp.write_bytes(WANTED.read_bytes())
    return python
