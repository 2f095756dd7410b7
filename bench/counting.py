"""Counting 36.2 million rows of a Parquet file: `count_large` against bare DuckDB.

As many rows as NCMEC received reports from the whole world in 2023. DuckDB invents them
once, shaped like coded cases. Each counting runs in a process of its own, which says
how much memory it took at most. Both must give the same numbers.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from _timing import Spent, arguments, print_load, print_ratio, print_times

from qadaya.reference import courts

ROWS = 36_200_000
FEW_ROWS = 200_000
MEMORY = 1000  # megabytes

PEER = """
import duckdb
from qadaya.counting.count import CUBE_COLUMNS
columns = ", ".join(CUBE_COLUMNS)
duckdb.execute("SET enable_progress_bar = false")
def count():
    return duckdb.sql(
        f"SELECT {columns}, count(*) AS n FROM read_parquet('{path}') GROUP BY ALL"
    ).df()
"""
OURS = """
from pathlib import Path
from qadaya.counting.count import count_large
def count():
    return count_large(Path(path))
"""
# Times the counting alone: imports are not what is compared. The sums of numbers and of
# squares are the same for the same counts in any order.
MEASURE = """
import json, resource, sys, time
path = sys.argv[1]
{counting}
wall, cpu = time.monotonic(), time.process_time()
counts = count()
spent = time.monotonic() - wall, time.process_time() - cpu
n = counts["n"].astype("int64")
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps([*spent, memory, len(n), int(n.sum()), int((n * n).sum())]))
"""


def main() -> None:
    asked = arguments(__doc__, repeats=5)
    n_rows = FEW_ROWS if asked.small else ROWS
    peer, ours, memories = [], [], {"DuckDB": 0.0, "count_large": 0.0}
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        path = Path(folder) / "cases.parquet"
        invent_cases(path, n_rows)
        print(f"{n_rows:,} rows, {path.stat().st_size / 1e6:.0f} MB of Parquet")
        for _ in range(asked.repeats):
            counted = {
                "DuckDB": _measured(PEER, path),
                "count_large": _measured(OURS, path),
            }
            _hold_same(counted, n_rows)
            for name, taken in (("DuckDB", peer), ("count_large", ours)):
                taken.append(Spent(*counted[name][:2]))
                memories[name] = max(memories[name], counted[name][2])
    print_times({"bare DuckDB query": peer, "count_large": ours})
    print_ratio("count_large / DuckDB", ours, peer, "under 1.3")
    print(
        f"  memory at most: DuckDB {memories['DuckDB']:.0f} MB, count_large "
        f"{memories['count_large']:.0f} MB; reach: under {MEMORY} MB"
    )
    print_load()


def invent_cases(path: Path, n_rows: int) -> None:
    """Write coded cases in every combination, some more often than others."""
    places = courts().reset_index()[["court_id", "circuit_id"]]
    with duckdb.connect() as connection:
        connection.register("places", places)
        connection.execute(
            f"""
            COPY (
                WITH place AS (
                    SELECT list(court_id) AS courts, list(circuit_id) AS circuits
                    FROM places
                ), draw AS (
                    SELECT (hash(i) >> 2)::BIGINT AS h,
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
                           [1 + (h >> 24) % 4] AS result
                FROM draw
            ) TO '{path}' (FORMAT parquet)
            """
        )


def _measured(counting: str, path: Path) -> list[Any]:
    """Seconds, processor seconds, megabytes; then what tells whether counts agree."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(counting=counting), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"counting ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def _hold_same(counted: dict[str, list[Any]], n_rows: int) -> None:
    told = [measured[3:] for measured in counted.values()]
    if told[0] != told[1] or told[0][1] != n_rows:
        sys.exit(f"the counts differ: {counted}; expected the same {n_rows} rows")


if __name__ == "__main__":
    main()
