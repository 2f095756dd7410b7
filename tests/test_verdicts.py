"""What the explorer of a shared edition says, held against the exact counts."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import court_cases
from qadaya.inference import poisson_interval, smallest_significant_change
from qadaya.views.explorer.explore import explore
from qadaya.vocabulary import MEASURES, RESULTS_OF_MEASURE, STAGES_OF_MEASURE

WALK = Path(__file__).parent / "js" / "verdicts.js"
YEARS = (2021, 2022, 2023, 2024)
# Mostly one to four cases, and places that rise or fall by more than chance explains.
STEADY = ("ca-fes", "ca-tanger", "tpi-rabat", "tpi-kenitra", "tpi-safi", "tpi-nador")
MOVING = {
    "tpi-sale": (0, 1, 4, 14),
    "tpi-casablanca-penale": (22, 9, 6, 2),
    "ca-agadir": (1, 0, 6, 7),
}
OUTCOMES = (
    court_cases.OPEN,
    court_cases.JUDGED,
    court_cases.WAITING,
    court_cases.UPHELD,
)


def rows():
    draw = random.Random(3)
    sizes = {
        (court, year): n
        for court, counts in MOVING.items()
        for year, n in zip(YEARS, counts, strict=True)
    }
    sizes |= {(court, year): draw.randint(0, 4) for court in STEADY for year in YEARS}
    return [
        (court, year, 1, draw.choice(["NCMEC", "NCMEC", "CPS"]), "possession", kind)
        for (court, year), n in sizes.items()
        for kind in draw.choices(OUTCOMES, k=n)
    ]


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twins")
    return [
        court_cases.edition(folder / audience, audience, rows=rows())
        for audience in ("internal", "shared")
    ]


@pytest.fixture(scope="module")
def told(twins):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here to run the JavaScript's own tests with")
    state = explore(twins[1]).state()
    done = subprocess.run(
        [node, WALK],
        input=json.dumps({"cube": state["cube"], "facts": state["facts"]}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def exact(twins, told):
    """For each verdict the true counts of its two years."""
    cube = twins[0].cube
    sums = {}
    for measure in MEASURES:
        counted = cube[
            cube["stage"].isin(STAGES_OF_MEASURE[measure])
            & cube["result"].isin(RESULTS_OF_MEASURE[measure])
        ].assign(country="MA")
        for kind in ("court_id", "circuit_id", "platform", "country"):
            by = [kind, "year"] if kind == "platform" else [kind, "platform", "year"]
            for place, n in counted.groupby(by, observed=True)["n"].sum().items():
                name, platform, year = place if len(by) == 3 else (place[0], *place)
                sums[measure, kind, name, platform, int(year)] = int(n)
    return [
        [
            sum(
                sums.get((one["measure"], one["kind"], one["id"], platform, year), 0)
                for platform in (
                    [one["id"]] if one["kind"] == "platform" else one["platforms"]
                )
            )
            for year in one["years"]
        ]
        for one in told
    ]


def test_no_verdict_of_a_shared_edition_is_refuted_by_the_exact_counts(told, exact):
    before, after = np.array(exact).T
    down, up = smallest_significant_change(before)
    true = np.where(after >= up, "rise", np.where(after <= down, "fall", "chance"))
    wrong = [
        (one, counts)
        for one, counts, verdict in zip(told, exact, true, strict=True)
        if one["verdict"] not in ("open", verdict)
    ]
    assert wrong == []
    # It says something: of some places that they moved, of others that chance may.
    verdicts = {one["verdict"] for one in told}
    assert verdicts == {"rise", "fall", "chance", "open"}


def test_what_a_shared_count_can_stand_for_covers_the_exact_count(told, exact):
    for one, counts in zip(told, exact, strict=True):
        for n, span in zip(counts, one["ranges"], strict=True):
            assert span is None or span["fewest"] <= n <= span["most"], one


def test_a_shared_interval_covers_that_of_the_exact_count(told, exact):
    low, high = poisson_interval(np.array(exact))
    for one, lows, highs in zip(told, low, high, strict=True):
        for shown, least, most in zip(one["intervals"], lows, highs, strict=True):
            assert shown is None or (shown["low"] <= least and most <= shown["high"])


def test_no_place_can_stand_for_more_than_all_cases_of_all_places(told, twins):
    highest = explore(twins[1]).facts["most"]
    spans = [span for one in told for span in one["ranges"] if span is not None]
    assert spans and max(span["most"] for span in spans) <= highest
