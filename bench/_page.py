"""The page of all benches: what was compared, what it took, what was missed."""

from collections.abc import Sequence
from dataclasses import dataclass

from _figures import Figure, Found, Table


@dataclass(frozen=True)
class Bench:
    """A script, what it compares in a title, and the seconds it may take."""

    script: str
    title: str
    seconds: int


@dataclass(frozen=True)
class Outcome:
    """What one bench has found, and why it ended before its end, if it did."""

    bench: Bench
    found: Found
    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Circumstances:
    """When, on what, and beside how much else it was measured."""

    day: str
    machine: str
    quietness: str
    commit: str
    versions: str


HEAD = """\
# Benchmarks

`make bench` writes this page: peers and ours in one run, taking turns on the same
inputs. A figure is the median of its rounds, with the least and the largest beside it.
A ratio is taken round by round, on the clock on the wall and, where given, on the
processor's, which other people's work moves least. Memory is of a process and of all
that it started, at the peak. What should be reached stands beside each figure, and a
**missed** one is said. Larger sizes are in [scale.md](scale.md); how peers protect is
read in [protection-compared.md](protection-compared.md).
"""
COLUMNS = (
    "| what | median | least to most | processor | memory | reach | |\n"
    + "| --- " * 7
    + "|"
)


def page(outcomes: Sequence[Outcome], measured: Circumstances) -> str:
    parts = [HEAD, _circumstances(outcomes, measured), _missed(outcomes)]
    return "\n".join([*parts, *(_section(each) for each in outcomes)])


def _circumstances(outcomes: Sequence[Outcome], measured: Circumstances) -> str:
    minutes = sum(each.seconds for each in outcomes) / 60
    return (
        f"* Measured on {measured.day}, commit {measured.commit}, in "
        f"{minutes:.1f} minutes.\n"
        f"* {measured.machine}.\n"
        f"* {measured.quietness}\n"
        f"* {measured.versions}.\n"
    )


def _missed(outcomes: Sequence[Outcome]) -> str:
    """The figures that were missed and the benches that failed, before all others."""
    aimed = [each for one in outcomes for each in one.found.figures]
    aimed = [each for each in aimed if each.met is not None]
    missed = [each for each in aimed if not each.met]
    lines = [f"## Reached: {len(aimed) - len(missed)} of {len(aimed)}", ""]
    lines += [
        f"* missed: {each.what}: {each.shown(each.median)}, to reach: {each.target}"
        for each in missed
    ]
    lines += [
        f"* failed: {one.bench.title}: {one.failure}" for one in outcomes if one.failure
    ]
    if len(lines) == 2:
        lines.append("Nothing was missed.")
    return "\n".join([*lines, ""])


def _section(outcome: Outcome) -> str:
    """A table of one bench; what it had found before it failed stays."""
    bench = outcome.bench
    lines = [f"## {bench.title}", ""]
    lines += [f"`bench/{bench.script}.py`, {outcome.seconds:.0f} s", ""]
    if outcome.failure:
        lines += [f"**Failed**: {outcome.failure}", ""]
    found = outcome.found
    if found.figures:
        lines += [COLUMNS, *(_row(figure) for figure in found.figures), ""]
    for table in found.tables:
        lines += [f"### {table.title}", "", *_table(table), ""]
    if found.notes:
        lines += [*(f"* {note}" for note in found.notes), ""]
    return "\n".join(lines)


def _table(table: Table) -> list[str]:
    head, *others = table.lines
    return [line(head), "| --- " * len(head) + "|", *map(line, others)]


def _row(figure: Figure) -> str:
    verdict = {True: "met", False: "**missed**", None: ""}[figure.met]
    cells = (
        figure.what,
        figure.shown(figure.median),
        figure.spread,
        figure.of_processor,
        figure.memory,
        figure.target,
        verdict,
    )
    return line(cells)


def line(cells: Sequence[str]) -> str:
    return " ".join(["|", *(f"{_escaped(text)} |" for text in cells)])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
