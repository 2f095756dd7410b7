"""Cases invented at any size, and one engine's count of them in a process of its own.

DuckDB invents the cases, shaped like coded ones. What is timed is the counting alone:
imports and the start of an engine are not what is compared.
"""

import json
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from _needed import package
from _timing import Spent, megabytes_of

from qadaya.reference import courts

BENCH = str(Path(__file__).resolve().parent)
BARE = """
import duckdb
from qadaya.counting.count import CUBE_COLUMNS
columns = ", ".join(CUBE_COLUMNS)
duckdb.execute("SET enable_progress_bar = false")
def count():
    return duckdb.sql(
        f"SELECT {columns}, count(*) AS n FROM read_parquet('{path}') GROUP BY ALL"
    ).df()
"""
LARGE = """
from pathlib import Path
import duckdb
from qadaya.counting.count import count_large
def count():
    return count_large(Path(path))
"""
# The sums of numbers and of squares are the same for the same counts in any order.
_MEASURE = """
import json, resource, sys, time
path, limit = sys.argv[1], int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_DATA, (limit * 10**6, limit * 10**6))
sys.path.insert(0, {bench!r})
from _timing import own_peak_megabytes
{counting}
wall, cpu = time.monotonic(), time.process_time()
counts = count()
spent = time.monotonic() - wall, time.process_time() - cpu
n = counts["n"].astype("int64")
told = len(n), int(n.sum()), int((n * n).sum())
print(json.dumps([*spent, own_peak_megabytes(), told]))
"""


class NotCounted(Exception):
    """Why an engine did not count, in a few words."""


@dataclass(frozen=True)
class Counted:
    """What it took; groups, their sum and the sum of their squares."""

    spent: Spent
    told: tuple[int, int, int]


def counted(
    counting: str,
    path: Path,
    *,
    limit: int = 0,
    ceiling: float = float("inf"),
    seconds: float = 600,
) -> Counted:
    """What a snippet of Python counts that defines `count`, of the file `path`.

    `limit`: megabytes of data that the system grants the process, 0 for no limit.
    `ceiling`: megabytes, and `seconds`, at which it is stopped, with all it started.
    Raises: NotCounted.
    """
    code = _MEASURE.format(bench=BENCH, counting=counting)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(limit)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        peak = _watched(process, ceiling, seconds)
        answer, said = process.communicate()
    if process.returncode:
        lines = said.strip().splitlines() or [f"ended with {process.returncode}"]
        raise NotCounted(lines[-1])
    wall, cpu, own_peak, told = json.loads(answer.splitlines()[-1])
    return Counted(Spent(wall, cpu, max(peak, own_peak)), tuple(told))


def _watched(process: subprocess.Popen[str], ceiling: float, seconds: float) -> float:
    """The most memory it had together with what it started, a Java for one."""
    peak, began = 0.0, time.monotonic()
    tree = psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, megabytes_of(tree))
        if peak > ceiling:
            _end(tree)
            raise NotCounted(f"over {ceiling / 1000:.0f} GB")
        if time.monotonic() - began > seconds:
            _end(tree)
            raise NotCounted(f"over {seconds:.0f} s")
        time.sleep(0.4)
    return peak


def _end(tree: psutil.Process) -> None:
    for each in [*tree.children(recursive=True), tree]:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def invent_cases(path: Path, n_rows: int, *, reference: bool = False) -> None:
    """Write coded cases in every combination, some more often than others.

    With a `reference` each has 32 letters of its own, which no compression makes
    smaller and no count reads.
    """
    duckdb = package("duckdb")
    more = ", md5(h::VARCHAR || i::VARCHAR) AS reference" if reference else ""
    places = courts().reset_index()[["court_id", "circuit_id"]]
    with duckdb.connect() as connection:
        connection.register("places", places)
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"""
            COPY (
                WITH place AS (
                    SELECT list(court_id) AS courts, list(circuit_id) AS circuits
                    FROM places
                ), draw AS (
                    SELECT i, (hash(i) >> 2)::BIGINT AS h,
                           -- Squared, so that some courts have far more than others.
                           1 + floor(len(courts) * pow((hash(i, 1) % 9973) / 9973, 2))
                               ::INT AS place_nr,
                           place.*
                    FROM range({n_rows}) AS rows(i), place
                )
                SELECT courts[place_nr] AS court_id,
                       circuits[place_nr] AS circuit_id,
                       ['NCMEC', 'CPS', 'NCMEC+CPS'][1 + h % 3] AS platform,
                       2021 + (h >> 8) % 4 AS year,
                       ['closed', 'investigation', 'first_instance', 'appeal']
                           [1 + (h >> 16) % 4] AS stage,
                       ['none', 'convicted', 'acquitted', 'pending']
                           [1 + (h >> 24) % 4] AS result{more}
                FROM draw
            ) TO '{path}' (FORMAT parquet)
            """
        )
