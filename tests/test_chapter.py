"""The published chapter: what is printed, and for what is not, why."""

import pytest

from qadaya.ledger.chapter import LINES, chapter, chapter_years, figure_of


def printed(year):
    """Cases and persons of each line, None where there is no figure."""
    found = {(each.series, each.measure): each.value for each in chapter(year)}
    return {line: (found[line, "cases"], found[line, "persons"]) for line in LINES}


def test_a_page_stands_for_every_year_from_2019_to_the_last_published():
    assert chapter_years() == [2019, 2020, 2021, 2022, 2023, 2024]


@pytest.mark.parametrize(
    ("year", "lines"),
    [
        (2019, {}),
        (
            2020,
            {
                "sextortion": (None, 261),
                "sexual_harassment": (None, 119),
                "online_fraud": (None, 74),
                "incitement": (None, 44),
                "cybercrime_total": (438, 498),
                "child_pornography_total": (24, 35),
            },
        ),
        (
            2021,
            {
                "cybercrime_total": (623, 739),
                "child_pornography_total": (None, 61),
                "child_pornography_incitement": (None, 34),
            },
        ),
        (2022, {}),
        (
            2023,
            {
                "sextortion": (207, 232),
                "sexual_harassment": (204, 213),
                "online_fraud": (46, 58),
                "incitement": (43, 47),
                "data_theft": (20, 23),
                "cybercrime_total": (520, 573),
                "child_pornography_total": (30, 34),
                "child_pornography_incitement": (20, None),
                "child_pornography_production": (10, None),
            },
        ),
        (
            2024,
            {
                "sextortion": (250, 291),
                "sexual_harassment": (69, None),
                "online_fraud": (101, 124),
                "incitement": (37, None),
                "data_theft": (13, 13),
                "cybercrime_total": (470, 556),
                "child_pornography_total": (44, 47),
                "child_pornography_incitement": (26, None),
                "child_pornography_production": (18, None),
            },
        ),
    ],
)
def test_a_year_holds_what_was_printed_and_nothing_else(year, lines):
    assert printed(year) == {line: lines.get(line, (None, None)) for line in LINES}


def test_lines_known_only_together_say_their_sum_and_get_no_value():
    lines = {(each.series, each.measure): each for each in chapter(2024)}
    harassment = lines["sexual_harassment", "persons"]
    assert (harassment.value, harassment.reason) == (None, "together")
    assert (harassment.rest, harassment.others) == (128, ("incitement",))


def test_one_missing_paragraph_is_the_rest_and_still_no_figure():
    lines = {(each.series, each.measure): each for each in chapter(2021)}
    production = lines["child_pornography_production", "persons"]
    assert (production.value, production.rest, production.others) == (None, 27, ())


def test_where_nothing_was_found_the_reason_says_so_and_no_source_is_named():
    total = figure_of("cybercrime_total", "cases", 2022)
    assert (total.value, total.reason, total.source_ids) == (None, "not_found", ())


def test_sources_that_disagree_give_no_value_and_both_prints():
    total = figure_of("child_violence_total", "cases", 2019)
    assert (total.value, total.reason) == (None, "disagree")
    assert total.as_printed == ("5650", "4828")


def test_every_figure_that_has_a_value_has_a_source():
    for year in chapter_years():
        for figure in chapter(year):
            assert bool(figure.source_ids) == (figure.value is not None)
