"""Reading returns: `check_file` against a bare read of the same workbooks by calamine.

Bare means: every sheet into lists of values. Ours also finds the form by its headings,
looks for formulas, codes every case and checks all rules. Calamine reads no Word table
and no CSV file, so those returns are timed apart, without a peer; and all of them once
more as they are received, by two processes. Texts that were met before are coded from
memory, so every round starts in a process that has met none.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from _timing import arguments, print_load, print_ratio, print_times, take_turns
from python_calamine import CalamineWorkbook

from qadaya.returns.check import check_file
from qadaya.returns.register.intake import reading
from qadaya.synthetic import small_returns, write_synthetic_returns

RETURNS = 1110
WORKBOOKS = (".xlsx", ".xls", ".ods")


def main() -> None:
    asked = arguments(__doc__, repeats=5)
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        files = _invented_returns(Path(folder), asked.small)
        workbooks = [file for file in files if file.suffix in WORKBOOKS]
        others = [file for file in files if file.suffix not in WORKBOOKS]
        check_file(workbooks[0])  # names of courts are loaded once, not for each file
        taken = take_turns(
            {
                f"calamine alone, {len(workbooks)} workbooks": lambda: _bare(workbooks),
                "check_file, the same workbooks": lambda: _check(workbooks),
                f"check_file, {len(others)} others": lambda: _check(others),
                f"as received, all {len(files)}": lambda: _receive(files),
            },
            asked.repeats,
        )
    print(f"{len(files)} returns")
    print_times(taken)
    bare, ours, *_ = taken.values()
    print_ratio("check_file / calamine", ours, bare, "under 4")
    print_load()


def _invented_returns(folder: Path, small: bool) -> list[Path]:
    """As many returns as asked for: those of one seed, then those of the next."""
    files: list[Path] = []
    seed = 2023
    while len(files) < (10 if small else RETURNS):
        beside = folder / str(seed)
        invent = small_returns if small else write_synthetic_returns
        files += [beside / sent.file for sent in invent(beside, seed=seed).returns]
        seed += 1
    return files if small else files[:RETURNS]


def _bare(files: Sequence[Path]) -> None:
    for file in files:
        with CalamineWorkbook.from_path(file) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()


def _check(files: Sequence[Path]) -> None:
    for file in files:
        check_file(file)


def _receive(files: Sequence[Path]) -> None:
    with reading(files, court=None, year=None) as readings:
        for _ in readings:
            pass


if __name__ == "__main__":
    main()
