import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_markdown_cell, new_output

import page_samples as samples
from missing_prose import missing_prose
from qadaya.errors import QadayaError
from qadaya.pages.render.assets import hosted, json_text, plotly_source, script_text
from qadaya.pages.render.clean import clean_html
from qadaya.pages.render.exporter import page_html
from qadaya.pages.render.facts import facts_of
from qadaya.pages.render.figures import read_figure
from qadaya.pages.render.plotly_bundle import bundle_with
from qadaya.pages.render.prose import filled, pieces, translated
from qadaya.pages.render.template import css_string
from qadaya.views.prose.table import Table
from qadaya.views.topics.colophon import Colophon

PAGES = Path(sys.modules["qadaya.pages"].__file__).parent


def soup_of(notebook, name="annual"):
    return BeautifulSoup(page_html(notebook, name=name), "html.parser")


def test_a_page_says_who_it_is_for_and_what_it_was_made_from():
    soup = soup_of(samples.full("fr"))
    assert (soup.html["lang"], soup.html["dir"]) == ("fr", "ltr")
    assert soup.title.text == "Affaires devant les juridictions, 2024 · Qadaya"
    assert soup.h1.text == "Affaires devant les juridictions, 2024"
    assert soup.select_one(".stamp.internal").text.startswith("Interne")
    imprint = soup.select_one(".imprint").get_text(" ", strip=True)
    assert "2026.1" in imprint
    assert "31 juillet 2026" in imprint
    assert "98 sur 112" in imprint
    assert "Données synthétiques." in soup.select_one(".synth").text
    assert soup.select_one('meta[name="description"]')["content"].startswith("Données")
    foot = soup.select_one(".colophon").get_text(" ", strip=True)
    assert samples.FACTS["manifest_sha256"] in foot
    assert "annual.ipynb · year=2024 · edition=2026.1" in foot


def test_an_arabic_page_runs_from_right_to_left_with_moroccan_months():
    soup = soup_of(samples.full("ar"))
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    assert "31 يوليوز 2026" in soup.select_one(".imprint").text
    assert all(plot["dir"] == "ltr" for plot in soup.select(".plot"))
    assert all(code["dir"] == "ltr" for code in soup.select("pre"))


def test_a_page_with_real_counts_bears_no_mark_of_invented_ones():
    made = samples.full()
    made.cells[-1].outputs[0].data[samples.COLOPHON]["synthetic"] = False
    assert "ynthetic" not in soup_of(made).body.get_text()


def test_rounded_counts_come_with_their_largest_error():
    bounds = {
        "country": {"largest": 1, "mean": 0.4},
        "circuit_id x year": {"largest": 3},
        "year": {"largest": 1},
    }
    made = samples.full(audience="shared")
    made.cells[-1].outputs[0].data[samples.COLOPHON] |= {"bounds": bounds}
    foot = soup_of(made).select_one(".facts").get_text(" ", strip=True)
    assert "\u2066±1\u2069 whole country, year · \u2066±3\u2069 circuit × year." in foot
    assert "not a sampling error" in foot


def test_sections_are_numbered_and_listed_with_their_entries():
    soup = soup_of(samples.full())
    listed = [" ".join(link.text.split()) for link in soup.select(".toc a")]
    assert listed == ["1. Who reported?", "In detail", "2. Where?"]
    targets = [link["href"].lstrip("#") for link in soup.select(".toc a")]
    assert all(soup.find(id=target) for target in targets)
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_code_is_folded_and_parameters_that_were_replaced_are_not_shown():
    soup = soup_of(samples.full())
    folded = [details.code for details in soup.select(".cell details:not([open])")]
    assert len(folded) == 6
    assert not any("year = 2023" in pre.text for pre in soup.select(".cell pre"))
    assert any("year = 2024" in pre.text for pre in soup.select(".cell pre"))


@pytest.mark.parametrize("tag, shown", [("hide-input", 0), ("remove-cell", 0)])
def test_a_tag_hides_code_or_the_whole_cell(tag, shown):
    cell = samples.code("secret = 1", samples.table(), tags=[tag])
    soup = soup_of(samples.notebook(cell))
    assert len(soup.select(".cell")) == shown
    assert bool(soup.select("table")) == (tag == "hide-input")


def test_the_policy_forbids_every_request_and_no_stock_address_is_left():
    page = page_html(samples.full(), name="annual")
    policy = BeautifulSoup(page, "html.parser").find(
        "meta", {"http-equiv": "Content-Security-Policy"}
    )["content"]
    assert policy.startswith("default-src 'none'; ")
    outside = page.replace(payload_of(page), "")
    assert not re.search(r"cdnjs|unpkg|jsdelivr|mathjax|require\.js|mermaid", outside)
    assert not re.search(r"\b(src|href)=\"(https?:)?//", outside)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "بيانات اصطناعية. الطبعة 2026.2، حالة السجل في 2026-07-31."),
        ("fr", "Données synthétiques. Édition 2026.2, registre arrêté au 2026-07-31."),
        ("en", "Synthetic data. Edition 2026.2, register as of 2026-07-31."),
    ],
)
def test_a_colophon_alone_is_a_sentence_in_each_language(language, sentence):
    facts = {"edition": "2026.2", "as_of": "2026-07-31", "synthetic": True}
    assert str(Colophon(facts | {"language": language})) == sentence


def payload_of(page):
    found = re.search(r'id="qadaya-plotly"[^>]*>([^<]+)<', page)
    return found[1] if found else ""


def test_plotly_is_there_once_with_the_kinds_drawn_and_only_where_it_is_needed():
    page = page_html(samples.full(), name="annual")
    assert page.count('id="qadaya-plotly"') == 1
    packed = gzip.decompress(base64.b64decode(payload_of(page))).decode()
    assert packed == bundle_with(plotly_source(), frozenset({"bar", "scatter"}))
    assert 'data-kinds="bar scatter"' in page
    assert payload_of(page_html(samples.notebook(samples.colophon()), name="n")) == ""


def test_two_builds_of_one_notebook_are_the_same_bytes_and_under_the_budget():
    page = page_html(samples.full(), name="annual")
    assert page == page_html(samples.full(), name="annual")
    assert len(page.encode()) < 700_000


def test_a_figure_has_its_words_and_its_table_in_plain_html():
    soup = soup_of(samples.full())
    figure = soup.find(id="f1")
    assert figure.h3.text == "Cases before the courts"
    assert figure.find(id="f1s").text == "From 19 to 28, and from 11 to 16."
    twin = figure.select_one(".view.table table")
    heads = [head.text for head in twin.select("thead th[scope=col]")]
    assert heads == ["Year", "NCMEC", "CPS"]
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in twin("tr")]
    assert rows[1:] == [["2021", "21", "12"], ["2022", "24", "17"], ["2023", "19", "–"]]
    assert [head["scope"] for head in twin.select("tbody th")] == ["row"] * 3
    assert figure.select_one(".chip").text == "Synthetic data"


@pytest.mark.parametrize(
    ("language", "cells"),
    [
        ("en", ["10,208,542", "2697", "33.7", "0.25", "44", "–"]),
        ("fr", ["10\u202f208\u202f542", "2697", "33,7", "0,25", "44", "–"]),
        ("ar", ["10,208,542", "2697", "33.7", "0.25", "44", "–"]),
    ],
)
def test_a_figure_in_a_table_is_written_out_as_its_language_does(language, cells):
    made = samples.figure().to_plotly_json()
    row = [10208542.3, 2697.2, 33.7, 0.25, 44, float("nan")]
    columns = list("abcdef")
    made["layout"]["meta"] = {"qadaya": {"columns": columns, "rows": [row]}}
    figure = read_figure(made, number=1, language=language, synthetic=True)
    assert figure.twin.rows == [cells]
    assert all(figure.twin.numeric)


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ([8.4, 21, None], ["8.4", "21.0", "–"]),
        ([1.0, 2, 3], ["1", "2", "3"]),
        ([0.25, 0.5, 1307459.3], ["0.25", "0.50", "1,307,459"]),
        ([0.00012, 100.0, 3], ["0.00012", "100", "3"]),
    ],
)
def test_figures_of_a_column_have_the_same_digits_after_the_point(values, cells):
    meta = {"columns": ["Cases"], "rows": [[value] for value in values]}
    made = {"data": [], "layout": {"meta": {"qadaya": meta}}}
    figure = read_figure(made, number=1, language="en", synthetic=False)
    assert [row[0] for row in figure.twin.rows] == cells


def test_words_of_others_in_the_table_of_a_chart_are_not_to_be_translated():
    made = samples.figure().to_plotly_json()
    made["layout"]["meta"] = {
        "qadaya": {
            "columns": ["Year", "Publisher"],
            "rows": [[2021, "L'Opinion (CC BY 4.0)"]],
            "quoted": [1],
        }
    }
    shown = samples.shown({samples.PLOTLY: made})
    cell = soup_of(samples.notebook(samples.code("chart", shown))).select_one("#f1 td")
    assert str(cell.bdi) == '<bdi translate="no">L’Opinion (CC BY 4.0)</bdi>'


def test_the_room_of_a_title_goes_with_it_and_comes_back_in_an_export():
    made = samples.figure(title="Cases").to_plotly_json()
    made["layout"] |= {"margin": {"t": 90}, "height": 400}
    made["layout"]["meta"]["qadaya"]["title_room"] = 23.2
    drawn = read_figure(made, number=1, language="en", synthetic=False).spec
    assert drawn["layout"]["margin"]["t"] == pytest.approx(66.8)
    assert drawn["layout"]["height"] == pytest.approx(376.8)
    assert (drawn["export"]["margin"]["t"], drawn["export"]["height"]) == (90, 400)


def test_a_figure_of_ones_own_keeps_its_margins():
    layout = {"title": {"text": "Mine"}, "margin": {"t": 90}, "height": 400}
    drawn = read_figure(
        {"data": [], "layout": layout}, number=1, language="en", synthetic=False
    )
    assert drawn.title == "Mine"
    assert (drawn.spec["layout"]["margin"]["t"], drawn.height) == (90, 400)


def test_the_title_leaves_the_drawing_and_comes_back_in_an_export():
    made = samples.figure(title="Cases<br>by year").to_plotly_json()
    figure = read_figure(made, number=1, language="en", synthetic=True)
    assert figure.title == "Cases by year"
    assert "title" not in figure.spec["layout"]
    assert figure.spec["export"]["title"]["text"] == "Cases<br>by year"
    marks = [mark["text"] for mark in figure.spec["layout"]["annotations"]]
    assert marks == ["Synthetic data"]
    assert "meta" not in figure.spec["layout"]


def test_figures_share_their_template():
    soup = soup_of(samples.full())
    specs = [
        json.loads(soup.find(id=f"figure-{number}-spec").string) for number in (1, 2)
    ]
    assert [spec["template"] for spec in specs] == [0, 0]
    assert len(json.loads(soup.find(id="qadaya-templates").string)) == 1


EVIL = "</script><script>alert(1)</script><!--"


def test_a_name_that_holds_a_script_stays_text_everywhere():
    made = samples.figure(title=EVIL)
    made.update_layout(
        meta={"qadaya": {"summary": EVIL, "columns": [EVIL], "rows": [[EVIL]]}}
    )
    made.data[0].name = EVIL
    soup = soup_of(
        samples.notebook(
            samples.code(EVIL, samples.shown(samples.as_json(made))),
            samples.code("x", samples.shown({samples.EXPLORER: {"court": EVIL}})),
            samples.code("x", samples.shown({"text/plain": EVIL})),
            samples.colophon(edition=EVIL),
        )
    )
    scripts = [script.get("id") for script in soup.find_all("script")]
    assert all(scripts)
    assert not [
        script for script in soup.find_all("script") if script.string == "alert(1)"
    ]
    assert soup.find(id="f1h").text == EVIL
    state = json.loads(soup.find(id="explorer-1-state").string)
    assert state == {"court": EVIL}


@pytest.mark.parametrize(
    "html",
    [
        "<script>fetch('x')</script>",
        "<img src='https://example.org/x.png'>",
        "<p onclick='x()'>text</p>",
        "<a href='javascript:x()'>text</a>",
        "<iframe src='x'></iframe>",
        "<style>@import 'https://example.org'</style>",
        "<link rel=stylesheet href=x>",
        "<p style='background:url(https://example.org)'>text</p>",
        "<object data=x></object>",
        "<svg><script>x()</script></svg>",
        "<form action=https://example.org><button formaction=x>go</button></form>",
    ],
)
def test_what_runs_or_calls_is_taken_out_of_an_output(html):
    left = BeautifulSoup(clean_html(html, label=""), "html.parser")
    for said in left.select(".dropped"):
        said.decompose()
    told = str(left)
    assert not re.search(r"script|example|onclick|javascript|iframe|style=", told)


def test_links_to_sources_and_pictures_that_are_in_the_page_stay():
    html = (
        '<a href="https://example.org/law">law</a><img src="data:image/png;base64,AA">'
    )
    assert clean_html(html, label="") == (
        '<a href="https://example.org/law">law</a>'
        '<img alt="" src="data:image/png;base64,AA">'
    )


def test_a_pandas_table_gets_header_cells_a_name_and_figures_under_figures():
    table = BeautifulSoup(
        clean_html(samples.table().data["text/html"], label="Who reported?"),
        "html.parser",
    )
    assert table.caption.text == "Who reported?"
    assert table.select_one(".scroll")["aria-label"] == "Who reported?"
    assert [h.get("scope") for h in table.find_all("th")] == [
        "col",
        "row",
        "row",
        "row",
    ]
    assert [c["class"] for c in table.select("tbody td")] == [["num"]] * 3
    assert "border" not in table.table.attrs


HEADS = ["Result", "2023", "2024", "Total"]


@pytest.mark.parametrize(
    ("language", "heads", "in_order"),
    [
        # from right to left, so that years stand from left to right as in the charts
        ("ar", HEADS, ["Result", "2024", "2023", "Total"]),
        ("fr", HEADS, HEADS),
        (
            "ar",
            ["Result", "2023", "of it", "2024"],
            ["Result", "2023", "of it", "2024"],
        ),
        ("ar", ["Result", "2024", "2023"], ["Result", "2024", "2023"]),
        ("ar", ["2023", "2024"], ["2023", "2024"]),
        ("ar", ["Result", "٢٠٢٣", "٢٠٢٤"], ["Result", "٢٠٢٤", "٢٠٢٣"]),
    ],
)
def test_years_ascend_from_left_to_right_in_every_language(language, heads, in_order):
    frame = pd.DataFrame([[f"of {head}" for head in heads]], columns=heads)
    source = frame.to_html(index=False)
    table = BeautifulSoup(
        clean_html(source, label="Results", language=language), "html.parser"
    )
    assert [head.text for head in table.find_all("th")] == in_order
    assert [c.text for c in table.find_all("td")] == [f"of {head}" for head in in_order]


@pytest.mark.parametrize(
    ("name", "heads", "fills_both_halves"),
    [
        ("Fez", ["Sent", "Not sent"], True),
        ("a line of the chapter with the reason why nothing is", ["Sent"], False),
        # A head is as wide as its longest words, however short the figures under it.
        ("Fez", ["Reported", "Not reported", "Missing"], True),
        ("Fez", ["Reported, not nil", "Undelivered", "Not established", "None"], False),
    ],
)
def test_a_long_table_fills_both_halves_of_a_sheet_if_its_rows_fit_one(
    name, heads, fills_both_halves
):
    frame = pd.DataFrame({"Circuit": [name] * 21} | dict.fromkeys(heads, 4))
    listed = samples.code("x", samples.shown({"text/html": frame.to_html(index=False)}))
    page = soup_of(samples.notebook(listed, samples.colophon()))
    (table,) = page.select("details.rows")
    assert ("halved" in table["class"]) == fills_both_halves


def test_a_note_keeps_what_stands_isolated_in_its_line():
    line = "\u2067أكبر خطأ: \u2066±4\u2069، والخطوط\u2069<br>\u2067<b>تشمله</b>\u2069"
    layout = {
        "annotations": [{"name": "note", "text": line}],
        "margin": {"b": 60},
        "meta": {"qadaya": {"note_room": 16}},
    }
    figure = read_figure(
        {"data": [], "layout": layout}, number=1, language="ar", synthetic=False
    )
    assert figure.note == "أكبر خطأ: \u2066±4\u2069، والخطوط تشمله"


def test_a_word_that_two_lines_of_a_note_share_is_whole_again_under_the_figure():
    layout = {
        "annotations": [{"name": "note", "text": "1,4 peut-<br>être – ou<br>- non"}],
        "margin": {"b": 60},
        "meta": {"qadaya": {"note_room": 16}},
    }
    figure = read_figure(
        {"data": [], "layout": layout}, number=1, language="fr", synthetic=False
    )
    assert figure.note == "1,4 peut-être – ou - non"


def classes_of(*column):
    """The class of each cell of a column, beside one of words."""
    rows = "".join(f"<tr><td>Fez</td><td>{cell}</td></tr>" for cell in column)
    heads = "<thead><tr><th>Court</th><th>What</th></tr></thead>"
    page = clean_html(f"<table>{heads}<tbody>{rows}</tbody></table>", label="")
    cells = BeautifulSoup(page, "html.parser").select("td:nth-child(2)")
    return [cell.get("class", [""])[0] for cell in cells]


def test_what_is_no_quantity_stands_where_the_words_of_its_column_do():
    assert classes_of("Le Matin", "–") == ["", ""]
    assert classes_of("2024", "2021 to 2024") == ["", ""]
    # A quantity stays under quantities, among words too.
    assert classes_of("12", "–", "not known") == ["num", "num", ""]
    assert classes_of("2024", "2025") == ["num", "num"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("\u20662023-04-14\u2069", '<td class="num">\u20662023-04-14\u2069</td>'),
        ("0–\u2060109", '<td class="num">0–\u2060109</td>'),
        ("2021-2024, a range", "<td>2021-2024, a range</td>"),
        (f"so {'very ' * 8}long", f'<td class="long">so {"very " * 8}long</td>'),
        (
            '<span translate="no">Data 4.0</span>',
            '<td><span translate="no">Data 4.0</span></td>',
        ),
        (
            "of 2023-04; ours of 2026-11-22.",
            '<td class="long">of <span class="date">2023-04</span>; ours of '
            '<span class="date">2026-11-22</span>.</td>',
        ),
    ],
)
def test_a_date_in_a_table_stays_on_one_line(text, cell):
    table = f"<table><tr><td>{text}</td></tr></table>"
    assert cell in clean_html(table, label="")


def test_a_table_is_named_by_the_heading_nearest_above_it():
    made = samples.notebook(
        new_markdown_cell("# Courts\n\n## Who reported?"),
        samples.code("reported()", samples.table()),
        new_markdown_cell("### And who did not?"),
        samples.code("silent()", samples.table()),
    )
    names = [table.caption.text for table in soup_of(made).find_all("table")]
    assert names == ["Who reported?", "And who did not?"]


@pytest.mark.parametrize(("rows", "said"), [(59, False), (112, True)])
def test_a_list_that_paper_leaves_out_is_named_there(rows, said):
    listed = Table({"court": [f"Court {n}" for n in range(rows)], "n": 3})
    output = samples.shown({"text/html": listed._repr_html_()})
    [summary] = soup_of(samples.notebook(samples.code("x", output))).select(
        "details.rows > summary"
    )
    assert summary.text.startswith(f"The table: {rows} rows")
    assert ("left to the file of this page" in summary.text) == said


def test_row_numbers_of_a_frame_are_left_out_and_an_empty_table_is_a_word():
    import pandas as pd

    frame = pd.DataFrame({"court": ["Rabat", "Fès"], "n": [3, 4]})
    heads = BeautifulSoup(clean_html(frame._repr_html_(), label=""), "html.parser")
    assert [head.text for head in heads.find_all("th")] == ["court", "n"]
    empty = clean_html(frame[:0]._repr_html_(), label="", nothing="None.")
    assert "None." in empty and "<table" not in empty


def test_the_best_form_of_an_output_is_shown():
    def only(*outputs):
        made = samples.notebook(samples.code("x", *outputs, tags=["hide-input"]))
        return soup_of(made).find("main")

    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}
    assert not only(samples.shown(widget | {"text/plain": "HBox()"})).select(".out")
    assert only(samples.shown({"text/plain": "17"})).pre.text == "17"
    markdown = samples.shown({"text/markdown": "**44** cases", "text/plain": "44"})
    assert only(markdown).find("strong").text == "44"
    empty = samples.shown({"text/markdown": "", "text/plain": "Paragraph('')"})
    assert not only(empty).select(".prose")
    image = only(samples.picture()).img
    assert image["src"].startswith("data:image/png;base64,")
    assert image["alt"] == "Picture made by the code in [1]"
    svg = samples.shown({"image/svg+xml": "<svg><script>x()</script></svg>"})
    assert only(svg).img["src"].startswith("data:image/svg+xml;base64,")
    assert not only(samples.shown({"application/javascript": "x()"})).select(".out")
    stderr = new_output("stream", name="stderr", text="/home/x/lib.py: warning")
    assert not only(stderr).select("div.out")
    assert only(stderr).select_one("details pre").text == "…/lib.py: warning"


def test_an_error_never_reaches_a_page():
    error = new_output(
        "error", ename="ValueError", evalue="0612345678", traceback=["/home/x/a.py"]
    )
    page = page_html(samples.notebook(samples.code("x", error)), name="n")
    assert "0612345678" not in page and "/home/x" not in page
    assert "The code stopped here with an error" in page


def test_widget_state_of_a_notebook_is_dropped():
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"a": "true 33"}}}
    page = page_html(samples.notebook(samples.colophon(), widgets=state), name="n")
    assert "true 33" not in page
    assert "widget-state" not in page


def test_the_explorer_brings_its_state_its_module_and_a_plain_table():
    plain = (
        "<p>44 cases.</p><table><tr><th>year</th></tr><tr><td>2024</td></tr></table>"
    )
    bundle = {
        samples.EXPLORER: {"selection": {"years": [2021, 2024]}},
        "text/html": plain,
    }
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}
    soup = soup_of(
        samples.notebook(samples.code("x", samples.shown(view), samples.shown(bundle)))
    )
    assert soup.select_one("#explorer-1-plain p").text == "44 cases."
    state = json.loads(soup.find(id="explorer-1-state").string)
    assert state == {"selection": {"years": [2021, 2024]}}
    module = gzip.decompress(base64.b64decode(soup.find(id="qadaya-explorer").string))
    assert module.endswith(b"\nglobalThis.qadayaExplorer = $explore.default;\n")
    assert b"export default" not in module


@pytest.mark.parametrize("module", ["", "export default {};\nexport default {};"])
def test_a_module_without_one_default_export_is_refused(module):
    with pytest.raises(QadayaError, match="lines begin with `export default`"):
        hosted(module)


def test_embedded_text_cannot_end_its_element():
    assert "</" not in json_text({"a": "</ScRipt>"})
    assert json.loads(json_text({"a": "</script><!--\u2028"})) == {
        "a": "</script><!--\u2028"
    }
    assert script_text('x = "</SCRIPT>"') == 'x = "\\x3c/SCRIPT>"'
    assert css_string('a"}\n،') == "a\\000022 \\00007d \\00000a \\00060c "


def test_nbconvert_knows_the_exporter_by_name(tmp_path):
    assert get_exporter("qadaya").__name__ == "QadayaExporter"
    nbformat.write(samples.full(), tmp_path / "annual.ipynb")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "jupyter",
            "nbconvert",
            "--to",
            "qadaya",
            "annual.ipynb",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "annual.html").read_text(encoding="utf-8")
    saved = nbformat.read(tmp_path / "annual.ipynb", as_version=4)
    assert page == page_html(saved, name="annual")


# ---- facts ----


def test_a_page_without_a_colophon_takes_its_language_from_the_parameters():
    made = samples.full("fr")
    made.cells.pop()
    facts = facts_of(made)
    assert (facts.language, facts.year, facts.audience) == ("fr", 2024, "internal")
    assert facts.edition is None
    assert "Affaires" in page_html(made, name="annual")


def test_injected_parameters_of_papermill_win_over_the_notebooks_own():
    made = samples.notebook(
        samples.code('year = 2021\nlanguage = "en"', tags=["parameters"]),
        papermill={"parameters": {"year": 2023, "language": "ar"}},
    )
    facts = facts_of(made)
    assert (facts.year, facts.language) == (2023, "ar")


def test_a_notebook_about_a_whole_edition_has_no_year():
    made = samples.notebook(samples.colophon(), qadaya={"per": "edition"})
    assert facts_of(made).year is None
    assert "2021–\u20602024" in page_html(made, name="trend")


# ---- prose ----


SOURCE = """# Cases in {year}

A first line
goes on.

- one *thing*
- another
  thing

1. first

> quoted

| Stage | n |
| --- | --- |
| Closed | 3 |

```python
# stays
```
"""


def test_markdown_is_taken_apart_by_heading_paragraph_item_and_cell():
    found = [piece.text for piece in pieces(SOURCE) if piece.translatable]
    assert found == [
        "Cases in {year}",
        "A first line goes on.",
        "one *thing*",
        "another thing",
        "first",
        "quoted",
        "Stage",
        "n",
        "Closed",
        "3",
    ]


def test_markdown_put_together_again_reads_as_before():
    from qadaya.pages.render.markdown import markdown_html

    again = "".join(piece.markdown for piece in pieces(SOURCE))
    as_before = markdown_html(SOURCE.replace("line\ngoes", "line goes"), label="")
    squeezed = re.sub(r"\s+", " ", as_before)
    assert re.sub(r"\s+", " ", markdown_html(again, label="")) == squeezed


def test_only_known_names_in_braces_are_filled():
    text = "{year} and {previous_year}, {other}, {edition}"
    values = {"year": 2024, "previous_year": 2023, "edition": None}
    assert filled(text, values) == "2024 and 2023, {other}, {edition}"


class _Catalogue:
    def __init__(self, words):
        self.words = words

    def gettext(self, text):
        return self.words.get(text, text)


def test_missing_prose_is_listed_and_a_lost_name_counts_as_missing(monkeypatch):
    words = {"Cases in {year}": "Affaires", "A sentence.": "Une phrase."}
    for module in ("missing_prose", "qadaya.pages.render.prose"):
        monkeypatch.setattr(f"{module}.translator", lambda *_: _Catalogue(words))
    made = samples.notebook(
        new_markdown_cell("# Cases in {year}\n\nA sentence.\n\nAnother.\n\n---\n\n12"),
    )
    assert missing_prose(made, "fr") == ["Cases in {year}", "Another."]
    assert missing_prose(made, "en") == []
    assert translated("A sentence.", "fr") == "Une phrase.\n\n"
    as_typed = "a | b\n--|--\n*x* | y\n\n    # no heading\n"
    assert translated(as_typed, "fr") == as_typed
