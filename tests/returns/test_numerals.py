import re

import pytest

from qadaya.returns.code.numerals import NUMBER, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10.000", 10_000),
        ("10 000", 10_000),
        ("10,000.00", 10_000),
        ("10.000,50", 10_000.5),
        ("1500", 1500),
        ("2,5", 2.5),
        ("10 الاف", 10_000),
        ("خمسه وعشرون", 25),
        ("خمسه عشر الف", 15_000),
        ("مايه وخمسون", 150),
        ("ثلاث مايه", 300),
        ("الف ومايه", 1100),
        ("vingt et un mille", 21_000),
        ("deux cent cinquante", 250),
    ],
)
def test_a_number_is_read_in_figures_and_in_words(text, number):
    assert re.fullmatch(NUMBER, text)
    assert read_number(text) == number
