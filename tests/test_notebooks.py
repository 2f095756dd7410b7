"""Every notebook, as it is stored and as it runs by plain papermill."""

import ast
import itertools
import re
import shutil

import nbformat
import papermill
import pytest

import qadaya
from checkout import CHECKOUT
from empty_workbench import empty_workbench
from missing_prose import missing_prose
from qadaya.language import translator
from qadaya.pages.render.prose import PLACEHOLDERS
from qadaya.pages.run.notebooks import read_notebook

FOLDER = CHECKOUT / "notebooks"
EVERY = sorted(FOLDER.glob("*.ipynb"))
# The desk's own notebook has no page; what it does is tested with it.
PATHS = [path for path in EVERY if path.stem != "desk"]
NAMES = [path.stem for path in PATHS]
PARAMETERS = 'year = 2024\nedition = "latest"\naudience = "internal"\nlanguage = "en"'
OF_LEDGER = 'year = 2023\nlanguage = "en"'
FIGURE = "application/vnd.plotly.v1+json"
COLOPHON = "application/vnd.qadaya.page+json"
EXPLORER = "application/vnd.qadaya.explorer+json"

each_notebook = pytest.mark.parametrize("path", PATHS, ids=NAMES)
every_notebook = pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def trees(path):
    return [ast.parse(cell.source) for cell in code(path)]


def audiences(path):
    return read(path).metadata["qadaya"].get("audiences", ["internal", "shared"])


def of_published_figures(path):
    return read(path).metadata["qadaya"].get("source") == "ledger"


def test_the_notebooks_of_the_research_are_there():
    assert NAMES == [
        "annual",
        "chapter",
        "courts",
        "explore",
        "outcomes",
        "quality",
        "returns",
        "trends",
    ]


@every_notebook
def test_a_notebook_is_stored_without_what_running_it_leaves(path):
    for cell in code(path):
        assert cell.outputs == []
        assert cell.execution_count is None
    assert "papermill" not in read(path).metadata
    assert "widgets" not in read(path).metadata


@every_notebook
def test_each_cell_has_a_name_of_its_own_that_stays(path):
    names = [cell.id for cell in read(path).cells]
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"{path.stem}-") for name in names)


@each_notebook
def test_a_report_takes_each_notebook(path):
    assert read_notebook(path).name == path.stem


@each_notebook
def test_one_cell_is_tagged_and_holds_the_parameters(path):
    tagged = [c for c in code(path) if "parameters" in c.metadata.get("tags", [])]
    ledger = of_published_figures(path)
    (cell,) = tagged
    # The same for all; what a notebook takes beside it (a court) comes after.
    assert cell.source.startswith(OF_LEDGER if ledger else PARAMETERS)


@each_notebook
def test_a_notebook_begins_with_a_title_and_three_sentences(path):
    title, opening = read(path).cells[0].source.split("\n\n")
    assert title.startswith("# ")
    assert 2 <= len(re.findall(r"[.?](?:\s|$)", opening)) <= 4


@every_notebook
def test_a_notebook_imports_from_qadaya_and_nothing_else(path):
    for tree in trees(path):
        for node in ast.walk(tree):
            assert not isinstance(node, ast.Import)
            if isinstance(node, ast.ImportFrom):
                assert node.module == "qadaya"
                assert {each.name for each in node.names} <= set(qadaya.__all__)


@every_notebook
def test_a_notebook_uses_all_that_it_imports(path):
    imported, used = set(), set()
    for tree in trees(path):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                imported |= {each.name for each in node.names}
            elif isinstance(node, ast.Name):
                used.add(node.id)
    assert imported <= used


@every_notebook
def test_no_function_is_defined_in_a_notebook_and_cells_stay_short(path):
    for cell, tree in zip(code(path), trees(path), strict=True):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        assert not any(isinstance(node, kinds) for node in ast.walk(tree))
        assert len(cell.source.splitlines()) <= 10
        assert max(map(len, cell.source.splitlines())) <= 88


@pytest.mark.parametrize(
    "path", [path for path in PATHS if not of_published_figures(path)]
)
def test_a_notebook_ends_with_sources_protection_and_colophon(path):
    assert code(path)[-1].source.startswith("colophon(edition")
    assert read(path).cells[-1].cell_type == "code"
    prose = "\n".join(c.source for c in read(path).cells if c.cell_type == "markdown")
    assert "## Sources and definitions" in prose
    if "shared" in audiences(path):
        assert "each small inner count was [rounded](#word-rounding)" in prose


@each_notebook
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_prose_of_a_notebook_is_whole_in_each_language(path, language):
    assert missing_prose(path, language) == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_catalogue_holds_no_prose_that_no_notebook_has(language):
    known = {key for key in translator(language, "pages.notebooks")._catalog if key}
    prose = " ".join(
        " ".join(cell.source.split())
        for path in PATHS
        for cell in read(path).cells
        if cell.cell_type == "markdown"
    )
    assert [text for text in known if text not in prose] == []


@each_notebook
def test_prose_names_no_file_that_readers_of_the_page_have_not(path):
    prose = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    named = re.compile(r"\w+/\S+\.(?:md|csv|ipynb|ya?ml)\b")
    assert [found for text in prose for found in named.findall(text)] == []


@each_notebook
def test_prose_names_only_what_can_be_filled_in(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert set(re.findall(r"\{(\w+)\}", cell.source)) <= set(PLACEHOLDERS)


@pytest.fixture(scope="module")
def home(tmp_path_factory, seven_courts):
    """A workbench with an internal and a shared edition of seven courts."""
    folder = empty_workbench(tmp_path_factory.mktemp("home"))
    shutil.copytree(seven_courts, folder / "data" / "editions")
    return folder


# Each by turns for one audience: their pages, for both, are looked at elsewhere.
TURNS = [("internal", "fr", 2023), ("shared", "ar", 2024)]
RUNS = [
    (path, *(turn if turn[0] in audiences(path) else TURNS[0]))
    for path, turn in zip(PATHS, itertools.cycle(TURNS), strict=False)
]


@pytest.mark.parametrize(
    ("path", "audience", "language", "year"),
    RUNS,
    ids=[f"{path.stem}-{audience}" for path, audience, *_ in RUNS],
)
def test_a_notebook_runs_by_plain_papermill(
    path, audience, language, year, home, tmp_path, monkeypatch
):
    monkeypatch.setenv("QADAYA_HOME", str(home))
    if audience == "shared":
        monkeypatch.setenv("QADAYA_AUDIENCE", "shared")
    else:
        monkeypatch.delenv("QADAYA_AUDIENCE", raising=False)
    given = {"year": year, "language": language}
    if not of_published_figures(path):
        given["audience"] = audience
    done = papermill.execute_notebook(
        path, tmp_path / "out.ipynb", given, cwd=tmp_path, progress_bar=False
    )
    shown = [
        output.data
        for cell in done.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result")
    ]
    if of_published_figures(path):
        assert not any(COLOPHON in data for data in shown)
    else:
        facts = shown[-1][COLOPHON]
        assert (facts["audience"], facts["language"]) == (audience, language)
    for data in shown:
        if FIGURE in data:
            said = data[FIGURE]["layout"]["meta"]["qadaya"]
            assert said["summary"]
            assert said["columns"]
    explores = path.stem in ("annual", "chapter", "explore")
    assert explores or not any(EXPLORER in data for data in shown)
    errors = [
        output
        for cell in done.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert errors == []
