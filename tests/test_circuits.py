"""Pages of one court or circuit: which is meant, what they are called, who takes it."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from qadaya.errors import ParameterError
from qadaya.pages.index import write_index
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.courts import all_circuits, circuit_called, court_called
from qadaya.pages.run.plan import plan
from qadaya.pages.run.record import read_record
from qadaya.pages.run.run_all import run_all
from small_project import Project

CHOSEN = "print('of', court)"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_HOME", str(tmp_path))
    made = Project(tmp_path)
    made.edition()
    return made


def taking(project, name, line, *sources):
    """A notebook with one more line in its parameters cell."""
    path = project.notebook(name, *sources, opening=None)
    made = nbformat.read(path, as_version=4)
    made.cells[1].source += f"\n{line}"
    nbformat.write(made, path)


def planned(project, *, told=None, **choice):
    return plan(
        [project.folder / "params" / "2023.yml"],
        Choice(**choice),
        out=project.folder / "reports",
        work=project.folder / "build",
        tell=(told if told is not None else []).append,
    )


@pytest.mark.parametrize(
    "name",
    ["ca-rabat", "Rabat", "الرباط", "Cour d'appel de Rabat", "محكمة الاستئناف بالرباط"],
)
def test_a_circuit_has_an_id_and_names_in_three_languages(name):
    assert circuit_called(name) == "ca-rabat"


@pytest.mark.parametrize("name", ["tpi-sale", "المحكمة الابتدائية بسلا", "TPI Salé"])
def test_a_court_has_an_id_and_names_too(name):
    assert court_called(name) == "tpi-sale"


@pytest.mark.parametrize(
    ("called", "name", "told"),
    [
        (
            circuit_called,
            "ca-rabta",
            "did you mean ca-rabat (Court of Appeal of Rabat)",
        ),
        (circuit_called, "Cour d'appel de Rabta", "did you mean ca-rabat"),
        (circuit_called, "Paris", "circuit is 'Paris'; expected a court of appeal"),
        (circuit_called, "", "circuit is ''; expected a court of appeal"),
        (circuit_called, "tpi-sale", "of first instance; expected a court of appeal"),
        (circuit_called, "tpi-sale", "Its circuit is ca-rabat"),
        (court_called, "tpi-sal", "did you mean tpi-sale"),
        (court_called, "Rabat", "may be ca-rabat, tpi-rabat"),
        (court_called, "the court of Paris", "expected a court such as tpi-sale"),
    ],
)
def test_a_place_that_there_is_not_is_refused_in_one_line(called, name, told):
    with pytest.raises(ParameterError) as refused:
        called(name)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_each_circuit_has_a_page_by_its_name(project):
    taking(project, "mine", 'circuit = "ca-rabat"')
    runs = planned(project, circuits=all_circuits())
    assert len(runs) == len({run.page for run in runs}) == 23
    first = next(run for run in runs if run.place == "ca-fes")
    assert first.page.name == "mine-2023-ca-fes.en.html"
    assert first.name == "mine 2023 ca-fes en internal"
    assert first.parameters.own == {"circuit": "ca-fes"}


def test_a_notebook_of_courts_is_given_the_court_of_appeal(project):
    taking(project, "mine", 'court = "tpi-sale"')
    (run,) = planned(project, circuits=["Fès"])
    assert run.parameters.own == {"court": "ca-fes"}


def test_a_page_that_no_place_was_asked_for_keeps_its_name(project):
    taking(project, "mine", 'court = "tpi-sale"')
    (run,) = planned(project)
    assert (run.page.name, run.place) == ("mine-2023.en.html", None)


def test_notebooks_that_take_no_place_are_left_out_and_named(project):
    taking(project, "mine", 'court = "tpi-sale"')
    project.notebook("annual", opening=None)
    told = []
    (run,) = planned(project, told=told, circuits=["ca-fes"])
    assert run.notebook.name == "mine"
    assert told == [
        "not by circuit: annual has neither circuit nor court in its parameters cell"
    ]


def test_a_notebook_that_was_asked_for_has_to_take_one(project):
    taking(project, "mine", 'court = "tpi-sale"')
    project.notebook("annual", opening=None)
    with pytest.raises(ParameterError, match=r"annual\.ipynb: has neither circuit nor"):
        planned(project, circuits=["ca-fes"], notebooks=["annual"])


@pytest.mark.parametrize(
    "choice", [{"circuits": ["ca-fes", "ca-foo"]}, {"assignments": ["court=ca-foo"]}]
)
def test_one_place_that_there_is_not_stops_all_before_a_kernel_starts(project, choice):
    taking(project, "mine", 'court = "tpi-sale"')
    with pytest.raises(ParameterError, match="is 'ca-foo'; expected a court"):
        planned(project, **choice)
    assert not (project.folder / "reports").exists()


def test_a_court_beside_circuits_is_refused(project):
    taking(project, "mine", 'court = "tpi-sale"')
    with pytest.raises(ParameterError) as refused:
        planned(project, circuits=["ca-rabat"], assignments=["court=tpi-sale"])
    assert str(refused.value) == (
        "-p court= beside circuits; expected one of them to say which place the pages "
        "are of. Leave the other out"
    )


def test_the_page_and_the_index_say_of_which_place_they_are(project):
    taking(project, "mine", 'court = "tpi-sale"', CHOSEN)
    runs = planned(project, assignments=["court=محكمة الاستئناف بفاس"])
    runs += planned(project)
    assert [result.state for result in run_all(runs)] == ["built", "built"]
    page = project.page("mine-2023-ca-fes.en")
    assert read_record(page)["place"] == "ca-fes"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert "of ca-fes" in soup.select_one("main").text
    assert "Court of Appeal of Fez" in soup.select_one(".imprint").text
    assert soup.title.text == "mine in 2023 · Court of Appeal of Fez · Qadaya"
    assert "court=ca-fes" in soup.text

    write_index(project.folder / "reports")
    index = project.folder / "reports" / "internal" / "index.en.html"
    heads = BeautifulSoup(index.read_text(encoding="utf-8"), "html.parser").select("h3")
    assert [head.text.strip() for head in heads] == [
        "mine in 2023",
        "mine in 2023 · Court of Appeal of Fez",
    ]
    assert [result.state for result in run_all(runs)] == ["unchanged", "unchanged"]
