"""A page opened from `file://` without a network: when its text and charts are there.

Ours are the pages of all notebooks that draw; beside each stands its peer: the same
figures in a page by stock plotly, with the library inside and nothing else. Each is
opened in a fresh tab of the same Chromium. Found: milliseconds until text and tables
are painted and until the first chart is drawn, bytes, and requests beside the page.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.io
from _figures import Figure, Findings, arguments
from _needed import SWITCHES, chromium
from _project import command, edition_of_invented_returns
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

SMALL = ("annual",)
TEXT, BYTES = 400, 1_700_000
# From the start of navigation to the frame that shows the whole text with its tables,
# and to the one that shows the first drawing.
WATCH = """
const shown = (done) =>
  requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
globalThis.text = new Promise((done) => {
  document.addEventListener("DOMContentLoaded", () => shown(done));
});
globalThis.firstChart = new Promise((done) => {
  const look = new MutationObserver(() => {
    if (!document.querySelector(".js-plotly-plot .main-svg")) return;
    look.disconnect();
    shown(done);
  });
  look.observe(document, { childList: true, subtree: true });
});
"""
STOCK = """<!DOCTYPE html>
<html><head><meta charset="utf-8"></head><body>{figures}</body></html>
"""


@dataclass(frozen=True)
class Opened:
    """Requests beside the page, milliseconds to text and tables, to the first chart."""

    requests: int
    text: float
    chart: float


def main() -> None:
    asked = arguments(__doc__, repeats=5)
    with (
        TemporaryDirectory(prefix="qadaya-bench-") as folder,
        sync_playwright() as tool,
    ):
        project = Path(folder).resolve()
        pages = _pages(project, asked.small)
        stock = {path: _stock(path) for path in pages}
        browser = tool.chromium.launch(executable_path=chromium(), args=SWITCHES)
        _opened(browser, pages[0])  # the browser's own first start is not compared
        taken = {path: [] for pair in stock.items() for path in pair}
        # In turn, so that a busy machine slows all of them.
        for _ in asked.rounds():
            for path, opened in taken.items():
                opened.append(_opened(browser, path))
        browser.close()
        for ours, theirs in stock.items():
            _say(asked.findings, ours, taken[ours], taken[theirs])
        sizes = [path.stat().st_size for path in stock]
        requests = [each.requests for path in stock for each in taken[path]]
        asked.findings.add(
            Figure("largest page", "bytes", [max(sizes)], below=BYTES),
            Figure("requests of all pages", "requests", [sum(requests)], most=0),
        )


def _pages(project: Path, small: bool) -> list[Path]:
    """Those with a chart, each in the language that comes first."""
    edition_of_invented_returns(project, small)
    chosen = [word for name in SMALL if small for word in ("--notebook", name)]
    year = str(project / "params" / "2024.yml")
    command("qadaya", "report", year, "--audience", "internal", *chosen)
    made = sorted((project / "reports").rglob("*.ar.html"))
    return [path for path in made if _figures_of(path)]


def _figures_of(page: Path) -> list[dict[str, object]]:
    """What the page draws, as plotly is given it; without the look of ours."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    figures = []
    for element in soup.select("[id^=figure-][id$=-spec]"):
        spec = json.loads(str(element.string))
        layout = {
            key: each for key, each in spec["layout"].items() if key != "template"
        }
        figures.append({"data": spec["data"], "layout": layout})
    return figures


def _stock(page: Path) -> Path:
    """The same figures, as plotly itself writes them; the library in the first."""
    figures = [
        plotly.io.to_html(
            figure, full_html=False, include_plotlyjs=not number, validate=False
        )
        for number, figure in enumerate(_figures_of(page))
    ]
    path = page.with_suffix(".stock.html")
    path.write_text(STOCK.format(figures="\n".join(figures)), encoding="utf-8")
    return path


def _opened(browser: Browser, path: Path) -> Opened:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.add_init_script(WATCH)
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(path.as_uri())
    chart = tab.evaluate("() => firstChart")
    text = tab.evaluate("() => text")
    context.close()
    others = [each for each in requests if each != path.as_uri()]
    return Opened(len(others), text, chart)


def _say(
    findings: Findings, page: Path, ours: list[Opened], theirs: list[Opened]
) -> None:
    name = page.name.partition(".")[0]
    stock = [each.chart for each in theirs]
    chart = [each.chart for each in ours]
    times = [a / b for a, b in zip(chart, stock, strict=True)]
    text = [each.text for each in ours]
    findings.add(
        Figure(f"{name}: first chart / stock page", "times", times, below=1),
        Figure(f"{name}: text and tables", "ms", text, below=TEXT),
        Figure(f"{name}: first chart", "ms", chart),
        Figure(f"{name}: first chart of the stock page", "ms", stock),
    )


if __name__ == "__main__":
    main()
