"""Rounding and audit of registers of up to 50,000 small counts: gap, seconds, memory.

Invented registers of 500 places x 5 years x 10 stages x 10 results, occupied cells
only, skewed as courts are: a few places have most of the cases (Zipf), later stages
have fewer, each stage has results of its own. Margins: those that an edition names, or
every one there is (`--every`), which has many more rows.

The processor's seconds stand beside those on the wall: the limit is on the wall, and a
busy machine gives a search less of it.
"""

import itertools
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

import numpy as np
import pandas as pd
from _figures import Figure, Findings, asked, parser
from _timing import own_peak_megabytes

from sdctables import Rule, audit, published_cells, round_counts

Margin = tuple[str, ...]
YEARS, STAGES, RESULTS = 5, 10, 10
# Cases that give about 1,600, 8,000, 18,000 and 50,000 counts below 3.
CASES = (2_042, 14_886, 45_000, 330_000)
OF_AN_EDITION: list[Margin] = [
    (),
    ("year",),
    ("stage",),
    ("result",),
    ("year", "stage"),
    ("year", "result"),
    ("year", "stage", "result"),
    ("place",),
    ("place", "year"),
    ("place", "year", "stage", "result"),
]
# What 50,000 small counts should reach: seconds, gap, megabytes, seconds of the audit.
LIMIT, GAP, MEMORY, AUDIT = 120, 0.05, 2000, 300
SHORT = 30  # seconds for a search beside other benches


@dataclass(frozen=True)
class Figures:
    small: int
    published: int
    gap: float
    largest: int
    status: str
    seconds: float
    processor: float
    audit: float
    megabytes: float


def main() -> None:
    words = parser(__doc__, repeats=1)
    words.add_argument("--all", action="store_true", help="the large ones too")
    words.add_argument("--every", action="store_true", help="every margin there is")
    words.add_argument("--chance", type=float, default=0.0)
    words.add_argument("--limit", type=float, default=SHORT, metavar="SECONDS")
    given = words.parse_args()
    findings = asked(given).findings
    sizes = CASES if given.all else CASES[: 1 if given.small else 2]
    for cases in sizes:
        add_figures(findings, measured(cases, given.every, given.chance, given.limit))
    if not given.all:
        findings.note("18,000 and 50,000 small counts: `make scale`; docs/method.md.")


def add_figures(findings: Findings, found: Figures) -> None:
    what = f"{found.small:,} small counts of {found.published:,}"
    findings.add(
        Figure(f"{what}: gap", "%", [100 * found.gap], most=100 * GAP),
        Figure(f"{what}: worst error", "cases", [found.largest]),
        Figure(
            f"{what}: rounding",
            "s",
            [found.seconds],
            [found.processor],
            [found.megabytes],
            below=LIMIT,
        ),
        Figure(f"{what}: memory", "MB", [found.megabytes], below=MEMORY),
        Figure(f"{what}: audit, processor", "s", [found.audit], below=AUDIT),
    )
    if found.status != "optimal":
        findings.note(f"{what}: {found.status}.")


def measured(cases: int, every: bool, chance: float, limit: float) -> Figures:
    """What one register took, in a process of its own, whose memory is its own."""
    context = get_context("spawn")
    told, says = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(says, cases, every, chance, limit))
    process.start()
    says.close()
    try:
        return told.recv()
    finally:
        process.join()


def _measure(
    says: Connection, cases: int, every: bool, chance: float, limit: float
) -> None:
    cells = register(cases, seed=1)
    margins = all_margins(cells) if every else OF_AN_EDITION
    rule = Rule(base=3, chance=chance)
    began, used = time.monotonic(), time.process_time()
    rounded, report = round_counts(
        cells, margins, rule=rule, seed=1, gap=GAP, time_limit=limit
    )
    seconds, processor = time.monotonic() - began, time.process_time() - used
    published = published_cells(rounded.assign(n=rounded["published"]), margins)
    used = time.process_time()
    audited = audit(published, rule=rule, reader="rule-aware")
    attacked = time.process_time() - used
    narrow = (audited["high"] - audited["low"] < rule.width) & (audited["low"] < 3)
    if narrow.any():
        raise SystemExit(f"{int(narrow.sum())} cells are given away")
    figures = Figures(
        report.rounded,
        len(published),
        report.gap,
        report.cap,
        report.status,
        seconds,
        processor,
        attacked,
        own_peak_megabytes(),
    )
    says.send(figures)


def register(cases: int, *, seed: int, places: int = 500) -> pd.DataFrame:
    """The occupied cells of that many invented cases."""
    draw = np.random.default_rng(seed)
    place = draw.choice(places, cases, p=_shares(1 / np.arange(1, places + 1)))
    year = draw.choice(YEARS, cases, p=_shares(1.1 ** np.arange(YEARS)))
    # Each place decides its own share at each stage.
    tilt = draw.dirichlet(np.full(STAGES, 5.0), size=places)
    reached = np.array([_shares(own * 0.75 ** np.arange(STAGES)) for own in tilt])
    stage = _drawn(draw, reached[place])
    result = _drawn(draw, draw.dirichlet(np.full(RESULTS, 0.7), size=STAGES)[stage])
    cells = pd.DataFrame({"place": place, "year": year, "stage": stage})
    return cells.assign(result=result).value_counts(sort=False).reset_index(name="n")


def _shares(weights: np.ndarray) -> np.ndarray:
    return np.asarray(weights / weights.sum())


def _drawn(draw: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """One value for each row of shares."""
    past = shares.cumsum(axis=1) < draw.random(len(shares))[:, None]
    return np.asarray(np.minimum(past.sum(axis=1), shares.shape[1] - 1))


def all_margins(cells: pd.DataFrame) -> list[Margin]:
    columns = [name for name in cells.columns if name != "n"]
    sizes = range(len(columns) + 1)
    return [each for size in sizes for each in itertools.combinations(columns, size)]


if __name__ == "__main__":
    main()
