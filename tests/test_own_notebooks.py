"""Notebooks that others write: found, given their parameters, marked by their run."""

import json

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.utils.exceptions import ConversionException
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import page_samples as samples
from qadaya.errors import ParameterError
from qadaya.pages.render.exporter import QadayaExporter, page_html
from qadaya.pages.render.facts import facts_of
from qadaya.pages.run.accepted import Typed, accepted_by
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.notebooks import read_notebook
from qadaya.pages.run.plan import in_a_name, plan
from qadaya.pages.run.run_all import run_all
from qadaya.workbench.starter import write_starter
from small_project import Project


def planned(project, *, files=("2023.yml",), tell=lambda sentence: None, **choice):
    return plan(
        [project.folder / "params" / name for name in files],
        Choice(**choice),
        out=project.folder / "reports",
        work=project.folder / "build" / "runs",
        tell=tell,
    )


def plain(path, *sources, parameters=None, **metadata):
    """A notebook of cells and nothing else, as somebody else would write it."""
    cells = [new_code_cell(source) for source in sources]
    if parameters is not None:
        tagged = new_code_cell(parameters, metadata={"tags": ["parameters"]})
        cells.insert(0, tagged)
    made = new_notebook(cells=cells)
    made.metadata.update(metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


# ---- which notebooks run ----


def test_bad_files_are_named_and_left_out_and_the_others_run(project):
    project.edition()
    project.notebook("annual")
    project.write("notebooks/torn.ipynb", '{"cells": [')
    plain(project.folder / "notebooks" / "typo.ipynb", "1", qadaya={"audience": "x"})
    told = []
    runs = planned(project, tell=told.append)
    assert [run.notebook.name for run in runs] == ["annual"]
    assert len(told) == 2
    assert told[0].startswith("left out: ") and "torn.ipynb: not a notebook" in told[0]
    assert "typo.ipynb: metadata.qadaya: audience is unknown" in told[1]


def test_drafts_are_skipped_and_named_unless_they_are_asked_for(project):
    project.edition()
    project.notebook("annual")
    for name in ("Untitled", "Untitled3", "annual-Copy1", "Untitled stories"):
        project.notebook(name)
    told = []
    runs = planned(project, tell=told.append)
    assert [run.notebook.name for run in runs] == ["Untitled stories", "annual"]
    assert [line.split("notebooks/")[1].split(":")[0] for line in told] == [
        "Untitled.ipynb",
        "Untitled3.ipynb",
        "annual-Copy1.ipynb",
    ]
    assert 'ask for it with --notebook "Untitled"' in told[0]
    by_name = planned(project, notebooks=["annual-Copy1"])
    by_path = planned(project, paths=[project.folder / "notebooks" / "Untitled.ipynb"])
    assert [run.notebook.name for run in by_name + by_path] == [
        "annual-Copy1",
        "Untitled",
    ]


def test_a_bad_file_that_was_asked_for_is_refused(project):
    project.edition()
    project.notebook("annual")
    torn = project.write("notebooks/torn.ipynb", "not json")
    for choice in ({"notebooks": ["torn"]}, {"paths": [torn]}):
        with pytest.raises(ParameterError, match="not a notebook"):
            planned(project, **choice)


def test_a_folder_in_which_nothing_can_run_is_one_line(project):
    project.edition()
    project.notebook("Untitled")
    with pytest.raises(ParameterError, match="no notebook that can be run"):
        planned(project)


def test_a_path_or_a_folder_is_enough(project, tmp_path_factory):
    project.edition()
    project.notebook("annual")
    elsewhere = tmp_path_factory.mktemp("my work, 100%")
    plain(elsewhere / "one.ipynb", "1")
    plain(elsewhere / "two.ipynb", "2")
    (one,) = planned(project, paths=[elsewhere / "one.ipynb"])
    assert one.page.name == "one.en.html"
    both = planned(project, paths=[elsewhere])
    assert [run.notebook.name for run in both] == ["one", "two"]
    with pytest.raises(ParameterError, match=r"did you mean .*one\.ipynb\?"):
        planned(project, paths=[elsewhere / "onne.ipynb"])
    with pytest.raises(ParameterError, match="no notebook in this folder"):
        planned(project, paths=[project.folder / "params"])


def test_two_notebooks_of_one_name_are_refused(project, tmp_path_factory):
    project.edition()
    project.notebook("mine")
    other = plain(
        tmp_path_factory.mktemp("other") / "mine.ipynb", "1", parameters="year = 1"
    )
    with pytest.raises(ParameterError, match=r"both write mine-2023\.en\.html"):
        planned(project, paths=[other, project.folder / "notebooks" / "mine.ipynb"])


def test_a_notebook_without_a_year_makes_one_page_of_an_edition(project):
    project.edition()
    plain(project.folder / "notebooks" / "notes.ipynb", "print(1)")
    plain(project.folder / "notebooks" / "yearly.ipynb", parameters="year = 2022")
    runs = planned(project, files=["2022.yml", "2023.yml"])
    assert [run.page.name for run in runs] == [
        "notes.en.html",
        "yearly-2022.en.html",
        "yearly-2023.en.html",
    ]


BAD_METADATA = {
    "a word for a list": (
        {"audiences": "internal"},
        "audiences: found 'internal' (text); expected a list such as",
    ),
    "singular": ({"audience": ["shared"]}, "audience is unknown; expected audiences, "),
    "nearest": ({"audience": []}, "did you mean audiences?"),
    "unknown audience": (
        {"audiences": ["share"]},
        "audiences: found 'share' (text); expected a list such as "
        '["internal"] or ["internal", "shared"]; did you mean shared?',
    ),
    "per": ({"per": "month"}, "per: found 'month' (text); expected \"year\" or "),
    "series": (
        {"source": "ledger", "series": "cybercrime"},
        "series: found 'cybercrime' (text); expected a series of the ledger such as ",
    ),
    "per as number": ({"per": 1}, "per: found 1 (a whole number); "),
    "source": ({"source": None}, "source: found None (nothing); "),
    "no mapping": (["internal"], "found a list; expected names and values"),
}


@pytest.mark.parametrize("said, message", BAD_METADATA.values(), ids=BAD_METADATA)
def test_metadata_that_cannot_be_is_one_line_with_the_nearest(tmp_path, said, message):
    path = plain(tmp_path / "mine.ipynb", "1", qadaya=said)
    with pytest.raises(ParameterError) as refused:
        read_notebook(path)
    line = str(refused.value)
    assert line.startswith(f"{path}: metadata.qadaya: ")
    assert message in line and "\n" not in line


@pytest.mark.parametrize("said", [None, {}, {"audiences": ["internal"]}])
def test_metadata_may_be_missing_or_partial(tmp_path, said):
    read = read_notebook(plain(tmp_path / "mine.ipynb", "1", qadaya=said))
    assert read.audiences == (("internal",) if said else ("internal", "shared"))
    assert (read.per, read.source) == ("edition", "edition")


def test_tags_that_are_null_are_no_tags(tmp_path):
    path = plain(tmp_path / "mine.ipynb", "year = 1")
    content = json.loads(path.read_text())
    content["cells"][0]["metadata"]["tags"] = None
    path.write_text(json.dumps(content))
    assert read_notebook(path).accepts == {}


def test_two_cells_of_parameters_are_refused_with_their_places(tmp_path):
    path = plain(tmp_path / "mine.ipynb", "1", parameters="year = 1999")
    content = nbformat.read(path, as_version=4)
    again = new_code_cell("year = 2020", metadata={"tags": ["parameters"]})
    content.cells.append(again)
    nbformat.write(content, path)
    with pytest.raises(ParameterError, match="cells 1 and 3 are both tagged"):
        read_notebook(path)


def test_code_in_another_language_is_a_sentence(tmp_path):
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    path = plain(tmp_path / "mine.ipynb", "1", kernelspec=kernel)
    with pytest.raises(
        ParameterError, match=r"its code is R \(kernel 'ir'\); expected"
    ):
        read_notebook(path)


def test_a_notebook_of_before_2015_is_read(tmp_path):
    cell = {"cell_type": "code", "input": "1", "language": "python", "outputs": []}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(old))
    assert read_notebook(path).per == "edition"


# ---- its own parameters ----

CELL = """
year = 2024
top = 5
share = 0.5
names: list[str] = ["ca-rabat"]
since = "2020-01-01"
loud = False
limit: int | None = None
word: "anything" = None
bounds = (1, 2)
made = max(1, 2)
"""


def test_parameters_are_known_by_the_cell_that_holds_them():
    accepted = accepted_by(CELL)
    assert {name: each.kinds for name, each in accepted.items()} == {
        "year": (int,),
        "top": (int,),
        "share": (float,),
        "names": (list,),
        "since": (str,),
        "loud": (bool,),
        "limit": (int, type(None)),
        "word": (),
        "bounds": (list,),
        "made": (),
    }


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("top", 3, 3),
        ("share", 1, 1),
        ("names", ["ca-fes"], ["ca-fes"]),
        ("limit", None, None),
        ("limit", 4, 4),
        ("word", {"a": 1}, {"a": 1}),
        ("made", "x", "x"),
        ("top", Typed("7"), 7),
        ("since", Typed("2021-05-01"), "2021-05-01"),
        ("since", Typed("7"), "7"),
        ("loud", Typed("yes"), True),
        ("names", Typed("[a, b]"), ["a", "b"]),
        ("word", Typed("a: [b"), "a: [b"),
        ("word", Typed("*.ipynb"), "*.ipynb"),
    ],
)
def test_a_value_of_the_kind_of_the_default_is_taken(name, value, taken):
    got = accepted_by(CELL)[name].take(value)
    assert (type(got), got) == (type(taken), taken)


def test_a_date_becomes_the_text_that_the_notebook_expects():
    from datetime import date

    assert accepted_by(CELL)["since"].take(date(2021, 5, 1)) == "2021-05-01"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("top", "many", "top is 'many' (text); expected a whole number, since the "),
        ("top", True, "top is True (yes/no); expected a whole number"),
        ("top", 2.5, "top is 2.5 (a decimal number); expected a whole number"),
        ("top", Typed("many"), "top is 'many' (text); expected a whole number"),
        ("loud", 1, "loud is 1 (a whole number); expected yes/no"),
        ("share", "half", "expected a decimal number, since the notebook has share"),
        ("limit", "x", "expected a whole number or nothing"),
        ("names", "ca-fes", "names is 'ca-fes' (text); expected a list"),
        ("word", {1, 2}, "word is set of a kind that no notebook can be given"),
        ("names", Typed("a: [b"), "names is 'a: [b' (text); expected a list"),
        ("word", Typed("{a: 1, a: 2}"), "word: a is written twice; expected once"),
        ("names", Typed("[" * 3000), "names: more than 50 levels inside one another"),
        ("word", Typed("2021-13-01"), "word: '2021-13-01' is no value (month must be"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_the_notebook_has(
    name, value, message
):
    with pytest.raises(ParameterError) as refused:
        accepted_by(CELL)[name].take(value)
    assert message in str(refused.value)


def test_a_cell_that_is_no_python_accepts_nothing():
    assert accepted_by("year = = 1") == {}


def test_own_parameters_come_from_the_file_and_from_what_is_typed(project):
    project.edition()
    plain(project.folder / "notebooks" / "mine.ipynb", parameters=CELL)
    project.notebook("annual")
    project.write("params/2023.yml", "year: 2023\ntop: 7\nsince: 2021-05-01\n")
    annual, mine = planned(project)
    assert annual.parameters.own == {}
    assert mine.parameters.own == {"top": 7, "since": "2021-05-01"}
    (typed,) = planned(project, notebooks=["mine"], assignments=["top=9", "loud=yes"])
    given = typed.parameters.for_notebook(accepts=typed.notebook.accepts)
    assert given == {"year": 2023, "top": 9, "since": "2021-05-01", "loud": True}
    assert typed.page.name == "mine-2023.loud=True.top=9.en.html"
    assert mine.page.name == "mine-2023.en.html"


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("9", "9"),
        ("المحكمة", "المحكمة"),
        ("2021-05-01", "2021-05-01"),
        ("a/b", "a-b-c14cdd"),
        ("../x", "x-d6b96a"),
        ("", ""),
        ("x" * 41, "x" * 40 + "-316459"),
    ],
)
def test_a_value_stands_in_the_name_of_a_page_so_that_each_has_its_own(value, named):
    assert in_a_name(value) == named
    assert "/" not in named and not named.startswith(".")


@pytest.mark.parametrize(
    ("assignments", "message"),
    [
        (["topp=9"], r"topp is not a parameter; .*did you mean top\?"),
        (["top=many"], r"mine\.ipynb: top is 'many' \(text\); expected a whole number"),
        (["top"], "-p top: expected name=value"),
        (["yeer=2022"], r"did you mean year\?"),
        (["year=soon"], "year is 'soon' "),
        (["audience=share"], r"did you mean shared\?"),
    ],
)
def test_a_typo_is_refused_before_a_kernel_starts(project, assignments, message):
    project.edition()
    plain(project.folder / "notebooks" / "mine.ipynb", parameters=CELL)
    with pytest.raises(ParameterError, match=message) as refused:
        planned(project, assignments=assignments)
    assert "\n" not in str(refused.value)


def test_a_name_in_a_file_that_no_notebook_accepts_is_refused(project):
    project.edition()
    plain(project.folder / "notebooks" / "mine.ipynb", parameters=CELL)
    project.write("params/2023.yml", "year: 2023\ntopp: 7\n")
    with pytest.raises(ParameterError, match=r"2023\.yml: topp .*did you mean top\?"):
        planned(project)


def test_what_is_typed_for_the_page_stands_instead_of_the_file(project):
    project.edition()
    project.notebook("annual")
    runs = planned(project, files=["2022.yml", "2023.yml"], assignments=["year=2022"])
    assert [run.page.name for run in runs] == ["annual-2022.en.html"]


# ---- what a page says of itself ----


CONTROLS = """
import ipywidgets
from IPython.display import display

@ipywidgets.interact(x=(0, 9))
def told(x=4):
    print("x is", x)

inside = ipywidgets.Output()
with inside:
    print("kept inside")
ipywidgets.VBox([ipywidgets.Text("Rabat", description="court"), inside])
"""
EXPLORED = """
import pandas
from qadaya import explore, filters, follow
figures = pandas.DataFrame(
    {"place": ["A", "A", "B"], "filed": [2021, 2022, 2021], "n": [40, 0, 17]}
)
explorer = explore(figures, court="place", year="filed", count="n", source="Gazette 7")
explorer"""
CHARTS = """
import altair, pandas, plotly.graph_objects as go
import matplotlib.pyplot as plt

few = pandas.DataFrame({"court": ["Rabat", "Casablanca"], "n": [3, 4]})
display(altair.Chart(few).mark_bar().encode(x="court", y="n"))
few.plot.bar(x="court", y="n")
plt.show()
display(go.FigureWidget(go.Bar(x=few["court"], y=few["n"], name="mine")))
few.style.highlight_max(subset=["n"], color="#ffff00")
"""


@pytest.fixture(scope="module")
def unprepared(tmp_path_factory):
    """What became of notebooks that say nothing of themselves, by name and audience."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("unprepared")
        patch.setenv("QADAYA_HOME", str(folder))
        patch.delenv("QADAYA_AUDIENCE", raising=False)
        project = Project(folder)
        project.edition("internal")
        project.edition("shared")
        plain(
            folder / "notebooks" / "mine.ipynb",
            "from qadaya import open_edition\nedition = open_edition()\n"
            "edition = open_edition(edition)\n"
            "print(edition.audience, sum(bounds), top)",
            CONTROLS,
            CHARTS,
            "edition",
            EXPLORED,
            "filters(edition, lambda counts: counts[['year', 'n']])",
            "follow(explorer, lambda table: f'{len(table)} lines of {top}')",
            parameters="year = 2022\ntop = 1\nyears = 3\nbounds = [1, 2]\ncourts = 4",
        )
        write_starter("my regions")
        both = ["internal", "shared"]
        results = run_all(planned(project, audiences=both, assignments=["top=8"]))
        assert [each.error for each in results] == [None] * 4
        return {
            (each.run.notebook.name, each.run.parameters.audience): each.run
            for each in results
        }


def page_of(run):
    return BeautifulSoup(run.page.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_a_page_takes_its_facts_from_the_run(unprepared, audience):
    run = unprepared["mine", audience]
    soup = page_of(run)
    assert soup.select_one(".synth") is not None
    assert soup.select_one(f".stamp.{audience}") is not None
    imprint = soup.select_one(".imprint").get_text(" ", strip=True)
    assert run.edition.number in imprint and "2023" in imprint
    record = json.loads(soup.find(id="qadaya-page").string)
    assert record["year"] == 2023
    assert record["years"] == run.edition.years
    assert record["as_of"] == run.edition.as_of
    assert bool(record["bounds"]) == (audience == "shared")
    assert record["courts"]["expected"] == 3
    assert record["manifest"] in soup.select_one(".colophon").text
    assert f"{audience} 3 8" in soup.select_one(".out pre").text


@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_a_run_notebook_tells_the_same_to_nbconvert(unprepared, audience):
    run = unprepared["mine", audience]
    facts = facts_of(nbformat.read(run.executed, as_version=4))
    assert facts.synthetic
    assert (facts.edition, facts.audience) == (run.edition.number, audience)
    assert facts.manifest and facts.as_of == run.edition.as_of


def test_controls_run_and_stand_on_the_page_with_what_they_drew(unprepared):
    main = page_of(unprepared["mine", "internal"]).main
    said = [each.get_text() for each in main.select("div.out p, div.out pre")]
    for words in ("x: 4", "x is 4", "court: Rabat", "kept inside"):
        assert words in said, said


def test_charts_of_every_library_are_on_the_page_with_its_mark(unprepared):
    main = page_of(unprepared["mine", "internal"]).main
    kinds = [each["src"].partition(";")[0] for each in main.select(".out img")]
    assert kinds == ["data:image/svg+xml", "data:image/png"]
    assert len(main.select(".out .chip")) == 2
    (figure,) = main.select("figure.fig")
    assert figure.select_one(".chip").text == "Synthetic data"
    coloured = main.select("td[style*='background-color']")
    assert [cell.text for cell in coloured] == ["4"]


@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_what_a_second_hour_brings_is_on_the_page(unprepared, audience):
    main = page_of(unprepared["mine", audience]).main
    text = main.get_text(" ")
    card = main.select_one("table:has(code)").get_text(" ")
    assert "Edition 2024.1" in text and "4 in 2 circuits" in card and "cube" in card
    (explorer,) = main.select(".explorer")
    assert "Gazette 7" in explorer.get_text() and "no figure" in explorer.get_text()
    assert "4 lines of 8" in text
    assert "All courts" in text and "All platforms" in text


@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_the_notebook_to_begin_with_runs_as_it_is(unprepared, audience):
    run = unprepared["my regions", audience]
    soup = page_of(run)
    assert run.page.name == "my regions-2023.top=8.en.html"
    assert soup.h1.text == "My regions, 2023"
    assert soup.select("table") and soup.select("figure.fig")
    assert soup.select(".explorer")
    assert "{" not in soup.select_one(".dek").text


@pytest.mark.parametrize("name", ["", "../x", "a/b", "Untitled", "x-Copy1", ".hidden"])
def test_a_name_that_no_notebook_can_have_is_refused(project, name):
    with pytest.raises(ParameterError, match="cannot be a notebook's"):
        write_starter(name)


def test_a_notebook_that_is_there_is_not_overwritten(project):
    path = write_starter("regions.ipynb")
    path.write_text("mine")
    with pytest.raises(ParameterError, match="exists; nothing was written"):
        write_starter("regions")
    assert path.read_text() == "mine"


# ---- what fails, and what does not ----


def test_what_fails_is_a_sentence_that_helps_and_what_does_not_makes_a_page(project):
    project.edition()
    folder = project.folder / "notebooks"
    asks = {"name": "conda-env-study-py", "display_name": "study", "language": "python"}
    plain(folder / "asks_for_another.ipynb", "print('ran')", kernelspec=asks)
    plain(folder / "ends.ipynb", "import sys\nsys.exit(0)", "1 / 0")
    plain(folder / "input.ipynb", "input('year?')")
    plain(folder / "magic.ipynb", "1", "%no_such_magic")
    plain(folder / "memory.ipynb", "raise MemoryError")
    plain(folder / "module.ipynb", "import no_such_module")
    expects = plain(folder / "raises.ipynb", "1 / 0", "print('went on')")
    made = nbformat.read(expects, as_version=4)
    made.cells[0].metadata["tags"] = ["raises-exception"]
    nbformat.write(made, expects)

    results = {each.run.notebook.name: each for each in run_all(planned(project))}
    errors = {name: each.error for name, each in results.items() if each.error}
    assert set(errors) == {"input", "magic", "memory", "module"}
    assert errors["input"].endswith("(nobody is there to give it; make it a parameter)")
    assert errors["magic"].startswith(
        "UsageError: Line magic function `%no_such_magic`"
    )
    assert results["magic"].cell == 2
    assert errors["memory"] == (
        "MemoryError: the cell asked for more memory than there is; read or keep less"
    )
    assert "install it into the environment" in errors["module"]
    ran = page_of(results["asks_for_another"].run).select_one("div.out pre")
    assert ran.text == "ran"
    assert not page_of(results["ends"].run).select(".stopped")
    said = page_of(results["raises"].run).select("div.out pre")
    assert [each.text for each in said] == [
        "ZeroDivisionError: division by zero",
        "went on",
    ]


def test_nbconverts_route_is_searched_too_and_names_the_cell(project):
    told = "Traceback (most recent call last): amina"
    made = samples.notebook(
        new_markdown_cell("# Mine"),
        samples.code("x", samples.shown({"text/plain": told})),
    )
    with pytest.raises(ConversionException, match=r"cell 2 .1.: its text/plain: "):
        QadayaExporter().from_notebook_node(made)


TOLD = "Traceback (most recent call last): x"


@pytest.mark.parametrize(
    ("outputs", "part"),
    [
        (
            ["fine", "Traceback (most recent call last): x"],
            "output 2 of 2 text/plain: ",
        ),
        ([TOLD], "its text/plain: "),
    ],
    ids=["the second", "the only one"],
)
def test_a_refusal_names_the_output(outputs, part):
    shown = [samples.shown({"text/plain": text}) for text in outputs]
    made = samples.notebook(new_markdown_cell("# Mine"), samples.code("x", *shown))
    with pytest.raises(ConversionException, match=rf"cell 2 \[1\]: {part}the page"):
        QadayaExporter().from_notebook_node(made)


def test_names_that_mean_something_else_in_a_notebook_are_its_own_business():
    made = samples.notebook(
        samples.code(
            'years = 3\ncourts = "all"\nbounds = 0.5\nyear = "last"\nsynthetic = False',
            tags=["parameters"],
        ),
        papermill={"parameters": {"years": 7, "bounds": [1], "audience": 3}},
    )
    facts = facts_of(made)
    assert (facts.years, facts.courts, facts.bounds) == ([], None, {})
    assert (facts.year, facts.audience) == (None, None)
    assert "<h1>" in page_html(made, name="mine")


def test_one_edition_of_invented_data_marks_a_page_whatever_is_said_after_it():
    made = samples.notebook(
        samples.code(
            "open_edition(2025)",
            samples.shown(
                {
                    samples.COLOPHON: {
                        "edition": "2025.1",
                        "synthetic": True,
                        "manifest_sha256": "b",
                    }
                }
            ),
        ),
        samples.colophon(synthetic=False),
    )
    facts = facts_of(made, {"edition": "2026.1", "synthetic": False})
    assert facts.synthetic
    assert facts.edition == "2026.1"


def test_what_was_opened_says_nothing_on_the_page_and_leaves_no_empty_space():
    opened = {samples.COLOPHON: {"edition": "2025.1", "synthetic": True}}
    made = samples.notebook(
        new_markdown_cell("# A title"), samples.code("x", samples.shown(opened))
    )
    soup = BeautifulSoup(page_html(made, name="mine"), "html.parser")
    assert not soup.select("main .out")
    assert soup.select_one(".synth")
