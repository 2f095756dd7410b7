"""The explorer of any frame of court statistics, of which it claims what it holds."""

import json

import numpy as np
import pandas as pd
import polars
import pytest

from explorer_editions import few_courts
from qadaya.errors import ParameterError
from qadaya.views.explorer.explore import explore

# Two courts of one name lie in two regions; the north of 2024 has no row for Port.
ROWS = [
    ("North", "Port", 2022, "web", 4),
    ("North", "Port", 2022, "phone", 0),
    ("North", "Hill", 2023, "web", 7),
    ("South", "Port", 2022, "web", 2),
    ("South", "Port", 2024, "phone", 31),
]
NAMED = {
    "court": "court_name",
    "year": "filed",
    "count": "n_cases",
    "source": "Gazette",
}
ALL = NAMED | {"platform": "channel", "groups": "region"}


def frame(rows=ROWS):
    columns = ["region", "court_name", "filed", "channel", "n_cases"]
    return pd.DataFrame(rows, columns=columns)


def by_place(rows=ROWS):
    """The same without channels: one row a place and year."""
    keys = ["region", "court_name", "filed"]
    return frame(rows).groupby(keys, as_index=False)["n_cases"].sum()


def test_it_counts_its_rows_and_claims_no_figure_where_there_is_none():
    table = explore(frame(), **ALL).table()
    assert table.fillna(-1).to_numpy().tolist() == [
        [2022, "web", 6, "value"],
        [2022, "phone", 0, "zero"],
        [2023, "web", 7, "value"],
        [2023, "phone", -1, "not_given"],
        [2024, "web", -1, "not_given"],
        [2024, "phone", 31, "value"],
    ]


def test_a_selection_filters_by_court_platform_and_year():
    explorer = explore(frame(), **ALL)
    explorer.selection = {"circuits": "north", "platforms": "web", "years": 2022}
    assert explorer.table()["n"].tolist() == [4]
    assert explorer.cells()["court"].tolist() == ["Port (North)"]
    explorer.selection = {"breakdown": "circuit"}
    assert explorer.table()["group"].tolist() == ["North", "South"] * 3
    explorer.reset()
    assert explorer.chosen() == {}


def test_courts_of_one_name_in_two_groups_stay_two_courts():
    explorer = explore(frame(), **ALL)
    names = [court["name"] for court in explorer.facts["courts"]]
    assert names == ["Hill", "Port (North)", "Port (South)"]


def test_without_groups_each_court_is_its_own_and_without_platforms_none_is_chosen():
    rows = by_place().groupby(["court_name", "filed"], as_index=False)["n_cases"].sum()
    explorer = explore(rows, **NAMED)
    assert [each["name"] for each in explorer.facts["circuits"]] == ["Hill", "Port"]
    assert explorer.facts["breakdowns"] == ["circuit"]
    tidy = explorer.tidy()
    assert tidy.columns.tolist() == ["year", "code", "name", "n", "state"]
    assert tidy.iloc[1].tolist() == [2022, "Port", "Port", 6, "value"]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_its_own_columns_and_its_source_are_named_and_no_return_is(language):
    explorer = explore(frame(), language, **ALL)
    words = explorer.labels["words"]
    assert (words["court"], words["circuit"]) == ("Court name", "Region")
    assert (words["platform"], words["by_year"]) == ("Channel", "Filed")
    assert "Court name" in words["search_courts"] or words["search_courts"]
    assert explorer.facts["measures"][0]["name"] == "N cases"
    assert "Gazette" in explorer.plain()
    state = json.loads(json.dumps(explorer.state()))
    assert state["facts"]["source"] == "Gazette"
    assert set(state["facts"]["states"]) == {"value", "zero", "not_given"}


def test_invented_figures_say_so():
    said = explore(frame(), synthetic=True, **ALL)
    assert said.facts["synthetic"] and "Synthetic data" in said.plain()


@pytest.mark.parametrize(
    "made",
    [
        polars.DataFrame,
        lambda rows: polars.DataFrame(rows).lazy(),
        lambda rows: rows.astype({"filed": str, "n_cases": float}),
        lambda rows: rows.astype({"court_name": "category", "n_cases": "Int32"}),
        lambda rows: rows.assign(n_cases=rows["n_cases"].astype(np.uint8)),
        lambda rows: rows.set_index(pd.Index([9] * len(rows))),
    ],
    ids=["polars", "lazy", "text years", "categories", "unsigned", "odd index"],
)
def test_any_frame_will_do(made):
    assert explore(made(frame()), **ALL).table()["n"].sum() == 44


def test_a_row_without_a_count_says_no_more_than_no_row():
    rows = frame().astype({"n_cases": "Int64"})
    rows.loc[2, "n_cases"] = pd.NA
    table = explore(rows, **ALL).table()
    assert 2023 not in set(table["year"]) and table["n"].sum() == 37


def changed(place, column, value):
    rows = frame().astype(object)
    rows.loc[place, column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "named", "message"),
    [
        (
            frame(),
            {"court": "courtname"},
            "court is 'courtname'; did you mean 'court_n",
        ),
        (frame(), {"count": "persons"}, "count is 'persons'; expected one of region,"),
        (frame(), {"year": None}, "year of the frame not named; expected the names"),
        (frame(), {"source": " "}, "source is ' '; expected a line that says where"),
        (frame(), {"groups": "court_name"}, "one column plays two parts"),
        (frame([]), {}, "the frame has no row; expected one count at least"),
        (frame().assign(n_cases=None), {}, "5 rows and no count in 'n_cases'"),
        (frame(ROWS + ROWS[:1]), {}, "2 rows are of Port .North., web, 2022; expected"),
        (
            frame(),
            {"platform": None},
            "2 rows are of Port .North., 2022; .* Add them up",
        ),
        (
            changed(1, "n_cases", -3),
            {},
            "row 2: n_cases is -3; expected a whole number",
        ),
        (changed(1, "n_cases", 2.5), {}, "row 2: n_cases is 2.5; expected a whole"),
        (changed(1, "n_cases", "<5"), {}, "row 2: n_cases is '<5'; expected a whole"),
        (frame().assign(n_cases=True), {}, "row 1: n_cases is True .and 4 more such"),
        (
            changed(4, "filed", "2023/24"),
            {},
            "row 5: filed is '2023/24'; expected a ye",
        ),
        (changed(4, "filed", 0), {}, "row 5: filed is 0; expected a year such as 2023"),
        (
            changed(3, "court_name", None),
            {},
            "row 4: court_name is empty; expected a c",
        ),
        (
            changed(3, "region", " "),
            {},
            "row 4: region is ' '; expected a group by name",
        ),
        ({"n": [1]}, {}, "this is dict; expected an edition, or a frame of pandas"),
    ],
    ids=str,
)
def test_a_wrong_frame_is_refused_in_one_sentence(rows, named, message):
    with pytest.raises(ParameterError, match=message) as refusal:
        explore(rows, **(ALL | named))
    assert "\n" not in str(refusal.value)


def test_a_selection_of_a_frame_is_refused_with_the_nearest():
    with pytest.raises(ParameterError, match="did you mean 'Hill'"):
        explore(frame(), selection={"courts": "Hil"}, **ALL)
    with pytest.raises(ParameterError, match="the frame holds 2022 to 2024"):
        explore(frame(), selection={"years": 2019}, **ALL)


def test_an_edition_names_its_own_columns():
    with pytest.raises(ParameterError, match="court with an edition, which says this"):
        explore(few_courts(), court="court_id")


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """The page of a notebook that explores a frame and opens no edition."""
    from explorer_editions import page

    folder = tmp_path_factory.mktemp("frame")

    def made(language):
        place = folder / f"{language}.html"
        explorer = explore(frame(), language, **ALL)
        place.write_text(page(explorer), encoding="utf-8")
        return place

    return made


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_shows_the_frame_with_its_filters_its_source_and_no_returns(
    page_of, visit, language
):
    seen = visit(page_of(language))
    shown = seen.page
    shown.locator(".qx-now strong").wait_for()
    texts = shown.locator(".qx").inner_text()
    assert "Gazette" in texts and "{" not in texts
    assert shown.locator(".qx-fig").count() == 3  # no flow: stages are not known
    table = shown.locator(".qx-fig-years table")
    channels = table.locator("thead tr").first.locator("th[scope=colgroup]")
    web = table.locator("tbody td:first-of-type").all_inner_texts()
    assert channels.first.inner_text() == "web"
    assert web[:2] + web[3:] == ["6", "7", "13"]
    shown.locator("input[value=web]").uncheck()
    assert channels.count() == 2  # the phone, and the total
    shown.locator("button.qx-open").click()
    assert shown.locator(".qx-tree .qx-top").count() == 2
    assert seen.complaints == []


def test_the_name_of_an_edition_is_no_edition():
    with pytest.raises(ParameterError) as refused:
        explore("latest")
    assert str(refused.value) == (
        "explore was given 'latest'; expected an edition, such as "
        "open_edition('latest'), or a frame"
    )
