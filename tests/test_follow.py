"""What a function of one's own draws beside the explorer, or under plain controls."""

import altair
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from explorer_editions import few_courts
from qadaya.errors import ParameterError
from qadaya.views.explorer.explore import explore
from qadaya.views.explorer.filters import filters
from qadaya.views.explorer.follow import follow

COLUMNS = ["year", "code", "name", "n", "state", "reported", "expected"]
VIEW = "application/vnd.jupyter.widget-view+json"


def bars(table):
    return table.plot(backend="plotly", kind="bar", x="year", y="n", color="name")


def pyplot(table):
    return table.plot.bar(x="year", y="n")


def vega(table):
    return altair.Chart(table[["name", "n"]]).mark_bar().encode(x="name", y="n")


def broken(table):
    if "convicted" in set(table["code"]):
        raise ValueError("no chart of results")
    return bars(table)


def names(following):
    return [trace.name for trace in following.figure.data]


@pytest.fixture
def caught(monkeypatch):
    publisher = CapturingDisplayPublisher()
    monkeypatch.setattr(InteractiveShell.instance(), "display_pub", publisher)
    return publisher


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_columns_of_the_table_are_the_same_for_every_choice(language):
    explorer = explore(few_courts(), language=language)
    for breakdown in ("platform", "circuit", "stage", "result"):
        for measure in ("cases", "convicted"):
            explorer.selection = {"breakdown": breakdown, "measure": measure}
            assert explorer.tidy().columns.tolist() == COLUMNS


def test_codes_and_names_stand_side_by_side():
    explorer = explore(few_courts(), "fr", {"breakdown": "circuit", "years": 2024})
    rows = explorer.tidy()[["code", "name", "n", "state"]].to_numpy().tolist()
    assert rows[0] == ["ca-rabat", "Rabat", 7, "value"]
    assert rows[2][1:] == ["Errachidia", pd.NA, "not_reported"]


def test_the_figure_follows_the_selection_until_it_is_stopped():
    explorer = explore(few_courts())
    following = follow(explorer, bars)
    assert names(following)[:2] == ["NCMEC", "CPS"]
    explorer.selection = {"breakdown": "result"}
    assert "Convicted" in names(following)
    following.stop()
    explorer.selection = {"breakdown": "platform"}
    assert "Convicted" in names(following)


def test_a_figure_without_words_gets_title_and_twin():
    following = follow(explore(few_courts(synthetic=True)), bars)
    said = following.figure.layout.meta["qadaya"]
    assert following.figure.layout.title.text == "Cases of the selection by year"
    assert said["summary"] == "Cases of the selection by year: 21 in all."
    assert said["columns"][:3] == ["Year", "Platform", "Cases"]
    assert said["rows"][2] == [2023, "NCMEC", 4, 2, 3]
    assert said["synthetic"] is True


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Year", "Cases", "Platform"]),
        ("fr", ["Année", "Affaires", "Plateforme"]),
        ("ar", ["السنة", "القضايا", "المنصة"]),
    ],
)
def test_axes_and_legend_are_called_what_the_table_calls_its_columns(language, titles):
    explorer = explore(few_courts(), language=language)
    layout = follow(explorer, bars).figure.layout
    named = (layout.xaxis, layout.yaxis, layout.legend)
    assert [each.title.text.strip("\u2067\u2069") for each in named] == titles


def test_the_names_of_a_key_are_turned_where_they_are_arabic():
    def named(language):
        data = follow(explore(few_courts(), language=language), bars).figure.data
        return [trace.name for trace in data]

    assert named("ar") == [f"\u2067{name}\u2069" for name in named("en")]


def test_a_name_of_ones_own_on_an_axis_stays():
    def draw(table):
        return bars(table).update_layout(xaxis_title="a year")

    layout = follow(explore(few_courts()), draw).figure.layout
    assert layout.xaxis.title.text == "a year"


def test_a_figure_with_a_title_keeps_it():
    def titled(table):
        return bars(table).update_layout(title="Mine")

    assert follow(explore(few_courts()), titled).figure.layout.title.text == "Mine"


@pytest.mark.parametrize(
    ("draw", "form"),
    [
        (bars, "application/vnd.plotly.v1+json"),
        (pyplot, "image/png"),
        (lambda table: pyplot(table).figure, "image/png"),
        (vega, "text/html"),
        (lambda table: table, "text/html"),
        (lambda table: table[["n"]].style, "text/html"),
        (lambda table: f"{table['n'].sum()} cases", "text/plain"),
    ],
    ids=["plotly", "axes", "matplotlib", "altair", "frame", "styler", "text"],
)
def test_what_is_shown_is_a_view_and_a_form_that_a_page_can_take(draw, form, caught):
    following = follow(explore(few_courts()), draw)
    following._ipython_display_()
    (output,) = caught.outputs
    assert {VIEW, form} <= output["data"].keys()
    assert not plt.get_fignums()  # else the cell shows it a second time


def test_what_is_drawn_may_be_now_of_one_kind_and_now_of_another():
    explorer = explore(few_courts())
    following = follow(
        explorer, lambda t: bars(t) if t["year"].min() < 2024 else "the last year"
    )
    explorer.selection = {"years": 2024}
    assert following.forms() == {"text/plain": "the last year"}
    explorer.selection = {"years": 2023}
    assert names(following) == ["NCMEC", "CPS"]


def test_an_exception_shows_under_the_figure_and_goes_with_the_next_choice():
    explorer = explore(few_courts())
    following = follow(explorer, broken)
    before = names(following)
    explorer.selection = {"breakdown": "result"}
    assert following.error() == "ValueError: no chart of results"
    (shown,) = following._fault.outputs
    assert shown["output_type"] == "error" and "broken" in "".join(shown["traceback"])
    assert names(following) == before
    explorer.selection = {"breakdown": "platform"}
    assert following.error() == ""


def test_an_exception_at_the_first_drawing_is_that_of_the_cell():
    with pytest.raises(ValueError, match="no chart of results"):
        follow(explore(few_courts(), selection={"breakdown": "result"}), broken)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda table: None, "draw gave nothing; .* Does it end with `return`?"),
        (lambda table: {"n": 3}, "draw gave dict; expected a plotly, matplotlib or"),
    ],
    ids=["nothing", "dict"],
)
def test_what_cannot_be_shown_is_refused(draw, message):
    with pytest.raises(ParameterError, match=message):
        follow(explore(few_courts()), draw)


def test_a_choice_made_in_the_browser_is_kept_where_the_explorer_was_shown(caught):
    explorer = explore(few_courts())
    explorer._ipython_display_()
    explorer.selection = {"years": 2024, "circuits": "Fès"}  # as a front end sets it
    explorer.save()
    shown, kept = caught.outputs[1], caught.outputs[2]
    assert kept["transient"] == shown["transient"] and kept["update"] is True
    state = kept["data"]["application/vnd.qadaya.explorer+json"]
    assert state["selection"]["years"] == [2024, 2024]
    assert "<th scope='col'>2022</th>" not in kept["data"]["text/html"]


def test_what_was_chosen_is_said_in_the_words_that_choose_it_again():
    chosen = {"circuits": "Rabat", "courts": "ca-errachidia", "years": [2023, 2024]}
    explorer = explore(few_courts(), selection=chosen)
    assert explorer.chosen() == {
        "circuits": ["ca-rabat", "ca-errachidia"],
        "years": [2023, 2024],
    }
    again = explore(few_courts(), selection=explorer.chosen())
    assert again.selection == explorer.selection
    assert explore(few_courts()).chosen() == {}


def test_controls_hand_the_counts_of_a_choice_to_any_function():
    given = []
    made = filters(few_courts(), lambda counts: given.append(counts) or counts)
    assert given[-1]["n"].sum() == 21
    assert (made.court.label, made.platform.label) == ("All courts", "All platforms")
    made.court.value = ("court", "tpi-sale")
    made.platform.value = "NCMEC"
    made.years.value = (2024, 2024)
    assert made.where == {"court": "tpi-sale", "platform": "NCMEC", "year": [2024]}
    assert given[-1][["year", "platform", "n"]].to_numpy().tolist() == [
        [2024, "NCMEC", 6]
    ]
    (shown,) = made._shown.outputs
    assert "text/html" in shown["data"]


def test_controls_without_a_function_give_their_frame():
    made = filters(few_courts(), by="circuit", language="fr", intervals=True)
    assert [name for name, _ in made.court.options][:3] == [
        "Toutes les juridictions",
        "Ressort de Rabat",
        "\u2003Cour d’appel, Rabat",
    ]
    made.court.value = ("circuit", "ca-fes")
    frame = made.frame()
    assert frame["circuit_name"].tolist() == ["Fès"] and frame["n"].tolist() == [8]
    assert "low" in frame


def test_an_exception_in_a_function_shows_under_the_controls():
    def only_all(counts):
        if len(counts) < 6:
            raise KeyError("too few rows")
        return counts

    made = filters(few_courts(), only_all)
    made.years.value = (2023, 2023)
    assert made._shown.outputs[0]["ename"] == "KeyError"
    made.years.value = (2022, 2024)
    assert made._shown.outputs[0]["output_type"] == "display_data"


def test_controls_refuse_what_the_edition_does_not_hold():
    with pytest.raises(ParameterError, match="by is 'cuort'; did you mean 'court'"):
        filters(few_courts(), by="cuort")
