"""What the person at the terminal sees: a table of what runs, a line for what ended."""

import time
from dataclasses import dataclass, field
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from qadaya.pages.run.plan import Run
from qadaya.pages.run.result import Progress, Result

MARK = {
    "built": "[green]built[/]    ",
    "unchanged": "[dim]unchanged[/]",
    "failed": "[red]failed[/]   ",
}


@dataclass
class _Busy:
    """A run that goes on: its cell of how many, and since when."""

    cell: int = 0
    of: int = 0
    begun: float = field(default_factory=time.monotonic)


class ConsoleProgress(Progress):
    """Progress on the error stream, so that the output stays what was asked for.

    One line a run: state, cell n of m and seconds while it goes on; state and seconds
    once it has ended. The last line counts them all.
    """

    def __init__(self, total: int) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.total = total
        self.ended_runs = 0
        self.busy: dict[str, _Busy] = {}
        self.live = Live(
            get_renderable=self._table,
            console=self.console,
            refresh_per_second=4,
            transient=True,
        )

    def __enter__(self) -> "ConsoleProgress":
        self.live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.live.stop()

    def begun(self, run: Run) -> None:
        self.busy[run.name] = _Busy()

    def at_cell(self, run: Run, cell: int, of: int) -> None:
        busy = self.busy.setdefault(run.name, _Busy())
        busy.cell, busy.of = cell, of

    def ended(self, result: Result) -> None:
        self.busy.pop(result.run.name, None)
        self.ended_runs += 1
        seconds = f"  {result.seconds:.1f} s" if result.seconds else ""
        self.console.print(f"{MARK[result.state]}  {result.run.name}{seconds}")

    def told(self, sentence: str) -> None:
        self.console.print(sentence, markup=False)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        now = time.monotonic()
        for name, busy in list(self.busy.items()):
            cell = f"cell {busy.cell} of {busy.of}" if busy.of else "starts"
            table.add_row("running  ", name, cell, f"{now - busy.begun:.0f} s")
        table.add_row(f"{self.ended_runs} of {self.total}")
        return table
