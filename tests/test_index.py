import nbformat
import pytest
from bs4 import BeautifulSoup

import page_samples as samples
from checkout import CHECKOUT
from qadaya.pages.index import write_index
from qadaya.pages.render.exporter import page_html
from qadaya.pages.render.facts import facts_of
from qadaya.pages.run.record import read_record
from qadaya.pages.sparkline import sparkline


def shelve(folder, name, language="en", audience="internal", year=2024, **facts):
    """A page of the folder, as a run would have written it."""
    made = samples.full(language, audience)
    made.cells[-1].outputs[0].data[samples.COLOPHON] |= {"year": year, **facts}
    answer = samples.shown({"text/markdown": "A *short* answer."})
    made.cells.insert(3, samples.code("finding", answer, tags=["hide-input"]))
    path = folder / audience / f"{name}-{year}.{language}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page_html(made, name=name, made_from=None), encoding="utf-8")
    return path


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def shelf(tmp_path):
    for language in ("ar", "fr", "en"):
        shelve(tmp_path, "annual", language)
    shelve(tmp_path, "annual", "en", year=2023)
    shelve(tmp_path, "returns", "ar")
    shelve(tmp_path, "annual", "fr", audience="shared", edition="2026.2")
    return tmp_path


def lines(soup):
    return [" ".join(head.text.split()) for head in soup.select("ul.reports h3")]


def test_the_way_in_is_arabic_first_and_switches_to_the_other_two(shelf):
    index = write_index(shelf)
    assert index == shelf / "index.html"
    soup = read(index)
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    addresses = [link["href"] for link in soup.select(".langs a")]
    assert addresses == ["index.html", "index.fr.html", "index.en.html"]
    assert all((shelf / address).is_file() for address in addresses)
    assert read(shelf / "index.fr.html").html["lang"] == "fr"


def test_each_audience_has_a_folder_and_an_index_of_its_own(shelf):
    write_index(shelf)
    soup = read(shelf / "index.en.html")
    assert [link["href"] for link in soup.select(".reports a")] == [
        "shared/index.en.html",
        "internal/index.en.html",
    ]
    assert "1 report" in soup.select("li")[3].text
    assert lines(read(shelf / "shared" / "index.en.html")) == [
        "Affaires devant les juridictions, 2024"
    ]
    assert lines(read(shelf / "internal" / "index.en.html")) == [
        "Cases before the courts, 2024",
        "القضايا المعروضة على المحاكم, 2024",
        "Cases before the courts, 2023",
    ]


def test_no_index_of_internal_pages_invites_to_send_them_on(shelf):
    write_index(shelf)
    for index in (shelf / "index.en.html", shelf / "internal" / "index.en.html"):
        said = read(index).select_one(".dek").text
        assert "open it, filter it, print it." in said and "send" not in said


def test_the_shared_folder_names_nothing_outside_it(shelf):
    write_index(shelf)
    for page in (shelf / "shared").glob("*.html"):
        for link in read(page).select("a[href]"):
            address = link["href"].partition("#")[0]
            assert not address or (page.parent / address).is_file(), link
            assert "/" not in address and "internal" not in address


def test_a_report_stands_with_its_finding_its_counts_and_its_date(tmp_path):
    counts = [[2022, 30], [2023, 44], [2024, 52]]
    shelve(tmp_path, "annual", year=2023, counts=counts)
    write_index(tmp_path)
    [line] = read(tmp_path / "internal" / "index.en.html").select("ul.reports li")
    # What came after the year of the report is no part of it.
    assert line.svg["aria-label"] == "2022: 30 cases · 2023: 44 cases"
    assert line.select_one("polyline")["points"] == "4,10.4 92,4"
    assert "Register as of 31 July 2026." in line.select_one(".meta").text
    assert line.select_one(".found").text == "A short answer."


def test_a_chapter_is_drawn_with_the_published_totals_on_which_sources_agree():
    chapter = nbformat.read(CHECKOUT / "notebooks" / "chapter.ipynb", as_version=4)
    counts = facts_of(chapter).counts
    assert [2023, 520] in counts and [2024, 470] in counts
    assert counts == sorted(counts)


def test_a_report_without_counts_has_no_drawing():
    assert sparkline([]) == sparkline([[2024, 5]]) == ""


def test_real_counts_stand_before_invented_ones(tmp_path):
    shelve(tmp_path, "annual", edition="2026.2")
    shelve(tmp_path, "trends", edition="2026.1", synthetic=False)
    write_index(tmp_path)
    soup = read(tmp_path / "internal" / "index.en.html")
    heads = [" ".join(head.text.split()) for head in soup.select("section h2")]
    assert heads == ["Edition 2026.1", "Edition 2026.2 Synthetic data"]


def test_a_page_links_to_its_other_languages_and_to_the_index(shelf):
    write_index(shelf)

    def switch(name):
        links = read(shelf / name).select("#qadaya-languages a")
        return {link.text: link["href"] for link in links}

    assert switch("internal/annual-2024.fr.html") == {
        "العربية": "annual-2024.ar.html",
        "Français": "annual-2024.fr.html",
        "English": "annual-2024.en.html",
        "Tous les rapports": "index.fr.html",
    }
    assert switch("internal/annual-2023.en.html") == {
        "English": "annual-2023.en.html",
        "All reports": "index.en.html",
    }


def test_a_language_that_is_gone_is_no_longer_linked_and_nothing_else_changes(shelf):
    write_index(shelf)
    (shelf / "internal/annual-2024.fr.html").unlink()
    page = shelf / "internal/annual-2024.en.html"
    before = read_record(page)
    write_index(shelf)
    assert "annual-2024.fr.html" not in page.read_text()
    assert read_record(page) == before
    once = page.read_text()
    write_index(shelf)
    assert page.read_text() == once


def test_files_that_are_not_ours_are_neither_listed_nor_touched(shelf):
    other = shelf / "internal" / "notes.html"
    other.write_text("<p>mine</p>")
    write_index(shelf)
    assert other.read_text() == "<p>mine</p>"
    assert "notes.html" not in (shelf / "internal" / "index.html").read_text()


def test_an_empty_folder_has_an_index_that_says_so(tmp_path):
    write_index(tmp_path)
    assert "No page has been built yet" in read(tmp_path / "index.en.html").text
