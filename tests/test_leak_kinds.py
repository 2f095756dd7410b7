"""Which of the ways to write four true counts the search of a page knows.

The border of a shared run closes all of them at once (see test_border). The search is
for what people type and for pages from elsewhere.
"""

import gzip

import numpy as np
import pytest

from leak_plants import (
    CIRCLED,
    COUNTS,
    KINDS,
    PLANTS,
    SHOWN,
    as_csv,
    as_shared,
    link,
    of_years,
    page,
    table,
    two_editions,
)
from qadaya.pages.leaks import scan
from qadaya.pages.leaks.derived import counts_behind, places_of

# Nobody writes these by accident, and on a shared page nothing can.
NOT_LOOKED_FOR = {"sums in a programme", "words for numbers", "Roman numerals"}


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    return two_editions(tmp_path_factory.mktemp("editions"))


def true_counts_in(text, editions):
    protected, unprotected = editions
    found = scan(text, protected=protected, unprotected=unprotected)
    return [leak for leak in found if "true count" in leak.what]


def test_there_are_sixty_seven_plants_of_nine_kinds():
    assert (len(PLANTS), len(KINDS)) == (67, 9)
    assert PLANTS.keys() > NOT_LOOKED_FOR


@pytest.mark.parametrize("name", PLANTS)
def test_true_counts_are_found_in_each_form_that_is_looked_for(editions, name):
    found = true_counts_in(PLANTS[name](COUNTS), editions)
    assert bool(found) is (name not in NOT_LOOKED_FOR)


@pytest.mark.parametrize("name", PLANTS)
def test_published_counts_in_the_same_forms_are_no_leak(editions, name):
    assert true_counts_in(PLANTS[name](SHOWN), editions) == []


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_found_is_named_without_its_numbers(editions, name):
    told = "".join(leak.what for leak in true_counts_in(PLANTS[name](COUNTS), editions))
    assert not any(each in told for each in ("31", "17", "14", "44.3", "22.1"))


# ---- numbers made from counts ----


@pytest.mark.parametrize(
    "numbers, counts",
    [
        ((31, 48, 56, 70), [(31, 17, 8, 14)]),  # sums so far
        ((31, -14, -9, 6), [(31, 17, 8, 14)]),  # differences
        ((21.1, 9.9), [(31, 17)]),  # lower exact limits of 31 and 17, in one decimal
        ((21.3, 10.2), []),  # limits of no two counts by one method
        ((0.5, 0.25), []),
    ],
)
def test_counts_are_worked_out_of_what_was_made_from_them(numbers, counts):
    assert list(counts_behind(numbers)) == counts


def test_a_number_is_as_fine_as_its_decimals():
    assert places_of((44.3, 20.0)) == 1
    assert places_of((44.0, 20.0)) == 0
    assert places_of((0.125,)) == 3


def test_shares_of_a_shape_that_is_published_too_are_no_leak(tmp_path):
    # 62, 34, 16, 28 are twice 31, 17, 8, 14: the shares are the same.
    double = as_shared(of_years([62, 34, 16, 28], tmp_path / "shared"))
    true = of_years(COUNTS, tmp_path / "internal")
    shares = PLANTS["shares in per cent"](COUNTS)
    assert true_counts_in(shares, (double, true)) == []


@pytest.mark.parametrize("digits", ["44.3 %", "44,3 %", "٤٤٫٣ ٪"])
def test_a_share_is_read_in_each_language(editions, digits):
    rest = [24.3, 11.4, 20.0]
    assert true_counts_in(table([digits, *rest]), editions)
    assert true_counts_in(table([digits.replace("3", "9").replace("٣", "٩"), *rest]),
                          editions) == []  # fmt: skip


def test_small_whole_numbers_have_no_shape(editions):
    assert true_counts_in(table([4, 2, 1, 2]), editions) == []


# ---- sentences ----


@pytest.mark.parametrize(
    "sentence, leaks",
    [
        ("In 2021 the court ca-a had 31 cases.", True),
        ("In 2021 the court ca-a had 30 cases.", False),  # as published
        ("In 2021 the court ca-b had 31 cases.", False),  # of another court
        ("In 2022 the court ca-a had 31 cases.", False),  # of another year
        ("In 2021 the court ca-a had 31 cases of 44.", False),  # which one is meant?
        ("In 2023 the court ca-a had 8 cases.", False),  # too small to tell from chance
        ("In 2023 the court ca-a had 8 cases, and 14 in 2024.", True),
        ("All courts had 31 cases in 2021.", True),
        ("They were 31, as everybody knows; 2021 was a good year.", False),
    ],
)
def test_a_true_count_in_a_sentence_is_found_by_place_and_year(
    editions, sentence, leaks
):
    assert bool(true_counts_in(page(f"<p>{sentence}</p>"), editions)) is leaks


# ---- limits of the search ----


def test_a_page_that_unpacks_to_more_than_can_be_searched_is_a_leak(monkeypatch):
    monkeypatch.setattr("qadaya.pages.leaks.carriers._MOST_OPENED", 100_000)
    packed = gzip.compress(b" " * 80_000)
    text = page("".join(link(packed, f"text/{number}") for number in range(2)))
    found = scan(text, protected=None, unprotected=None)
    assert [leak.what for leak in found] == ["more packed than can be searched"]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04rubbish", b"BZhrubbish", b"\xfd7zXZ\x00"]
)
def test_what_only_looks_packed_is_no_leak(content):
    text = link(content, "application/octet-stream")
    assert scan(text, protected=None, unprotected=None) == []


def test_circled_digits_are_numbers_to_thirty_five():
    assert (CIRCLED[8], CIRCLED[31]) == ("⑧", "㉛")
    assert as_csv(np.array(COUNTS)).splitlines()[1] == "2021,31"
