"""How much memory a run takes: its process, its kernel and whatever they started."""

import time
from collections.abc import Callable, Iterator

import psutil

# Often enough for a kernel that fills memory, seldom enough to cost nothing.
EVERY = 0.5
MEGABYTE = 1_000_000
# What is shared takes the system milliseconds to tell, so it is asked only when what is
# resident has grown by as much.
_NEWS = 1.02


class Watcher:
    """Looks at a process with its children every half second, and keeps the most."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.most = 0.0
        self._resident = 0.0
        self._looked = 0.0

    def look(self) -> float:
        """Megabytes taken at most until now."""
        now = time.monotonic()
        if now - self._looked >= EVERY:
            self._looked = now
            resident = _megabytes(self.process, lambda each: each.memory_info().rss)
            if resident > self._resident * _NEWS:
                self._resident = resident
                self.most = max(self.most, family_megabytes(self.process))
        return self.most

    def begin(self) -> None:
        """A new run: what an earlier one took is not its own."""
        self.most = self._resident = 0.0


def family_megabytes(process: int) -> float:
    """Megabytes of a process and all below it; 0 where it has ended.

    What several processes share counts once: each has its part of it, where the system
    tells. So what a forked kernel has from the process that made it is hardly its own.
    """
    return _megabytes(process, _part)


def _part(process: psutil.Process) -> int:
    used = process.memory_full_info()
    return int(getattr(used, "pss", used.rss))


def _megabytes(process: int, memory: Callable[[psutil.Process], int]) -> float:
    return sum(_of_family(process, memory)) / MEGABYTE


def _of_family(process: int, memory: Callable[[psutil.Process], int]) -> Iterator[int]:
    try:
        top = psutil.Process(process)
        family = [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for each in family:
        try:
            yield memory(each)
        except psutil.NoSuchProcess:
            continue
