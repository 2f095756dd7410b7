"""Caseloads by circuit: as printed, with their doubts, and nothing filled in."""

import pytest

from qadaya.ledger import caseload_conflicts, circuit_caseloads, load_caseloads
from qadaya.reference import courts


def doubts(kind):
    rows = caseload_conflicts().query("kind == @kind")
    return sorted({(row.year, row.court_id) for row in rows.itertuples()})


def test_126_figures_of_18_circuits_and_none_of_five():
    figures = load_caseloads()
    places = {court for ids in figures["court_id"] for court in ids.split("|")}
    circuits = {courts().loc[place, "circuit_id"] for place in places}
    known = set(courts().query("level == 'appeal'").index)
    assert len(figures) == 126
    assert len(circuits) == 18
    assert known - circuits == {
        "ca-al-hoceima",
        "ca-dakhla",
        "ca-guelmim",
        "ca-kenitra",
        "ca-nador",
    }


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        ("label", {(2024, "ca-errachidia"), (2025, "ca-tanger")}),
        ("exceeds", {(2024, "ca-laayoune")}),
        ("parts", {(2025, "ca-taza")}),
        (
            "scope",
            {(2024, "ca-taza"), (2024, "ca-meknes"), (2024, "ca-beni-mellal")},
        ),
    ],
)
def test_each_known_conflict_is_found(kind, places):
    assert places <= set(doubts(kind))


def test_the_parts_of_taza_add_to_another_number_than_printed():
    rows = caseload_conflicts().query("kind == 'parts'").set_index("measure")["value"]
    assert rows["penal_cases_decided"] + rows["civil_cases_decided"] == 9027
    assert rows["cases_decided"] == 8963


def test_the_newest_caseload_of_a_circuit_is_of_the_whole_circuit():
    newest = circuit_caseloads().set_index("circuit_id")
    assert newest.loc["ca-rabat", ["year", "measure", "value"]].tolist() == [
        2024,
        "cases_registered",
        522900,
    ]
    # Of 2010, 2022 and 2023 the last; the court of appeal alone is no circuit.
    assert newest.loc["ca-casablanca", ["year", "value"]].tolist() == [2023, 931216]
    assert "ca-settat" not in newest.index
    assert "ca-nador" not in newest.index


def test_what_is_printed_as_registered_and_fits_only_as_in_hand_is_not_taken():
    newest = circuit_caseloads().set_index("circuit_id")
    assert newest.loc["ca-errachidia", "measure"] == "cases_decided"
