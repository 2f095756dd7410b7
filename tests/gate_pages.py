"""`make gate`: pages, looked at as their readers do.

Prints each fault once with the places it was met at; exits with 1 where there is one.
`python tests/gate_pages.py reports/shared/annual*` looks at some pages.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from playwright.sync_api import sync_playwright

import gate
from conftest import SWITCHES, chromium_path


@cache
def window():
    """The browser of this process; it ends with the process."""
    browser = (
        sync_playwright()
        .start()
        .chromium.launch(executable_path=chromium_path(), args=SWITCHES)
    )
    context = browser.new_context(offline=True)
    context.set_default_timeout(300_000)
    return context


def faults_of(path):
    """What `gate.look` finds in one page, its language and its order of places."""
    page = window().new_page()
    page.set_viewport_size({"width": gate.WIDTHS[0], "height": gate.TALL})
    page.goto(path.resolve().as_uri())
    if page.query_selector(".plot, .qx"):
        page.wait_for_selector("html[data-charts=done]")
    language = page.evaluate("document.documentElement.lang")
    order = gate.order_of_places(page, language)
    faults = gate.look(page)
    page.close()
    return faults, language, order


def main(paths):
    """The number of faults in these pages, each printed."""
    found, orders = 0, {}
    # A browser for each processor; started anew, as one cannot be shared by a fork.
    processes = min(len(paths), os.cpu_count())
    with ProcessPoolExecutor(processes, get_context("spawn")) as looked:
        for path, (faults, language, order) in zip(
            paths, looked.map(faults_of, paths), strict=True
        ):
            report = path.parent / path.name.split(".")[0]
            orders.setdefault(report, {})[language] = order
            for line in gate.told(faults):
                found += 1
                print(f"{path}: {line}", flush=True)
    for report, languages in orders.items():
        for line in gate.told(gate.same_order(languages)):
            found += 1
            print(f"{report}: {line}")
    print(f"{len(paths)} pages, {found} faults")
    return found


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:]]
    missing = [str(path) for path in chosen if not path.is_file()]
    if missing or not chosen:
        sys.exit(f"no such page: {' '.join(missing) or 'none'}; run make report first")
    sys.exit(bool(main(chosen)))
