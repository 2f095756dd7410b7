import pytest

from qadaya.returns.read.years import years_in


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
