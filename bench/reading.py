"""Reading returns, against a bare read of the same workbooks by calamine.

Bare means: every sheet into lists of values. Ours also tells what is hidden from what
is seen, finds the form by its headings, codes every case, checks all rules, and does it
in processes that may die. Files are read as they are received, by all readers at once;
and once more one after the other. Calamine reads no Word table and no CSV file, so
those are timed apart, without a peer. Texts that were met before are coded from memory,
so every round starts with readers that have met none; the processor's seconds are those
of the readers too.
"""

from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from _figures import arguments
from _timing import take_turns
from python_calamine import CalamineWorkbook

from qadaya.returns.check import check_file
from qadaya.returns.readers import shared_readers
from qadaya.returns.register.intake import reading

RETURNS = 1110
WORKBOOKS = (".xlsx", ".xls", ".ods")


def main() -> None:
    asked = arguments(__doc__, repeats=3)
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        # In a process of its own: what it loads, no desk that receives returns does,
        # and it would weigh on every reader that is copied from this one.
        with get_context("spawn").Pool(1) as apart:
            files = apart.apply(_invented_returns, (Path(folder), asked.small))
        workbooks = [file for file in files if file.suffix in WORKBOOKS]
        others = [file for file in files if file.suffix not in WORKBOOKS]
        check_file(workbooks[0])  # names of courts are loaded once, not for each file
        taken = take_turns(
            {
                f"calamine alone, {len(workbooks)} workbooks": lambda: _bare(workbooks),
                "as received, the same workbooks": lambda: _receive(workbooks),
                "one after the other": lambda: _check(workbooks),
                f"as received, {len(others)} others": lambda: _receive(others),
                f"as received, all {len(files)}": lambda: _receive(files),
            },
            asked.rounds(),
        )
    bare, received, checked, *_ = taken.values()
    findings = asked.findings
    findings.add_ratio("as received / calamine", received, bare, under=4)
    findings.add_ratio("one after the other / calamine", checked, bare, under=4)
    for what, runs in taken.items():
        findings.add_runs(what, runs)


def _invented_returns(folder: Path, small: bool) -> list[Path]:
    """As many returns as asked for: those of one seed, then those of the next."""
    from qadaya.synthetic import small_returns, write_synthetic_returns

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
    shared_readers().close()  # else nobody knows what they took


def _receive(files: Sequence[Path]) -> None:
    with reading(files, court=None, year=None) as readings:
        for _ in readings:
            pass
    shared_readers().close()


if __name__ == "__main__":
    main()
