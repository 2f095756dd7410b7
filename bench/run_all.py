"""Every bench, one after the other, and `docs/benchmarks.md` from what they found.

A bench has a limit of its own; together they stay under a quarter of an hour. One that
fails or is stopped keeps what it had found, and the page says why it ended.
"""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import _machine
import psutil
from _figures import read_findings
from _page import Bench, Circumstances, Outcome, page
from _peers import Refused, peers_python

from qadaya.atomic import write_text

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
ALL_OF_THEM = 15 * 60  # seconds
# Of its time a bench spends this on rounds; the rest is for what goes before and after.
ROUNDS = 0.8
# A few inputs are a try of the benches, on a busy machine too: no limit but a hang's.
PATIENCE = 10  # times as long
BENCHES = (
    Bench("opening", "A page opened, beside stock plotly pages", 120),
    Bench("explorer", "Filter to repaint, beside ipywidgets and FigureWidget", 130),
    Bench("reading", "Reading returns, beside bare calamine", 80),
    Bench("rules", "Rules: what is found, and what is not there", 90),
    Bench("personal", "Personal data: what is found, and false alarms", 10),
    Bench("counting", "Counting 36.2 million rows, beside bare DuckDB", 70),
    Bench("protection", "Rounding and audit of simulated cubes", 60),
    Bench("scale_protection", "Rounding and audit of large registers", 50),
    Bench("protection_peers", "Protection, beside tau-ARGUS and ACRO", 130),
    # Last, as it takes as many rounds as there is time left for.
    Bench("pages", "Notebooks to pages, beside papermill and nbconvert", 160),
)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("benches", nargs="*", help="these alone; their page is printed")
    parser.add_argument("--small", action="store_true", help="a few inputs, quickly")
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="written here instead"
    )
    asked = parser.parse_args()
    unknown = set(asked.benches) - {bench.script for bench in BENCHES}
    if unknown:
        names = ", ".join(bench.script for bench in BENCHES)
        sys.exit(f"no bench is called {', '.join(sorted(unknown))}; expected {names}")
    chosen = [one for one in BENCHES if one.script in (asked.benches or [one.script])]
    if not asked.small:
        prepare()
    look = 0.5 if asked.small else 5
    before = _machine.others_at_work(look)
    outcomes = outcomes_of(chosen, small=asked.small)
    quietness = _machine.quietness(before, _machine.others_at_work(look))
    written = page(outcomes, circumstances(quietness))
    if asked.page is None and (asked.benches or asked.small):
        print(written)
    else:
        write_text(asked.page or PAGE, written)
        print(f"written: {asked.page or PAGE}")
    if any(outcome.failure for outcome in outcomes):
        sys.exit(1)


def prepare() -> None:
    """The peers' own environment, which takes a minute to install and is not timed."""
    try:
        peers_python()
    except Refused as reason:
        print(f"peers of protection: {reason}")


def outcomes_of(chosen: Sequence[Bench], *, small: bool) -> list[Outcome]:
    """Of one after the other; the last has what the others left of the time."""
    outcomes = []
    left = ALL_OF_THEM - 20  # for what is done beside the benches
    for bench in chosen:
        granted = replace(bench, seconds=int(left)) if bench is BENCHES[-1] else bench
        if small:
            granted = replace(bench, seconds=PATIENCE * bench.seconds)
        outcomes.append(outcome_of(granted, small=small))
        left -= outcomes[-1].seconds
    return outcomes


def outcome_of(bench: Bench, *, small: bool, folder: Path = HERE) -> Outcome:
    """What a bench found, in a process of its own that is stopped at its limit."""
    print(f"== {bench.script}: {bench.title}", flush=True)
    with TemporaryDirectory(prefix="qadaya-bench-") as scratch:
        kept = Path(scratch) / "figures.jsonl"
        command = [sys.executable, str(folder / f"{bench.script}.py")]
        command += ["--figures", str(kept), "--seconds", str(ROUNDS * bench.seconds)]
        command += ["--small", "--repeats", "1"] if small else []
        began = time.monotonic()
        failure = _failure_of(command, bench.seconds, scratch)
        seconds = time.monotonic() - began
        if failure:
            print(f"  failed: {failure}", flush=True)
        return Outcome(bench, read_findings(kept), seconds, failure)


def _failure_of(command: Sequence[str], seconds: int, scratch: str) -> str:
    """Why it did not come to its end: the last line that it said; else nothing."""
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        # What one that is stopped leaves there goes with the folder.
        env=os.environ | {"TMPDIR": scratch},
    ) as process:
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            end_with_all_it_started(process.pid)
            process.communicate()
            return f"stopped after {seconds} s, its limit"
        except KeyboardInterrupt:
            end_with_all_it_started(process.pid)
            raise
    sys.stderr.write(said)
    if not process.returncode:
        return ""
    lines = said.strip().splitlines() or [f"ended with {process.returncode}"]
    return lines[-1].strip()


def end_with_all_it_started(pid: int) -> None:
    """Browsers, kernels and readers too, some of which lead groups of their own."""
    process = psutil.Process(pid)
    for each in [*process.children(recursive=True), process]:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def circumstances(quietness: str) -> Circumstances:
    return Circumstances(
        day=datetime.now(UTC).date().isoformat(),
        machine=_machine.machine(),
        quietness=quietness,
        commit=_machine.commit(),
        versions=_machine.versions(),
    )


if __name__ == "__main__":
    main()
