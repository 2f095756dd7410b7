"""Counting 36.2 million rows of a Parquet file: `count_large` against bare DuckDB.

As many rows as NCMEC received reports from the whole world in 2023. Each counting runs
in a process of its own, which says how much memory it took at most. Both must give the
same numbers. Other sizes and engines: `scale.py`.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from _counted import BARE, LARGE, counted, invent_cases
from _figures import Figure, arguments

ROWS = 36_200_000
FEW_ROWS = 200_000
RATIO, MEMORY = 1.3, 1000  # times bare DuckDB, megabytes


def main() -> None:
    asked = arguments(__doc__, repeats=7)
    n_rows = FEW_ROWS if asked.small else ROWS
    bare, ours = [], []
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        path = Path(folder) / "cases.parquet"
        invent_cases(path, n_rows)
        size = path.stat().st_size / 1e6
        for _ in asked.rounds():
            pair = counted(BARE, path), counted(LARGE, path)
            if pair[0].told != pair[1].told or pair[0].told[1] != n_rows:
                sys.exit(f"the counts differ: {pair}; expected the same of {n_rows}")
            bare.append(pair[0].spent)
            ours.append(pair[1].spent)
    findings = asked.findings
    findings.add_ratio("count_large / bare DuckDB", ours, bare, under=RATIO)
    memory = [run.megabytes for run in ours]
    findings.add(Figure("count_large: memory", "MB", memory, below=MEMORY))
    findings.add_runs("count_large", ours)
    findings.add_runs("bare DuckDB", bare)
    findings.note(
        f"{n_rows:,} rows, {size:.0f} MB of Parquet; the same counts of both."
    )


if __name__ == "__main__":
    main()
