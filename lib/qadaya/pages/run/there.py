"""The other machine's side: `python -m qadaya.pages.run.there`, one run and an answer.

A parcel comes in pickled, lines of JSON say how far the run is, the answer goes into
the file that was named. It runs as it does at the desk: in a pool of one, with the same
border, limits and sentences. When whoever started it is gone, it ends with its kernel.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from qadaya import workbench
from qadaya.pages.run.made_from import package_digest
from qadaya.pages.run.parcel import Parcel, RunOutcome, lay_out, unpack
from qadaya.pages.run.plan import Run
from qadaya.pages.run.result import Progress, Result

Say = Callable[[dict[str, Any]], None]


def version_here() -> tuple[str, str]:
    """The version of the package on this machine, and the digest of its files."""
    return version("qadaya"), package_digest()


def run_parcel(parcel: Parcel, say: Say) -> RunOutcome:
    """The answer of a process of its own; `say` is told how far it is.

    Raises: RuntimeError with its last words when the process ends without an answer.
    """
    with tempfile.TemporaryDirectory(prefix="qadaya-there-") as folder:
        answer = Path(folder) / "answer"
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "qadaya.pages.run.there", folder, str(answer)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
            assert process.stdin is not None and process.stdout is not None
            # Left open: when this process is gone, the other reads the end of it.
            pickle.dump(parcel, process.stdin)
            process.stdin.flush()
            for line in process.stdout:
                say(json.loads(line))
            process.wait()
            if not answer.is_file():
                errors.seek(0)
                words = errors.read().decode(errors="replace").strip().splitlines()
                raise RuntimeError(words[-1] if words else "it ended without a word")
        given: RunOutcome = pickle.loads(answer.read_bytes())
        return given


class _Told(Progress):
    """Says in lines of JSON what happens."""

    def __init__(self, say: Say) -> None:
        self.say = say

    def begun(self, run: Run) -> None:
        self.say({"begun": True})

    def at_cell(self, run: Run, cell: int, of: int) -> None:
        self.say({"cell": cell, "of": of})


def _answer(parcel: Parcel, folder: Path, say: Say) -> RunOutcome:
    # Imported here: who only asks for the version needs none of it.
    from qadaya.pages.run.run_all import run_all

    lay_out(parcel, folder)
    workbench.use(folder)
    run = unpack(parcel, folder)
    (result,) = run_all(
        [run],
        jobs=1,
        deadline=parcel.deadline,
        memory=parcel.memory,
        made_from=lambda _: parcel.made_from,
        force=True,
        progress=_Told(say),
    )
    return RunOutcome(
        facts=_facts(result), page=_read(run.page), executed=_read(run.executed)
    )


def _facts(result: Result) -> dict[str, Any]:
    names = [
        column.name for column in fields(result) if column.name not in ("run", "why")
    ]
    return {name: getattr(result, name) for name in names}


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _end_with(stream: int) -> None:
    """End this process and all below it when the other end of its input is gone."""
    while os.read(stream, 1024):
        pass
    for process in psutil.Process().children(recursive=True):
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Read a parcel, run it, write the answer."""
    folder, answer = Path(sys.argv[1]), Path(sys.argv[2])
    parcel = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with, args=(0,), daemon=True).start()
    words = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def say(fact: dict[str, Any]) -> None:
        words.write(json.dumps(fact) + "\n")

    done = _answer(parcel, folder / "workbench", say)
    beside = answer.with_name("answer.part")
    beside.write_bytes(pickle.dumps(done))
    beside.rename(answer)


if __name__ == "__main__":
    main()
