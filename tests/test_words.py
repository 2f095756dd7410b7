"""Numbers and dates in words; the JavaScript is held to the same examples."""

import json
import re

import pytest

from checkout import CHECKOUT
from qadaya.views.prose.words import Words

EXAMPLES = json.loads(
    (CHECKOUT / "tests" / "data" / "numbers_in_words.json").read_text(encoding="utf-8")
)


def bare(text):
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.mark.parametrize(("language", "p", "said"), EXAMPLES["p"])
def test_an_exact_p_is_written_by_one_rule(language, p, said):
    assert bare(Words(language).p_value(p)) == said


@pytest.mark.parametrize(("language", "n", "said"), EXAMPLES["number"])
def test_a_whole_number_is_written_by_one_rule(language, n, said):
    assert Words(language).number(n) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "26 نونبر 2026"), ("fr", "26 novembre 2026"), ("en", "26 November 2026")],
)
def test_a_date_is_written_in_words(language, said):
    assert Words(language).date("2026-11-26") == said
    assert Words(language).date("2026-11-26T09:30:00") == said


@pytest.mark.parametrize(
    ("language", "published", "said"),
    [
        ("ar", "~2026-11-26", "~26 نونبر 2026"),
        ("ar", "2026-11", "نونبر 2026"),
        ("fr", "~2024-10", "~octobre 2024"),
        ("en", "2024-10-22", "22 October 2024"),
        ("en", "~2024", "~2024"),
    ],
)
def test_a_day_of_publication_is_written_as_far_as_it_is_known(
    language, published, said
):
    assert bare(Words(language).dated(published)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "38%"), ("fr", "38\u202f%"), ("en", "38%")]
)
def test_a_share_is_written_as_a_percentage(language, said):
    assert bare(Words(language).percent(0.384)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "من 21% إلى 93%"), ("fr", "21–93\u202f%"), ("en", "21–93%")],
)
def test_a_range_of_shares_is_said_in_words_in_an_arabic_sentence(language, said):
    assert bare(Words(language).percent_between(0.21, 0.93)) == said


def test_a_share_of_nothing_is_not_known():
    assert Words("en").percent(float("nan")) == "not known"
    assert Words("en").span(float("nan"), 3) == "not known"
