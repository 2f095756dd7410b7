"""A page opened from `file://` without a network: when its text and charts are there.

Ours are the pages of two notebooks; the peer is `plotly.io.write_html` with the library
inside, one of the same charts and nothing else. Each is opened in a fresh tab of the
same Chromium. Printed: bytes, requests beside the page itself, milliseconds until text
and tables are painted and until the first chart is drawn.
"""

import json
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.io
from _project import command, edition_of_invented_returns
from _timing import arguments, print_load
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
NOTEBOOKS = ("annual", "explore")
# From the start of navigation to the frame that shows the first drawing.
WATCH = """
globalThis.firstChart = new Promise((done) => {
  const look = new MutationObserver(() => {
    if (!document.querySelector(".js-plotly-plot .main-svg")) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
  });
  look.observe(document, { childList: true, subtree: true });
});
"""
TEXT = """
() => performance.getEntriesByName("first-contentful-paint")[0].startTime
"""


def main() -> None:
    asked = arguments(__doc__, repeats=9)
    with (
        TemporaryDirectory(prefix="qadaya-bench-") as folder,
        sync_playwright() as tool,
    ):
        project = Path(folder).resolve()
        edition_of_invented_returns(project, asked.small)
        chosen = [word for name in NOTEBOOKS for word in ("--notebook", name)]
        year = str(project / "params" / "2024.yml")
        command("qadaya", "report", year, "--audience", "internal", *chosen)
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        pages = [_page(project, name) for name in NOTEBOOKS]
        taken = {path: [] for path in [*pages, _peer(project, pages[0])]}
        # In turn, so that a busy machine slows all of them.
        for _ in range(asked.repeats):
            for path, opened in taken.items():
                opened.append(_opened(browser, path))
        browser.close()
        for path, opened in taken.items():
            _print(path, opened)
        ours, *_, peer = ([chart for *_, chart in each] for each in taken.values())
        _print_ratio("first chart / write_html", ours, peer)
    print_load()


def _page(project: Path, notebook: str) -> Path:
    """In the language that comes first: the same charts are in each."""
    return min((project / "reports").rglob(f"{notebook}*.html"))


def _peer(project: Path, page: Path) -> Path:
    """The first chart of a page, as plotly itself writes it to a file."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    spec = json.loads(str(soup.find(id="figure-1-spec").string))
    layout = {key: each for key, each in spec["layout"].items() if key != "template"}
    figure = {"data": spec["data"], "layout": layout}
    path = project / "write_html.html"
    plotly.io.write_html(figure, path, include_plotlyjs=True, validate=False)
    return path


def _opened(browser: Browser, path: Path) -> tuple[int, float, float]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.add_init_script(WATCH)
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(path.as_uri())
    tab.locator(".js-plotly-plot .main-svg").first.wait_for()
    chart = tab.evaluate("() => firstChart")
    text = tab.evaluate(TEXT)
    context.close()
    return len([each for each in requests if each != path.as_uri()]), text, chart


def _print(path: Path, opened: list[tuple[int, float, float]]) -> None:
    requests, text, chart = zip(*opened, strict=True)
    print(
        f"  {path.name:<34} {path.stat().st_size:>9,} bytes, {max(requests)} requests; "
        f"text {statistics.median(text):5.0f} ms ({min(text):.0f} to {max(text):.0f}), "
        f"first chart {statistics.median(chart):5.0f} ms ({min(chart):.0f} to "
        f"{max(chart):.0f})"
    )


def _print_ratio(what: str, above: list[float], below: list[float]) -> None:
    rounds = [a / b for a, b in zip(above, below, strict=True)]
    print(
        f"  ratio {what}: {statistics.median(rounds):.2f} ({min(rounds):.2f} to "
        f"{max(rounds):.2f})"
    )


if __name__ == "__main__":
    main()
