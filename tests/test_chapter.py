"""The published chapter: what is printed, and for what is not, why; and its pages."""

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from checkout import CHECKOUT
from qadaya import chapter as chapter_page
from qadaya.ledger.chapter import LINES, chapter, chapter_years, figure_of
from qadaya.pages.index import write_index
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.params import Parameters
from qadaya.pages.run.plan import plan
from qadaya.pages.run.run_all import run_all
from qadaya.views.prose.published import series_name
from qadaya.views.prose.words import Words


def printed(year):
    """Cases and persons of each line, None where there is no figure."""
    found = {(each.series, each.measure): each.value for each in chapter(year)}
    return {line: (found[line, "cases"], found[line, "persons"]) for line in LINES}


def test_a_page_stands_for_every_year_from_2019_to_the_last_published():
    assert chapter_years() == [2019, 2020, 2021, 2022, 2023, 2024]


@pytest.mark.parametrize(
    ("year", "lines"),
    [
        (2019, {}),
        (
            2020,
            {
                "sextortion": (None, 261),
                "sexual_harassment": (None, 119),
                "online_fraud": (None, 74),
                "incitement": (None, 44),
                "cybercrime_total": (438, 498),
                "child_pornography_total": (24, 35),
            },
        ),
        (
            2021,
            {
                "cybercrime_total": (623, 739),
                "child_pornography_total": (None, 61),
                "child_pornography_incitement": (None, 34),
            },
        ),
        (2022, {}),
        (
            2023,
            {
                "sextortion": (207, 232),
                "sexual_harassment": (204, 213),
                "online_fraud": (46, 58),
                "incitement": (43, 47),
                "data_theft": (20, 23),
                "cybercrime_total": (520, 573),
                "child_pornography_total": (30, 34),
                "child_pornography_incitement": (20, None),
                "child_pornography_production": (10, None),
            },
        ),
        (
            2024,
            {
                "sextortion": (250, 291),
                "sexual_harassment": (69, None),
                "online_fraud": (101, 124),
                "incitement": (37, None),
                "data_theft": (13, 13),
                "cybercrime_total": (470, 556),
                "child_pornography_total": (44, 47),
                "child_pornography_incitement": (26, None),
                "child_pornography_production": (18, None),
            },
        ),
    ],
)
def test_a_year_holds_what_was_printed_and_nothing_else(year, lines):
    assert printed(year) == {line: lines.get(line, (None, None)) for line in LINES}


def test_lines_known_only_together_say_their_sum_and_get_no_value():
    lines = {(each.series, each.measure): each for each in chapter(2024)}
    harassment = lines["sexual_harassment", "persons"]
    assert (harassment.value, harassment.reason) == (None, "together")
    assert (harassment.rest, harassment.others) == (128, ("incitement",))


def test_one_missing_paragraph_is_the_rest_and_still_no_figure():
    lines = {(each.series, each.measure): each for each in chapter(2021)}
    production = lines["child_pornography_production", "persons"]
    assert (production.value, production.rest, production.others) == (None, 27, ())


def test_where_nothing_was_found_the_reason_says_so_and_no_source_is_named():
    total = figure_of("cybercrime_total", "cases", 2022)
    assert (total.value, total.reason, total.source_ids) == (None, "not_found", ())


def test_sources_that_disagree_give_no_value_and_both_prints():
    total = figure_of("child_violence_total", "cases", 2019)
    assert (total.value, total.reason) == (None, "disagree")
    assert total.as_printed == ("5650", "4828")


def test_every_figure_that_has_a_value_has_a_source():
    for year in chapter_years():
        for figure in chapter(year):
            assert bool(figure.source_ids) == (figure.value is not None)


# ---- the pages ----

# The 2023 report as its reader was told of it, line by line.
ARTICLE = {
    "sextortion": ("207", "232", "40%"),
    "sexual_harassment": ("204", "213"),
    "online_fraud": ("46", "58"),
    "incitement": ("43", "47"),
    "data_theft": ("20", "23"),
    "cybercrime_total": ("520", "573", "−3%"),
    "cybercrime_remaining_offences": ("109",),
    "cybercrime_adult_moroccan_males_share": (">90%",),
    "child_pornography_total": ("30", "34"),
    "child_pornography_incitement": ("20",),
    "child_pornography_production": ("10",),
}


def planned(folder, files=(), **choice):
    files = files or sorted((folder / "params").glob("2*.yml"))
    return plan(
        files,
        Choice(notebooks=["chapter"], **choice),
        out=folder / "reports",
        work=folder / "build",
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A project with no return and no edition: the chapter needs none."""
    folder = tmp_path_factory.mktemp("chapter")
    for name in ("notebooks", "params"):
        shutil.copytree(CHECKOUT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def files(home):
    """The pages of 2022 and 2023 in three languages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QADAYA_HOME", str(home))
        files = [home / "params" / f"{year}.yml" for year in (2022, 2023)]
        runs = planned(home, files, languages=["ar", "fr", "en"])
        results = run_all(runs)
        write_index(home / "reports")
    assert [result.state for result in results] == ["built"] * 6, results
    return {(run.parameters.year, run.parameters.language): run.page for run in runs}


@pytest.fixture(scope="module")
def pages(files):
    return {of: page.read_text() for of, page in files.items()}


def cells_of(page, name):
    """What stands on a page in the rows of tables that begin with a name."""
    rows = BeautifulSoup(page, "html.parser").body.select("table tr")
    rows = [
        re.sub(r"[\u2066-\u2069]", "", row.get_text("|")).split("|") for row in rows
    ]
    rows = [[text.strip() for text in row if text.strip()] for row in rows]
    return {text for row in rows if row[:1] == [name] for text in row[1:]}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("series", ARTICLE)
def test_every_number_of_the_article_stands_in_its_line_on_the_page_of_2023(
    pages, series, language
):
    name = re.sub(r"[\u2066-\u2069]", "", series_name(series, Words(language)))
    space = "\u202f" if language == "fr" else ""
    numbers = {number.replace("%", f"{space}%") for number in ARTICLE[series]}
    assert numbers <= cells_of(pages[2023, language], name)


def test_what_is_printed_beside_the_counts_has_its_row_and_its_source():
    figures = chapter_page.figures(2024)
    beside = [tuple(row) for row in figures.to_numpy()[18:, :4].tolist()]
    assert beside == [
        (
            "offences by modern means, total: change in cases on the year before",
            *("per cent", "−10%", "ALOMQ24, TANJAOUI24"),
        ),
        (
            "child pornography: change in cases on the year before",
            *("per cent", "about +47%", "ALOMQ24, TANJAOUI24"),
        ),
        ("remaining offences", "court cases", "119", "ALOMQ24"),
        ("detected through NCMEC and CPS", "court cases", "84", "LODJ24A, LODJ24B"),
        ("of which prosecuted", "court cases", "13", "LODJ24B"),
    ]


@pytest.mark.parametrize("year", chapter_years())
def test_every_source_that_a_page_names_is_in_its_list_of_sources(year):
    tables = [chapter_page.figures(year), chapter_page.victims()]
    named = {
        name
        for table in tables
        for cell in table["Source"].dropna()
        for name in cell.split(", ")
    }
    assert {"LECO18", "BADIL20", "ELJADID21"} <= named
    assert set(chapter_page.sources(year)["Source"]) == named


def test_arabic_in_an_address_is_read_as_letters():
    addresses = chapter_page.sources(2024).set_index("Source")["Address"]
    assert addresses["ALOMQ24"].startswith(
        "https://a5r5br.net/morocco/local-news/7053149-تقرير-رسمي-"
    )


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en", "more than +42%"), ("fr", "plus de +42\u202f%"), ("ar", "أكثر من +42%")],
)
def test_more_than_and_about_are_said_in_the_language_of_the_page(language, printed):
    total = chapter_page.offences(2021, language=language).iloc[-1, -1]
    assert re.sub(r"[\u2066-\u2069]", "", total) == printed


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_page_of_published_figures_carries_no_synthetic_mark(pages, language):
    page = pages[2023, language]
    assert '<div class="synth">' not in page
    assert '<span class="chip">' not in page
    assert '"synthetic":false' in page


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_2022_may_have_been_is_said_and_stands_in_no_table(pages, language):
    body = BeautifulSoup(pages[2022, language], "html.parser").body
    for script in body.find_all("script"):
        script.decompose()
    tables = " ".join(table.get_text(" ") for table in body.find_all("table"))
    text = body.get_text(" ")
    assert "534" in text and "538" in text
    assert "534" not in tables and "538" not in tables


def test_without_returns_and_editions_every_published_year_has_its_page(
    home, monkeypatch
):
    monkeypatch.setenv("QADAYA_HOME", str(home))
    runs = planned(home, languages=["fr"], every_year=True)
    assert [run.parameters.year for run in runs] == chapter_years()
    assert {run.parameters.audience for run in runs} == {"shared"}
    assert {run.edition for run in runs} == {None}


SEEN = """(rows) => Object.fromEntries(rows.map((row) => [
  row.querySelector("th").textContent,
  [...row.querySelectorAll("td")].map((cell) => {
    const seen = cell.cloneNode(true);
    for (const said of seen.querySelectorAll(".qx-vh")) said.remove();
    for (const mark of seen.querySelectorAll("sup")) mark.prepend(" ");
    return seen.textContent.replace(/[\u2066-\u2069]/g, "");
  }),
]))"""


def rows_of(page):
    """The table of the explorer as it is seen: a name, then a text for each year."""
    return page.locator(".qx-pub tbody tr:not(.qx-pubgroup)").evaluate_all(SEEN)


def test_an_address_says_what_of_it_the_chapter_does_not_hold(files, visit):
    page = visit(files[2023, "en"]).ready().page
    page.wait_for_selector("html[data-explorers=done]")
    page.evaluate("location.hash = '#unit=lions&years=2023,2024'")
    said = page.locator(".qx-dropped")
    said.wait_for()
    assert said.inner_text() == (
        "The address names what is not held here, and it was left out: unit=lions"
    )
    assert list(rows_of(page)["Sexual harassment"]) == ["204 1", "69 3 4"]
    page.go_back()
    said.wait_for(state="hidden")


def test_the_figures_are_filtered_by_offence_unit_and_year_from_the_keyboard(
    files, visit
):
    visited = visit(files[2023, "en"], width=360).ready()
    page = visited.page
    page.wait_for_selector("html[data-explorers=done]")
    assert rows_of(page)["Sexual harassment"][-2:] == ["204 1", "69 3 4"]
    assert page.locator(".explorer .plain").is_hidden()
    # A choice of the keyboard alone: persons, 2024, and of the offences only two.
    page.locator(".qx select").nth(0).focus()
    page.keyboard.type("Persons")
    page.keyboard.press("Tab")
    page.keyboard.type("2024")
    page.locator(".qx-open").focus()
    page.keyboard.press("Enter")
    page.locator(".qx input[type=search]").fill("incite")
    page.get_by_role("button", name="Untick all visible").press("Enter")
    page.locator(".qx input[type=search]").fill("")
    page.keyboard.press("Escape")
    found = rows_of(page)
    assert found["Sextortion"] == ["291 3 4"]
    assert found["Sexual harassment"] == ["– b"]
    assert not [name for name in found if "ncitement" in name]
    key = page.locator(".qx-puball").first.inner_text()
    assert "128 together with: incitement by electronic means" in key
    assert "unit=persons&years=2024,2024" in page.url
    page.get_by_text("sources of these figures").press("Enter")
    assert "tanjaoui.ma" in page.locator("details.qx-puball").inner_text()
    wide, seen_wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide == seen_wide == 360
    assert (visited.requests, visited.complaints) == ([], [])


def test_an_arabic_page_shows_the_latest_year_first_and_passes_axe(files, visit):
    visited = visit(files[2023, "ar"]).ready()
    page = visited.page
    page.wait_for_selector("html[data-explorers=done]")
    years = page.locator(".qx-pub thead th").all_inner_texts()
    # Left to right they ascend: in a row from the right the latest is the first.
    assert years[1:] == [str(year) for year in range(2024, 2016, -1)]
    assert rows_of(page)["الابتزاز الجنسي"][:2] == ["250 3 4", "207 1 2"]
    assert Axe().run(page).response["violations"] == []
    page.emulate_media(media="print")
    assert page.locator(".qx-fwrap").is_hidden()
    assert (visited.requests, visited.complaints) == ([], [])


def test_the_index_opens_with_what_is_published(pages, home):
    index = BeautifulSoup(
        (home / "reports" / "shared" / "index.en.html").read_text(), "html.parser"
    )
    assert index.find("h2").get_text() == "Published figures, each with its source"


def test_the_notebook_is_given_no_edition():
    given = Parameters(year=2023).for_notebook(source="ledger")
    assert set(given) == {"year", "language"}
