"""What a run took: seconds on two clocks, and memory; peers and ours in turn.

They take turns, so that a busy machine slows both. Two clocks: the one on the wall, and
the processor's (all child processes included), which other people's work moves least.
Memory is of a whole process at its peak, and of all processes that it started.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import monotonic
from typing import Any

import psutil

Act = Callable[[], Any]
LOOKS = 0.1  # seconds between two looks at the memory of a run


@dataclass(frozen=True)
class Spent:
    """Seconds on the wall, seconds of processors, and megabytes at the peak."""

    wall: float
    cpu: float
    megabytes: float


def spent(act: Act) -> Spent:
    """What one run of `act` took in a copy of this process, which remembers nothing.

    Raises: SystemExit with what went wrong, in one line.
    """
    context = get_context("fork")
    told, says = context.Pipe(duplex=False)
    copy = context.Process(target=_tell, args=(says, act))
    copy.start()
    says.close()
    peak, process = 0.0, psutil.Process(copy.pid)
    try:
        while not told.poll(LOOKS):
            peak = max(peak, megabytes_of(process))
        found = told.recv()
    finally:
        copy.join()
    if isinstance(found, str):
        raise SystemExit(found)
    return Spent(*found, peak)


def take_turns(acts: dict[str, Act], rounds: Iterable[int]) -> dict[str, list[Spent]]:
    """Every act once a round, one after the other."""
    taken: dict[str, list[Spent]] = {name: [] for name in acts}
    for _ in rounds:
        for name, act in acts.items():
            taken[name].append(spent(act))
    return taken


def megabytes_of(process: psutil.Process) -> float:
    """Of a process and all below it; what several share counts once."""
    total = 0
    # One that ends while it is looked at holds nothing any more.
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += each.memory_full_info().pss
    return total / 1e6


def own_peak_megabytes() -> float:
    """The most memory that this process has held since its program began.

    Not `ru_maxrss`: a process that is started from a large one is told the large one's.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(peak) / 1024


def _tell(says: Connection, act: Act) -> None:
    """What it took, or why it failed: nobody else sees what happens in a copy."""
    try:
        says.send(_seconds(act))
    except SystemExit as reason:
        says.send(str(reason))
    except BaseException as reason:
        says.send(f"{type(reason).__name__}: {reason}")
        raise


def _seconds(act: Act) -> tuple[float, float]:
    began, used = monotonic(), _processor_seconds()
    act()
    return monotonic() - began, _processor_seconds() - used


def _processor_seconds() -> float:
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
