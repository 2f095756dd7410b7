"""Rounding and audit of simulated cubes: seconds, errors, share recovered.

The cube of circuits: 23 x 2 x 3 x 4, cases per year 32, 30 and 44, spread over circuits
by Zipf's law (an assumption, as the published counts name no court). Courts: 113 x 2 x
4 x 10, 90 cases a year. The errors to beat are those of one weighted sum without a cap,
measured for the design; `protection_peers.py` sets other tools beside this one.
"""

import itertools
import time
from typing import Any

import numpy as np
import pandas as pd
from _figures import Figure, Findings, arguments

from sdctables import Rule, audit, published_cells, round_counts

Margin = tuple[str, ...]
CIRCUITS = {"circuit": 23, "platform": 2, "year": 3, "outcome": 4}
COURTS = {"court": 113, "platform": 2, "year": 4, "stage": 10}
BY_PLATFORM = (0.7, 0.3)
LEVELS: dict[str, Margin] = {
    "country": (),
    "year": ("year",),
    "year x platform": ("platform", "year"),
    "year x outcome": ("year", "outcome"),
    "circuit": ("circuit",),
    "circuit x year": ("circuit", "year"),
}
# Worst error over five runs without a cap, level by level, then of any margin.
TO_BEAT = {3: (1, 2, 2, 4, 2, 3, 4), 5: (1, 2, 5, 4, 4, 7, 7)}
THRESHOLD = 4
READERS = ("plain", "rule-aware")


def main() -> None:
    asked = arguments(__doc__, repeats=5)
    runs = 2 if asked.small else asked.repeats
    for base in (3, 5):
        round_circuits(asked.findings, base, runs)
    attack_hidden(asked.findings, min(runs, 2))
    if not asked.small:
        round_courts(asked.findings)


def round_circuits(findings: Findings, base: int, runs: int) -> None:
    worst = [0] * (len(LEVELS) + 1)
    reports, audits = [], []
    for run in range(runs):
        cells = simulated(run, CIRCUITS, cases=(32, 30, 44))
        report, seconds = protected(cells, base, seed=run)
        errors = {frozenset(m): e["largest"] for m, e in report.errors.items()}
        found = [errors[frozenset(level)] for level in LEVELS.values()]
        # The inner cells move by up to base - 1, whatever the programme does.
        anywhere = max(e for m, e in errors.items() if len(m) < len(CIRCUITS))
        worst = [max(pair) for pair in zip(worst, [*found, anywhere], strict=True)]
        reports.append(report)
        audits.append(seconds)
    for name, ours, beat in zip(
        [*LEVELS, "any margin"], worst, TO_BEAT[base], strict=True
    ):
        what = f"base {base}: worst error, {name}"
        findings.add(Figure(what, "cases", [ours], most=beat))
    gaps = [100 * report.gap for report in reports]
    findings.add(
        Figure(f"base {base}: rounding", "s", [r.seconds for r in reports], below=5),
        Figure(f"base {base}: gap", "%", gaps, most=2),
        Figure(f"base {base}: audit of 1,440 cells", "s", audits, below=5),
    )


def attack_hidden(findings: Findings, runs: int) -> None:
    """What a reader recovers when counts under a threshold are merely hidden."""
    for zeros, reader in itertools.product(("show", "protect"), READERS):
        shares, seconds = zip(
            *(_recovered(run, zeros, reader) for run in range(runs)), strict=True
        )
        what = f"counts to {THRESHOLD} hidden, zeros {zeros}, {reader} reader"
        findings.add(
            Figure(f"{what}: recovered", "%", shares),
            Figure(f"{what}: audit", "s", seconds, below=5),
        )


def _recovered(run: int, zeros: Any, reader: Any) -> tuple[float, float]:
    """Per cent of the hidden counts that are known, and the seconds of the audit."""
    cells = simulated(run, CIRCUITS, cases=(32, 30, 44))
    published = published_cells(cells, all_margins(cells))
    hidden = published["n"].between(int(zeros == "show"), THRESHOLD)
    printed = published.assign(status=np.where(hidden, "primary", "shown"))
    rule = Rule(method="suppression", threshold=THRESHOLD, zeros=zeros)
    began = time.perf_counter()
    audited = audit(printed, rule=rule, reader=reader)
    seconds = time.perf_counter() - began
    small = hidden & (published["n"] > 0)
    return 100 * (audited["low"] == audited["high"])[small].mean(), seconds


def round_courts(findings: Findings) -> None:
    cells = simulated(1, COURTS, cases=(90,))
    began = time.perf_counter()
    report, seconds = protected(cells, 3, seed=1)
    every = time.perf_counter() - began
    what = "courts 113 x 2 x 4 x 10"
    findings.add(
        Figure(f"{what}: rounded and audited", "s", [every], below=60),
        Figure(f"{what}: rounding", "s", [report.seconds]),
        Figure(f"{what}: audit", "s", [seconds]),
        Figure(f"{what}: gap", "%", [100 * report.gap]),
        Figure(f"{what}: worst error", "cases", [report.cap]),
    )


def protected(cells: pd.DataFrame, base: int, *, seed: int) -> tuple[Any, float]:
    """The report of one rounding, and the seconds of the audit of all margins."""
    rule = Rule(method="rounding", base=base)
    margins = all_margins(cells)
    rounded, report = round_counts(cells, margins, rule=rule, seed=seed, gap=0.02)
    published = published_cells(rounded, margins, count="published", rule=report.rule)
    began = time.perf_counter()
    audited = audit(published, reader="rule-aware")
    seconds = time.perf_counter() - began
    narrow = (audited["high"] - audited["low"] < rule.width) & (audited["low"] < base)
    if narrow.any():
        raise SystemExit(f"base {base}: {int(narrow.sum())} cells are given away")
    return report, seconds


def simulated(run: int, sizes: dict[str, int], cases: tuple[int, ...]) -> pd.DataFrame:
    """Cases spread at random: places by Zipf's law, the last column geometrically."""
    draw = np.random.default_rng(run)
    place, platform, year, last = sizes.values()
    zipf, steps = 1 / np.arange(1, place + 1), 1 / np.arange(1, last + 1)
    counts = np.zeros(tuple(sizes.values()), dtype=int)
    for number in range(year):
        many = cases[number % len(cases)]
        at = (
            draw.choice(place, many, p=zipf / zipf.sum()),
            draw.choice(platform, many, p=BY_PLATFORM),
            np.full(many, number),
            draw.choice(last, many, p=steps / steps.sum()),
        )
        np.add.at(counts, at, 1)
    codes = np.indices(counts.shape).reshape(counts.ndim, -1)
    columns = {
        name: [f"{name} {value}" for value in code]
        for name, code in zip(sizes, codes, strict=True)
    }
    return pd.DataFrame({**columns, "n": counts.ravel()})


def all_margins(cells: pd.DataFrame) -> list[Margin]:
    columns = [name for name in cells.columns if name != "n"]
    return [
        margin
        for size in range(len(columns) + 1)
        for margin in itertools.combinations(columns, size)
    ]


if __name__ == "__main__":
    main()
