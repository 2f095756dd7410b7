"""The titles of figures: a finding holds for every count that rounding allows."""

from types import SimpleNamespace

import pandas as pd
import pytest

from qadaya.views.prose.findings import (
    say_completeness,
    say_flow,
    say_largest,
    say_last_steps,
    say_pending,
    say_years,
)
from qadaya.views.prose.words import Words

EN = Words("en")


def view(rows, *, error, language="en"):
    """Counts by name, each within `error` of the truth."""
    counts = pd.DataFrame(rows, columns=["name", "n"])
    counts = counts.assign(fewest=counts["n"] - error, most=counts["n"] + error)
    return SimpleNamespace(counts=counts, error=error, words=Words(language))


@pytest.mark.parametrize(
    ("rows", "error", "said"),
    [
        ([("a", 27), ("b", 18)], 0, "Most often: a, 27 of 45"),
        ([("a", 27), ("b", 18)], 4, "Most often: a, about 27 of 45"),
        # 27 - 5 and 18 + 5 meet: who comes first is not known.
        (
            [("a", 27), ("b", 18)],
            5,
            "Rounding hides which comes first: a, about 27 of 45, or b, about 18",
        ),
        # 18 - 4 is less than 15 + 4, and more than 9 + 4: one of three comes first.
        (
            [("a", 18), ("b", 15), ("c", 15), ("d", 9)],
            4,
            "Rounding hides which of the first 3 leads: a, about 18 of 57, or another",
        ),
        ([("a", 6), ("b", 6), ("c", 1)], 0, "Most often, alike: a; b, 6 of 13 each"),
        ([("?", 9), ("a", 6)], 0, "Most often: a, 6 of 15"),
        ([("a", 3)], 2, "Most often: a, about 3 of 3"),
        ([("a", 0), ("b", 0)], 2, ""),
    ],
)
def test_what_comes_first_is_said_where_rounding_cannot_turn_it(rows, error, said):
    assert say_largest(view(rows, error=error), unknown="?") == said


def years(rows, error):
    counts = pd.DataFrame(rows, columns=["name", "year", "n"])
    return SimpleNamespace(counts=counts, error=error, words=EN)


def test_a_line_of_years_is_said_by_its_ends_and_one_year_is_no_finding():
    rows = [("All", 2021, 48), ("All", 2022, 60), ("All", 2023, 72)]
    assert say_years(years(rows, 0)) == "All from 48 to 72, 2021 to 2023"
    assert say_years(years(rows, 2)) == "All from about 48 to about 72, 2021 to 2023"
    assert say_years(years(rows[:1], 0)) == ""


ROSE = (
    "Last change of 1 series that can be compared: 1 rose and 0 fell by more than "
    "chance explains, 0 did neither"
)
CHANCE = (
    "The last change of the one published series that can be compared cannot be told "
    "from chance"
)


def published(*values, unit="cases", conflict=False):
    return pd.DataFrame(
        [("total", "cases", unit, year, n, str(n), conflict) for year, n in values],
        columns=[
            "series",
            "measure",
            "unit",
            "year",
            "value",
            "as_printed",
            "conflict",
        ],
    )


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        # 30 to 60: exact p = 0.002; 30 to 44: 0.13
        (published((2023, 30), (2024, 60)), ROSE),
        (published((2023, 30), (2024, 44)), CHANCE),
        (published((2023, 30), (2024, 60), conflict=True), ""),
        (published((2020, 30), (2024, 60)), ""),
    ],
)
def test_only_published_series_with_two_years_in_a_row_are_counted(rows, finding):
    assert say_last_steps(rows, EN) == finding
    # A series that cannot be compared beside one that can: it is not among the counted.
    alone = published((2024, 84)).assign(series="alone")
    assert say_last_steps(pd.concat([rows, alone]), EN) == finding


def test_pending_cases_and_the_way_of_the_others_are_about_so_many_when_rounded():
    standings = ("under_investigation", "awaiting_judgment", "appeal_pending")
    counts = pd.DataFrame([[10, 3, 2, 1, 4]], columns=[*standings, "x", "judged"])
    counts = counts.rename(columns={"x": "cassation_pending"})
    assert say_pending(counts, EN, exact=True) == (
        "Of 20 cases 10 are under investigation and 6 wait for a court's decision"
    )
    reached = {"registered": 20.0, "prosecuted": 9.0, "decided": 4.0}
    assert say_flow(reached, EN, exact=False) == (
        "Of about 20 cases about 9 were prosecuted and about 4 decided at first "
        "instance"
    )


def test_completeness_is_said_of_the_first_and_the_last_year_that_expect_a_court():
    rows = [(2020, 0, 0), (2021, 83, 101), (2022, 90, 102), (2024, 112, 112)]
    counts = pd.DataFrame(rows, columns=["year", "reported", "expected"])
    said = "82% of the courts reported for 2021, 100% for 2024"
    assert say_completeness(counts, EN) == said
    assert say_completeness(counts.head(2), EN) == ""
