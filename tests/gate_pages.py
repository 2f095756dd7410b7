"""`make gate`: every page of a folder, looked at as its readers do.

Prints each fault once with the places it was met at; exits with 1 where there is one.
`python tests/gate_pages.py reports/shared 'annual*'` looks at some of them.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import gate
from conftest import SWITCHES, chromium_path


def faults_of(context, path):
    """What `gate.look` finds in one page, and its order of places."""
    page = context.new_page()
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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=SWITCHES
        )
        context = browser.new_context(offline=True)
        context.set_default_timeout(300_000)
        for path in paths:
            faults, language, order = faults_of(context, path)
            orders.setdefault(path.name.split(".")[0], {})[language] = order
            for line in gate.told(faults):
                found += 1
                print(f"{path.name}: {line}", flush=True)
        for name, languages in orders.items():
            for line in gate.told(gate.same_order(languages)):
                found += 1
                print(f"{name}: {line}")
    print(f"{len(paths)} pages, {found} faults")
    return found


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    chosen = {path for name in names or ["*.html"] for path in Path(folder).glob(name)}
    if not chosen:
        sys.exit(f"{folder} holds no page; expected pages: run make report first")
    sys.exit(bool(main(sorted(chosen))))
