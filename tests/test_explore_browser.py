import csv
import io
import random
import re
from dataclasses import replace

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from explorer_editions import (
    SHARED_BOUNDS,
    EditionInMemory,
    all_courts,
    few_courts,
    page,
    random_selection,
)
from qadaya.views.explorer.explore import explore
from qadaya.views.explorer.labels import WORDS
from qadaya.views.frames.counts import cases_table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import COUNT_STATES, MEASURES
from small_edition import CUBE, REPORTING

LANGUAGES = ["ar", "fr", "en"]
PATIENCE = 300_000  # milliseconds; a machine may be busy
DIGITS = re.compile(r"\d[\d,.\u202f\u00a0]*")
STATE_OF = {WORDS[f"state_{code}"]: code for code in COUNT_STATES} | {
    WORDS["state_nil"]: "nil"
}


@pytest.fixture(scope="module")
def editions():
    shared = all_courts(audience="shared", bounds=SHARED_BOUNDS, synthetic=True)
    return {"shared": shared, "internal": all_courts(synthetic=True)}


# The file that a press on the button makes, read before the browser would save it.
OFFERED = """async () => {
  const { createObjectURL } = URL, { click } = HTMLAnchorElement.prototype;
  let offered = null;
  URL.createObjectURL = (file) => createObjectURL.call(URL, (offered = file));
  HTMLAnchorElement.prototype.click = () => {};
  document.querySelector("[data-act=download_csv]").click();
  Object.assign(URL, { createObjectURL });
  Object.assign(HTMLAnchorElement.prototype, { click });
  return new TextDecoder().decode(await offered.arrayBuffer());
}"""


def parsed(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


class Visit:
    """One page open in one tab, with all it asked for and complained of."""

    def __init__(self, tab, address):
        self.tab, self.address = tab, address
        self.requests, self.complaints = [], []
        tab.on("request", lambda each: self.requests.append(each.url))
        tab.on("console", lambda each: self.complaints.append(each.text))
        tab.on("pageerror", lambda each: self.complaints.append(str(each)))
        tab.goto(address)
        tab.wait_for_selector(".qx-now strong")

    def total(self):
        text = self.tab.locator(".qx-now strong").inner_text()
        found = DIGITS.search(text)
        return int(re.sub(r"\D", "", found[0])) if found else 0

    def charts(self):
        for plot in self.tab.locator(".qx-plot").all():
            plot.scroll_into_view_if_needed()
            plot.locator(".main-svg").first.wait_for()
        return self.tab.locator(".qx-plot .js-plotly-plot")

    def saved(self, button):
        with self.tab.expect_download() as download:
            button.click()
        return download.value.path().read_bytes()

    def table(self):
        """The current table from the CSV that the panel offers, as it is saved."""
        return parsed(self.saved(self.tab.locator("[data-act=download_csv]")).decode())

    def offered_table(self):
        """The same table as the page hands it over, with nothing saved."""
        return parsed(self.tab.evaluate(OFFERED))


@pytest.fixture
def visit(browser, tmp_path):
    contexts = []

    def open_page(
        edition,
        language="en",
        *,
        width=1280,
        selection=None,
        hash="",
        plotly="late",
        **context_options,
    ):
        explorer = explore(edition, language, selection)
        path = tmp_path / "page.html"
        path.write_text(page(explorer, plotly=plotly), encoding="utf-8")
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, offline=True, **context_options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visit(context.new_page(), path.as_uri() + hash)

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_a_page_asks_for_nothing_and_draws_its_charts(
    visit, editions, language, audience
):
    seen = visit(editions[audience], language, plotly="whole")
    charts = seen.charts()
    assert charts.count() == 2
    types = charts.evaluate_all("all => all.map(one => one.data.map(t => t.type))")
    assert types == [["scatter"] * 2, ["sankey"] * 4]
    assert seen.requests == [seen.address]
    assert seen.complaints == []


def test_text_and_tables_are_there_before_plotly(visit, editions):
    seen = visit(editions["internal"], plotly="broken")
    assert seen.total() == 150
    assert seen.tab.locator("table").count() == 4
    seen.tab.wait_for_selector("text=The chart could not be drawn here")
    assert seen.tab.locator(".qx-plot:visible").count() == 0


def test_every_filter_changes_the_total(visit, editions):
    seen = visit(editions["internal"])
    tab = seen.tab
    totals = [seen.total()]
    tab.locator(".qx-inl input").first.uncheck()
    totals.append(seen.total())
    tab.get_by_label("From", exact=True).select_option("2023")
    totals.append(seen.total())
    tab.get_by_label("Measure").select_option("prosecuted")
    totals.append(seen.total())
    tab.locator(".qx-open").click()
    tab.get_by_label("Circuit of Casablanca", exact=True).uncheck()
    totals.append(seen.total())
    assert sorted(totals, reverse=True) == totals
    assert len(set(totals)) == 5
    tab.get_by_role("button", name="Reset").click()
    assert seen.total() == totals[0] == 150


def test_a_choice_of_nothing_is_not_cited(visit, editions):
    tab = visit(editions["internal"]).tab
    cite = tab.locator(".qx-cite")
    assert "112 of 112 courts" in cite.inner_text()
    tab.locator(".qx-open").click()
    tab.get_by_role("button", name="Untick all visible").click()
    assert tab.locator(".qx-now").inner_text() == "No court is chosen."
    assert cite.is_hidden()
    tab.get_by_role("button", name="Reset").click()
    assert cite.is_visible()


def test_the_breakdown_changes_the_table(visit, editions):
    seen = visit(editions["internal"])
    rows = {}
    for breakdown in ("circuit", "stage", "result"):
        seen.tab.get_by_label("Broken down by").select_option(breakdown)
        rows[breakdown] = seen.tab.locator(".qx-fig-table:visible tbody tr").count()
    assert rows == {"circuit": 23, "stage": 7, "result": 5}


def test_platforms_by_year_stand_in_one_table(visit, editions):
    tab = visit(editions["internal"]).tab
    years = tab.locator(".qx-fig-years")
    years.get_by_role("tab", name="Table").click()
    named = tab.locator("table:visible", has_text="NCMEC")
    assert named.count() == 1
    assert years.locator("table").inner_text() == named.inner_text()
    breakdown = tab.get_by_label("Broken down by")
    breakdown.select_option("circuit")
    assert tab.locator(".qx-fig-table").is_visible()
    breakdown.select_option("platform")
    assert tab.locator(".qx-fig-table").is_hidden()


def as_read(rows, labels):
    """Rows of a CSV as `table()` has them."""
    return [
        [
            int(year),
            labels[name],
            int(n) if n else None,
            STATE_OF[state],
            int(r),
            int(e),
        ]
        for year, name, n, state, r, e in rows[1:]
    ]


def as_counted(explorer):
    return [
        [
            row.year,
            row[2],
            None if pd.isna(row.n) else row.n,
            "nil" if row.state == "zero" and row.nil == row.reported else row.state,
            row.reported,
            row.expected,
        ]
        for row in explorer.table().itertuples()
    ]


def names(explorer):
    facts = explorer.facts
    lists = ("circuits", "platforms", "stages", "results")
    return {one["name"]: one["id"] for each in lists for one in facts[each]}


def test_sixty_random_selections_count_alike_in_the_page_and_in_python(visit, editions):
    edition = editions["internal"]
    explorer = explore(edition)
    seen = visit(edition)
    draw = random.Random(20261121)
    for _ in range(60):
        selection = random_selection(explorer._choices, draw)
        explorer.selection = selection
        seen.tab.evaluate("chosen => model.set('selection', chosen)", selection)
        if not selection["courts"]:
            assert seen.tab.locator(".qx-now").inner_text() == "No court is chosen."
            continue
        assert seen.total() == explorer.table()["n"].sum()
        assert as_read(seen.offered_table(), names(explorer)) == as_counted(explorer)
    assert seen.complaints == []


@pytest.mark.parametrize("breakdown", ["platform", "circuit", "stage", "result"])
def test_the_saved_csv_parses_back_to_the_table_in_python(visit, editions, breakdown):
    explorer = explore(editions["internal"])
    explorer.selection = {"breakdown": breakdown}
    seen = visit(editions["internal"], hash=f"#breakdown={breakdown}")
    assert as_read(seen.table(), names(explorer)) == as_counted(explorer)


def test_a_click_reaches_the_model(visit, editions):
    seen = visit(editions["internal"])
    seen.tab.get_by_label("Measure").select_option("convicted")
    assert seen.tab.evaluate("model.get('selection').measure") == "convicted"


def test_the_hash_restores_the_selection(visit, editions):
    first = visit(editions["internal"])
    first.tab.locator(".qx-open").click()
    first.tab.get_by_role("searchbox").fill("fes")
    first.tab.get_by_role("button", name="Untick all visible").click()
    first.tab.get_by_label("From", exact=True).select_option("2022")
    first.tab.locator(".qx-inl input").last.uncheck()
    # Written after the frame that shows the last choice.
    first.tab.wait_for_url(lambda url: "platforms=" in url)
    kept = first.tab.evaluate("location.hash")
    assert kept.startswith("#courts=!")
    again = visit(editions["internal"], hash=kept)
    chosen = "model.get('selection')"
    assert again.tab.evaluate(chosen) == first.tab.evaluate(chosen)
    assert again.total() == first.total() < 150


@pytest.mark.parametrize(
    "odd",
    ["#s2", "#courts=%E0%A4%A,nowhere", "#years=1999,2050", "#measure=persons", "#=&="],
)
def test_a_hash_that_is_not_ours_breaks_nothing(visit, editions, odd):
    seen = visit(editions["internal"], hash=odd)
    chosen = seen.tab.evaluate("model.get('selection').courts.length")
    assert chosen == 113
    assert seen.complaints == []


def test_an_address_typed_later_changes_the_selection(visit, editions):
    seen = visit(editions["internal"])
    seen.tab.evaluate("location.hash = '#courts=ca-rabat*&breakdown=stage'")
    seen.tab.get_by_text("7 of 112").first.wait_for()
    assert seen.tab.get_by_label("Broken down by").input_value() == "stage"


def test_going_back_takes_back_one_choice(visit, editions):
    seen = visit(editions["internal"])
    measure = seen.tab.get_by_label("Measure")
    measure.select_option("prosecuted")
    breakdown = seen.tab.get_by_label("Broken down by")
    breakdown.select_option("stage")
    seen.tab.wait_for_url(lambda url: "breakdown=stage" in url)
    seen.tab.go_back()
    expect(breakdown).to_have_value("platform", timeout=PATIENCE)
    expect(measure).to_have_value("prosecuted", timeout=PATIENCE)
    seen.tab.go_back()
    expect(measure).to_have_value("cases", timeout=PATIENCE)
    assert seen.tab.evaluate("location.hash") == ""
    seen.tab.go_forward()
    expect(measure).to_have_value("prosecuted", timeout=PATIENCE)


def test_an_address_says_what_of_it_was_left_out(visit, editions):
    seen = visit(editions["internal"], hash="#courts=ca-rabat*,tpi-nowhere")
    said = seen.tab.locator(".qx-dropped")
    assert said.inner_text().endswith("left out: courts=tpi-nowhere")
    seen.tab.evaluate("location.hash = '#courts=ca-rabat*'")
    said.wait_for(state="hidden")


def test_everything_chosen_leaves_the_address_clean(visit, editions):
    seen = visit(editions["internal"], hash="#measure=decided")
    seen.tab.get_by_role("button", name="Reset").click()
    seen.tab.wait_for_url(lambda url: "#" not in url)
    assert seen.tab.url == seen.address.removesuffix("#measure=decided")
    assert seen.tab.evaluate("model.get('selection').measure") == "cases"


def test_the_csv_begins_with_a_mark_that_excel_reads(visit, editions):
    seen = visit(editions["internal"], "ar")
    content = seen.saved(seen.tab.locator("[data-act=download_csv]"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").startswith("السنة,المنصة,القضايا,")


@pytest.mark.parametrize(
    ("name", "tab"),
    [("years", "Table"), ("where", "Chart"), ("where", "Table"), ("flow", "Table")],
)
def test_the_csv_of_a_figure_is_its_table(visit, editions, name, tab):
    seen = visit(editions["internal"])
    figure = seen.tab.locator(f".qx-fig-{name}")
    figure.get_by_role("tab", name=tab).click()
    content = seen.saved(figure.get_by_role("button", name="Download CSV"))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    table = figure.get_by_role("tabpanel").locator("table")
    assert len(rows) - 1 == table.locator("tbody tr").count()
    shown = table.locator("tbody tr th").all_inner_texts()
    assert [row[0].split() for row in rows[1:]] == [text.split() for text in shown]
    if (name, tab) == ("where", "Chart"):
        assert sum(int(row[1]) for row in rows[1:]) == 150
    if name == "flow":
        assert rows[1] == ["Registered", "150"]


@pytest.mark.parametrize(
    ("language", "ahead", "names"),
    [
        ("en", "ArrowRight", ["Map", "Chart", "Table"]),
        ("ar", "ArrowLeft", ["خريطة", "رسم بياني", "جدول"]),
    ],
)
def test_keys_lead_from_view_to_view_of_a_figure(
    visit, editions, language, ahead, names
):
    tab = visit(editions["shared"], language).tab
    # In JupyterLab what surrounds the explorer runs from the left in every language.
    tab.evaluate("document.documentElement.dir = 'ltr'")
    figure = tab.locator(".qx-fig-where")
    listed = figure.get_by_role("tab")
    assert listed.all_inner_texts() == names
    listed.first.focus()
    first, second, third = names
    for key, name in [
        (ahead, second),
        (ahead, third),
        (ahead, first),
        ("End", third),
        ("Home", first),
    ]:
        tab.keyboard.press(key)
        focused = tab.evaluate("document.activeElement.textContent")
        chosen = figure.locator("[role=tab][aria-selected=true][tabindex='0']")
        panels = figure.locator("[role=tabpanel]:visible")
        assert [focused] == chosen.all_inner_texts() == [name]
        assert panels.count() == 1
        assert panels.get_attribute("aria-labelledby") == chosen.get_attribute("id")
        assert chosen.get_attribute("aria-controls") == panels.get_attribute("id")


def one_court(court_id):
    cells = [(court_id, court_id, "CPS", 2023, "closed", "none", 5)]
    return EditionInMemory(
        pd.DataFrame(cells, columns=CUBE),
        pd.DataFrame([(court_id, court_id, 2023, "reported")], columns=REPORTING),
    )


@pytest.mark.parametrize(
    "name",
    ["<script>document.title='run'</script>", "</script><b>x</b>", "<img src=x>"],
)
def test_a_name_that_is_markup_stays_text(visit, name):
    seen = visit(one_court(name), selection={"breakdown": "circuit"})
    seen.tab.locator(".qx-open").click()
    seen.tab.locator(".qx-twist").click()
    assert seen.tab.locator(".qx-fig-table tbody th").inner_text() == name
    assert f"Court of Appeal, {name}" in seen.tab.locator(".qx-tree").inner_text()
    assert seen.tab.title() == "2025.1"
    assert seen.tab.locator(".qx img, .qx script").count() == 0
    assert seen.complaints == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x"])
def test_a_name_that_is_a_formula_is_neutralised(visit, name):
    seen = visit(one_court(name), selection={"breakdown": "circuit"})
    assert seen.table()[1][1] == f"'{name}"


# Axe looks at the page of the explorer in the light in each language as well.
@pytest.mark.parametrize(
    ("language", "theme"), [("ar", "dark"), ("fr", "dark"), ("en", "light")]
)
def test_axe_finds_nothing_wide_or_narrow(visit, editions, language, theme):
    audience = "internal" if language == "fr" else "shared"
    seen = visit(editions[audience], language, color_scheme=theme, plotly="whole")
    seen.charts()
    seen.tab.locator(".qx-open").click()
    for details in seen.tab.locator("details").all():
        details.evaluate("one => one.open = true")
    for width in (1280, 360):
        seen.tab.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(seen.tab).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_the_keyboard_alone_reaches_everything(visit, editions):
    seen = visit(editions["internal"])
    tab, press = seen.tab, seen.tab.keyboard.press
    focused = "document.activeElement.textContent || document.activeElement.type"

    def where():
        return tab.evaluate(focused)

    press("Tab")
    assert where() == "112 of 112"
    press("Enter")
    press("Tab")
    assert where() == "search"
    tab.keyboard.type("ben")
    press("Tab")
    assert where() == "Tick all visible (12)"
    press("Tab")
    press("Enter")
    assert where() == "Untick all visible (12)"
    assert tab.locator(".qx-open").inner_text() == "100 of 112"
    press("Tab")
    assert tab.evaluate("document.activeElement.className").startswith("qx-twist")
    press("Tab")
    press("Space")
    assert tab.evaluate("document.activeElement.checked") is True
    press("Escape")
    assert where() == "101 of 112"
    assert tab.locator(".qx-courts").is_hidden()
    press("Tab")
    press("Space")
    assert tab.evaluate("document.activeElement.type") == "checkbox"
    press("Tab")
    press("Tab")
    press("ArrowDown")
    assert tab.evaluate("model.get('selection').years[0]") == 2022
    reached = set()
    for _ in range(30):
        press("Tab")
        reached.add(where())
    assert {"Reset", "Copy link", "Download CSV", "CSV", "PNG", "SVG"} <= reached
    assert {"Chart", "Map"} <= reached and "Table" not in reached


def test_the_focus_is_never_lost_while_filters_change(visit, editions):
    seen = visit(editions["internal"], hash="#breakdown=stage")
    tab = seen.tab
    tab.get_by_label("to", exact=True).focus()
    tab.locator(".qx-fig-table .qx-scroll").focus()
    tab.evaluate(
        "model.set('selection', {...model.get('selection'), years:[2022,2023]})"
    )
    assert tab.evaluate("document.activeElement === document.body") is False


def test_the_new_total_is_announced_once_a_change(visit, editions):
    seen = visit(editions["internal"])
    tab = seen.tab
    live = tab.locator(".qx-now")
    assert live.get_attribute("aria-live") == "polite"
    tab.evaluate(
        "globalThis.said = 0; new MutationObserver(() => said += 1)"
        ".observe(document.querySelector('.qx-now'), {childList: true, subtree: true})"
    )
    tab.get_by_label("Measure").select_option("decided")
    assert tab.evaluate("said") == 1
    assert "decided at first instance" in live.inner_text()
    tab.get_by_label("Broken down by").select_option("stage")
    assert tab.evaluate("said") == 1


def test_all_and_none_act_on_what_is_visible_and_say_how_many(visit, editions):
    seen = visit(editions["internal"])
    tab = seen.tab
    tab.locator(".qx-open").click()
    assert tab.get_by_role("button", name="Untick all visible (112)").is_visible()
    tab.get_by_role("searchbox").fill("بنسليمان")
    tab.get_by_role("button", name="Untick all visible (1)").click()
    assert tab.locator(".qx-open").inner_text() == "111 of 112"
    casablanca = tab.locator(".qx-top", has_text="Circuit of Casablanca")
    assert "6 of 7" in casablanca.inner_text()
    assert casablanca.locator("input").evaluate("box => box.indeterminate") is True
    casablanca.locator("input").check()
    assert tab.locator(".qx-open").inner_text() == "112 of 112"
    tab.get_by_role("searchbox").fill("zzz")
    assert tab.get_by_text("No court is called that.").is_visible()
    assert tab.get_by_role(
        "button", name="Tick all visible (0)", exact=True
    ).is_disabled()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("BENSLI", "Benslimane"), ("fès", "Fez"), ("فاس", "Fez"), ("أكادير", "Agadir")],
)
def test_the_search_folds_arabic_and_french(visit, editions, typed, found):
    seen = visit(editions["internal"])
    seen.tab.locator(".qx-open").click()
    seen.tab.get_by_role("searchbox").fill(typed)
    assert found in seen.tab.locator(".qx-tree").inner_text()
    assert seen.tab.locator(".qx-tree mark").count() >= 1


def test_the_states_of_a_count_are_told_apart_by_eye_and_in_words(visit):
    edition = few_courts()
    edition.cube["n"] = edition.cube["n"].astype("Int64")
    edition.cube.loc[4, "n"] = pd.NA
    seen = visit(edition)
    heat = seen.tab.locator(".qx-fig-where .qx-view-table tbody")
    cells = {
        "nil": heat.locator("tr", has_text="Rabat").locator("td").nth(0),
        "value": heat.locator("tr", has_text="Rabat").locator("td").nth(2),
        "hidden": heat.locator("tr", has_text="Fez").locator("td").nth(0),
        "missing": heat.locator("tr", has_text="Fez").locator("td").nth(2),
        "none_yet": heat.locator("tr", has_text="Errachidia").locator("td").nth(0),
    }
    words = {name: cell.text_content() for name, cell in cells.items()}
    assert words == {
        "nil": "0 (nil return)",
        "value": "6",
        "hidden": "[c]hidden",
        "missing": "n. r.not reported",
        "none_yet": "–not yet established",
    }
    looks = {
        name: cell.evaluate(
            "one => { const s = getComputedStyle(one);"
            " return [s.backgroundColor, s.backgroundImage, s.boxShadow,"
            " one.querySelector('u') !== null].join() }"
        )
        for name, cell in cells.items()
    }
    assert len(set(looks.values())) == 5


def test_a_shared_zero_is_a_rounded_zero_and_a_nil_return_does_not_show(
    visit, editions
):
    seen = visit(editions["shared"])
    key = seen.tab.locator(".qx-key").inner_text()
    assert "Rounded zero: 0 to 3 cases" in key
    assert "Nil" not in seen.tab.locator(".qx").inner_text()
    assert "nil" not in seen.tab.locator(".qx").inner_text().lower().split()


def test_error_and_completeness_stand_beside_the_count(visit, editions):
    seen = visit(editions["shared"])
    now = seen.tab.locator(".qx-now").inner_text()
    assert "±1 from rounding" in now
    assert re.search(r"\d+ of 426 yearly returns received", now)
    seen.tab.get_by_label("From", exact=True).select_option("2024")
    now = seen.tab.locator(".qx-now").inner_text()
    assert re.search(r"\d+ of 110 yearly returns received", now)
    complete = seen.tab.locator(".qx-keyfig").last.inner_text()
    assert re.search(r"reported, 2024\n\d+ of 110", complete)
    exact = visit(editions["internal"]).tab.locator(".qx-now").inner_text()
    assert re.search(r"returns received\nthe others would add 0–\u2060?\d+", exact)


@pytest.mark.parametrize(
    ("hash", "said"),
    [
        ("", "±1 from rounding"),
        ("#years=2024,2024", "±1 from rounding"),
        ("#years=2022,2024", "±3 from rounding"),
        ("#platforms=NCMEC&years=2024,2024", "±2 from rounding"),
        ("#platforms=NCMEC", "±8 from rounding"),
        ("#courts=ca-rabat*", "±2 from rounding"),
        ("#courts=ca-rabat*&years=2023,2024", "±6 from rounding"),
        ("#courts=tpi-sale", "rounding error of this choice not given"),
    ],
)
def test_the_error_of_a_choice_is_the_least_that_the_margins_allow(
    visit, editions, hash, said
):
    seen = visit(editions["shared"], hash=hash)
    assert said in seen.tab.locator(".qx-now").inner_text()


def test_a_bound_never_exceeds_what_the_cases_of_its_places_allow(visit, editions):
    # One platform of one circuit has no margin of its own; all its cases have.
    edition = editions["shared"]
    whole = cases_table(edition, by=["circuit_id"]).set_index("circuit_id")["n"]
    seen = visit(edition, hash="#courts=ca-rabat*&platforms=CPS")
    n, most = seen.total(), whole["ca-rabat"] + 2
    error = int(max(n, most - n))
    assert f"±{error} from rounding" in seen.tab.locator(".qx-now").inner_text()


def test_a_choice_too_thin_says_so_and_offers_the_next_level_up(visit, editions):
    seen = visit(editions["internal"], selection={"courts": ["tpi-settat"]})
    tab = seen.tab
    note = tab.locator(".qx-thin").first
    assert "Too thin to say anything for this choice" in note.inner_text()
    note.get_by_role("button", name="Show the whole circuit").press("Enter")
    assert tab.locator(".qx-open").inner_text() == "4 of 112"
    note.get_by_role("button", name="Show the whole country").press("Enter")
    assert tab.locator(".qx-open").inner_text() == "112 of 112"
    assert note.is_hidden()
    assert tab.evaluate("document.activeElement.textContent") == "112 of 112"


def test_courts_are_too_thin_and_one_button_away(visit, editions):
    seen = visit(editions["internal"])
    seen.tab.locator(".qx-fig-where").get_by_role("tab", name="Table").click()
    heat = seen.tab.locator(".qx-fig-where .qx-view-table")
    assert "Too thin to say by court" in heat.inner_text()
    assert heat.locator("tbody tr").count() == 23
    heat.get_by_role("button", name="Show the table of courts").click()
    # One of the 112 stands there once for each of its circuits.
    assert heat.locator("tbody tr").count() == 113
    heat.get_by_role("button", name="Show circuits again").click()
    assert heat.locator("tbody tr").count() == 23


@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_a_key_figure_has_the_interval_that_a_chart_has(visit, editions, audience):
    edition = editions[audience]
    figures = visit(edition).tab.locator(".qx-keyfig")
    for place, measure in enumerate(MEASURES):
        # No line ends at the dash of an interval.
        shown = figures.nth(place).inner_text().replace("\u2060", "")
        row = cases_table(edition, by=[], measure=measure).iloc[0]
        if pd.isna(row["low"]):
            assert "95% interval" not in shown
        else:
            assert f"95% interval: {Words('en').span(row['low'], row['high'])}" in shown


@pytest.mark.parametrize(("kind", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_chart_can_be_taken_away_with_its_mark(visit, editions, kind, start):
    seen = visit(editions["internal"], plotly="whole")
    seen.charts()
    button = seen.tab.locator(".qx-fig-years").get_by_role("button", name=kind)
    content = seen.saved(button)
    assert content.startswith(start)
    if kind == "SVG":
        assert "Synthetic data" in content.decode()
    assert seen.requests == [seen.address] or all(
        each.startswith(("blob:", "data:", seen.address)) for each in seen.requests
    )
    assert seen.complaints == []


def test_the_citation_names_edition_filters_and_date(visit, editions):
    seen = visit(editions["shared"])
    seen.tab.get_by_label("From", exact=True).select_option("2023")
    cite = seen.tab.locator(".qx-cite p").inner_text()
    assert cite.startswith(
        "Cite as: Qadaya, edition 2025.1 (shared, protected counts, synthetic data). "
        "Cases; 112 of 112 courts; NCMEC, CPS; 2023 to 2024. "
        "Register as of 30 June 2025. Manifest "
    )


def test_the_citation_is_copied_and_said(visit, editions):
    seen = visit(editions["shared"], permissions=["clipboard-read", "clipboard-write"])
    seen.tab.get_by_role("button", name="Copy", exact=True).click()
    seen.tab.wait_for_selector("text=Citation copied.", state="attached")
    cited = seen.tab.evaluate("navigator.clipboard.readText()")
    assert cited.startswith("Qadaya")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_overflows_at_360_pixels(visit, editions, language):
    seen = visit(editions["shared"], language, width=360)
    tab = seen.tab
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    tab.locator(".qx-open").click()
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    assert tab.locator(".qx-fig-flow .qx-plot").is_hidden()
    assert tab.locator(".qx-fig-flow [role=tab]:visible").count() == 0
    assert tab.locator(".qx-fig-flow table").is_visible()
    heights = tab.locator(".qx button:visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_a_change_leaves_what_was_scrolled_and_opened_as_it_was(visit, editions):
    tab = visit(editions["internal"], width=360).tab
    figure = tab.locator(".qx-fig-years")
    figure.get_by_role("tab", name="Table").click()
    region = figure.locator(".qx-scroll")
    region.evaluate("place => (place.scrollLeft = 50)")
    before = region.inner_text()
    tab.get_by_label("Measure").select_option("convicted")
    tab.locator(".qx-changing").wait_for(state="detached")
    assert region.inner_text() != before
    assert region.evaluate("place => place.scrollLeft") == 50
    assert region.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_chart_is_cut_off(visit, editions, language):
    seen = visit(editions["shared"], language, plotly="whole")
    seen.charts()
    cut = seen.tab.evaluate(
        """() => [...document.querySelectorAll('.qx-plot')].flatMap((plot) => {
          const frame = plot.getBoundingClientRect();
          return [...plot.querySelectorAll('text')].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.width && (box.left < frame.left - 1
              || box.right > frame.right + 1 || box.top < frame.top - 1
              || box.bottom > frame.bottom + 1);
          }).map((text) => text.textContent);
        })"""
    )
    assert cut == []


def test_years_ascend_from_left_to_right_in_arabic_too(visit, editions):
    seen = visit(editions["shared"], "ar")
    seen.tab.locator(".qx-fig-where [role=tab]").last.click()
    places = seen.tab.locator(".qx-fig-where .qx-view-table thead th").evaluate_all(
        "all => all.map((one) => [one.textContent, one.getBoundingClientRect().left])"
    )
    ordered = [text for text, _ in sorted(places, key=lambda each: each[1])]
    assert ordered == ["المجموع", "2021", "2022", "2023", "2024", "الدائرة الاستئنافية"]
    directions = seen.tab.locator(".qx-plot").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).direction)"
    )
    assert directions == ["ltr", "ltr"]


def test_arabic_nouns_follow_their_number(visit):
    seen = visit(few_courts(), "ar")
    said = seen.tab.locator(".qx-now").inner_text()
    assert "21 قضية" in re.sub("[\u2066-\u2069]", "", said)
    assert "4 محاكم" in re.sub("[\u2066-\u2069]", "", said)


def test_on_paper_the_drawing_is_light_and_fits(visit, editions, tmp_path):
    seen = visit(editions["shared"], color_scheme="dark", plotly="whole")
    seen.charts()
    seen.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.tab.emulate_media(media="print")
    widths = seen.tab.locator(".qx-plot .main-svg").evaluate_all(
        "all => all.map((one) => +one.getAttribute('width'))"
    )
    assert set(widths) == {660}
    assert seen.tab.locator(".qx-filters").is_hidden()
    assert seen.tab.locator(".qx-now").is_visible()
    # The steps that a case leaves the flow at have bars too.
    heights = seen.tab.locator(".qx-ladder i").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 11 and min(heights) > 2
    paper = seen.tab.locator(".qx").evaluate(
        "one => getComputedStyle(one).backgroundColor"
    )
    assert paper == "rgb(255, 255, 255)"
    seen.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert seen.tab.locator(".qx").get_attribute("data-theme") == "dark"


def test_a_second_explorer_on_a_page_leaves_the_address_alone(visit, editions):
    seen = visit(editions["internal"])
    seen.tab.evaluate(
        """() => {
          const code = [...document.scripts].find(s => s.type === "module").textContent;
          const run = document.createElement("script");
          run.textContent = `(() => {${code.replace('getElementById("live")',
            'body.appendChild(document.createElement("div"))')}})()`;
          document.head.append(run);
        }"""
    )
    assert seen.tab.locator(".qx").count() == 2
    seen.tab.get_by_label("Measure").last.select_option("decided")
    # Later than an address is written: after the frame that shows a choice.
    frame = "new Promise((d) => requestAnimationFrame(() => setTimeout(d, 50)))"
    seen.tab.evaluate(frame)
    assert seen.tab.evaluate("location.hash") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explorer_never_scrolls_a_page_sideways(visit, editions, language):
    tab = visit(editions["shared"], language, width=320).tab
    tab.locator(".qx-open").click()
    for width in (320, 640, 768):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_the_filters_of_three_platforms_are_no_wider_than_the_window(visit):
    edition = few_courts()
    cube = edition.cube.assign(platform=["NCMEC", "CPS", "NCMEC+CPS"] * 2)
    tab = visit(replace(edition, cube=cube)).tab
    assert tab.locator(".qx-inl input").count() == 3
    for width in (768, 640, 320):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") == width
