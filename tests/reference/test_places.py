import csv

import pytest

from checkout import CHECKOUT
from qadaya.reference import circuits_of, find_court, find_courts, places_in


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("محكمة الاستئناف بالرباط", "ca-rabat"),
        ("المحكمة الابتدائية بالرباط", "tpi-rabat"),
        ("المحكمه الإبتدائية ب: سلا", "tpi-sale"),
        ("السيد وكيل الملك لدى المحكمة الابتدائية بسيدي قاسم", "tpi-sidi-kacem"),
        ("TRIBUNAL DE PREMIERE INSTANCE DE FES", "tpi-fes"),
        ("Cour d’appel d'Agadir", "ca-agadir"),
        ("Court of First Instance of Oujda", "tpi-oujda"),
        ("سلا", "tpi-sale"),
        ("tpi-casablanca-penale", "tpi-casablanca-penale"),
        ("المحكمة الابتدائية الزجرية بالدار البيضاء", "tpi-casablanca-penale"),
        ("غرفة الجنايات الابتدائية بفاس", "ca-fes"),
    ],
)
def test_a_name_gives_its_court(text, court):
    assert find_court(text).court_id == court


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("المحكمة الابتدائية ب.....", "empty"),
        ("المحكمة الابتدائية ب ………", "empty"),
        ("", "empty"),
        ("الرباط", "ambiguous"),
        ("المحكمة الابتدائية بالدار البيضاء", "ambiguous"),
        ("المحكمة الابتدائية بسلاا", "unknown"),
        ("محكمة الاستئناف بسلا", "unknown"),
        ("المحكمة الابتدائية بالعيون سيدي ملوك", "unknown"),
        ("قلعة مكونة", "unknown"),
    ],
)
def test_a_name_that_is_not_one_court_gives_none(text, status):
    match = find_court(text)
    assert (match.status, match.court_id) == (status, None)


def test_the_level_decides_for_a_city_that_has_both():
    assert find_court("الرباط", "appeal").court_id == "ca-rabat"
    assert find_court("الرباط", "first_instance").court_id == "tpi-rabat"


def test_casablanca_stays_ambiguous_among_its_three_courts():
    assert find_court("TPI Casablanca").candidates == (
        "tpi-casablanca-civile",
        "tpi-casablanca-penale",
        "tpi-casablanca-sociale",
    )


def test_a_misspelt_name_comes_with_a_suggestion_and_no_result():
    match = find_court("المحكمة الابتدائية بسلاا")
    assert (match.nearest, match.candidates) == ("tpi-sale", ())


def test_a_line_may_name_a_court_and_its_circuit():
    found = find_courts("Cour d'appel de Rabat - TPI de Salé")
    assert [match.court_id for match in found] == ["ca-rabat", "tpi-sale"]


def test_a_title_names_no_court():
    assert find_courts("جدول الإحصائيات بشأن قضايا الاستغلال الجنسي للأطفال") == ()


def test_every_alias_of_a_court_is_resolved():
    with (CHECKOUT / "data" / "reference" / "court_aliases.csv").open(
        encoding="utf-8"
    ) as source:
        aliases = [
            (row["alias"], row["court_id_or_city"]) for row in csv.DictReader(source)
        ]
    wrong = [
        (alias, court)
        for alias, court in aliases
        if not court.startswith("city:") and find_court(alias).court_id != court
    ]
    assert wrong == []


def test_a_court_may_have_belonged_to_another_circuit():
    assert circuits_of("tpi-guercif") == {"ca-taza", "ca-oujda"}
    assert circuits_of("tpi-sale") == {"ca-rabat"}


def test_a_file_name_names_courts_by_id_or_by_city():
    assert places_in("tpi-sale-2022") == ("tpi-sale",)
    assert places_in("retour_Fès_2021") == ("ca-fes", "tpi-fes")
    assert places_in("statistiques 2021") == ()
