"""How much memory a run takes: its process, its kernel and whatever they started."""

import time

import psutil

# Often enough for a kernel that fills memory, seldom enough to cost nothing.
EVERY = 0.5
MEGABYTE = 1_000_000


class Watcher:
    """Looks at a process with its children every half second, and keeps the most."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.most = 0.0
        self._looked = 0.0

    def look(self) -> float:
        """Megabytes taken at most until now."""
        now = time.monotonic()
        if now - self._looked >= EVERY:
            self._looked = now
            self.most = max(self.most, family_megabytes(self.process))
        return self.most

    def begin(self) -> None:
        """A new run: what an earlier one took is not its own."""
        self.most = 0.0


def family_megabytes(process: int) -> float:
    """Resident megabytes of a process and all below it; 0 where it has ended."""
    try:
        top = psutil.Process(process)
        family = [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    taken = 0
    for each in family:
        try:
            taken += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return taken / MEGABYTE
