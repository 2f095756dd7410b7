import csv
import io
import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import plotly
import plotly.graph_objects as go
import pytest
from axe_playwright_python.sync_playwright import Axe

import page_samples as samples
from qadaya.pages.index import write_index
from qadaya.pages.render.exporter import page_html

LANGUAGES = ("ar", "fr", "en")


def wait_until(page, question):
    """Ask until it is true. The page's policy forbids playwright's own way, eval."""
    limit = time.monotonic() + 300
    while not page.evaluate(question):
        assert time.monotonic() < limit, question
        page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The sample page in three languages, with an index over them."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "internal").mkdir()
    found = {}
    for language in LANGUAGES:
        path = folder / "internal" / f"annual-2024.{language}.html"
        path.write_text(page_html(samples.full(language), name="annual"), "utf-8")
        found[language] = path
    found["index"] = write_index(folder)
    return found


# Open what is folded: what a reader may see is looked at too.
OPEN_ALL = """
document.querySelectorAll('details').forEach(each => each.open = true);
document.querySelectorAll('figure.fig').forEach(each => each.dataset.view = 'both');
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_asks_for_nothing_complains_of_nothing_and_is_accessible(
    visit, pages, language, scheme
):
    seen = visit(pages[language], scheme=scheme).ready()
    page = seen.page
    assert page.locator(".js-plotly-plot .main-svg").count() > 0
    page.evaluate(OPEN_ALL)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert Axe().run(page).response["violations"] == []
    assert (seen.requests, seen.complaints) == ([], [])


@pytest.mark.parametrize("width", [1280, 360])
def test_the_index_is_accessible_and_asks_for_nothing(visit, pages, width):
    seen = visit(pages["index"], width=width)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(seen.page).response["violations"] == []
    assert (seen.requests, seen.complaints) == ([], [])


def test_charts_are_drawn_by_the_plotly_of_the_installed_package(visit, pages):
    page = visit(pages["en"]).ready().page
    asked = "document.getElementById('{}')._fullData.map(trace => trace.type)"
    assert page.evaluate(asked.format("figure-1")) == ["scatter", "scatter"]
    assert page.evaluate(asked.format("figure-2")) == ["bar"]
    drawn = page.evaluate("[...document.getElementById('figure-1')._fullData[0].y]")
    assert drawn == [21, 24, 19, 28]
    with open(
        plotly.__path__[0] + "/package_data/plotly.min.js", encoding="utf-8"
    ) as js:
        head = js.read(200)
    assert f"v{page.evaluate('Plotly.version')}" in head


def test_key_figures_of_a_row_stand_on_one_line_whatever_their_labels_are(visit, pages):
    page = visit(pages["en"]).page
    tops = page.evaluate(
        """() => {
          const list = document.createElement("dl");
          list.className = "keys";
          for (const label of ["Cases", "Courts that reported ".repeat(4)])
            list.innerHTML += `<div><dt>${label}</dt><dd class="big">3</dd></div>`;
          document.querySelector("main").append(list);
          return [...list.children].map((each) =>
            [...each.children].map((part) => part.getBoundingClientRect().top));
        }"""
    )
    (label, number), others = tops
    assert [label, number] == others
    assert number - label > 40


def test_text_and_tables_are_there_before_plotly_runs(visit, pages):
    # plotly is the last thing in the file; what is read stands before it.
    page = visit(pages["en"], scripts=False).page
    assert page.locator("h1").inner_text() == "Cases before the courts, 2024"
    assert page.locator("#f1 .tabs").is_hidden()
    assert page.locator("#f1 table").inner_text().split()[4:10] == [
        "Year",
        "NCMEC",
        "CPS",
        "2021",
        "21",
        "12",
    ]
    assert page.locator("#f1 .nochart").is_visible()


def test_a_browser_that_cannot_unpack_says_why_and_opens_the_tables(visit, pages):
    seen = visit(pages["fr"], init="delete globalThis.DecompressionStream").ready()
    notes = seen.page.locator(".plot .nochart")
    assert notes.count() == 2
    assert "DecompressionStream" in notes.first.inner_text()
    assert seen.page.locator("#f1 table").is_visible()
    assert seen.complaints == []


def seen_of(figure):
    """What of a figure is seen: its chart, its table."""
    return figure.locator(".plot").is_visible(), figure.locator("table").is_visible()


@pytest.mark.parametrize(("language", "ahead"), [("en", "Right"), ("ar", "Left")])
def test_a_figure_is_turned_to_its_table_and_back_by_keys(
    visit, pages, language, ahead
):
    page = visit(pages[language]).ready().page
    figure = page.locator("#f1")
    chart, table = figure.get_by_role("tab").all()
    assert seen_of(figure) == (True, False)
    chart.focus()
    page.keyboard.press(f"Arrow{ahead}")
    assert seen_of(figure) == (False, True)
    assert table.evaluate("tab => tab === document.activeElement")
    states = [tab.get_attribute("aria-selected") for tab in (chart, table)]
    assert states == ["false", "true"]
    assert chart.get_attribute("tabindex") == "-1"
    panel = page.locator(f"#{table.get_attribute('aria-controls')}")
    assert panel.get_attribute("aria-labelledby") == table.get_attribute("id")
    assert panel.get_attribute("role") == "tabpanel"
    # A window that narrows while the table is seen: the chart comes back as narrow.
    page.set_viewport_size({"width": 640, "height": 900})
    page.keyboard.press("Home")
    assert seen_of(figure) == (True, False)
    assert figure.locator(".main-svg").first.bounding_box()["width"] < 640
    page.keyboard.press("End")
    assert seen_of(figure) == (False, True)


def test_names_on_the_right_of_an_arabic_chart_are_not_clipped(visit, pages):
    page = visit(pages["ar"], width=360).ready().page
    inside = page.evaluate(
        """() => {
          const plot = document.getElementById("figure-2").getBoundingClientRect();
          const names = [...document.querySelectorAll("#figure-2 .ytick text")];
          return names.map((name) => {
            const box = name.getBoundingClientRect();
            return box.left >= plot.left - 0.5 && box.right <= plot.right + 0.5;
          });
        }"""
    )
    assert inside == [True] * 5


def with_a_key(marks):
    """Bars in so many parts, with a key of them under the drawing."""
    made = go.Figure(
        [
            go.Bar(x=[2023, 2024], y=[3, 4], name=f"Mark number {n}")
            for n in range(marks)
        ]
    )
    margin = {"t": 20, "b": 300}
    key = {"orientation": "h", "y": -0.2, "yanchor": "top"}
    made.update_layout(title="Parts", height=520, margin=margin, legend=key)
    return made


KEY_AND_ITS_ROOM = """() => {
  const [svg, key, drawn] = [".main-svg", ".legend .bg", ".nsewdrag"]
    .map((name) => document.querySelector(`#figure-1 ${name}`).getBoundingClientRect());
  return { width: svg.width, key: key.height, below: svg.bottom - key.bottom,
    drawn: drawn.height };
}"""


def test_the_room_under_a_drawing_is_as_high_as_its_key(visit, tmp_path):
    path = tmp_path / "key.html"
    notebook = samples.notebook(
        samples.code("chart", samples.shown(samples.as_json(with_a_key(6)))),
        samples.colophon(),
    )
    path.write_text(page_html(notebook, name="key"), "utf-8")
    page = visit(path).ready().page
    heights = []
    for width in (1280, 360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = "found.width < 400" if width < 400 else "found.width > 600"
        wait_until(
            page,
            f"(() => {{ const found = ({KEY_AND_ITS_ROOM})();"
            f" return found.below > 4 && found.below < 16 && {wide}; }})()",
        )
        found = page.evaluate(KEY_AND_ITS_ROOM)
        assert found["drawn"] == pytest.approx(200, abs=5)
        heights.append(found["key"])
    assert heights[0] == heights[2] < heights[1]


def test_charts_follow_the_reader_into_the_dark_and_paper_stays_light(visit, pages):
    page = visit(pages["en"], scheme="light").ready().page
    line = "document.querySelector('#figure-1 .scatterlayer .js-line').style.stroke"
    assert page.evaluate(line) == "rgb(31, 95, 153)"
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"{line} === 'rgb(125, 180, 234)'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wait_until(page, f"{line} === 'rgb(31, 95, 153)'")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    wait_until(page, f"{line} === 'rgb(125, 180, 234)'")


def test_a_printed_page_is_a4_and_bears_its_mark_on_every_sheet(visit, pages, tmp_path):
    page = visit(pages["en"]).ready().page
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here to read the printed page with")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    sheets = [sheet for sheet in text.split("\f") if sheet.strip()]
    for number, sheet in enumerate(sheets, start=1):
        assert "Synthetic data · Qadaya, edition 2026.1 · Internal: exact" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet


def test_a_table_is_downloaded_as_it_is_shown(visit, pages):
    page = visit(pages["en"]).ready().page
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV of figure 1").click()
    content = Path(caught.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["Year", "NCMEC", "CPS"],
        ["2021", "21", "12"],
        ["2022", "24", "17"],
        ["2023", "19", "–"],
    ]


def test_a_french_table_is_downloaded_with_points_for_its_commas(visit, tmp_path):
    made = samples.figure("fr")
    said = {"columns": ["Année", "de"], "rows": [["2021", 33.7], ["2022", 44]]}
    made.update_layout(meta={"qadaya": said})
    bundle = samples.plotly_bundle(made)
    notebook = samples.notebook(
        samples.code("x", samples.shown(bundle)), samples.colophon(language="fr")
    )
    path = tmp_path / "page.fr.html"
    path.write_text(page_html(notebook, name="x"), encoding="utf-8")
    page = visit(path).ready().page
    assert page.locator("#f1 td").first.text_content() == "33,7"
    with page.expect_download() as caught:
        page.locator("#f1 .foot button", has_text="CSV").click()
    taken = Path(caught.value.path()).read_text("utf-8-sig").splitlines()
    assert taken == ["Année,de", "2021,33.7", "2022,44.0"]


@pytest.mark.parametrize("form, start", [("SVG", b"<svg"), ("PNG", b"\x89PNG")])
def test_a_chart_is_downloaded_with_its_title_and_without_a_request(
    visit, pages, form, start
):
    seen = visit(pages["en"]).ready()
    with seen.page.expect_download() as caught:
        seen.page.get_by_role("button", name=f"Download {form} of figure 1").click()
    content = Path(caught.value.path()).read_bytes()
    assert content.startswith(start)
    if form == "SVG":
        assert "Cases before the courts" in content.decode()
        assert "Synthetic data" in content.decode()
    assert (seen.requests, seen.complaints) == ([], [])


def test_the_citation_can_be_copied_and_the_copy_is_announced(visit, pages):
    page = visit(pages["en"]).ready().page
    page.get_by_role("button", name="Copy").click()
    wait_until(page, "document.querySelector('.copied').textContent === 'Copied'")
    cited = page.locator("#qadaya-citation").inner_text()
    assert cited == (
        "Qadaya, edition 2026.1 (synthetic data). Cases before the courts, 2024. "
        "Register as of 31 July 2026. Manifest 3f9a71c4."
    )


def test_the_keyboard_reaches_content_languages_contents_code_and_figures(visit, pages):
    page = visit(pages["en"]).ready().page
    reached = []
    name = "document.activeElement.className || document.activeElement.tagName"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
        reached.append(page.evaluate(name))
    assert reached[0] == "skip"
    assert {"A", "caret", "scroll", "BUTTON"} <= set(reached)


EXPLORER = """
function seen(model, el) {
  const button = document.createElement("button");
  const show = () => (button.textContent = JSON.stringify(model.get("selection")));
  model.on("change:selection", show);
  button.onclick = () => {
    model.set("selection", { years: [2024] });
    model.save_changes();
  };
  el.append(button);
  show();
}
export default { render({ model, el }) { seen(model, el); } };
"""


def test_the_explorer_runs_on_the_stand_in_model(visit, tmp_path, monkeypatch):
    monkeypatch.setattr("qadaya.pages.render.assets.script", lambda _name: EXPLORER)
    from qadaya.pages.render import assets

    assets.explorer_payload.cache_clear()
    bundle = {
        samples.EXPLORER: {"selection": {"years": [2021]}},
        "text/html": "<p>Plain words.</p>",
    }
    made = samples.notebook(samples.code("x", samples.shown(bundle)))
    path = tmp_path / "page.html"
    path.write_text(page_html(made, name="x"), encoding="utf-8")
    assets.explorer_payload.cache_clear()

    seen = visit(path).ready()
    button = seen.page.locator("#explorer-1-live button")
    assert json.loads(button.inner_text()) == {"years": [2021]}
    button.click()
    assert json.loads(button.inner_text()) == {"years": [2024]}
    assert not seen.page.locator("#explorer-1-plain").is_visible()
    assert (seen.requests, seen.complaints) == ([], [])

    without = visit(path, init="delete globalThis.DecompressionStream").ready()
    assert without.page.locator("#explorer-1-plain").is_visible()


def test_an_arabic_page_is_written_in_the_digits_of_the_parameter(visit, tmp_path):
    notebook = samples.full("ar")
    notebook.metadata["papermill"] = {"parameters": {"digits": "arabic"}}
    path = tmp_path / "annual-2024.ar.html"
    path.write_text(page_html(notebook, name="annual"), "utf-8")
    page = visit(path).ready().page
    page.locator("#f1 [role=tab]").last.click()
    assert "٢٠٢٤" in page.title()
    for shown in ("#f1 table", "#f1 .foot", "#figure-1 .xaxislayer-above", ".imprint"):
        text = page.locator(shown).first.text_content()
        assert re.search(r"[٠-٩]", text), shown
        assert not re.search(r"[0-9]", text), shown
    with page.expect_download() as saved:
        page.locator("#f1 .foot button", has_text="CSV").click()
    taken = Path(saved.value.path()).read_text("utf-8-sig")
    assert "2021,21,12" in taken.replace("\r\n", "\n")
    with page.expect_download() as saved:
        page.locator("#f1 .foot button", has_text="SVG").click()
    assert re.search(r">[٠-٩]+<", Path(saved.value.path()).read_text("utf-8"))


def test_digits_other_than_western_are_for_arabic_pages_only():
    notebook = samples.full("fr")
    notebook.metadata["papermill"] = {"parameters": {"digits": "arabic"}}
    assert "data-digits" not in page_html(notebook, name="annual")


# The first chart is drawn, and then no frame comes any more: a reader prints at once.
STUCK = """
const { requestAnimationFrame } = globalThis;
globalThis.requestAnimationFrame = (act) =>
  document.querySelector(".js-plotly-plot .main-svg") ? 0 : requestAnimationFrame(act);
"""


def test_a_printer_gets_the_figures_that_nobody_has_scrolled_to(visit, pages):
    page = visit(pages["en"], init=STUCK).page
    page.wait_for_selector("#figure-1 .main-svg")
    assert page.locator("#figure-2 .main-svg").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#figure-2 .main-svg").count() > 0
    widths = page.locator(".plot .main-svg").evaluate_all(
        "all => all.map((one) => one.getAttribute('width'))"
    )
    assert set(widths) == {"660"}
    assert page.locator("#f2 .foot button").count() == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(visit, pages, language):
    page = visit(pages[language], width=320).ready().page
    for unfold in (None, OPEN_ALL):
        page.evaluate(unfold or "0")
        for width in (320, 360, 640, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Firefox counts what stands to the left of a page that runs from the right.
    tester = page.locator("#js-plotly-tester")
    assert tester.evaluate("one => getComputedStyle(one).position") == "fixed"


def test_figures_keep_their_height_when_the_window_changes(visit, pages):
    # The first change after a page was opened made every figure vanish.
    page = visit(pages["en"]).ready().page
    heights = "[...document.querySelectorAll('.plot')].map((one) => one.clientHeight)"
    before = page.evaluate(heights)
    page.set_viewport_size({"width": 768, "height": 900})
    wait_until(page, "document.querySelector('.plot .main-svg').clientWidth < 760")
    assert page.evaluate(heights) == before and min(before) > 200


SENTENCE = {
    "en": "Charts and filters need scripts",
    "fr": "Les graphiques et les filtres ont besoin de scripts",
    "ar": "تحتاج الرسوم البيانية وأدوات الانتقاء إلى برامج نصية",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_server_stops_scripts_the_page_says_so(
    visit, pages, tmp_path, language
):
    content = pages[language].read_text(encoding="utf-8")
    path = tmp_path / "page.html"
    # A server's own policy comes on top of the page's.
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    path.write_text(content.replace("<head>", f"<head>{policy}", 1), encoding="utf-8")
    page = visit(path).page
    said = page.locator("main > .unscripted")
    assert said.is_visible() and said.inner_text().startswith(SENTENCE[language])
    assert page.locator("#f1 .nochart").is_visible()
    assert page.locator(".plot:visible").count() == 0
    assert page.locator("#f1 table").is_visible()


def test_where_scripts_run_nothing_is_said_of_them(visit, pages):
    page = visit(pages["en"]).ready().page
    assert page.locator(".unscripted:visible").count() == 0


def test_a_page_sends_no_form_and_takes_no_other_base(visit, pages, tmp_path):
    content = pages["en"].read_text(encoding="utf-8")
    added = '<base href="file:///elsewhere/"><form id="f" action="?sent"></form>'
    path = tmp_path / "page.html"
    path.write_text(content.replace("</title>", f"</title>{added}", 1), "utf-8")
    page = visit(path).ready().page
    assert page.evaluate("document.baseURI") == path.as_uri()
    page.evaluate("document.getElementById('f').submit()")
    page.wait_for_timeout(300)
    assert page.url == path.as_uri()
