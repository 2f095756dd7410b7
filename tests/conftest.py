"""What several test files share: a browser without a network, a small project."""

import os
import shutil
import signal
from dataclasses import dataclass, field

import pytest
from hypothesis import settings

import every_string  # noqa: F401  before anything that translates
from allowed_skips import (  # noqa: F401  hooks of pytest
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from built_once import (  # noqa: F401  fixtures of many
    built_once,
    converted,
    seven_courts,
)
from longest_files import LONGEST
from same_draws import same_draws  # noqa: F401  a fixture of all
from small_project import Project

# A law holds or not; how long one example takes says only how busy the machine is.
settings.register_profile("laws", deadline=None)
settings.register_profile("night", deadline=None, max_examples=5000)
settings.load_profile("laws")

# What runs in the background of a shell is deaf to Ctrl-C, and so is all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers():
    """One more than there are processors: tests wait for browsers and for kernels."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items):
    """Long files come first: no process is alone with one while the others are done."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


SWITCHES = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    # Two suggestion boxes of the address bar that nobody sees cost each window as much
    # as a page. This replaces the list of Playwright, so its quiet ones stand here too.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,HttpsUpgrades,"
    "LensOverlay,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,"
    "PaintHolding,PreconnectToSearch",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium_path():
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None)


@pytest.fixture(scope="session", autouse=True)
def nowhere(tmp_path_factory):
    """No test takes the checkout for its workbench, or that of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("QADAYA_HOME", raising=False)
        patch.delenv("QADAYA_AUDIENCE", raising=False)
        patch.chdir(tmp_path_factory.mktemp("nowhere"))
        yield


@pytest.fixture(scope="session")
def browser():
    path = chromium_path()
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield launched
        launched.close()


@dataclass
class Visit:
    """One page in the browser, and what it asked for and complained of."""

    page: object
    requests: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def ready(self):
        """Wait until every chart is drawn."""
        self.page.wait_for_selector("html[data-charts=done]")
        return self


@pytest.fixture
def visit(browser):
    """Open a file with the network closed: `visit(path, width=360, scheme="dark")`."""
    contexts = []

    def opened(path, *, width=1280, scheme="light", scripts=True, init=None):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            offline=True,
            accept_downloads=True,
        )
        # How long a page takes says only how busy the machine is.
        context.set_default_timeout(300_000)
        contexts.append(context)
        page = context.new_page()
        made = Visit(page)
        address = path.resolve().as_uri()
        page.on(
            "request",
            lambda request: (
                request.url.startswith((address, "data:", "blob:"))
                or made.requests.append(request.url)
            ),
        )
        page.on("console", lambda message: made.complaints.append(message.text))
        page.on("pageerror", lambda fault: made.complaints.append(str(fault)))
        if init:
            page.add_init_script(init)
        page.goto(address)
        return made

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_HOME", str(tmp_path))
    monkeypatch.delenv("QADAYA_AUDIENCE", raising=False)
    return Project(tmp_path)
