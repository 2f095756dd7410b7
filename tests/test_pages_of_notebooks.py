"""The pages of the real notebooks, each opened in a browser without a network."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from typer.testing import CliRunner

import gate
from checkout import CHECKOUT
from empty_workbench import empty_workbench
from firefox import firefox
from qadaya.cli import app
from qadaya.pages.run.record import read_record

QADAYA = Path(sys.executable).with_name("qadaya")
LIMIT = 2_200_000  # bytes of a page
HIGHEST = 9_000  # px at 1280 wide
HEIGHT = "document.documentElement.scrollHeight"
NOTEBOOKS = {
    path.stem: nbformat.read(path, as_version=4).metadata["qadaya"]
    for path in sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
}
# Pages for the desk differ by their exact counts: these three stand for all.
FOR_THE_DESK = ("annual", "quality", "returns")
PAGES = [("internal", name, "ar") for name in FOR_THE_DESK] + [
    ("shared", name, language)
    for name, about in NOTEBOOKS.items()
    if "shared" in about.get("audiences", ["internal", "shared"])
    for language in ("ar", "fr", "en")
]
PLACES = "document.querySelectorAll('.plot[id^=figure-]').length"
DRAWN = """
[...document.querySelectorAll('.plot[id^=figure-]')]
  .filter((plot) => plot.querySelector('.main-svg')).length
"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = """
document.querySelectorAll('details').forEach((each) => each.open = true);
document.querySelectorAll('figure.fig').forEach((each) => each.dataset.view = 'both');
"""
# "de de 2021": a word that a sentence and what is put into it both say.
TWICE = re.compile(r"(?<!\w)([^\W\d]{2,})[ \u00a0]\1(?!\w)")
WITHOUT_TWIN = """
[...document.querySelectorAll('figure')].filter((figure) =>
  figure.querySelector('.plot') && !figure.querySelector('table th[scope]')).length
"""
WITHOUT_SUMMARY = """
[...document.querySelectorAll('.plot[id^=figure-]')].filter((plot) =>
  !document.getElementById(plot.getAttribute('aria-describedby'))?.textContent.trim())
  .length
"""


# Of 112 courts seven reported: no page of a real year names the others one by one.
WITHOUT_SILENT_COURTS = """
[...document.querySelectorAll('main p')].filter((p) => p.textContent.length > 1500)
  .forEach((p) => p.remove())
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory, seven_courts):
    """The pages of 2024 that `qadaya report` makes of a small edition."""
    home = tmp_path_factory.mktemp("home")
    for name in ("notebooks", "params"):
        shutil.copytree(CHECKOUT / name, home / name)
    shutil.copytree(seven_courts, home / "data" / "editions")
    for audience in ("internal", "shared"):
        pages = [page for page in PAGES if page[0] == audience]
        words = []
        for option, place in (("--notebook", 1), ("--language", 2)):
            chosen = sorted({page[place] for page in pages})
            words += [word for value in chosen for word in (option, value)]
        done = subprocess.run(
            [QADAYA, "report", "params/2024.yml", "--audience", audience, *words],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return home / "reports"


@pytest.mark.parametrize(
    ("audience", "name", "language"), PAGES, ids=["-".join(each) for each in PAGES]
)
def test_a_page_is_whole_offline_and_accessible_wide_and_narrow(
    reports, visit, audience, name, language
):
    [path] = (reports / audience).glob(f"{name}*.{language}.html")
    assert path.stat().st_size < LIMIT
    seen = visit(path).ready()
    page = seen.page
    assert (seen.requests, seen.complaints) == ([], [])
    assert page.evaluate(DRAWN) == page.evaluate(PLACES)
    assert page.evaluate(WITHOUT_TWIN) == page.evaluate(WITHOUT_SUMMARY) == 0
    direction = "rtl" if language == "ar" else "ltr"
    assert page.evaluate("document.documentElement.dir") == direction
    # At the other widths, in the dark and on paper: `make gate`.
    assert gate.told(gate.look(page, widths=(1280, 360), media=())) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(HEIGHT) < HIGHEST
    page.evaluate(OPEN_ALL)
    assert TWICE.findall(page.inner_text("main")) == []
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_annual_page_is_short_on_screen_and_five_sheets_on_paper(
    reports, visit, language
):
    [path] = (reports / "shared").glob(f"annual*.{language}.html")
    page = visit(path).ready().page
    page.evaluate(WITHOUT_SILENT_COURTS)
    assert page.evaluate(HEIGHT) <= 6_000
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 5


@pytest.mark.parametrize("name", ["annual", "courts"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_picture_and_the_key_figures_end_within_the_first_screen(
    reports, visit, name, language
):
    [path] = (reports / "shared").glob(f"{name}*.{language}.html")
    page = visit(path).ready().page
    page.evaluate("scrollTo(0, 0)")
    seen = [page.locator(part) for part in (".beside .plot", ".answer .keys")]
    boxes = [each.bounding_box() for each in seen]
    assert all(box["y"] + box["height"] <= 900 for box in boxes), boxes


def test_pages_built_side_by_side_switch_their_language(reports, visit):
    [path] = (reports / "shared").glob("trends*.ar.html")
    page = visit(path).page
    page.get_by_role("link", name="Français").click()
    page.wait_for_url("**/trends*.fr.html")
    assert page.evaluate("document.documentElement.lang") == "fr"


def test_the_shared_folder_can_be_copied_away_whole(reports, tmp_path):
    away = tmp_path / "away"
    shutil.copytree(reports / "shared", away)
    led = Counter()
    for path in away.glob("*.html"):
        for link in re.findall(
            r'(?:href|src)="([^"#?:]+)["#?]', path.read_text("utf-8")
        ):
            target = (path.parent / unquote(link)).resolve()
            assert target.is_relative_to(away) and target.is_file(), (path.name, link)
            led[target.name] += 1
    # Each page is led to, from its index and from those beside it.
    assert set(led) == {path.name for path in away.glob("*.html")}


def test_arabic_pages_do_not_scroll_into_nothing_in_firefox(reports, tmp_path):
    with firefox(tmp_path) as tab:
        for name in ("annual", "trends"):
            [path] = (reports / "shared").glob(f"{name}*.ar.html")
            for width in (1280, 360):
                tab.open(path, width)
                assert tab.evaluate(DRAWN) == tab.evaluate(PLACES)
                assert tab.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("at_hand", ["both editions", "the shared edition", "none"])
def test_pages_of_ours_leak_nothing_whichever_edition_is_at_hand(
    reports, tmp_path, monkeypatch, at_hand
):
    home = tmp_path if at_hand == "none" else reports.parent
    if at_hand == "the shared edition":
        empty_workbench(tmp_path)
        shutil.copytree(
            home / "data" / "editions" / "shared", tmp_path / "data/editions/shared"
        )
        home = tmp_path
    path = next((reports / "shared").glob("explore*.fr.html"))
    number = read_record(path)["edition"]
    named = {
        "both editions": f"shared {number} and internal {number}",
        "the shared edition": f"shared {number}",
        "none": "no edition",
    }
    monkeypatch.chdir(home)
    # One language stands for all: each was scanned when it was built.
    for path in sorted((reports / "shared").glob("*.fr.html")):
        if read_record(path) is None:  # an index
            continue
        done = CliRunner().invoke(app, ["leaks", str(path)])
        assert (done.exit_code, done.stdout) == (0, f"{path.name}: nothing found\n")
        # A page of published figures names no edition, so it is compared with none.
        published = read_record(path)["edition"] is None
        compared = "no edition" if published else named[at_hand]
        assert done.stderr == f"compared with {compared}\n"
