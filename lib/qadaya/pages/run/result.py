"""How a run ended, and who is told while it goes on."""

from dataclasses import dataclass, field
from pathlib import Path

from qadaya.pages.run.plan import Run

# What a failure may be: a cell raised, the kernel or its process died, a limit of time
# or memory was passed, the page was held back, or something else.
RAISED, DIED, LATE, MEMORY, LEAK, OTHER = KINDS = (
    "raised",
    "died",
    "late",
    "memory",
    "leak",
    "other",
)


@dataclass(frozen=True)
class Result:
    """How one run ended. `state`: built, unchanged or failed.

    `why`: what made it run (see `record.reasons_to_run`); `cells`: of the notebook;
    `megabytes`: the most that it took with its kernel.
    Of a failure: `kind`, one of KINDS; `cell`, its place in the notebook from 1 and
    `execution`, its number in brackets (None where no cell is to blame), `error` in one
    line, `raised`, the class of what a cell raised, and `executed`, the notebook as far
    as it came.
    """

    run: Run
    state: str
    seconds: float = 0.0
    cell: int | None = None
    execution: int | None = None
    error: str | None = None
    kind: str | None = None
    raised: str | None = None
    why: list[str] = field(default_factory=list)
    cells: int | None = None
    megabytes: float = 0.0

    @property
    def executed(self) -> Path | None:
        kept = self.run.executed
        return kept if self.state == "failed" and kept.exists() else None

    @property
    def sentence(self) -> str:
        """One line: which run, which cell, why, and where to look."""
        place = f"cell {self.cell} [{self.execution}]: " if self.cell else ""
        look = f" (see {self.executed})" if self.executed else ""
        return f"{self.run.name}: {place}{self.error}{look}"


class Progress:
    """Told what happens; this one stays silent. See `qadaya.cli.pages`."""

    def begun(self, run: Run) -> None: ...

    def at_cell(self, run: Run, cell: int, of: int) -> None: ...

    def ended(self, result: Result) -> None: ...

    def told(self, sentence: str) -> None:
        """What goes on otherwise than usual, and is no failure."""
