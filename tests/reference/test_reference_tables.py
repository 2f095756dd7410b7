import pytest

from qadaya.errors import ParameterError
from qadaya.reference import (
    bodies,
    body_name,
    circuit_of,
    court_name,
    courts,
    regions,
)


def test_there_are_23_courts_of_appeal_and_89_of_first_instance():
    assert courts()["level"].value_counts().to_dict() == {
        "first_instance": 89,
        "appeal": 23,
    }


def test_every_court_belongs_to_a_court_of_appeal():
    circuits = courts().loc[courts()["circuit_id"], "level"]
    assert set(circuits) == {"appeal"}


def test_a_court_of_appeal_is_its_own_circuit():
    assert circuit_of("ca-fes") == "ca-fes"
    assert circuit_of("tpi-sale") == "ca-rabat"


def test_names_come_in_three_languages_and_short():
    assert court_name("tpi-sale", "ar") == "المحكمة الابتدائية بسلا"
    assert court_name("tpi-sale", "fr") == "Tribunal de première instance de Salé"
    assert court_name("tpi-sale", "en", short=True) == "Sale"
    assert court_name("tpi-sale", "ar", short=True) == "سلا"


def test_the_courts_of_casablanca_stay_apart_when_short():
    ids = [court for court in courts().index if "tpi-casablanca" in court]
    assert len({court_name(court, "fr", short=True) for court in ids}) == 3


def test_reference_tables_have_their_rows():
    assert (len(bodies()), len(regions())) == (16, 12)
    assert regions()["population_2024"].sum() == 36_828_330


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: circuit_of("tpi-x"), "court is 'tpi-x'; expected an id"),
        (lambda: court_name("tpi-x", "ar"), "court is 'tpi-x'; expected an id"),
        (lambda: court_name("tpi-sale", "es"), "language is 'es'; expected one of"),
        (lambda: body_name("tpi-sale", "ar"), "body is 'tpi-sale'; expected an id"),
    ],
)
def test_an_unknown_id_or_language_is_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
