"""A person copies a notebook in JupyterLab, makes it their own, and mails its page."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell

import court_cases
from checkout import CHECKOUT
from lab_host import TOKEN, running_lab, saved
from small_project import Project
from test_own_notebooks import planned

COMMAND = "import qadaya.cli.pages; from qadaya.cli.command import main; main()"
YEARS = range(2021, 2025)
FOUR_YEARS = [
    *court_cases.ROWS,
    ("tpi-sale", 2021, 2, "NCMEC", "possession", court_cases.JUDGED),
    ("tpi-rabat", 2022, 5, "CPS", "possession", court_cases.OPEN),
]
MINE = [
    new_markdown_cell(r"## My share" + "\n\nA share is $\\frac{x}{n}$."),
    new_code_cell("print('the first', top)"),
    new_code_cell(
        "import altair, pandas\n"
        "few = pandas.DataFrame({'court': ['Rabat', 'Casablanca'], 'n': [3, 4]})\n"
        "altair.Chart(few).mark_bar().encode(x='court', y='n')"
    ),
    new_code_cell(
        "import ipywidgets\n"
        "@ipywidgets.interact(x=(0, 9))\n"
        "def told(x=4):\n    print('x is', x)"
    ),
    new_code_cell(
        "import matplotlib.pyplot as plt\nfew.plot.bar(x='court', y='n')\nplt.show()"
    ),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory, browser):
    """A workbench in which somebody copied `explore` and ran the copy by hand."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("study")
        patch.setenv("QADAYA_HOME", str(folder))
        patch.delenv("QADAYA_AUDIENCE", raising=False)
        project = Project(folder)
        court_cases.edition(folder / "data" / "editions", rows=FOUR_YEARS)
        for year in YEARS:
            project.write(f"params/{year}.yml", f"year: {year}\nlanguage: en\n")
        notebooks = folder / "notebooks"
        shutil.copy(CHECKOUT / "notebooks" / "explore.ipynb", notebooks)
        with running_lab(notebooks) as address:
            _copied_and_run(browser, address, notebooks)
        yield project


def _copied_and_run(browser, address, notebooks):
    context = browser.new_context(viewport={"width": 1500, "height": 1000})
    tab = context.new_page()
    tab.set_default_timeout(300_000)
    tab.goto(f"{address}lab?token={TOKEN}")
    listed = tab.locator(".jp-DirListing-item", has_text="explore.ipynb")
    listed.click(button="right")
    tab.get_by_role("menuitem", name="Duplicate").click()
    tab.locator(".jp-DirListing-item", has_text="explore-Copy1.ipynb").wait_for()
    copy = notebooks / "explore-Copy1.ipynb"
    saved(tab, copy, "nbformat")
    _made_ones_own(copy)
    tab.goto(f"{address}lab/workspaces/own/tree/explore-Copy1.ipynb?token={TOKEN}")
    tab.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    tab.get_by_text("| Idle").wait_for()
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    tab.locator(".jp-RenderedImage img").first.wait_for()
    tab.get_by_text("x is 4").wait_for()
    tab.keyboard.press("Control+s")
    saved(tab, copy, "image/png")
    context.close()


def _made_ones_own(path):
    made = nbformat.read(path, as_version=4)
    (parameters,) = [
        c for c in made.cells if "parameters" in c.metadata.get("tags", [])
    ]
    parameters.source += "\ntop = 5"
    made.metadata["qadaya"] = {"per": "year"}
    made.cells += MINE
    nbformat.write(made, path)


def ran(project, *command):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project.folder / "notebooks",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_copy_stops_no_report_and_is_named(study):
    told = []
    runs = planned(study, tell=told.append)
    assert [run.notebook.name for run in runs] == ["explore"]
    assert "explore-Copy1.ipynb: a draft by its name" in told[0]


def test_the_copy_is_run_for_each_year_and_its_page_needs_nothing(study, visit):
    out = ran(
        study,
        *("-c", COMMAND, "report", "explore-Copy1.ipynb", "-p", "top=9"),
        *(f"../params/{year}.yml" for year in YEARS),
    )
    assert out.startswith("4 pages: 4 built")
    pages = [study.page(f"explore-Copy1-{year}.top=9.en") for year in YEARS]
    assert all(page.exists() for page in pages)
    seen = visit(pages[2])
    page = seen.ready().page
    assert page.locator(".synth").is_visible()
    assert page.locator(".stamp.internal").is_visible()
    assert page.get_by_text("the first 9").is_visible()
    assert page.get_by_text("x is 4").is_visible()
    assert page.locator("math mfrac").bounding_box()["height"] > 10
    drawn = page.locator(".out img").evaluate_all("all => all.map(i => i.naturalWidth)")
    assert len(drawn) == 2 and min(drawn) > 50
    page.locator(".explorer .qx-now strong").wait_for()
    assert (seen.requests, seen.complaints) == ([], [])


def test_what_was_run_by_hand_becomes_a_page_with_its_mark(study):
    ran(study, "-m", "jupyter", "nbconvert", "--to", "qadaya", "explore-Copy1.ipynb")
    page = study.folder / "notebooks" / "explore-Copy1.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert soup.select_one(".synth") and soup.select_one(".stamp.internal")
    record = json.loads(soup.find(id="qadaya-page").string)
    assert record["edition"] == "2025.1" and record["manifest"]
    assert len(soup.select(".out img")) == 2
    assert soup.select_one("math mfrac")
