import random

import pytest

from qadaya.returns.register.cross import (
    Countable,
    counted_twice,
    cross_findings,
    second_degree_cases,
)

PLAIN = {
    "circuit_id": "ca-rabat",
    "year": 2022,
    "case_reference": None,
    "platform": "NCMEC",
    "body": "dgsn",
    "subject": "possession",
    "prosecution": "prosecuted",
    "first_instance": "convicted",
    "appeal": "upheld",
    "cassation": "none",
    "imprisonment_months": 12,
    "fine_mad": None,
}


def cases(*rows):
    """Cases on row 12 of returns A, B, C ..., all alike but for what is given."""
    return [
        Countable(**(PLAIN | {"return_id": name, "row": 12} | row))
        for name, row in zip("ABCDEF", rows, strict=False)
    ]


APPEAL = {"court_id": "ca-rabat"}
SALE = {"court_id": "tpi-sale"}
TEMARA = {"court_id": "tpi-temara"}


def places(findings):
    return [(one.rule, one.case.return_id, one.other.return_id) for one in findings]


@pytest.mark.parametrize("year_before", [2022, 2021])
def test_a_case_that_a_first_instance_court_had_first_is_of_second_degree(year_before):
    found = second_degree_cases(
        cases(
            APPEAL | {"case_reference": "k1"},
            SALE | {"case_reference": "k1", "year": year_before},
        )
    )

    assert places(found) == [("second_degree_case", "A", "B")]
    assert [one.by_reference for one in found] == [True]


@pytest.mark.parametrize(
    "other",
    [
        SALE | {"case_reference": "k2"},
        SALE | {"case_reference": None},
        SALE | {"case_reference": "k1", "circuit_id": "ca-fes"},
        SALE | {"case_reference": "k1", "year": 2023},
        APPEAL | {"case_reference": "k1", "year": 2021},
    ],
    ids=["other reference", "none", "other circuit", "later", "the same court"],
)
def test_no_other_case_is_of_second_degree(other):
    assert not second_degree_cases(cases(APPEAL | {"case_reference": "k1"}, other))


def test_cases_without_a_reference_are_never_taken_for_the_same_reference():
    two = cases(SALE, TEMARA)

    assert not second_degree_cases(two)
    assert not counted_twice(two)


@pytest.mark.parametrize(
    "other",
    [TEMARA, {"court_id": "tpi-fes", "circuit_id": "ca-fes"}, SALE | {"year": 2023}],
    ids=["sister court", "other circuit", "same court, other year"],
)
def test_one_reference_in_two_returns_asks_both_courts(other):
    found = counted_twice(
        cases(SALE | {"case_reference": "k1"}, other | {"case_reference": "k1"})
    )

    assert places(found) == [
        ("counted_twice", "A", "B"),
        ("counted_twice", "B", "A"),
    ]


def test_one_reference_twice_in_one_court_and_year_is_left_to_the_return_itself():
    found = counted_twice(
        cases(SALE | {"case_reference": "k1"}, SALE | {"case_reference": "k1"})
    )

    assert not found


def test_a_decided_case_on_appeal_that_reads_like_one_of_its_circuit_is_asked_about():
    found = counted_twice(cases(APPEAL, SALE))

    assert places(found) == [("counted_twice", "A", "B")]
    assert [one.by_reference for one in found] == [False]


@pytest.mark.parametrize(
    "difference",
    [
        {"platform": "CPS"},
        {"body": "bnpj"},
        {"subject": "production"},
        {"prosecution": "referred"},
        {"first_instance": "acquitted"},
        {"appeal": "amended"},
        {"cassation": "rejected"},
        {"imprisonment_months": 13},
        {"fine_mad": 500},
        {"year": 2021},
        {"circuit_id": "ca-fes"},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_a_case_that_differs_in_one_thing_is_another_case(difference):
    assert not counted_twice(cases(APPEAL, SALE | difference))


@pytest.mark.parametrize("decision", ["none", "pending"])
def test_undecided_cases_that_read_alike_are_not_asked_about(decision):
    undecided = {"first_instance": decision, "appeal": "none"}

    assert not counted_twice(cases(APPEAL | undecided, SALE | undecided))


def test_two_different_references_tell_alike_cases_apart():
    apart = cases(APPEAL | {"case_reference": "k1"}, SALE | {"case_reference": "k2"})
    unsure = cases(APPEAL | {"case_reference": "k1"}, SALE)

    assert not counted_twice(apart)
    assert places(counted_twice(unsure)) == [("counted_twice", "A", "B")]


def test_a_second_degree_case_is_not_counted_and_so_never_counted_twice():
    found = cross_findings(
        cases(
            APPEAL | {"case_reference": "k1"},
            SALE | {"case_reference": "k1"},
        )
    )

    assert places(found) == [("second_degree_case", "A", "B")]


def test_a_case_is_named_once_however_many_others_show_it():
    found = cross_findings(cases(APPEAL, SALE, TEMARA))

    assert places(found) == [("counted_twice", "A", "B")]


def test_which_cases_are_faulty_does_not_depend_on_their_order():
    some = cases(
        APPEAL | {"case_reference": "k1"},
        SALE | {"case_reference": "k1"},
        TEMARA | {"case_reference": "k3"},
        SALE | {"case_reference": "k3", "year": 2024},
        APPEAL,
    )
    faulty = {("second_degree_case", "A"), ("counted_twice", "C")}
    faulty |= {("counted_twice", "D"), ("counted_twice", "E")}

    for seed in range(20):
        random.Random(seed).shuffle(some)

        found = cross_findings(some)

        assert {(one.rule, one.case.return_id) for one in found} == faulty
        assert len(found) == 4


def test_no_cases_give_no_findings():
    assert not cross_findings(cases())
