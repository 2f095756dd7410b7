"""Filter to repaint: the explorer in a page and in JupyterLab, beside FigureWidget.

From the change of a filter to the end of the frame that shows it: in a window as a
reader has it, and in one so tall that every chart is in view and none is spared. The
peer is what a notebook would do without us: ipywidgets, a pandas sum in the kernel and
one plotly FigureWidget with one chart, in the same browser on the same cube. Needs
Chromium; found are milliseconds on the wall, the main thread's own time a change (what
other people's work on the machine moves least), and ratios.
"""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
import pandas as pd
from _figures import Figure, Findings, arguments
from _needed import SWITCHES, chromium
from _project import CHECKOUT
from playwright.sync_api import CDPSession, Page, sync_playwright

sys.path.insert(0, str(CHECKOUT / "tests"))
from explorer_editions import EditionInMemory, page
from lab_host import TOKEN, notebook, running_lab
from qadaya.views.explorer.explore import Explorer, explore

COURTS, YEARS, MILLION = 113, 10, 1_000_000
# Stage and result: ten of them, such that each measure counts others.
OUTCOMES = [
    ("under_investigation", "none"),
    ("closed", "none"),
    ("referred", "none"),
    ("prosecuted", "pending"),
    ("first_instance", "convicted"),
    ("first_instance", "acquitted"),
    ("appeal", "convicted"),
    ("appeal", "acquitted"),
    ("cassation", "convicted"),
    ("cassation", "other"),
]
WINDOW = {"width": 1280, "height": 900}
TALL = {"width": 1280, "height": 4200}

# One change of a filter after another; what each took until its frame was shown.
CHANGES = """
async ({ repeats }) => {
  const root = document.querySelector(".qx");
  const frame = () => new Promise((next) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = next;
    after.port2.postMessage(0);
  }));
  const selects = [...root.querySelectorAll("select")];
  const [from, , measure] = selects;
  const boxes = [...root.querySelectorAll(".qx-inl input")];
  const steps = [
    () => pick(from, from.selectedIndex ? 0 : 3),
    () => pick(measure, (measure.selectedIndex + 1) % 4),
    () => boxes[1].click(),
  ];
  function pick(select, index) {
    select.selectedIndex = index;
    select.dispatchEvent(new Event("change"));
  }
  const taken = [];
  for (let k = 0; k < repeats; k += 1) {
    await new Promise((next) => setTimeout(next, 60));
    const start = performance.now();
    steps[k % steps.length]();
    await frame();
    if (k >= 5) taken.push(performance.now() - start);
  }
  return taken;
}
"""
PEER_CHANGES = """
async ({ repeats }) => {
  const plot = document.querySelector(".js-plotly-plot");
  const select = document.querySelector(".widget-dropdown select");
  const taken = [];
  for (let k = 0; k < repeats; k += 1) {
    await new Promise((next) => setTimeout(next, 60));
    const start = performance.now();
    const drawn = new Promise((next) => plot.once("plotly_afterplot", next));
    select.selectedIndex = (select.selectedIndex + 1) % 4;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await drawn;
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
    if (k >= 5) taken.push(performance.now() - start);
  }
  return taken;
}
"""
OURS = """
import sys
sys.path[:0] = {paths!r}
from explorer import invented
from qadaya.views.explorer.explore import explore
explore(invented({cells}))
"""
PEER = """
import sys
sys.path[:0] = {paths!r}
import ipywidgets
import plotly.graph_objects as go
from explorer import invented
from qadaya.vocabulary import STAGES_OF_MEASURE, RESULTS_OF_MEASURE

cube = invented({cells}).cube
measure = ipywidgets.Dropdown(options=list(STAGES_OF_MEASURE))
figure = go.FigureWidget([go.Scatter(name=name) for name in ("NCMEC", "CPS")])


def redraw(_):
    cells = cube[cube["stage"].isin(STAGES_OF_MEASURE[measure.value])
                 & cube["result"].isin(RESULTS_OF_MEASURE[measure.value])]
    sums = cells.groupby(["platform", "year"])["n"].sum()
    with figure.batch_update():
        for trace in figure.data:
            trace.x, trace.y = sums[trace.name].index, sums[trace.name].values


measure.observe(redraw, "value")
redraw(None)
ipywidgets.VBox([measure, figure])
"""


class Taken(NamedTuple):
    """Milliseconds: of each change on the wall, of one change on the main thread."""

    wall: list[float]
    thread: float


def invented(cells: int) -> EditionInMemory:
    """An edition of 113 courts and 10 years with so many cells, from a fixed seed."""
    draw = np.random.default_rng(4)
    courts = np.array([f"court-{number:03}" for number in range(COURTS)])
    years = list(range(2015, 2015 + YEARS))
    grid = pd.MultiIndex.from_product(
        [range(COURTS), ["NCMEC", "CPS"], years, range(len(OUTCOMES))]
    ).to_frame(index=False)
    grid.columns = ["place", "platform", "year", "outcome"]
    rows = grid.iloc[np.arange(cells) % len(grid)].reset_index(drop=True)
    pairs = pd.DataFrame(OUTCOMES, columns=["stage", "result"])
    cube = pd.DataFrame(
        {
            "court_id": courts[rows["place"]],
            "circuit_id": courts[rows["place"] % 23],
            "platform": rows["platform"],
            "year": rows["year"],
            "stage": pairs["stage"].to_numpy()[rows["outcome"]],
            "result": pairs["result"].to_numpy()[rows["outcome"]],
            "n": draw.integers(1, 6, cells),
        }
    )
    reporting = grid[["place", "year"]].drop_duplicates()
    reporting = pd.DataFrame(
        {
            "court_id": courts[reporting["place"]],
            "circuit_id": courts[reporting["place"] % 23],
            "year": reporting["year"].to_numpy(),
            "status": draw.choice(
                ["reported", "missing"], len(reporting), p=[0.9, 0.1]
            ),
        }
    )
    return EditionInMemory(cube, reporting)


def in_page(browser_page: Page, explorer: Explorer, repeats: int) -> Taken:
    with tempfile.TemporaryDirectory(prefix="qadaya-bench-") as folder:
        path = Path(folder) / "page.html"
        path.write_text(page(explorer), encoding="utf-8")
        browser_page.goto(path.as_uri())
        browser_page.locator(".qx-plot .main-svg").first.wait_for()
        return changes(browser_page, CHANGES, repeats)


def changes(browser_page: Page, script: str, repeats: int) -> Taken:
    session = browser_page.context.new_cdp_session(browser_page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _thread_seconds(session)
    wall = browser_page.evaluate(script, {"repeats": repeats})
    thread = (_thread_seconds(session) - before) / repeats
    return Taken(wall, 1000 * thread)


def _thread_seconds(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def in_lab(
    browser_page: Page, address: str, folder: Path, name: str, code: str
) -> None:
    """Opens a notebook of one cell in JupyterLab and runs it."""
    paths = [str(CHECKOUT / "bench"), str(CHECKOUT / "tests"), str(CHECKOUT / "lib")]
    nbformat.write(
        notebook(code.replace("{paths!r}", repr(paths))), folder / f"{name}.ipynb"
    )
    browser_page.goto(f"{address}lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}")
    browser_page.get_by_text("| Idle").wait_for()
    browser_page.locator(".jp-CodeCell .cm-content").first.click()
    browser_page.keyboard.press("Shift+Enter")
    chart = browser_page.locator(".qx-plot, .js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    browser_page.locator(".js-plotly-plot .main-svg").first.wait_for()


def said(
    findings: Findings,
    name: str,
    taken: Taken,
    median: float | None = None,
    late: float | None = None,
) -> float:
    """The median; `median` and `late` are limits, the second of the 95th percentile."""
    slowest = statistics.quantiles(taken.wall, n=20)[18]
    findings.add(
        Figure(name, "ms", taken.wall, below=median),
        Figure(f"{name}: 95th percentile", "ms", [slowest], below=late),
        Figure(f"{name}: main thread, a change", "ms", [taken.thread]),
    )
    return statistics.median(taken.wall)


def main() -> None:
    asked = arguments(__doc__, repeats=60)
    findings = asked.findings
    repeats = 15 if asked.small else max(asked.repeats, 20)
    full = COURTS * 2 * YEARS * len(OUTCOMES)
    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        browser = tool.chromium.launch(executable_path=chromium(), args=SWITCHES)
        tab = browser.new_page(viewport=WINDOW)
        tall = browser.new_page(viewport=TALL)
        for each in (tab, tall):
            each.set_default_timeout(180_000)
        cube = explore(invented(full))
        taken = in_page(tab, cube, repeats)
        small = said(findings, f"page, {full:,} cells", taken, 25, 50)
        taken = in_page(tall, cube, repeats)
        said(findings, "the same, every chart in view", taken, 45)
        with running_lab(Path(folder)) as address:
            code = OURS.replace("{cells}", str(full))
            in_lab(tab, address, Path(folder), "ours", code)
            taken = changes(tab, CHANGES, repeats)
            live = said(findings, f"JupyterLab, {full:,} cells", taken, 30, 50)
            code = PEER.replace("{cells}", str(full))
            in_lab(tab, address, Path(folder), "peer", code)
            taken = changes(tab, PEER_CHANGES, repeats)
            peer = said(findings, f"ipywidgets and FigureWidget, {full:,} cells", taken)
        findings.add(
            Figure("FigureWidget / explorer live", "times", [peer / live]),
            Figure("FigureWidget / explorer in a page", "times", [peer / small]),
        )
        if not asked.small:
            taken = in_page(tab, explore(invented(MILLION)), repeats)
            said(findings, f"page, {MILLION:,} cells", taken)
        browser.close()
    findings.note(f"{repeats - 5} changes of a filter each.")


if __name__ == "__main__":
    main()
