"""Runs peers and ours in turn, and prints what they took beside each other.

They take turns in one process, so that a busy machine slows both. Two clocks are shown:
the one on the wall, and the processor's (all child processes included), which other
people's work moves least.
"""

import os
import statistics
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

Act = Callable[[], Any]


@dataclass(frozen=True)
class Spent:
    """Seconds by the wall clock, and of processors in this process and its children."""

    wall: float
    cpu: float


def arguments(what: str | None, *, repeats: int) -> Namespace:
    """What the command line asks for: `small` and `repeats`."""
    parser = ArgumentParser(description=what)
    parser.add_argument("--small", action="store_true", help="a few inputs, quickly")
    parser.add_argument("--repeats", type=int, default=repeats, metavar="N")
    return parser.parse_args()


def spent(act: Act) -> Spent:
    """What one run of `act` took."""
    wall, cpu = time.monotonic(), _processor_seconds()
    act()
    return Spent(time.monotonic() - wall, _processor_seconds() - cpu)


def spent_afresh(act: Act) -> Spent:
    """What `act` took in a copy of this process, which keeps nothing it remembers."""
    context = get_context("fork")
    told, says = context.Pipe(duplex=False)
    copy = context.Process(target=lambda: says.send(spent(act)))
    copy.start()
    says.close()
    try:
        return told.recv()
    finally:
        copy.join()


def take_turns(acts: dict[str, Act], repeats: int) -> dict[str, list[Spent]]:
    """Every act `repeats` times, one after the other in each round, each afresh.

    Raises: EOFError when an act fails; its own traceback is printed before.
    """
    taken: dict[str, list[Spent]] = {name: [] for name in acts}
    for _ in range(repeats):
        for name, act in acts.items():
            taken[name].append(spent_afresh(act))
    return taken


def print_times(taken: dict[str, list[Spent]]) -> None:
    """A line for each: smallest and median seconds on both clocks."""
    width = max(map(len, taken))
    for name, runs in taken.items():
        wall, cpu = [run.wall for run in runs], [run.cpu for run in runs]
        print(f"  {name:<{width}}  {_least(wall)}  (processor {_least(cpu)})")


def print_ratio(what: str, above: list[Spent], below: list[Spent], reach: str) -> None:
    """How many times `below` goes into `above`: best and median round, both clocks."""
    rounds = list(zip(above, below, strict=True))
    wall = [a.wall / b.wall for a, b in rounds]
    cpu = [a.cpu / b.cpu for a, b in rounds]
    print(
        f"  ratio {what}: {statistics.median(wall):.2f} ({min(wall):.2f} to "
        f"{max(wall):.2f}; processor {statistics.median(cpu):.2f}); reach: {reach}"
    )


def print_load() -> None:
    """How busy the machine was: a figure measured on a busy one says less."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"  load average {load} on {os.cpu_count()} processors")


def _least(seconds: list[float]) -> str:
    return f"{min(seconds):8.3f} s, median {statistics.median(seconds):8.3f} s"


def _processor_seconds() -> float:
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
