"""A folder into which returns are put: which of its files are whole, and are new."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# Seconds that a file must not have been written to: who copies it is done by then.
SETTLED = 2.0
Marks = tuple[int, int]


@dataclass
class InboxFolder:
    """The files below a folder, each given once for each time that it was written.

    `now`: the time in seconds since 1970, as the disk of the folder tells it.
    """

    folder: Path
    now: Callable[[], float]
    _given: dict[Path, Marks] = field(default_factory=dict)

    def arrived(self) -> tuple[list[Path], bool]:
        """The new files that are whole, and whether others are still written to."""
        # Imported here: the command answers for its usage without reading anything.
        from qadaya.returns.register.intake import files_of

        whole, waiting = [], False
        for path in files_of([self.folder]).files:
            try:
                # Not the time of its content, which a copy takes along.
                status = path.stat()
            except OSError:  # it is gone, or a link that leads nowhere
                continue
            marks = (status.st_size, status.st_ctime_ns)
            if self._given.get(path) == marks:
                continue
            if self.now() - status.st_ctime < SETTLED:
                waiting = True
                continue
            self._given[path] = marks
            whole.append(path)
        return whole, waiting
