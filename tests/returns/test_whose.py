import pytest
from paper_forms import case, form, save_xlsx

from qadaya.errors import ParameterError
from qadaya.returns.check import check_file

DOTS = "المحكمة الابتدائية ب....."
NO_CIRCUIT = "محكمة الاستئناف ب....."


def read(folder, sent, *, name="a.xlsx", sheet="s", **options):
    (one,) = check_file(save_xlsx(folder / name, (sheet, sent)), **options)
    return one


def rules(one):
    return [(p.rule, p.cell) for p in one.problems]


@pytest.mark.parametrize(
    ("circuit", "court", "found"),
    [
        ("محكمة الاستئناف بالرباط", "المحكمة الابتدائية بسلا", "tpi-sale"),
        (NO_CIRCUIT, "المحكمة الابتدائية بسلا", "tpi-sale"),
        ("محكمة الاستئناف بالرباط", DOTS, "ca-rabat"),
        # A circuit of former years is one too.
        ("محكمة الاستئناف بوجدة", "المحكمة الابتدائية بجرسيف", "tpi-guercif"),
        ("محكمة الاستئناف بتازة", "المحكمة الابتدائية بجرسيف", "tpi-guercif"),
        ("Cour d'appel de Fès", "TPI de Fès", "tpi-fes"),
        ("", "المحكمة: تمارة", "tpi-temara"),
    ],
)
def test_the_lines_above_the_table_name_the_court(tmp_path, circuit, court, found):
    sent = form(case(court=""), circuit=circuit, court=court)
    assert read(tmp_path, sent).court_id == found


def test_the_column_of_courts_decides_where_the_lines_are_empty(tmp_path):
    sent = form(case(), case(appeal="تأييد"), circuit=NO_CIRCUIT, court=DOTS)
    assert read(tmp_path, sent).court_id == "tpi-sale"


def test_two_courts_in_that_column_are_no_court(tmp_path):
    rows = [case(), case(court="المحكمة الابتدائية بتمارة")]
    one = read(tmp_path, form(*rows, circuit=NO_CIRCUIT, court=DOTS))
    assert rules(one) == [("court_ambiguous", "A8")]


def test_then_the_sheet_and_the_file_name_are_asked(tmp_path):
    sent = form(case(court=""), circuit=NO_CIRCUIT, court=DOTS, year="")
    one = read(tmp_path, sent, name="tpi-sale-2022.xlsx")
    assert (one.court_id, one.year) == ("tpi-sale", 2022)
    one = read(tmp_path, sent, sheet="سلا 2021")
    assert (one.court_id, one.year) == ("tpi-sale", 2021)


def test_then_the_options_are_asked(tmp_path):
    sent = form(case(court=""), circuit=NO_CIRCUIT, court=DOTS, year="")
    one = read(tmp_path, sent, court="tpi-sale", year=2022)
    assert (one.court_id, one.year, one.state) == ("tpi-sale", 2022, "accepted")


@pytest.mark.parametrize(
    ("changed", "options", "name", "problem"),
    [
        ({"circuit": "محكمة الاستئناف بفاس"}, {}, "a.xlsx", ("court_ambiguous", "A3")),
        ({"circuit": "محكمة الاستئناف بسلا"}, {}, "a.xlsx", ("court_ambiguous", "A3")),
        ({}, {}, "tpi-temara-2022.xlsx", ("court_ambiguous", "A3")),
        ({}, {"court": "tpi-temara"}, "a.xlsx", ("court_ambiguous", "A3")),
        (
            {"court": "المحكمة الابتدائية بسلاا"},
            {},
            "a.xlsx",
            ("court_unknown", "A3"),
        ),
        ({}, {}, "tpi-sale-2023.xlsx", ("year_conflict", "A4")),
        ({}, {"year": 2021}, "a.xlsx", ("year_conflict", "A4")),
        ({"year": "برسم سنتي 2021 و 2022"}, {}, "a.xlsx", ("year_conflict", "A4")),
        ({"year": "برسم سنة 2099"}, {}, "a.xlsx", ("year_missing", None)),
        ({"year": "برسم سنة 1999"}, {}, "a.xlsx", ("year_missing", None)),
        ({"year": '="برسم سنة "&2022'}, {}, "a.xlsx", ("year_missing", None)),
    ],
)
def test_what_is_not_certain_is_refused(tmp_path, changed, options, name, problem):
    one = read(tmp_path, form(case(), **changed), name=name, **options)
    assert one.state == "refused"
    assert problem in rules(one)
    assert (one.accepted, [c.row for c in one.refused]) == ([], [7])


def test_a_row_of_another_court_makes_the_court_uncertain(tmp_path):
    sent = form(case(), case(court="المحكمة الابتدائية بتمارة"))
    assert rules(read(tmp_path, sent)) == [("court_ambiguous", "A8")]


def test_the_message_of_a_conflict_names_both_places(tmp_path):
    one = read(tmp_path, form(case()), name="tpi-sale-2023.xlsx")
    assert one.problems[0].message("en") == (
        "tpi-sale-2023.xlsx, sheet “s”, A4: the year is not certain: “برسم سنة 2022” "
        "in the lines above the table (A4); “tpi-sale-2023” in the name of the file. "
        "Expected one year per table. Send one table for each year, with its year "
        "above it."
    )


def test_casablanca_is_told_apart_by_an_option(tmp_path):
    lines = {
        "circuit": "محكمة الاستئناف بالدار البيضاء",
        "court": "المحكمة الابتدائية بالدار البيضاء",
    }
    sent = form(case(court=""), **lines)
    assert rules(read(tmp_path, sent)) == [("court_ambiguous", "A3")]
    one = read(tmp_path, sent, court="tpi-casablanca-penale")
    assert (one.court_id, one.state) == ("tpi-casablanca-penale", "accepted")


def test_the_date_of_a_circular_is_not_the_year(tmp_path):
    sent = form(case(), year="دورية عدد 12 بتاريخ 14 أبريل 2023")
    assert rules(read(tmp_path, sent)) == [("year_missing", None)]
    sent.insert(4, ["السنة", 2022])
    assert read(tmp_path, sent).year == 2022


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"court": "tpi-sal"}, "court is 'tpi-sal'; expected one court"),
        ({"court": "الرباط"}, "court is 'الرباط'; expected one court"),
        ({"year": 1999}, "year is 1999; expected a year from 2000"),
    ],
)
def test_an_option_that_means_nothing_is_wrong_usage(tmp_path, options, message):
    with pytest.raises(ParameterError, match=message):
        check_file(save_xlsx(tmp_path / "a.xlsx", ("s", form(case()))), **options)
