import pytest

from qadaya.errors import ParameterError
from qadaya.views.frames.ladder import climb, place_error
from qadaya.views.prose.ladder import ladder_table, say_ladder
from small_edition import small_edition

YEARS = (2023, 2024)
# The circuit of Rabat, and Fez far away. Sale has one case a year, Rabat nine.
COURTS = {"tpi-sale": 1, "tpi-rabat": 9, "ca-rabat": 0, "tpi-fes": 6}
CIRCUITS = {"tpi-fes": "ca-fes", "tpi-sidi-slimane": "ca-kenitra"}


def edition(counts=COURTS, silent=(), **facts):
    cells, statuses = [], []
    for court, n in counts.items():
        circuit = CIRCUITS.get(court, "ca-rabat")
        for year in YEARS:
            came = (court, year) not in silent
            statuses.append((court, circuit, year, "reported" if came else "missing"))
            if n and came:
                cells.append((court, circuit, "NCMEC", year, "closed", "none", n))
    return small_edition(cells, statuses, **facts)


BOUNDS = {
    name: {"largest": 2, "mean": 1.0}
    for name in ("court_id", "court_id x year", "circuit_id", "circuit_id x year")
}


def rungs(ladder):
    return [(rung.level, rung.years, rung.verdict) for rung in ladder.rungs]


def test_a_court_with_enough_cases_answers_itself():
    ladder = climb(edition(), "tpi-rabat", year=2024)
    assert rungs(ladder) == [("court", (2024,), "answers")]
    assert ladder.reached.n == 9
    assert (round(ladder.reached.low, 2), round(ladder.reached.high, 2)) == (
        4.12,
        17.08,
    )


def test_a_small_court_climbs_to_its_circuit():
    # 16 cases in 4 returns are 4 on average, so a return of its own would do: spread
    # them thinner.
    counts = {**COURTS, "tpi-temara": 0, "tpi-khemisset": 0, "tpi-rommani": 0}
    ladder = climb(edition(counts), "tpi-sale", year=2024)
    assert rungs(ladder) == [
        ("court", (2024,), "thin"),
        ("court", (2023, 2024), "answers"),
    ]
    ladder = climb(edition({**counts, "tpi-fes": 0}), "tpi-sale", year=2024)
    assert rungs(ladder) == [
        ("court", (2024,), "thin"),
        ("court", (2023, 2024), "thin"),
        ("circuit", (2024,), "answers"),
    ]
    assert ladder.reached.n == 10
    assert (ladder.reached.reported, ladder.reached.due) == (6, 6)


def test_what_is_to_be_expected_is_the_larger_of_two_means():
    counts = {**COURTS, "tpi-temara": 0, "ca-kenitra": 0, "tpi-khemisset": 0}
    found = edition(counts)
    # 16 cases in 7 returns a year; 9 a year in Rabat itself.
    thin = climb(found, "tpi-sale", year=2024).rungs[0]
    assert thin.expected == pytest.approx(16 / 7)
    assert climb(found, "tpi-rabat", year=2024).rungs[0].expected == 9


def test_silence_is_not_a_small_number():
    found = edition(silent={("tpi-sale", 2024)})
    first = climb(found, "tpi-sale", year=2024).rungs[0]
    assert (first.verdict, first.n) == ("not_reported", None)


def test_rounding_that_blurs_more_than_chance_sends_the_question_up():
    counts = dict.fromkeys(("tpi-sale", "tpi-rabat", "ca-rabat", "tpi-temara"), 6)
    facts = {"audience": "shared", "bounds": BOUNDS | {"year": {"largest": 2}}}
    wide = {**BOUNDS, "court_id x year": {"largest": 5}, "court_id": {"largest": 8}}
    clear = climb(edition(counts, **facts), "tpi-sale", year=2024)
    assert rungs(clear)[0] == ("court", (2024,), "answers")
    facts["bounds"] = wide
    blurred = climb(edition(counts, **facts), "tpi-sale", year=2024)
    assert rungs(blurred) == [
        ("court", (2024,), "blurred"),
        ("court", (2023, 2024), "blurred"),
        ("circuit", (2024,), "answers"),
    ]


def test_a_region_adds_the_errors_of_its_whole_circuits():
    counts = {**COURTS, "tpi-sidi-slimane": 1}
    found = edition(counts, audience="shared", bounds=BOUNDS)
    # Rabat-Sale-Kenitra is made of the circuits of Rabat and Kenitra.
    error = place_error(found, "MA-04", "region", measure="cases", years=YEARS)
    assert error == 4


def test_a_region_without_bounds_has_no_error_at_all():
    found = edition(audience="shared", bounds={"platform": {"largest": 2}})
    assert place_error(found, "MA-04", "region", measure="cases", years=YEARS) is None


def test_nothing_answers_where_nothing_was_counted():
    ladder = climb(edition(dict.fromkeys(COURTS, 0)), "tpi-sale", year=2024)
    assert ladder.reached is None
    assert ladder.rungs[-1].level == "country"
    assert "not even the country" in say_ladder(ladder)


@pytest.mark.parametrize(
    ("year", "circuit", "n"), [(2022, "ca-oujda", 5), (2024, "ca-taza", 1)]
)
def test_a_court_that_moved_climbs_to_its_circuit_of_that_year(year, circuit, n):
    # One case a year in Guercif; four in Oujda and none in Taza.
    homes = {2022: "ca-oujda", 2024: "ca-taza"}
    counts = {"tpi-guercif": 1, "ca-oujda": 4, "ca-taza": 0}
    statuses, cells = [], []
    for court, cases in counts.items():
        for each in homes:
            place = homes[each] if court == "tpi-guercif" else court
            statuses.append((court, place, each, "reported"))
            if cases:
                cells.append((court, place, "NCMEC", each, "closed", "none", cases))
    ladder = climb(small_edition(cells, statuses), "tpi-guercif", year=year)
    found = [rung for rung in ladder.rungs if rung.level == "circuit"]
    assert (found[0].place, found[0].n, found[0].due) == (circuit, n, 2)


@pytest.mark.parametrize(
    ("court", "year", "message"),
    [
        ("tpi-nowhere", 2024, "court is 'tpi-nowhere'"),
        ("tpi-sale", 2019, "year is 2019; this edition holds 2023, 2024"),
    ],
)
def test_a_question_about_nothing_is_refused(court, year, message):
    with pytest.raises(ParameterError, match=message):
        climb(edition(), court, year=year)


def test_the_ladder_is_said_in_words():
    counts = {**COURTS, "tpi-temara": 0, "tpi-khemisset": 0, "tpi-fes": 0}
    ladder = climb(edition(counts), "tpi-sale", year=2024)
    assert say_ladder(ladder) == (
        "Asked for: Court of First Instance of Sale, 2024: fewer than 4 cases are to "
        "be expected, too thin. 2 steps up, the first level that answers is the "
        "circuit of Rabat, 2024. Cases: 10 (95% interval 5–18), from 5 of 5 "
        "yearly returns."
    )
    assert say_ladder(ladder, language="ar").startswith(
        "المطلوب: المحكمة الابتدائية بسلا، سنة 2024:"
    )
    table = ladder_table(ladder)
    assert table["Cases"].tolist() == [1, 2, 10]
    assert table["Yearly returns received"].tolist() == ["1 of 1", "2 of 2", "5 of 5"]
    assert table["Missing courts would add"].tolist() == ["0", "0", "0"]
