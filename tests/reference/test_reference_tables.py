import itertools

import pytest

from qadaya.errors import ParameterError
from qadaya.reference import (
    bodies,
    body_name,
    circuit_of,
    court_name,
    courts,
    regions,
    tiles,
)
from qadaya.reference.tables import read_rows


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


def test_every_circuit_and_every_region_has_a_tile_of_its_own():
    assert set(tiles("circuit")) == set(courts()["circuit_id"])
    assert set(tiles("region")) == set(regions().index)
    for kind in ("circuit", "region"):
        assert len(set(tiles(kind).values())) == len(tiles(kind))


def degrees():
    """Latitude and longitude of each court of appeal, and of each region's courts."""
    found = {}
    for row in read_rows("courts.csv"):
        place = (float(row["lat"]), float(row["lon"]))
        found.setdefault(row["region_iso"], []).append(place)
        if row["level"] == "appeal":
            found[row["court_id"]] = [place]
    return {
        name: tuple(sum(axis) / len(axis) for axis in zip(*places, strict=True))
        for name, places in found.items()
    }


@pytest.mark.parametrize("kind", ["circuit", "region"])
def test_tiles_lie_to_each_other_as_their_places_do(kind):
    """North is above and, between neighbouring rows, west is left: to half a degree."""
    where = degrees()
    for one, other in itertools.permutations(tiles(kind), 2):
        (row, column), (below, right) = tiles(kind)[one], tiles(kind)[other]
        if row < below:
            assert where[one][0] > where[other][0] - 0.5, (one, other)
        if column < right and abs(row - below) <= 1:
            assert where[one][1] < where[other][1] + 0.5, (one, other)


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
