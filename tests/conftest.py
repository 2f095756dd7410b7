"""What several test files share: a browser without a network, a small project."""

import shutil
import signal
from dataclasses import dataclass, field

import nbformat
import pytest
from hypothesis import settings
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import every_string  # noqa: F401  before anything that translates
import small_register
from allowed_skips import (  # noqa: F401  hooks of pytest
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from built_once import built_once, seven_courts  # noqa: F401  fixtures of many
from empty_workbench import empty_workbench
from qadaya.editions.build import build_edition

# A law holds or not; how long one example takes says only how busy the machine is.
settings.register_profile("laws", deadline=None)
settings.register_profile("night", deadline=None, max_examples=5000)
settings.load_profile("laws")

# What runs in the background of a shell is deaf to Ctrl-C, and so is all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The files that take longest, from the longest on.
LONGEST = (
    "test_pages_of_notebooks.py",
    "test_explore_browser.py",
    "test_shared.py",
    "test_run.py",
    "test_bench.py",
    "test_explore_lab.py",
    "test_pages_browser.py",
    "test_notebooks.py",
    "test_register_kills.py",
    "test_suppressed_edition.py",
    "test_chapter.py",
    "test_leaks.py",
    "test_register.py",
    "test_disclosure_laws.py",
    "test_cli_editions.py",
    "test_kinds_of_files.py",
    "test_border.py",
)


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
    "--no-first-run",
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


PARAMETERS = 'year = 2024\nedition = "latest"\naudience = "internal"\nlanguage = "en"'
OPENING = (
    "from qadaya.editions.edition import open_edition\n"
    "from qadaya.views.topics.colophon import colophon\n"
    "edition = open_edition(edition, audience=audience)"
)
CLOSING = "colophon(edition, year=year, language=language)"


class Project:
    """A workbench with an edition of three courts and notebooks of a few cells."""

    def __init__(self, folder):
        self.folder = empty_workbench(folder)
        for year in (2022, 2023):
            self.write(f"params/{year}.yml", f"year: {year}\nlanguage: en\n")

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def edition(self, audience="internal"):
        return build_edition(
            *small_register.register(),
            audience=audience,
            folder=self.folder / "data" / "editions",
            courts=small_register.COURTS,
        )

    def notebook(self, name, *sources, opening=OPENING, **metadata):
        """A notebook whose title is its name; `sources` stand between its ends."""
        middle = [new_code_cell(source) for source in sources]
        cells = [
            new_markdown_cell(f"# {name} in {{year}}\n\nWhat was returned."),
            new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
            *([new_code_cell(opening)] if opening else []),
            *middle,
            *([new_code_cell(CLOSING)] if opening else []),
        ]
        made = new_notebook(cells=cells)
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        # Plain papermill asks for the language before any kernel can tell it.
        made.metadata["language_info"] = {"name": "python"}
        if metadata:
            made.metadata["qadaya"] = metadata
        path = self.folder / "notebooks" / f"{name}.ipynb"
        nbformat.write(made, path)
        return path

    def page(self, name, audience="internal"):
        return self.folder / "reports" / audience / f"{name}.html"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_HOME", str(tmp_path))
    monkeypatch.delenv("QADAYA_AUDIENCE", raising=False)
    return Project(tmp_path)
