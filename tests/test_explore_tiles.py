"""The map of the explorer: circuits as tiles that choose courts, in a real browser."""

import pandas as pd
import pytest

from explorer_editions import SHARED_BOUNDS, all_courts, few_courts, page
from qadaya.reference import court_name, tiles
from qadaya.views.explorer.explore import explore

CHOSEN = "globalThis.model.get('selection').courts"
FOCUSED = "document.activeElement.querySelector('bdi').textContent"


@pytest.fixture
def map_of(visit, tmp_path):
    """The page of an explorer with its map; plotly never comes, and is not needed."""

    def opened(edition, language="en", **options):
        path = tmp_path / "explorer.html"
        made = page(explore(edition, language), plotly="late")
        path.write_text(made, encoding="utf-8")
        seen = visit(path, **options)
        seen.page.wait_for_selector(".qx-tile[tabindex='0']")
        return seen

    return opened


@pytest.fixture(scope="module")
def shared():
    return all_courts(audience="shared", bounds=SHARED_BOUNDS, synthetic=True)


def picked(tab):
    return tab.locator(".qx-tile[aria-pressed=true] bdi").all_inner_texts()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_tiles_lie_on_the_map_alike_in_every_language(map_of, shared, language):
    tab = map_of(shared, language).page
    found = tab.locator(".qx-tile").evaluate_all(
        "all => all.map((one) => { const box = one.getBoundingClientRect();"
        " return [one.querySelector('bdi').textContent, box.left, box.top]; })"
    )
    assert len(found) == 23
    where = {name: (left, top) for name, left, top in found}
    left = sorted({round(left) for left, _ in where.values()})
    top = sorted({round(top) for _, top in where.values()})
    drawn = {
        circuit: tuple(
            ends.index(round(at)) + 1
            for ends, at in zip(
                (top, left),
                reversed(where[court_name(circuit, language, short=True)]),
                strict=True,
            )
        )
        for circuit in tiles("circuit")
    }
    assert drawn == tiles("circuit")


def test_a_tile_chooses_its_circuit_with_mouse_and_keys(map_of, shared):
    seen = map_of(shared, "ar")
    tab, press = seen.page, seen.page.keyboard.press
    assert picked(tab) == []
    tab.locator(".qx-tile", has_text="فاس").click()
    assert picked(tab) == ["فاس"]
    chosen = tab.evaluate(CHOSEN)
    assert "ca-fes" in chosen and len(chosen) < 20
    tab.wait_for_url(lambda url: "courts=ca-fes*" in url)
    assert tab.locator(".qx-fig-where .qx-view-chart tbody tr").count() == 1
    # Geography is not turned round where text runs from the right.
    press("ArrowRight")
    assert tab.evaluate(FOCUSED) == "تازة"
    press("ArrowLeft")
    press("ArrowUp")
    assert tab.evaluate(FOCUSED) == "تطوان"
    press("Enter")
    assert picked(tab) == ["تطوان", "فاس"]
    press("Space")
    assert picked(tab) == ["فاس"]
    press("End")
    assert tab.evaluate(FOCUSED) == "الداخلة"
    # One stop for Tab: the next is past the map, and going back returns to the tile.
    press("Tab")
    assert not tab.evaluate("document.activeElement.matches('.qx-tile')")
    press("Shift+Tab")
    assert tab.evaluate(FOCUSED) == "الداخلة"
    # What is chosen elsewhere shows on the map, a part of a circuit too.
    tab.evaluate("model.set('selection', {courts: ['tpi-sale']})")
    states = tab.locator(".qx-tile").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-pressed'))"
    )
    assert states.count("mixed") == 1 and "true" not in states
    assert seen.complaints == []


def test_a_tile_counts_its_circuit_whatever_is_chosen(map_of, shared):
    tab = map_of(shared).page
    before = tab.locator(".qx-tilen").all_inner_texts()
    tab.locator(".qx-tile", has_text="Fez").click()
    assert tab.locator(".qx-tilen").all_inner_texts() == before
    tab.get_by_label("Measure").select_option("convicted")
    assert tab.locator(".qx-tilen").all_inner_texts() != before


def test_the_states_of_a_count_are_told_apart_on_the_map(map_of):
    edition = few_courts(audience="shared", bounds=SHARED_BOUNDS)
    edition.cube = edition.cube[edition.cube["circuit_id"] != "ca-rabat"]
    later = pd.DataFrame(
        [
            ("ca-nador", "ca-nador", year, "not_established")
            for year in (2022, 2023, 2024)
        ],
        columns=edition.reporting.columns,
    )
    edition.reporting = pd.concat([edition.reporting, later])
    tab = map_of(edition).page
    tiles_of = {
        name: tab.locator(".qx-tile", has_text=name)
        for name in ("Rabat", "Fez", "Errachidia", "Nador")
    }
    assert {name: tile.text_content() for name, tile in tiles_of.items()} == {
        "Rabat": "Rabat 0rounded zero",
        "Fez": "Fez 88 cases (Some returns missing)",
        "Errachidia": "Errachidia n. r.not reported",
        "Nador": "Nador –not yet established",
    }
    looks = [
        tile.evaluate(
            "one => { const s = getComputedStyle(one);"
            " return [s.backgroundImage !== 'none', s.borderStyle,"
            " one.querySelector('[aria-hidden]').textContent].join(); }"
        )
        for tile in tiles_of.values()
    ]
    assert looks == [
        "false,solid,0",
        "false,solid,8",
        "true,solid,n. r.",
        "false,dashed,–",
    ]


def test_the_map_says_that_it_is_no_ranking_and_shows_no_rate(map_of, shared):
    figure = map_of(shared).page.locator(".qx-fig-where").inner_text()
    assert "its shade is a count, not a rate" in figure
    assert "The order is for reading, not for ranking" in figure


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_no_name_leaves_its_tile(map_of, shared, language, width):
    tab = map_of(shared, language, width=width).page
    cut = tab.locator(".qx-tile").evaluate_all(
        """all => all.filter((one) => {
          const tile = one.getBoundingClientRect();
          const range = document.createRange();
          range.selectNodeContents(one.querySelector("bdi"));
          const name = range.getBoundingClientRect();
          return name.left < tile.left || name.right > tile.right
            || one.scrollWidth > one.clientWidth;
        }).map((one) => one.textContent)"""
    )
    assert cut == []
