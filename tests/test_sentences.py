import re

import pytest

from qadaya.errors import ParameterError
from qadaya.inference import Change, YearCount, check_break
from qadaya.views.prose.changes import counted
from qadaya.views.prose.sentences import (
    change,
    compare,
    lead,
    say,
    say_break,
    say_chance_zone,
    sentences,
)
from small_edition import small_edition

MARKS = re.compile("[\u2066\u2067\u2069]")


def plain(text):
    return MARKS.sub("", text)


def of_2024(before, after, **facts):
    return change(before, after, years=(2023, 2024), **facts)


def cases(n_2023, n_2024, *, silent=0, **facts):
    """Two courts, NCMEC only; `silent` courts more sent nothing in 2024."""
    cells = [
        ("tpi-sale", "ca-rabat", "NCMEC", year, "closed", "none", n)
        for year, n in ((2023, n_2023), (2024, n_2024))
        if n
    ]
    names = ["tpi-sale", "tpi-rabat"]
    statuses = [
        (name, "ca-rabat", y, "reported") for name in names for y in (2023, 2024)
    ]
    for place in range(silent):
        statuses.append((f"tpi-{place}", "ca-rabat", 2023, "reported"))
        statuses.append((f"tpi-{place}", "ca-rabat", 2024, "missing"))
    return small_edition(cells, statuses, **facts)


def test_30_to_44_reads_as_not_distinguishable_from_chance():
    assert lead(of_2024(30, 44)) == (
        "44 cases in 2024, against 30 in 2023: "
        "not distinguishable from chance (exact p = 0.13)."
    )


def test_the_paragraph_holds_counts_intervals_and_what_can_be_told():
    assert sentences(of_2024(30, 44))[1:] == [
        "95% interval of the count of 2024: 32–59; "
        "ratio of the two years 1.47, 95% interval 0.90–2.42.",
        "After 30, it takes 49 to tell a rise from chance, or 15 to tell a fall.",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "44 affaires en 2024 contre 30 en 2023 : cet écart ne se distingue pas du "
            "hasard (test exact, p = 0,13).",
        ),
        (
            "ar",
            "44 قضية في 2024 مقابل 30 في 2023: لا يمكن تمييز هذا الفرق عن الصدفة "
            "(اختبار دقيق، p = 0.13).",
        ),
    ],
)
def test_the_same_is_said_in_french_and_arabic(language, text):
    found = lead(of_2024(30, 44), language=language)
    assert plain(found).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (46, 101, "a rise larger than chance explains (exact p < 0.001)"),
        (204, 69, "a fall larger than chance explains (exact p < 0.001)"),
        (207, 250, "a rise larger than chance explains (exact p = 0.049)"),
        (520, 470, "not distinguishable from chance (exact p = 0.12)"),
    ],
)
def test_each_verdict_has_its_words(before, after, words):
    assert words in lead(of_2024(before, after))


def test_no_fall_can_be_told_after_three_cases():
    assert sentences(of_2024(3, 4))[2] == (
        "After 3, it takes 12 to tell a rise from chance; no fall could be told."
    )


def test_a_year_without_a_count_has_no_ratio():
    assert "no ratio, since the earlier count is or may be 0." in say(of_2024(0, 5))


def test_a_component_against_its_total_is_a_suspected_break():
    check = check_break(
        {"harassment": of_2024(204, 69), "fraud": of_2024(46, 101)}, of_2024(520, 470)
    )
    found = say_break(check, names={"harassment": "sexual harassment"})
    assert found.startswith(
        "Break suspected: sexual harassment from 204 to 69 (exact p < 0.001); "
        "fraud from 46 to 101 (exact p < 0.001) moved beyond chance, while the total "
        "from 520 to 470 (exact p = 0.12) did not."
    )


def test_no_swing_is_no_break():
    check = check_break({"fraud": of_2024(46, 50)}, of_2024(520, 470))
    assert say_break(check).startswith("No break suspected")


def test_a_total_that_moves_too_is_said_to_have_moved():
    check = check_break({"fraud": of_2024(204, 69)}, of_2024(520, 300))
    assert say_break(check) == (
        "No break suspected: components moved beyond chance, and so did the total, "
        "from 520 to 300 (exact p < 0.001)."
    )


def test_a_total_hidden_by_rounding_leaves_the_break_open():
    total = Change(YearCount(2023, 30, 1), YearCount(2024, 48, 1))
    found = say_break(check_break({"fraud": of_2024(2, 20)}, total))
    assert found.startswith("Whether to suspect a break stays open: components moved")


def test_an_edition_adds_completeness():
    text = say(compare(cases(30, 44), 2024))
    assert "2 of 2 courts reported in 2024, 2 of 2 in 2023." in text


def test_silence_is_named_where_completeness_differs():
    text = say(compare(cases(30, 22, silent=2), 2024))
    assert (
        "2 of 4 courts reported in 2024, 4 of 4 in 2023: part of the difference may be "
        "courts that did not report." in text
    )


def test_rounding_is_carried_into_p_and_interval():
    bounds = {"year": {"largest": 1, "mean": 0.4}}
    found = compare(cases(30, 44, audience="shared", bounds=bounds), 2024)
    text = say(found)
    assert "rounded, by at most 1" in text
    assert "lies between 0.08 and 0.20" in text
    assert "95% interval of the count of 2024: 31–60" in text


def test_the_circular_of_2023_breaks_the_series():
    edition = small_edition(
        [("tpi-sale", "ca-rabat", "CPS", 2022, "closed", "none", 4)],
        [("tpi-sale", "ca-rabat", year, "reported") for year in (2022, 2023)],
    )
    assert "Break in series: the circular of 14 April 2023" in say(
        compare(edition, 2023)
    )
    assert "Break in series" not in say(of_2024(30, 44))


def test_published_persons_and_reports_have_no_break_of_the_circular():
    text = say(change(35, 34, years=(2020, 2023), unit="persons"))
    assert text.startswith("34 persons in 2023") and "Break in series" not in text


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (
            small_edition([], [("tpi-sale", "ca-rabat", 2024, "reported")]),
            "There is no earlier year to compare with.",
        ),
        (
            small_edition(
                [("tpi-sale", "ca-rabat", "CPS", 2024, "closed", "none", 4)],
                [
                    ("tpi-sale", "ca-rabat", 2023, "missing"),
                    ("tpi-sale", "ca-rabat", 2024, "reported"),
                ],
            ),
            "There is no count for one of the two years: nothing is compared.",
        ),
        (
            cases(30, 44, audience="shared", bounds={"stage": {"largest": 2}}),
            "How far rounding moved these counts is not published: nothing is "
            "compared.",
        ),
    ],
    ids=["no earlier year", "no return in the earlier year", "no bound"],
)
def test_where_nothing_is_compared_the_true_reason_is_said(edition, said):
    found = compare(edition, 2024)
    assert not found
    assert say(found) == said


def test_the_caption_of_the_picture_names_the_zone():
    assert say_chance_zone(of_2024(30, 44)) == (
        "After a year of 30, chance alone can explain any count from 16 to 48."
    )


@pytest.mark.parametrize(
    ("n", "unit", "text"),
    [
        (0, "cases", "لا قضية"),
        (1, "cases", "قضية واحدة"),
        (2, "cases", "قضيتان"),
        (3, "cases", "3 قضايا"),
        (44, "cases", "44 قضية"),
        (100, "cases", "100 قضية"),
        (110, "cases", "110 قضايا"),
        (47, "persons", "47 شخصا"),
        (103, "reports", "103 إشعارات"),
    ],
)
def test_arabic_nouns_follow_their_number(n, unit, text):
    assert counted(n, unit, "ar") == text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: of_2024(-1, 3), "n is -1"),
        (lambda: of_2024(1.5, 3), "n is 1.5"),
        (lambda: of_2024(1, 3, unit="files"), "unit is 'files'; expected one of cases"),
        (lambda: compare(cases(1, 2), 2025), "years are [2025]; this edition holds"),
        (lambda: compare(cases(1, 2), 2024, measure="x"), "measure is 'x'"),
        (lambda: compare(cases(1, 2), 2024, platform="X"), "platform is 'X'"),
        (lambda: say(of_2024(1, 2), language="de"), "language is 'de'"),
    ],
)
def test_bad_input_gets_one_clear_error(call, message):
    with pytest.raises(ParameterError) as caught:
        call()
    assert message in str(caught.value)


def test_one_component_and_several_agree_with_their_verb_in_french():
    total = of_2024(520, 470)
    one = say_break(check_break({"a": of_2024(204, 69)}, total), language="fr")
    both = {"a": of_2024(204, 69), "b": of_2024(46, 101)}
    several = say_break(check_break(both, total), language="fr")
    assert "p < 0,001) a varié au-delà du hasard" in one
    assert "p < 0,001) ont varié au-delà du hasard" in several


@pytest.mark.parametrize(
    ("components", "message"),
    [
        ([1], "components is a list; expected changes by the name"),
        ({"a": None}, "a is a NoneType; expected a Change"),
        ({}, "components is empty"),
    ],
)
def test_components_that_are_no_changes_are_refused(components, message):
    with pytest.raises(ParameterError, match=message):
        check_break(components, of_2024(520, 470))


@pytest.mark.parametrize(
    ("component", "suspected"),
    [
        ((0, 12, 0), True),  # from nothing
        ((0, 0, 0), False),
        ((204, 69, 3), True),  # beyond chance, whatever rounding did
        ((20, 38, 3), False),  # p = 0.02 as rounded; the true counts may be 23 and 35
    ],
)
def test_a_break_is_suspected_by_rule_from_nothing_and_when_rounded(
    component, suspected
):
    before, after, error = component
    moved = Change(YearCount(2023, before, error), YearCount(2024, after, error))
    assert bool(check_break({"a": moved}, of_2024(520, 470)).suspected) is suspected
