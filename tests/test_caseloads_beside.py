"""Circuits beside their caseload: what is expected, and what is not known."""

import pytest

from qadaya.errors import ParameterError
from qadaya.reference import court_name, courts
from qadaya.views.frames.caseload import (
    caseload_units,
    known_caseloads,
    penal_caseloads,
)
from qadaya.views.frames.ladder import climb
from qadaya.views.prose.caseloads import caseload_table, say_caseloads
from qadaya.views.prose.ladder import ladder_table, say_ladder
from qadaya.views.topics import comparison
from small_edition import small_edition

# Rabat registered 522,900 files in 2024 and Fez 226,213: 749,113 in all. Of Nador
# nothing is published.
FILES = {"ca-rabat": 522_900, "ca-fes": 226_213}
ALL = sum(FILES.values())
CASES = {"ca-rabat": 30, "ca-fes": 60, "ca-nador": 50}
CASELOADS = "The caseloads are those of the ledger of published figures."
CHILDREN = "The children are those of the census of 2024."


def edition(cases=CASES, years=(2024,), silent=(), **facts):
    cells, statuses = [], []
    for circuit, n in cases.items():
        for year in years:
            came = (circuit, year) not in silent
            statuses.append((circuit, circuit, year, "reported" if came else "missing"))
            if n and came:
                cells.append((circuit, circuit, "NCMEC", year, "closed", "none", n))
    return small_edition(cells, statuses, **facts)


def expected(found):
    return found.set_index("circuit_id")["expected"].to_dict()


def test_the_cases_of_known_circuits_are_shared_out_by_their_caseload():
    found = caseload_units(edition())
    # 90 cases of the two; those of Nador are no part of it.
    assert found["circuit_id"].tolist() == ["ca-rabat", "ca-fes"]
    assert expected(found) == pytest.approx(
        {code: 90 * files / ALL for code, files in FILES.items()}
    )
    assert found["observed"].tolist() == [30, 60]


def test_a_circuit_that_was_silent_for_a_year_is_expected_to_have_half():
    found = caseload_units(edition(years=(2023, 2024), silent={("ca-rabat", 2023)}))
    # 30 of Rabat and 120 of Fez; of two yearly returns Rabat sent one.
    weights = {"ca-rabat": FILES["ca-rabat"] / 2, "ca-fes": FILES["ca-fes"]}
    whole = sum(weights.values())
    assert expected(found) == pytest.approx(
        {code: 150 * weight / whole for code, weight in weights.items()}
    )


def test_what_rounding_may_have_done_to_the_sum_widens_what_is_expected():
    bounds = {"circuit_id": {"largest": 3}, "year": {"largest": 2}}
    found = edition(audience="shared", bounds=bounds)
    units = comparison.units(found, level="circuit", beside="caseload")
    rabat = units.set_index("place").loc["ca-rabat"]
    # No margin holds the sum of two circuits, so their errors add: 84 to 96 cases.
    assert [rabat["expected_low"], rabat["expected_high"]] == pytest.approx(
        [84 * FILES["ca-rabat"] / ALL, 96 * FILES["ca-rabat"] / ALL]
    )


def test_twelve_circuits_have_a_caseload_six_a_court_and_five_nothing():
    known = known_caseloads()
    assert known.value_counts().to_dict() == {
        "circuit": 12,
        "court of appeal": 6,
        "nothing": 5,
    }
    assert set(known[known == "nothing"].index) == {
        "ca-al-hoceima",
        "ca-dakhla",
        "ca-guelmim",
        "ca-kenitra",
        "ca-nador",
    }
    assert list(known.index) == list(courts()["circuit_id"].unique())


def test_penal_matters_are_a_like_share_of_all_where_both_are_printed():
    penal = penal_caseloads().set_index("circuit_id")
    # 145,025 of 240,653 decided in Fez; 73,609 of 128,252 in Oujda.
    assert penal["share"].round(3).to_dict() == {
        "ca-fes": 0.603,
        "ca-meknes": 0.580,
        "ca-oujda": 0.574,
        "ca-tanger": 0.615,
    }


def test_proxy_years_and_the_unknown_circuits_are_said():
    said = say_caseloads(edition())
    assert "printed for 2 of 23 circuits" in said
    assert "57–61% of all matters" in said
    assert "2024: Rabat, Fez." in said
    assert "of Kenitra, Guelmim, Dakhla, Al Hoceima, Nador nothing" in said
    assert "Settat, Taza, Safi, Agadir, Tetouan, Beni Mellal only the court" in said


def test_files_decided_stand_for_registered_only_where_that_is_said():
    said = say_caseloads(edition({"ca-errachidia": 9, "ca-rabat": 9}))
    assert "For Errachidia it is the files decided" in said
    assert "files decided" not in say_caseloads(edition())


def test_every_circuit_stands_in_the_table_and_the_unknown_ones_are_dashes():
    table = caseload_table(edition()).set_index("Circuit")
    assert len(table) == 23
    rabat = table.loc["Rabat"].dropna().tolist()
    assert rabat == ["522,900 registered, 2024", 30, "62.8", "0", "Maroc24 (fr)"]
    assert table.loc["Fez", "Of which penal"] == "60%"
    caseload = table["Caseload, as printed"]
    assert caseload["Nador"] == "nothing published"
    assert caseload["Taza"] == "court of appeal or single courts only"
    assert table.loc[["Nador", "Taza"]].isna().sum(axis=1).tolist() == [5, 5]
    # Its caseload is published; no return of it came.
    assert table.loc["Oujda", ["Cases", "Cases to be expected"]].isna().all()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_same_is_said_in_arabic_and_french(language):
    nador = court_name("ca-nador", language, short=True)
    assert nador in say_caseloads(edition(), language=language)
    assert nador in caseload_table(edition(), language=language).iloc[:, 0].tolist()


def test_a_funnel_of_circuits_none_of_which_has_a_caseload_says_so():
    few = edition({"ca-nador": 9})
    figure = comparison.funnel(
        few, level="circuit", beside="caseload", court="ca-nador"
    )
    assert not figure.data
    assert "too thin to compare" in figure.layout.meta["qadaya"]["summary"]


def test_the_funnel_compares_what_has_a_caseload_and_nothing_else():
    figure = comparison.funnel(edition(), level="circuit", beside="caseload")
    *_, points = figure.data
    expected = [90 * n / ALL for n in FILES.values()]
    assert list(points.x) == pytest.approx([30 / expected[0], 60 / expected[1]])
    said = comparison.say_funnel(edition(), level="circuit", beside="caseload")
    # 30 where 63 and 60 where 27 are expected: both outside every limit.
    assert "2 of 2 units" in said and "99.8% limits: 2" in said


@pytest.mark.parametrize(
    ("level", "beside", "real"),
    [
        ("circuit", "caseload", CASELOADS),
        ("region", "children", CHILDREN),
        ("circuit", "own_cases", ""),
    ],
)
def test_a_funnel_names_whose_figures_its_expected_cases_rest_on(level, beside, real):
    figure = comparison.funnel(edition(), level=level, beside=beside)
    said = " ".join(note.text for note in figure.layout.annotations)
    said = said.replace("<br>", " ")
    assert f"{real} Source: returns" in said
    assert [other in said for other in (CASELOADS, CHILDREN)] == [
        other == real for other in (CASELOADS, CHILDREN)
    ]


@pytest.mark.parametrize(
    ("level", "beside", "message"),
    [
        ("court", "caseload", "beside is 'caseload' for level court; expected one of"),
        ("circuit", "children", "expected one of own_cases, caseload"),
        ("city", "caseload", "level is 'city'"),
    ],
)
def test_a_comparison_that_nothing_is_known_for_is_refused(level, beside, message):
    with pytest.raises(ParameterError, match=message):
        comparison.units(edition(), level=level, beside=beside)


def test_the_ladder_expects_of_a_circuit_what_its_caseload_lets_expect():
    counts = {"ca-rabat": 2, "ca-fes": 9, "ca-nador": 1}
    circuit = climb(edition(counts), "ca-rabat", year=2024).rungs[-1]
    # 12 cases in 3 returns are 4 a return; by caseload 11 x 522,900 / 749,113.
    assert (circuit.level, circuit.n) == ("court", 2)
    assert (circuit.expected, circuit.expected_from) == (4, "returns")
    few = {"ca-rabat": 2, "ca-fes": 7, "ca-nador": 1, "ca-safi": 1}
    ladder = climb(edition(few), "ca-rabat", year=2024)
    court, circuit = ladder.rungs
    assert (court.level, court.verdict, court.expected) == ("court", "thin", 2.75)
    assert (circuit.level, circuit.verdict) == ("circuit", "answers")
    assert circuit.expected == pytest.approx(9 * FILES["ca-rabat"] / ALL)
    assert say_ladder(ladder).endswith(
        "To be expected were 6.3, from its caseload of 2024, all matters."
    )
    assert ladder_table(ladder)["Expected from"].tolist() == [
        "the national mean per return",
        "its caseload of 2024, all matters",
    ]


def test_a_circuit_of_which_nothing_is_published_keeps_the_mean_per_return():
    few = {"ca-rabat": 2, "ca-fes": 2, "ca-nador": 1, "ca-safi": 1}
    rungs = climb(edition(few), "ca-nador", year=2024).rungs
    assert [each.expected_from for each in rungs if each.level == "circuit"] == [
        "returns"
    ]
