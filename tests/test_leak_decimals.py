"""Decimals behind commas, as French and Arabic write them, are no counts.

8,4–32,1 is an interval; 8,4,32,1 and 8, 4, 32, 1 are four counts in any language.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leak_plants import COUNTS, SHOWN, two_editions
from qadaya.pages.leaks import scan
from qadaya.pages.leaks.carriers import carried
from qadaya.pages.leaks.decimals import has_decimal_commas, with_points


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    return two_editions(tmp_path_factory.mktemp("editions"))


def page(body, language="fr"):
    lang = f' lang="{language}"' if language else ""
    return f"<!doctype html><html{lang}><body>{body}</body></html>"


def beside_a_chart(*texts):
    trace = json.dumps({"x": [9, 9], "customdata": texts})
    return f'<script type="application/json">{trace}</script>'


def spelled(whole):
    """The vectors of numbers that are picked out of the words of a page."""
    return [one.numbers for one in carried(whole) if one.spelled]


RANGES = [
    "8,4–32,1",
    "8,4-32,1",
    "8,4 \u2212 32,1",
    "8,4\u00a0\u2013\u00a032,1",
    "\u20668,4\u201132,1\u2069",
    "8,4\u2060–\u206032,1",
    "[8,4–32,1]",
    "8,4 à 32,1",
    "8,4 to 32,1",
    "8,4 إلى 32,1",
    "٨,٤–٣٢,١",
    "8,4 … 32,1",
    "8,45–32,10",
]


@pytest.mark.parametrize("language", ["fr", "ar", "en", ""])
@pytest.mark.parametrize("text", RANGES)
def test_a_range_with_decimals_is_two_numbers_in_any_language(text, language):
    whole = page(f"<p>{text}</p>{beside_a_chart(text, text)}", language)
    assert set(spelled(whole)) == {_numbers(text), *_columns(text)}


def _numbers(text):
    return (8.45, 32.1) if "45" in text else (8.4, 32.1)


def _columns(text):
    low, high = _numbers(text)
    return (low, low), (high, high)


@pytest.mark.parametrize(
    "text, commas, read",
    [
        ("8,4 %", True, "8.4 %"),
        ("12,5 ; 31,2 ; 8", True, "12.5 ; 31.2 ; 8"),
        ("12,5, 31,2", True, "12.5, 31.2"),
        ("entre 0,43 et 0,934", True, "entre 0.43 et 0.934"),
        ("٨٫٤ ٪ و ٣,١ ٪", True, "8.4 ٪ و 3.1 ٪"),
        ("8,4–32", True, "8.4–32"),
        # Lists of counts, in any language.
        ("31, 17, 8, 14", True, "31, 17, 8, 14"),
        ("31,17,8,14", True, "31,17,8,14"),
        ("31,17\n8,14", True, "31,17\n8,14"),
        ("31 17 8 14", True, "31 17 8 14"),
        ("a,31", True, "a,31"),
        ("31,17 – 8,14", False, "31,17 – 8,14"),  # the lower end comes first
        ("3,17–8,1", False, "3,17–8,1"),  # not written alike
        ("1,2,3–4,5,6", False, "1,2,3–4,5,6"),
        # Without a language, or in English, a comma alone parts two numbers.
        ("8,4 %", False, "8,4 %"),
        ("31,17 and 8,14", False, "31,17 and 8,14"),
        ("1,234 to 5,678", False, "1,234 to 5,678"),  # thousands
        ("1,234", False, "1,234"),
    ],
)
def test_a_comma_is_read_as_the_language_writes_it(text, commas, read):
    assert with_points(text, commas=commas) == read


@pytest.mark.parametrize(
    "head, commas",
    [
        ('<html lang="fr" dir="ltr">', True),
        ("<html dir=rtl lang=ar-MA>", True),
        ("<HTML LANG='FR'>", True),
        ('<html lang="en">', False),
        ('<html><p lang="fr">', False),
        ("<p>x</p>", False),
    ],
)
def test_a_page_says_its_language(head, commas):
    assert has_decimal_commas(f"<!doctype html>{head}") is commas


TENTHS = st.integers(0, 999)


@given(st.lists(st.tuples(TENTHS, TENTHS), min_size=1, max_size=4), st.booleans())
def test_no_interval_of_a_french_page_is_read_as_counts(ends, beside):
    ranges = [
        f"{low / 10:.1f}–{high / 10:.1f}".replace(".", ",")
        for low, high in map(sorted, ends)
    ]
    body = beside_a_chart(*ranges) if beside else f"<p>{' ; '.join(ranges)}</p>"
    allowed = {end / 10 for pair in ends for end in pair}
    for numbers in spelled(page(body)):
        assert set(numbers) <= allowed


@given(
    st.lists(st.integers(0, 400), min_size=3, max_size=6), st.sampled_from([",", ", "])
)
def test_a_list_of_counts_stays_one_in_every_language(counts, comma):
    text = f"<p>{comma.join(map(str, counts))}</p>"
    for language in ("fr", "ar", "en", ""):
        assert tuple(map(float, counts)) in spelled(page(text, language))


@pytest.mark.parametrize("language", ["fr", "ar", "en", ""])
@pytest.mark.parametrize(
    "listed", ["31, 17, 8, 14", "31,17,8,14", "31,17\n8,14", "31 17 8 14"]
)
def test_true_counts_with_commas_between_are_found(editions, listed, language):
    protected, true = editions
    for body in (f"<p>{listed}</p>", f"<!-- {listed} -->", beside_a_chart(listed)):
        found = scan(page(body, language), protected=protected, unprotected=true)
        assert {leak.what for leak in found} == {"4 true counts that are not published"}


def test_an_interval_of_the_digits_of_true_counts_is_no_leak(editions):
    protected, true = editions
    for text in ("8,14–31,17", "8,14 à 31,17"):
        body = page(f"<p>{text}</p>{beside_a_chart(text)}")
        assert scan(body, protected=protected, unprotected=true) == []


def test_a_share_in_a_sentence_is_no_two_counts_of_two_years(editions):
    protected, true = editions
    for share, leaks in (("31,17 %", False), ("31 et 17", True)):
        sentence = f"<p>En 2021 et 2022, ca-a : {share}.</p>"
        found = scan(page(sentence), protected=protected, unprotected=true)
        assert bool(found) is leaks


def test_shares_beside_a_french_chart_are_compared_as_shares(editions):
    protected, true = editions
    for counts, leaks in ((COUNTS, True), (SHOWN, False)):
        shares = [f"{100 * n / sum(counts):.1f}".replace(".", ",") for n in counts]
        body = page(beside_a_chart(*shares))
        found = scan(body, protected=protected, unprotected=true)
        assert bool(found) is leaks
