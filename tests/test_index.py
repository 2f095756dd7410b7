import pytest
from bs4 import BeautifulSoup

import page_samples as samples
from qadaya.pages.index import write_index
from qadaya.pages.render.exporter import page_html
from qadaya.pages.run.record import read_record


def shelve(folder, name, language="en", audience="internal", year=2024, **facts):
    """A page of the folder, as a run would have written it."""
    made = samples.full(language, audience)
    made.cells[-1].outputs[0].data[samples.COLOPHON] |= {"year": year, **facts}
    path = folder / audience / f"{name}-{year}.{language}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page_html(made, name=name, fingerprint="f"), encoding="utf-8")
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
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in soup.select("tbody tr")
    ]


def test_the_index_is_arabic_first_and_switches_to_the_other_two(shelf):
    index = write_index(shelf)
    assert index == shelf / "index.html"
    soup = read(index)
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    addresses = [link["href"] for link in soup.select(".langs a")]
    assert addresses == ["index.html", "index.fr.html", "index.en.html"]
    assert all((shelf / address).is_file() for address in addresses)
    assert read(shelf / "index.fr.html").html["lang"] == "fr"


def test_pages_are_listed_by_audience_edition_notebook_and_year(shelf):
    write_index(shelf)
    soup = read(shelf / "index.en.html")
    heads = [" ".join(head.text.split()) for head in soup.select("section h2")]
    assert heads == [
        "Edition 2026.1 Internal: exact counts, never leaves the desk Synthetic data",
        "Edition 2026.2 Shared: protected counts Synthetic data",
    ]
    found = lines(soup)
    assert [(row[0], row[1]) for row in found] == [
        ("Cases before the courts, 2024", "2024"),
        ("Cases before the courts, 2023", "2023"),
        ("القضايا المعروضة على المحاكم, 2024", "2024"),
        ("Affaires devant les juridictions, 2024", "2024"),
    ]
    links = [link["href"] for link in soup.select("tbody a")]
    assert links[:3] == [
        f"internal/annual-2024.{code}.html" for code in ("ar", "fr", "en")
    ]
    assert all((shelf / link).is_file() for link in links)


def test_a_page_links_to_its_other_languages_and_to_the_index(shelf):
    write_index(shelf)

    def switch(name):
        links = read(shelf / name).select("#qadaya-languages a")
        return {link.text: link["href"] for link in links}

    assert switch("internal/annual-2024.fr.html") == {
        "العربية": "annual-2024.ar.html",
        "Français": "annual-2024.fr.html",
        "English": "annual-2024.en.html",
        "Tous les rapports": "../index.fr.html",
    }
    assert switch("internal/annual-2023.en.html") == {
        "English": "annual-2023.en.html",
        "All reports": "../index.en.html",
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
    assert "notes.html" not in (shelf / "index.html").read_text()


def test_an_empty_folder_has_an_index_that_says_so(tmp_path):
    write_index(tmp_path)
    assert "No page has been built yet" in read(tmp_path / "index.en.html").text
