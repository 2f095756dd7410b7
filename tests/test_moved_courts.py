"""A court belongs to the circuit of the year: Guercif to Oujda, from 2023 to Taza."""

import pandas as pd
import pytest

from qadaya.counting.reporting import reporting_grid
from qadaya.editions.build import build_edition
from qadaya.editions.edition import edition_at
from qadaya.editions.protection.by_rounding import (
    RoundedCells,
    error_bounds,
    on_the_map_of,
)
from qadaya.editions.protection.policy import Policy, read_policy
from qadaya.errors import DisclosureError
from qadaya.reference.history import courts_as_opened
from qadaya.views.explorer.explore import explore
from qadaya.views.explorer.filters import filters
from qadaya.views.frames.places import place_error
from qadaya.views.frames.tidy import tidy_counts
from qadaya.views.topics.quality import status_by_court
from small_edition import SmallEdition
from small_register import a_return, many, problems

COURTS = ["tpi-guercif", "ca-oujda", "ca-taza", "tpi-dakhla", "ca-laayoune"]
COUNTS = {
    ("tpi-guercif", 2022): 4,
    ("ca-oujda", 2022): 6,
    ("ca-taza", 2022): 5,
    ("tpi-guercif", 2023): 7,
    ("ca-oujda", 2023): 8,
    ("ca-taza", 2023): 9,
}
OUJDA, TAZA = "tpi-guercif.ca-oujda", "tpi-guercif.ca-taza"


def cases_on(circuit, counts=COUNTS):
    """Cases with each court in the circuit that `circuit(court, year)` says."""
    parts = []
    for (court, year), n in counts.items():
        one = many({("ca-a", 2023): n})
        home = circuit(court, year)
        parts.append(one.assign(court_id=court, circuit_id=home, year=year))
    return pd.concat(parts, ignore_index=True)


def of_the_year(court, year):
    if court == "tpi-guercif":
        return "ca-oujda" if year == 2022 else "ca-taza"
    return court


def of_today(court, year):
    return "ca-taza" if court == "tpi-guercif" else court


def returns_of(counts=COUNTS):
    return pd.DataFrame([a_return(*place, accepted=n) for place, n in counts.items()])


def light_policy():
    """The policy of the project with one table and one reader: attacked faster."""
    settings = read_policy().public()
    settings["tables"] = {"cube": settings["tables"]["cube"]}
    for name in ("margins", "printed"):
        known = set(settings["tables"]["cube"])
        settings[name] = [each for each in settings[name] if set(each) <= known]
    return Policy.model_validate(settings | {"readers": ["rule-aware"]})


def built(folder, audience, circuit=of_the_year, counts=COUNTS):
    return build_edition(
        cases_on(circuit, counts),
        returns_of(counts),
        problems(),
        audience=audience,
        folder=folder / "editions",
        register=folder / "register",
        courts=courts_as_opened().loc[COURTS],
        policy=light_policy(),
    )


@pytest.fixture(scope="module")
def internal(tmp_path_factory):
    return built(tmp_path_factory.mktemp("internal"), "internal")


def numbers(frame, *by):
    return {
        tuple(row[:-1]): row[-1] for row in frame[[*by, "n"]].itertuples(index=False)
    }


def test_who_reported_stands_under_the_circuit_of_the_year(internal):
    grid = reporting_grid(returns_of(), courts_as_opened().loc[COURTS])
    homes = grid.set_index(["court_id", "year"])["circuit_id"]
    assert homes["tpi-guercif", 2022] == "ca-oujda"
    assert homes["tpi-guercif", 2023] == "ca-taza"
    # Its court of appeal is decreed and not yet open.
    assert homes["tpi-dakhla", 2023] == "ca-laayoune"


def test_counts_and_returns_by_circuit_follow_the_year(internal):
    found = tidy_counts(internal, by=["circuit", "year"])
    assert numbers(found, "circuit_id", "year") | {
        ("ca-oujda", 2022): 10,
        ("ca-oujda", 2023): 8,
        ("ca-taza", 2022): 5,
        ("ca-taza", 2023): 16,
    } == numbers(found, "circuit_id", "year")
    due = found.set_index(["circuit_id", "year"])["expected"]
    assert (due["ca-oujda", 2022], due["ca-oujda", 2023]) == (2, 1)
    assert (due["ca-taza", 2022], due["ca-taza", 2023]) == (1, 2)


def test_a_court_that_moved_is_counted_once_in_each_of_its_circuits(internal):
    found = tidy_counts(internal, by=["court", "circuit"], where={"court": "Guercif"})
    assert numbers(found, "court_id", "circuit_id") == {
        ("tpi-guercif", "ca-oujda"): 4,
        ("tpi-guercif", "ca-taza"): 7,
    }
    years = tidy_counts(
        internal, by=["court", "circuit", "year"], where={"court": "Guercif"}
    )
    assert numbers(years, "circuit_id", "year") == {
        ("ca-oujda", 2022): 4,
        ("ca-taza", 2023): 7,
    }


def test_the_table_of_courts_names_both_circuits_of_one_that_moved(internal):
    found = status_by_court(internal)
    row = list(found["Court"]).index("Court of First Instance of Guercif")
    assert found["Circuit"][row] == "Oujda, Taza"
    assert len(found["Court"]) == len(COURTS)


def test_the_explorer_adds_whole_circuits_up_by_the_map_of_each_year(internal):
    explorer = explore(internal, selection={"breakdown": "circuit"})
    found = numbers(explorer.table(), "circuit_id", "year")
    assert found["ca-oujda", 2022] == 10 and found["ca-taza", 2023] == 16

    explorer.selection = {"circuits": ["ca-oujda"], "breakdown": "circuit"}
    assert numbers(explorer.table(), "circuit_id", "year") == {
        ("ca-oujda", 2022): 10,
        ("ca-oujda", 2023): 8,
    }
    assert explorer.table()["expected"].tolist() == [2, 1]


def test_in_the_explorer_a_court_that_moved_is_the_sum_of_its_stays(internal):
    explorer = explore(internal, selection={"courts": "Guercif"})
    assert set(explorer.selection["courts"]) == {OUJDA, TAZA}
    assert explorer.cells()["n"].sum() == 11
    explorer.selection = {"courts": [OUJDA]}
    assert explorer.cells()["n"].sum() == 4
    names = {each["id"]: each["name"] for each in explorer.facts["courts"]}
    assert names[OUJDA] == "Guercif (2022)" and names[TAZA] == "Guercif (2023)"


def test_a_list_of_courts_has_one_that_moved_where_it_was_last(internal):
    options = filters(internal).court.options
    assert [value for _, value in options].count(("court", "tpi-guercif")) == 1
    names = [name.strip() for name, _ in options]
    assert names.index("Guercif") > names.index("Circuit of Taza")


def test_an_error_by_court_holds_for_each_part_of_a_court_that_moved():
    # Over both years the errors cancel out; of one circuit alone they do not.
    cells = pd.DataFrame(
        {
            "court_id": "tpi-guercif",
            "circuit_id": ["ca-oujda", "ca-oujda", "ca-taza", "ca-taza"],
            "platform": ["NCMEC", "CPS", "NCMEC", "CPS"],
            "year": [2022, 2022, 2023, 2023],
            "n": [1, 1, 2, 2],
            "published": [3, 3, 0, 0],
        }
    )
    policy = read_policy()
    alike = {name: "any" for name in policy.inner if name not in cells}
    rounded = RoundedCells(cells.assign(**alike), policy.rule)
    bounds = error_bounds(rounded, policy, seed=1)
    assert bounds["court_id"]["largest"] >= 4


def test_a_region_counts_a_court_that_moved_for_its_years_in_each_circuit(internal):
    # Oriental: the circuit of Oujda, and Guercif for the year in which it was Taza's.
    found = place_error(
        _with_bounds(internal), "MA-02", "region", measure="cases", years=[2022, 2023]
    )
    assert found == 2 + 3


def _with_bounds(edition):
    largest = {"circuit_id": 2, "court_id": 3}
    return SmallEdition(
        edition.cube,
        edition.table("reporting"),
        bounds={name: {"largest": n} for name, n in largest.items()},
    )


def test_earlier_counts_are_set_beside_those_of_the_same_court_and_year():
    now = pd.DataFrame(
        {
            "court_id": "tpi-guercif",
            "circuit_id": ["ca-oujda", "ca-taza"],
            "year": [2022, 2023],
            "n": 1,
        }
    )
    then = pd.DataFrame(
        {
            "court_id": ["tpi-guercif"] * 3 + ["ca-taza"],
            "circuit_id": "ca-taza",
            "year": [2021, 2022, 2023, 2022],
            "n": 1,
        }
    )
    homes = on_the_map_of(now, then)["circuit_id"].tolist()
    # Of 2021 the new edition holds nothing: there it stays.
    assert homes == ["ca-taza", "ca-oujda", "ca-taza", "ca-taza"]


def test_an_edition_on_the_new_map_changes_no_count_and_gives_none_away(tmp_path):
    small = {("tpi-guercif", 2022): 1, ("tpi-guercif", 2023): 2, **dict.fromkeys(
        [("ca-oujda", 2022), ("ca-oujda", 2023), ("ca-taza", 2022)], 1
    )}  # fmt: skip
    first = built(tmp_path, "shared", of_today, small)
    second = built(tmp_path, "shared", of_the_year, small)
    by = ["court_id", "platform", "year", "stage", "result"]
    assert second.number != first.number
    assert numbers(second.cube, *by) == numbers(first.cube, *by)
    assert second.manifest.reporting == first.manifest.reporting

    late = small | {("ca-taza", 2022): 2}
    with pytest.raises(DisclosureError, match="1 case changed since the edition"):
        built(tmp_path, "shared", of_the_year, late)
    assert edition_at(second.path).number == second.number
