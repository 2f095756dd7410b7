"""What the person at the terminal sees: one line a run, a bar over all of them."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from qadaya.pages.run.plan import Run
from qadaya.pages.run.result import Progress, Result

MARK = {"built": "[green]built[/]", "unchanged": "[dim]unchanged[/]"}


class ConsoleProgress(Progress):
    """Progress on the error stream, so that the output stays what was asked for."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.bar = Bar(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
        )
        self.task = self.bar.add_task("", total=total)
        self.busy: dict[str, int] = {}

    def __enter__(self) -> "ConsoleProgress":
        self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bar.stop()

    def begun(self, run: Run) -> None:
        self.busy[run.name] = 0
        self._describe()

    def at_cell(self, run: Run, cell: int) -> None:
        self.busy[run.name] = cell
        self._describe()

    def ended(self, result: Result) -> None:
        self.busy.pop(result.run.name, None)
        mark = MARK.get(result.state, "[red]failed[/]")
        time = f"  {result.seconds:.1f} s" if result.seconds else ""
        self.bar.console.print(f"{mark}  {result.run.name}{time}")
        self.bar.advance(self.task)
        self._describe()

    def _describe(self) -> None:
        words = [f"{name}, cell {cell}" for name, cell in self.busy.items()]
        self.bar.update(self.task, description=" · ".join(words))
