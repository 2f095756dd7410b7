import plotly.graph_objects as go
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from explorer_editions import few_courts
from qadaya.errors import ParameterError
from qadaya.views.explorer.explore import explore
from qadaya.views.explorer.follow import follow, selected


def bars(table):
    return table.plot(
        backend="plotly",
        kind="bar",
        x=table.columns[0],
        y=table.columns[2],
        color=table.columns[1],
    )


def names(following):
    return [trace.name for trace in following.figure.data]


def test_the_selection_is_a_table_in_the_words_of_the_reader():
    table = selected(explore(few_courts(), language="fr"))
    assert table.columns.tolist()[:3] == ["Année", "Plateforme", "Affaires"]


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
    assert said["columns"][:2] == ["Year", "Platform"]
    assert said["synthetic"] is True


def test_a_figure_with_a_title_keeps_it():
    def titled(table):
        return bars(table).update_layout(title="Mine")

    assert follow(explore(few_courts()), titled).figure.layout.title.text == "Mine"


def test_what_is_shown_is_a_view_and_a_figure_that_a_page_can_take(monkeypatch):
    following = follow(explore(few_courts()), bars)
    caught = CapturingDisplayPublisher()
    shell = InteractiveShell.instance()
    monkeypatch.setattr(shell, "display_pub", caught)
    following._ipython_display_()
    data = caught.outputs[0]["data"]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert len(data["application/vnd.plotly.v1+json"]["data"]) == len(names(following))


def test_anything_but_a_figure_is_refused():
    with pytest.raises(ParameterError, match="draw gave dict; expected a plotly"):
        follow(explore(few_courts()), lambda table: go.Figure().to_dict())
