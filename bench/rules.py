"""How well each rule finds what is wrong: recall and precision on invented returns.

About a thousand returns whose generator knows every fault that it planted and every
trait that it gave a file. A rule is right where it names the file and the row.
"""

from collections import Counter
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from _timing import arguments, print_load

from qadaya.returns.check import check_file
from qadaya.synthetic.traits import write_returns_with_traits

RETURNS = 1000
# Found by comparing the returns of several courts, which is not done here; and a note.
ELSEWHERE = ("counted_twice", "second_degree_case", "nil_return")


def main() -> None:
    asked = arguments(__doc__, repeats=1)
    tally: Counter[tuple[str, str]] = Counter()
    n_returns = n_right = n_cases = 0
    with TemporaryDirectory(prefix="qadaya-bench-") as folder:
        for seed in count(2023):
            beside = Path(folder) / str(seed)
            years = (2023,) if asked.small else (2021, 2022, 2023, 2024)
            for sent in write_returns_with_traits(
                beside, seed=seed, years=years
            ).returns:
                returns = check_file(beside / sent.file)
                planted = Counter(
                    (fault.rule, fault.row)
                    for fault in sent.faults
                    if fault.rule not in ELSEWHERE
                )
                told = Counter(
                    (problem.rule, problem.row)
                    for one in returns
                    for problem in one.problems
                    if problem.rule not in ELSEWHERE
                )
                _count(tally, planted, told)
                n_returns += 1
                expected = {case.row: case.codes for case in sent.accepted}
                read = {c.row: c.codes for one in returns for c in one.accepted}
                n_cases += len(expected)
                n_right += sum(
                    row in read and codes.items() <= read[row].items()
                    for row, codes in expected.items()
                )
            if asked.small or n_returns >= RETURNS:
                break
    print(f"{n_returns} returns; cases read as meant: {n_right} of {n_cases}")
    for rule in sorted({rule for rule, _ in tally}):
        hits, missed, wrong = (tally[rule, what] for what in ("hit", "miss", "wrong"))
        recall = f"{hits / (hits + missed):.1%}" if hits + missed else "-"
        precision = f"{hits / (hits + wrong):.1%}" if hits + wrong else "-"
        print(f"{rule:28} recall {recall:>6}  precision {precision:>6}  ({hits})")
    print_load()


def _count(
    tally: Counter[tuple[str, str]],
    planted: Counter[tuple[str, int | None]],
    told: Counter[tuple[str, int | None]],
) -> None:
    for what, found in (
        ("hit", planted & told),
        ("miss", planted - told),
        ("wrong", told - planted),
    ):
        for (rule, _), n in found.items():
            tally[rule, what] += n


if __name__ == "__main__":
    main()
