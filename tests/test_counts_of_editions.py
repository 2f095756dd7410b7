import json

import pandas as pd
import pytest

from checkout import CHECKOUT
from qadaya.editions.build import build_edition
from qadaya.inference import poisson_interval
from qadaya.reference import courts
from qadaya.views import charts
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.grid import STATE_BY_FACTS
from qadaya.views.topics import comparison
from qadaya.vocabulary import COUNT_STATES
from small_register import a_return, many, problems

HOUSES = courts()[["circuit_id", "valid_from"]].loc[
    ["ca-rabat", "tpi-sale", "tpi-rabat", "ca-fes", "tpi-taounate"]
]
COUNTS = {
    ("tpi-sale", 2023): 7,
    ("tpi-rabat", 2023): 2,
    ("ca-fes", 2023): 1,
    ("tpi-sale", 2024): 9,
    ("tpi-rabat", 2024): 1,
    ("tpi-taounate", 2024): 2,
}


def cases():
    parts = []
    for (court, year), n in COUNTS.items():
        frame = many({("ca-a", 2023): n})
        circuit = HOUSES.loc[court, "circuit_id"]
        parts.append(frame.assign(court_id=court, circuit_id=circuit, year=year))
    return pd.concat(parts, ignore_index=True)


def edition(folder, audience):
    sent = [a_return(*place, accepted=n) for place, n in COUNTS.items()]
    return build_edition(
        cases(),
        pd.DataFrame(sent),
        problems(),
        audience=audience,
        folder=folder / "editions",
        register=folder / "register",
        courts=HOUSES,
    )


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    return edition(folder, "internal"), edition(folder, "shared")


@pytest.mark.parametrize("measure", ["cases", "prosecuted", "convicted"])
@pytest.mark.parametrize(
    "by",
    [[], ["year"], ["circuit_id"], ["circuit_id", "year"], ["platform", "year"]],
    ids=lambda by: " x ".join(by) or "country",
)
def test_a_shared_interval_covers_the_true_count_behind_it(editions, by, measure):
    internal, shared = (cases_table(one, by=by, measure=measure) for one in editions)
    true = internal["n"].fillna(0)
    known = shared["most"].notna()
    assert known.any()
    assert (shared["fewest"][known] <= true[known]).all()
    assert (true[known] <= shared["most"][known]).all()
    low, high = poisson_interval(true)
    assert (shared["low"][known] <= low[known]).all()
    assert (high[known] <= shared["high"][known]).all()


@pytest.mark.parametrize(
    ("by", "bounds"),
    [
        # The court of appeal of Rabat never reported; Taounate at most 2, Fès 1.
        ([], [(3, 1)]),
        (["year"], [(2, 1), (1, 1)]),
        (["circuit_id"], [(None, 1), (3, 0)]),
        (["platform"], [(3, 1)] * 3),
    ],
    ids=["country", "year", "circuit", "platform"],
)
def test_a_count_says_what_missing_courts_would_add(editions, by, bounds):
    exact, rounded = (cases_table(one, by=by) for one in editions)
    told = exact[["missing_most", "never_reported"]].astype(object)
    assert list(told.where(told.notna(), None).itertuples(index=False)) == bounds
    assert list(rounded["never_reported"]) == list(exact["never_reported"])
    known = exact["missing_most"].notna()
    assert (exact["missing_most"][known] <= rounded["missing_most"][known]).all()


def plain(text):
    return text.replace("\u2060", "")  # which keeps a range on one line


def test_tables_that_set_places_beside_each_other_say_the_same_bounds(editions):
    internal, _ = editions
    added = "Missing courts would add"
    rabat, fez = "not known: 1 has never reported", "0–3"
    for table, places in (
        (comparison.rates_table(internal), ("Rabat-Sale-Kenitra", "Fez-Meknes")),
        (comparison.caseload_table(internal), ("Rabat", "Fez")),
    ):
        found = dict(zip(table.iloc[:, 0], table[added], strict=True))
        assert [plain(found[place]) for place in places] == [rabat, fez]
    ladder = comparison.climb(internal, "tpi-taounate", year=2023)
    bounds = comparison.ladder_table(ladder)[added]
    assert [plain(bound) for bound in bounds][:4] == ["0–2", "0–2", "0–2", fez]


@pytest.mark.parametrize(
    "chart",
    [
        charts.cases_by_circuit,
        charts.cases_by_circuit_and_year,
        charts.cases_by_year,
        charts.cases_by_body,
        charts.cases_by_subject,
        charts.cases_by_stage,
        charts.case_flow,
    ],
    ids=lambda chart: chart.__name__,
)
def test_charts_draw_editions_as_they_are_built(editions, chart):
    for one in editions:
        assert len(charts.twin(chart(one, language="ar")))


EXAMPLES = json.loads(
    (CHECKOUT / "tests" / "data" / "count_states.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("n", "hidden", "came", "due", "state"),
    [each[1:] for each in EXAMPLES],
    ids=[each[0] for each in EXAMPLES],
)
def test_a_count_has_one_state(n, hidden, came, due, state):
    facts = (n > 0, hidden, came > 0, due > 0)
    bits = sum(fact << place for place, fact in enumerate(facts))
    assert STATE_BY_FACTS[bits] == state


def test_the_examples_name_every_state_and_every_set_of_facts():
    facts = {
        (n > 0, hidden, came > 0, due > 0) for _, n, hidden, came, due, _ in EXAMPLES
    }
    assert len(facts) == len(STATE_BY_FACTS) == 16
    assert {each[-1] for each in EXAMPLES} == set(COUNT_STATES)
