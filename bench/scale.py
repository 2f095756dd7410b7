"""How counting grows: 1, 10, 36.2 and 100 million rows on every engine.

Each engine counts the same Parquet file by the same `count_cases`, in a process of its
own, in turn with a bare DuckDB query; all must give the same numbers. Last a file that
is larger than the memory which the system grants the process. The tables go between
the marks of `docs/scale.md`. It takes about half an hour, so `make scale` runs it and
`make bench` does not.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import _machine
from _counted import BARE, LARGE, Counted, NotCounted, counted, invent_cases
from _figures import Asked, Figure, arguments
from _page import line

from qadaya.atomic import write_text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
SIZES = (1_000_000, 10_000_000, 36_200_000, 100_000_000)
SMALL_SIZES = (10_000, 20_000)
CEILING, SECONDS = 8000, 240  # megabytes and seconds at which an engine is stopped
GRANTED = 500  # megabytes of data, for a file larger than that
AT, RATIO, MEMORY = 36_200_000, 1.3, 1000  # rows, times bare DuckDB, megabytes
PANDAS = """
import pandas
from qadaya.counting.count import CUBE_COLUMNS, count_cases
def count():
    return count_cases(pandas.read_parquet(path), CUBE_COLUMNS)
"""
POLARS = """
import polars
from qadaya.counting.count import CUBE_COLUMNS, count_cases
def count():
    return count_cases(polars.scan_parquet(path), CUBE_COLUMNS)
"""
SPARK = """
import os, sys
from pyspark.sql import SparkSession
from qadaya.counting.count import CUBE_COLUMNS, count_cases
os.environ["PYSPARK_PYTHON"] = sys.executable
settings = {
    "spark.master": "local[*]",
    "spark.driver.memory": "3g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "8",
}
session = SparkSession.builder.config(map=settings).getOrCreate()
# The first query of a session compiles what all later ones use.
count_cases(session.read.parquet(path).limit(1000), CUBE_COLUMNS)
def count():
    return count_cases(session.read.parquet(path), CUBE_COLUMNS)
"""
BARELY = "bare DuckDB"
ENGINES = {
    "count_large (DuckDB)": LARGE,
    "Polars, lazy": POLARS,
    "Spark, one machine": SPARK,
    "pandas": PANDAS,
}
# Once a size: they take so long that other people's work matters less.
SLOW = ("Spark, one machine", "pandas")
Pair = tuple[Counted, Counted]  # one run, and the bare query of its round
HEADS = ("rows", "engine", "seconds", "beside bare DuckDB", "least to most", "memory")


def main() -> None:
    asked = arguments(__doc__, repeats=3)
    before = _machine.others_at_work(0.5 if asked.small else 5)
    with TemporaryDirectory(prefix="qadaya-scale-") as folder:
        path = Path(folder) / "cases.parquet"
        rows = list(curve(asked, path))
        held = larger_than_memory(asked, path)
    quietness = _machine.quietness(before, _machine.others_at_work(1))
    said = "\n".join(
        [
            f"Measured on {datetime.now(UTC).date()}: {_machine.machine()}.",
            quietness,
            f"{_machine.versions()}.",
            "",
            *map(line, [HEADS, ("---",) * len(HEADS), *rows]),
            "",
            held,
            "",
        ]
    )
    if asked.small:
        print(said)
    else:
        write_between_marks(PAGE, said)


def curve(asked: Asked, path: Path) -> Iterator[tuple[str, ...]]:
    """A row of the table for each size and engine, bare DuckDB first."""
    for size in SMALL_SIZES if asked.small else SIZES:
        invent_cases(path, size)
        taken: dict[str, list[Pair]] = {BARELY: [], **{name: [] for name in ENGINES}}
        why: dict[str, str] = {}
        for number in range(asked.repeats):
            bare = counted(BARE, path)
            taken[BARELY].append((bare, bare))
            for name, snippet in ENGINES.items():
                if name in why or (number and name in SLOW):
                    continue
                try:
                    once = counted(snippet, path, ceiling=CEILING, seconds=SECONDS)
                except NotCounted as reason:
                    why[name] = str(reason)
                    continue
                hold_same(name, once, bare, size)
                taken[name].append((once, bare))
        for name, pairs in taken.items():
            if name in why:
                asked.findings.note(f"{size:,} rows, {name}: {why[name]}")
                yield (f"{size:,}", name, f"stopped: {why[name]}", "", "", "")
            else:
                yield row_of(asked, size, name, pairs)


def hold_same(name: str, once: Counted, bare: Counted, size: int) -> None:
    if once.told != bare.told or once.told[1] != size:
        sys.exit(f"{name}: the counts differ: {once.told}; expected {bare.told}")


def row_of(asked: Asked, size: int, name: str, pairs: list[Pair]) -> tuple[str, ...]:
    """Each run beside the bare query of its round; said on the screen too."""
    runs = [run.spent for run, _ in pairs]
    wall = [a.spent.wall / b.spent.wall for a, b in pairs]
    aimed = size == AT and ENGINES.get(name) is LARGE
    what = f"{size:,} rows, {name}"
    ratio = Figure(what, "times", wall, below=RATIO if aimed else None)
    memory = [run.megabytes for run in runs]
    peak = Figure(what, "MB", memory, below=MEMORY if aimed else None)
    seconds = Figure(what, "s", [run.wall for run in runs])
    asked.findings.add(seconds, ratio, peak)
    beside = ("", "")
    if name != BARELY:
        beside = (ratio.shown(ratio.median) + _verdict(ratio), ratio.spread)
    of_memory = peak.shown(peak.median) + _verdict(peak)
    return (f"{size:,}", name, f"{seconds.median:.2f}", *beside, of_memory)


def _verdict(figure: Figure) -> str:
    if figure.met is None:
        return ""
    return f" ({figure.target}: {'met' if figure.met else '**missed**'})"


def larger_than_memory(asked: Asked, path: Path) -> str:
    """A sentence on a file that does not fit into what the process is granted."""
    size = (SMALL_SIZES if asked.small else SIZES)[-1]
    invent_cases(path, size, reference=True)
    megabytes = path.stat().st_size / 1e6
    what = (
        f"{size:,} rows with a reference each, {megabytes:,.0f} MB of Parquet, in a "
        f"process to which the system grants {GRANTED} MB of data"
    )
    bare = counted(BARE, path)
    try:
        once = counted(LARGE, path, limit=GRANTED)
    except NotCounted as reason:
        return f"{what}: **not counted**, {reason}."
    hold_same("count_large", once, bare, size)
    ratio = once.spent.wall / bare.spent.wall
    taken = f"{once.spent.wall:.1f} s with {once.spent.megabytes:.0f} MB"
    return (
        f"{what}: counted in {taken}, {ratio:.2f} times bare DuckDB without a limit, "
        "and the same numbers."
    )


def write_between_marks(page: Path, said: str) -> None:
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{page}: lacks a mark; expected {BEGIN.strip()} and {END.strip()}")
    write_text(page, f"{before}{begin}\n{said}\n{end}{after}")
    print(f"written: {page}")


if __name__ == "__main__":
    main()
