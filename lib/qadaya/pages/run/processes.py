"""Starts workers: forked from one process that has their imports, where that can be.

That process is started with the first worker and stays as long as this one, so that
later runs begin at once.
"""

import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from qadaya.pages.run.border import inherited
from qadaya.pages.run.forks import Child, ForkError, Forks, LostError, connected
from qadaya.pages.run.preloaded import NO_THREADS

# What a process is given anew whenever it is forked, and no library reads before that.
_EACH_ITS_OWN = ("HOME", "TMPDIR", "COLUMNS", "LINES", "PYTEST_CURRENT_TEST")


@dataclass
class Process:
    """A worker's process: jobs go in by lines, what it says comes out by lines."""

    pid: int
    stdin: IO[str]
    stdout: IO[str]
    wait: Callable[[float | None], object]


def start_worker(log: Path, tell: Callable[[str], None]) -> Process:
    """A new worker, whose errors go into `log`.

    `tell` hears why it could not be forked, where a fork is safe.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as errors:
        if sys.platform == "linux":
            try:
                return _forked(errors)
            except ForkError as fault:
                tell(f"{fault}; each kernel is started on its own, which takes longer")
        return _started(errors)


def _forked(errors: IO[str]) -> Process:
    forks = _forks(_kept())
    their_in, our_in = os.pipe()
    our_out, their_out = os.pipe()
    request = {"environment": dict(os.environ), "folder": os.getcwd()}
    try:
        number = forks.child(request, [their_in, their_out, errors.fileno()])
    except ForkError as fault:
        os.close(our_in)
        os.close(our_out)
        if isinstance(fault, LostError):
            _forks.cache_clear()
        raise
    finally:
        os.close(their_in)
        os.close(their_out)
    return Process(
        number,
        os.fdopen(our_in, "w", encoding="utf-8"),
        os.fdopen(our_out, encoding="utf-8"),
        Child(forks, number).wait,
    )


def _started(errors: IO[str]) -> Process:
    process = subprocess.Popen(
        [sys.executable, "-m", "qadaya.pages.run.start"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
        # Out of reach of Ctrl-C in the terminal: the driver ends it itself.
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None and process.stdout is not None
    return Process(process.pid, process.stdin, process.stdout, process.wait)


def _kept() -> frozenset[tuple[str, str]]:
    """What of the environment libraries may read while they are imported."""
    own = inherited().items()
    return frozenset((name, value) for name, value in own if name not in _EACH_ITS_OWN)


@lru_cache(maxsize=1)
def _forks(environment: frozenset[tuple[str, str]]) -> Forks:
    """Of the process that has the imports; it ends with what is given here."""
    ours, theirs = connected()
    with theirs:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "qadaya.pages.run.preloaded"),
                str(theirs.fileno()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            env=inherited() | NO_THREADS,
        )
    forks = Forks(ours)
    weakref.finalize(forks, _end, ours, process)
    return forks


def _end(connection: socket.socket, process: subprocess.Popen[bytes]) -> None:
    connection.close()
    process.wait()
