"""What a bench finds: figures with median, spread and target, printed and kept.

A figure is kept as soon as it is known, one line of JSON each: what was found before a
bench failed stays.
"""

import json
import statistics
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from math import inf
from pathlib import Path
from time import monotonic

from _timing import Spent

# Units, and the places behind the point that are worth printing.
PLACES = {
    "times": 2,
    "s": 2,
    "ms": 0,
    "MB": 0,
    "%": 1,
    "cases": 0,
    "bytes": 0,
    "requests": 0,
}


@dataclass(frozen=True)
class Figure:
    """One thing measured: a value a round, in its unit, and what it should reach.

    `processor` has the same by the processor's clock, `megabytes` the memory of each
    round. The median should stay under `below`, be `most` at most or `least` at least.
    """

    what: str
    unit: str
    values: Sequence[float]
    processor: Sequence[float] = ()
    megabytes: Sequence[float] = ()
    below: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the median is where it should be; None without a target."""
        if self.below is not None:
            return self.median < self.below
        if self.most is not None:
            return self.median <= self.most
        return None if self.least is None else self.median >= self.least

    def shown(self, value: float) -> str:
        """A value with its unit, in as many places as it is worth."""
        number = f"{value:,.{PLACES[self.unit]}f}"
        one = number == "1" and self.unit.endswith("s")
        return f"{number} {self.unit[:-1] if one else self.unit}"

    @property
    def spread(self) -> str:
        """The least and the largest of several rounds."""
        if len(self.values) < 2:
            return ""
        places = PLACES[self.unit]
        return f"{min(self.values):,.{places}f} to {max(self.values):,.{places}f}"

    @property
    def of_processor(self) -> str:
        if not self.processor:
            return ""
        return self.shown(statistics.median(self.processor))

    @property
    def memory(self) -> str:
        if not self.megabytes:
            return ""
        return f"{statistics.median(self.megabytes):,.0f} MB"

    @property
    def target(self) -> str:
        if self.below is not None:
            return f"under {self.shown(self.below)}"
        if self.most is not None:
            return f"at most {self.shown(self.most)}"
        return "" if self.least is None else f"at least {self.shown(self.least)}"

    @property
    def line(self) -> str:
        """As it is printed."""
        said = f"  {self.what}: {self.shown(self.median)}"
        said += f" ({self.spread})" if self.spread else ""
        if self.processor:
            said += f"; processor {self.of_processor}"
        said += f"; {self.memory}" if self.memory else ""
        if self.met is None:
            return said
        return f"{said}; {self.target}: {'met' if self.met else 'MISSED'}"


@dataclass(frozen=True)
class Table:
    """Texts in lines of one length; the first are the heads of the columns."""

    title: str
    lines: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Findings:
    """Where the figures of one bench go: onto the screen and, if asked, into a file."""

    kept: Path | None = None

    def add(self, *figures: Figure) -> None:
        for figure in figures:
            print(figure.line, flush=True)
            self._keep(asdict(figure))

    def add_table(self, table: Table) -> None:
        """Answers that are no single figure, beside each other."""
        widths = [max(map(len, column)) for column in zip(*table.lines, strict=True)]
        print(f"\n  {table.title}")
        for line in table.lines:
            cells = (
                text.ljust(width) for text, width in zip(line, widths, strict=True)
            )
            print("   ", *cells, flush=True)
        self._keep({"title": table.title, "lines": table.lines})

    def note(self, sentence: str) -> None:
        """What a reader of the figures must know, such as what was left out."""
        print(f"  {sentence}", flush=True)
        self._keep({"note": sentence})

    def add_ratio(
        self,
        what: str,
        above: Sequence[Spent],
        below: Sequence[Spent],
        *,
        under: float | None = None,
        least: float | None = None,
    ) -> None:
        """How many times `below` goes into `above`, round by round."""
        rounds = list(zip(above, below, strict=True))
        wall = [a.wall / b.wall for a, b in rounds]
        cpu = [a.cpu / b.cpu for a, b in rounds]
        self.add(Figure(what, "times", wall, cpu, below=under, least=least))

    def add_runs(self, what: str, runs: Sequence[Spent]) -> None:
        """Seconds and megabytes of each round."""
        wall, cpu = [run.wall for run in runs], [run.cpu for run in runs]
        self.add(Figure(what, "s", wall, cpu, [run.megabytes for run in runs]))

    def _keep(self, found: dict[str, object]) -> None:
        if self.kept is not None:
            with self.kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found, ensure_ascii=False) + "\n")


@dataclass(frozen=True)
class Asked:
    """What the command line asks for: few inputs, how often, how long, where to."""

    small: bool
    repeats: int
    seconds: float
    findings: Findings
    began: float = field(default_factory=monotonic)

    def rounds(self) -> Iterator[int]:
        """As many rounds as asked for, fewer where another one would end too late."""
        longest = 0.0
        for number in range(self.repeats):
            before = monotonic()
            if number and before + longest > self.began + self.seconds:
                self.findings.note(f"{number} of {self.repeats} rounds: time was up.")
                return
            yield number
            longest = max(longest, monotonic() - before)


def arguments(what: str | None, *, repeats: int) -> Asked:
    return asked(parser(what, repeats=repeats).parse_args())


def parser(what: str | None, *, repeats: int) -> ArgumentParser:
    """What every bench can be asked; one with more to ask adds to it."""
    words = ArgumentParser(description=what)
    words.add_argument("--small", action="store_true", help="a few inputs, quickly")
    words.add_argument("--repeats", type=int, default=repeats, metavar="N")
    words.add_argument("--seconds", type=float, default=inf, help="for all rounds")
    words.add_argument("--figures", type=Path, metavar="FILE", help="keep them here")
    return words


def asked(given: Namespace) -> Asked:
    return Asked(given.small, given.repeats, given.seconds, Findings(given.figures))


@dataclass(frozen=True)
class Found:
    """What a bench has kept."""

    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()


def read_findings(kept: Path) -> Found:
    """Nothing where it has kept nothing."""
    if not kept.is_file():
        return Found()
    found = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    return Found(
        [Figure(**each) for each in found if "what" in each],
        [Table(**each) for each in found if "lines" in each],
        [each["note"] for each in found if "note" in each],
    )
