import numpy as np
import pandas as pd
import pytest

from sdctables import ParameterError, Rule, complete_grid, published_cells, round_counts
from small_tables import frame

COURTS = pd.DataFrame(
    {
        "court": ["r1", "r2", "f1"],
        "circuit": ["rabat", "rabat", "fes"],
        "year": [2023, 2023, 2023],
        "n": [2, 1, 4],
    }
)


def test_a_margin_is_the_sum_over_the_columns_it_leaves_out():
    published = published_cells(COURTS, [("circuit", "year"), ()])

    assert published.frame.values.tolist() == [
        ["Total", "fes", 2023, 4, "shown"],
        ["Total", "rabat", 2023, 3, "shown"],
        ["Total", "Total", "Total", 7, "shown"],
    ]
    assert published.columns == ["court", "circuit", "year", "n", "status"]


def test_the_inner_table_is_published_only_if_it_is_among_the_margins():
    inner = ("court", "circuit", "year")

    assert (published_cells(COURTS, [()])["court"] == "Total").all()
    assert published_cells(COURTS, [inner])["n"].tolist() == [4, 2, 1]


def test_the_same_margin_twice_is_one_table():
    published = published_cells(COURTS, [("year", "circuit"), ("circuit", "year")])

    assert len(published) == 2


def test_ordered_categories_stay_in_order_with_total_last():
    kind = pd.CategoricalDtype(["late", "early"], ordered=True)
    cells = frame([1, 2]).assign(a=pd.Series(["late", "early"], dtype=kind))

    published = published_cells(cells, [("a",), ()])

    assert published["a"].tolist() == ["late", "early", "Total"]
    assert published["a"].cat.categories.tolist() == ["late", "early", "Total"]


def test_columns_about_counts_are_no_attributes():
    rounded = COURTS.assign(published=[3, 0, 4])

    assert "published" not in published_cells(rounded, [()]).columns


def test_yes_and_no_can_be_an_attribute_of_inner_cells():
    cells = pd.DataFrame({"minor": [True, False], "n": [1, 3]})

    published = published_cells(cells, [("minor",), ()])
    rounded, _ = round_counts(cells, [("minor",), ()], rule=Rule(base=3), seed=1)

    assert published["minor"].tolist() == [False, True, "Total"]
    assert published["n"].tolist() == [3, 1, 4]
    assert published_cells(cells, [("minor",)])["n"].tolist() == [3, 1]
    assert rounded["published"].tolist() in ([0, 3], [3, 3])


@pytest.mark.parametrize(
    ("cells", "margins", "message"),
    [
        ({"a": [1], "n": [1]}, [()], "cells: a dict was given; expected a pandas"),
        (COURTS, None, "margins are None; expected a list of tuples"),
        (COURTS, "court", "margins are 'court'; expected a list of tuples"),
    ],
)
def test_what_is_no_frame_and_no_list_of_margins_is_refused(cells, margins, message):
    with pytest.raises(ParameterError, match=message):
        published_cells(cells, margins)


def test_a_complete_grid_has_a_row_for_every_combination():
    cells = pd.DataFrame(
        {
            "court": ["r1", "f1"],
            "circuit": ["rabat", "fes"],
            "year": [2023, 2024],
            "n": [2, 4],
        }
    )

    grid = complete_grid(cells, [("court", "circuit"), "year"])

    assert grid.values.tolist() == [
        ["r1", "rabat", 2023, 2],
        ["r1", "rabat", 2024, 0],
        ["f1", "fes", 2023, 0],
        ["f1", "fes", 2024, 4],
    ]


BAD_CELLS = [
    (COURTS.assign(n=[2, -1, 4]), "cell court=r2, circuit=rabat, year=2023: n is neg"),
    (COURTS.assign(n=[2, 0.5, 4]), "n is fractional"),
    (COURTS.assign(n=[2, np.nan, 4]), "n is missing"),
    (COURTS.assign(n=[2, None, 4]), "n is missing"),
    (COURTS.assign(n=[2, np.inf, 4]), "n is not finite"),
    (COURTS.assign(n=["2", "many", "4"]), "n is not a number"),
    (COURTS.drop(columns="n"), "expected a column n"),
    (COURTS.head(0), "cells have 0 rows"),
    (COURTS[["n"]], "0 attribute columns"),
    (pd.concat([COURTS, COURTS.head(1)]), "cell court=r1.*duplicate rows"),
    (COURTS.assign(court=["r1", None, "f1"]), "column court has 1 missing values"),
    (COURTS.assign(court=["r1", "Total", "f1"]), "marks sums"),
]


@pytest.mark.parametrize(("cells", "message"), BAD_CELLS)
def test_bad_cells_are_refused_in_one_line(cells, message):
    with pytest.raises(ParameterError, match=message) as refused:
        published_cells(cells, [()])

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ([("region",)], "unknown column 'region'; expected columns among court"),
        ([("year", "n")], "unknown column 'n'"),
        ([], "margins are empty"),
    ],
)
def test_bad_margins_are_refused(margins, message):
    with pytest.raises(ParameterError, match=message):
        published_cells(COURTS, margins)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"method": "noise"}, "method is 'noise'; expected rounding or suppression"),
        ({"base": 1}, "base is 1; expected a whole number of at least 2"),
        ({"base": 2.5}, "base is 2.5"),
        ({"base": True}, "base is True"),
        ({"method": "suppression", "threshold": 0}, "threshold is 0"),
        ({"method": "suppression", "zeros": "hide"}, "zeros is 'hide'"),
        ({"method": "suppression", "width": 0}, "width is 0"),
        ({"base": 3, "width": 3}, "width is 3 with base 3"),
    ],
)
def test_a_rule_out_of_range_is_refused(settings, message):
    with pytest.raises(ParameterError, match=message):
        Rule(**settings)


def test_a_rule_is_printed_with_what_its_method_uses_and_read_again():
    rule = Rule(method="suppression", threshold=5, zeros="protect")

    assert rule.to_dict() == {
        "method": "suppression",
        "threshold": 5,
        "zeros": "protect",
        "width": 1,
        "marks": "kind",
        "primary": "threshold",
        "totals": "keep",
        "chance": 0.0,
    }
    assert Rule.from_dict(rule.to_dict()) == rule
    with pytest.raises(ParameterError, match="unknown key 'treshold'"):
        Rule.from_dict({"treshold": 3})
