import random
import re

import nbformat
import pytest
from playwright.sync_api import expect

from explorer_editions import all_courts, random_selection
from lab_host import TOKEN, notebook, running_lab, saved
from qadaya.pages.render.exporter import QadayaExporter
from qadaya.views.explorer.explore import explore

SETUP = """
from explorer_editions import all_courts
from qadaya.views.explorer.explore import explore
explorer = explore(all_courts(synthetic=True))
explorer
"""
SEEN = "print('seen', explorer.selection['measure'], explorer.table()['n'].sum())"
CHANGED = "explorer.selection = {'years': [2024, 2024], 'breakdown': 'circuit'}"
SAVE = "explorer.save()\nprint('kept')"
LOOP = """
import random
from explorer_editions import random_selection
draw = random.Random(5)
for _ in range({}):
    chosen = random_selection(explorer._choices, draw)
explorer.selection = chosen
"""
BOXED = """
import ipywidgets
shown = ipywidgets.Label()
explorer.observe(
    lambda change: setattr(shown, 'value', 'now ' + change['new']['measure']),
    'selection',
)
ipywidgets.VBox([shown, explorer])
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with running_lab(folder) as address:
        yield folder, address


class Notebook:
    """One notebook open in JupyterLab."""

    def __init__(self, tab, address, name):
        self.tab, self.complaints = tab, []
        tab.set_default_timeout(300_000)
        tab.on("pageerror", lambda each: self.complaints.append(str(each)))
        # A workspace of its own: no tab of another test is opened again.
        place = name.removesuffix(".ipynb")
        tab.goto(f"{address}lab/workspaces/{place}/tree/{name}?token={TOKEN}")
        tab.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        # A key pressed before the kernel is there runs nothing.
        tab.get_by_text("| Idle").wait_for()
        self.cells = tab.locator(".jp-Notebook .jp-CodeCell")

    def run(self, number):
        cell = self.cells.nth(number)
        cell.locator(".cm-content").click()
        self.tab.keyboard.press("Shift+Enter")
        prompt = cell.locator(".jp-InputPrompt")
        prompt.filter(has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-Cell-outputWrapper")

    def hears(self, number, words):
        """Run a cell until it says the words: a choice under way to the kernel may be
        overtaken by a cell that is run."""
        output = self.cells.nth(number).locator(".jp-Cell-outputWrapper")
        for _ in range(100):
            self.run(number)
            if words in output.inner_text():
                return
            self.tab.wait_for_timeout(500)
        raise AssertionError(f"the kernel never says {words!r}: {output.inner_text()}")

    def total(self):
        said = self.tab.locator(".qx-now strong").first.inner_text()
        return int(re.sub(r"\D", "", said))


@pytest.fixture
def opened(lab, browser):
    folder, address = lab
    contexts = []

    def open_notebook(name, content=None):
        if content is not None:
            nbformat.write(content, folder / name)
        context = browser.new_context(viewport={"width": 1500, "height": 1000})
        contexts.append(context)
        return Notebook(context.new_page(), address, name)

    yield open_notebook
    for context in contexts:
        context.close()


def test_live_and_python_say_the_same_and_hear_each_other(opened):
    book = opened("live.ipynb", notebook(SETUP, SEEN, CHANGED, LOOP.format(1), BOXED))
    output = book.run(0)
    output.locator(".qx-now strong").wait_for()
    assert book.total() == 150
    book.tab.locator(".qx-saved").wait_for(state="hidden")

    measure = output.get_by_label("Measure")
    measure.focus()
    book.tab.keyboard.press("ArrowDown")
    assert measure.evaluate("(list) => list.selectedIndex") == 1
    measure.select_option("decided")
    shown = book.total()
    assert shown < 150
    book.hears(1, f"seen decided {shown}")

    book.run(2)
    broken_down = output.get_by_label("Broken down by")
    expect(broken_down).to_have_value("circuit", timeout=300_000)
    explorer = explore(all_courts(synthetic=True))
    explorer.selection = {"years": [2024, 2024], "breakdown": "circuit"}
    assert book.total() == explorer.table()["n"].sum()

    book.run(3)
    draw = random.Random(5)
    explorer.selection = random_selection(explorer._choices, draw)
    # A court that moved stands once for each circuit that it has been in.
    chosen = len({court.split(".")[0] for court in explorer.selection["courts"]})
    output.locator(".qx-open").get_by_text(f"{chosen} of 112").wait_for()
    assert book.total() == explorer.table()["n"].sum()

    output.locator(".qx-plot").first.scroll_into_view_if_needed()
    output.locator(".qx-plot .main-svg").first.wait_for()

    boxed = book.run(4)
    boxed.locator(".qx-now strong").wait_for()
    assert explorer.selection["measure"] != "prosecuted"
    boxed.get_by_label("Measure").select_option("prosecuted")
    boxed.get_by_text("now prosecuted").wait_for()
    assert output.get_by_label("Measure").input_value() == "prosecuted"
    ids = book.tab.locator(".qx [id]").evaluate_all("all => all.map((one) => one.id)")
    ids = [each for each in ids if each.startswith("qx-")]
    assert len(ids) == len(set(ids))
    assert book.complaints == []


def test_a_saved_notebook_shows_the_table_and_a_sentence(opened, lab):
    folder, _ = lab
    book = opened("saved.ipynb", notebook(SETUP))
    output = book.run(0)
    output.locator(".qx-plot").first.scroll_into_view_if_needed()
    output.locator(".qx-plot .main-svg").first.wait_for()
    book.tab.keyboard.press("Control+s")
    kept = saved(book.tab, folder / "saved.ipynb", "qx-saved")
    assert "plotly.js" not in kept
    assert len(kept) < 200_000

    again = opened("again.ipynb", nbformat.reads(kept, as_version=4))
    outputs = again.cells.nth(0).locator(".jp-Cell-outputWrapper")
    outputs.locator(".qx-saved table").wait_for()
    again.tab.wait_for_timeout(4000)
    text = outputs.inner_text()
    assert "The explorer of edition 2025.1 needs a running kernel or a page" in text
    assert "Error" not in text and "Loading" not in text
    assert outputs.locator(".qx-saved tbody tr").count() == 2
    assert again.complaints == []


def test_a_choice_made_in_the_browser_is_kept_and_a_page_shows_it(opened, lab, visit):
    folder, _ = lab
    book = opened("kept.ipynb", notebook(SETUP, SEEN, SAVE))
    output = book.run(0)
    output.locator(".qx-now strong").wait_for()
    output.get_by_label("Measure").select_option("decided")
    shown = book.total()
    book.hears(1, f"seen decided {shown}")
    book.run(2).get_by_text("kept").wait_for()
    book.tab.keyboard.press("Control+s")
    saved(book.tab, folder / "kept.ipynb", '"measure": "decided"')

    page, _ = QadayaExporter().from_filename(str(folder / "kept.ipynb"))
    (folder / "kept.html").write_text(page, encoding="utf-8")
    seen = visit(folder / "kept.html").page
    seen.locator(".explorer .qx-now strong").wait_for()
    assert seen.get_by_label("Measure").first.input_value() == "decided"
    said = seen.locator(".qx-now strong").first.inner_text()
    assert int(re.sub(r"\D", "", said)) == shown < 150
