import pytest

from qadaya.returns.read.grid import Line
from qadaya.returns.read.years import whose_year, years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("برسم سنة ٢٠٢٢", (2022,)),
        ("2021/2022", (2021, 2022)),
        ("sale-20220415", ()),
        ("reçu le 05/01/2023", ()),
        ("2022-12-31", ()),
        ("ملف 12022", ()),
    ],
)
def test_a_year_stands_alone(text, years):
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("من يناير إلى دجنبر 2022", 2022),
        ("de janvier à décembre 2022", 2022),
        ("من يناير إلى يونيو 2022", None),
    ],
)
def test_from_the_first_month_to_the_last_is_the_year(line, year):
    assert whose_year([Line("A4", line)], {}, None).value == year
