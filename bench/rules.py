"""How well each rule finds what is wrong: recall and precision on invented returns.

About 1,600 returns, thirty and more for each rule, whose generator knows every fault
that it planted and every trait that it gave a file. A rule is right where it names the
file and the row.
"""

from collections import Counter
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from _figures import Figure, arguments

from qadaya.returns.check import check_file
from qadaya.synthetic.traits import write_returns_with_traits

RETURNS = 1500
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
    meant = 100 * n_right / n_cases
    asked.findings.add(Figure("cases read as they were meant", "%", [meant], least=100))
    for share, other in (("recall", "miss"), ("precision", "wrong")):
        of_rules = _shares(tally, other)
        worst = f"{share}, the worst of {len(of_rules)} rules"
        least = min(of_rules.values())
        asked.findings.add(Figure(worst, "%", [least], least=95))
        for rule, value in of_rules.items():
            if value < 100:
                asked.findings.add(Figure(f"{share}, {rule}", "%", [value]))
    asked.findings.note(f"{n_returns:,} returns with {n_cases:,} cases to be counted.")


def _shares(tally: Counter[tuple[str, str]], other: str) -> dict[str, float]:
    """For each rule the share of hits among hits and `other`, in per cent."""
    found = {}
    for rule in sorted({rule for rule, _ in tally}):
        hits, others = tally[rule, "hit"], tally[rule, other]
        if hits + others:
            found[rule] = 100 * hits / (hits + others)
    return found


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
