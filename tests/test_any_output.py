"""What notebooks of others show on a page: each form, and a word where none is left."""

import base64
import json
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

import page_samples as samples
from qadaya.pages.render.clean import clean_html
from qadaya.pages.render.code import code_html
from qadaya.pages.render.drawings import picture
from qadaya.pages.render.exporter import QadayaExporter, page_html
from qadaya.pages.render.formulas import formula_html
from qadaya.pages.render.paths import shortened
from qadaya.pages.render.terminal import printed_html

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
VEGALITE = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.1.0.json",
    "title": "Two bars",
    "data": {"values": [{"court": "Rabat", "n": 3}, {"court": "Fès", "n": 4}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "court"},
        "y": {"field": "n", "type": "quantitative"},
    },
}


def soup(*cells, run=None, **metadata):
    page = page_html(samples.notebook(*cells, **metadata), name="mine", run=run)
    return BeautifulSoup(page, "html.parser")


def shown(*outputs, tags=(), **more):
    """The body of a page with one cell that left these outputs."""
    return soup(samples.code("x", *outputs, tags=tags), **more).main


def prose(source, **fields):
    cell = new_markdown_cell(source)
    cell.update(fields)
    return soup(cell).find("body")


def dropped(body):
    return [each.text for each in body.select(".dropped")]


# ---- prose ----


def test_a_table_without_outer_pipes_is_a_table():
    table = prose("court | n\n--- | ---\nRabat | 3\n\nAfter").find("table")
    assert [cell.text for cell in table.find_all(["th", "td"])] == [
        "court",
        "n",
        "Rabat",
        "3",
    ]


def test_headings_underlined_make_title_and_sections():
    body = prose(
        "My study\n========\n\nAn opening.\n\nFirst part\n----------\n\nWords."
    )
    assert body.h1.text == "My study"
    assert body.select_one("section h2").text == "First part"
    assert body.select_one(".dek").text == "An opening."


def test_reference_links_and_links_to_headings_lead_somewhere():
    body = prose(
        "# T\n\n[law][1] and [below](#Second-part).\n\n## Second part\n\nx\n\n"
        "[1]: https://example.org/law"
    )
    first, second = body.select(".dek a")
    assert first["href"] == "https://example.org/law"
    assert body.find(id=second["href"].lstrip("#")).name == "section"


def test_indented_code_and_fenced_code_stay_code():
    body = prose(
        "# T\n\n## S\n\nText\n\n    x | y\n    - no item\n\n```python\nx = 1\n```"
    )
    first, second = body.select(".prose pre")
    assert first.text.strip() == "x | y\n- no item"
    assert second.select_one(".hl-n").text == "1"


def test_a_pasted_picture_is_in_the_page():
    body = prose(
        "![a map](attachment:map.png)", attachments={"map.png": {"image/png": PNG}}
    )
    assert body.find("img")["src"] == f"data:image/png;base64,{PNG}"
    assert body.find("img")["alt"] == "a map"


def test_a_picture_that_is_missing_is_named_where_it_stood():
    assert dropped(prose("See ![](attachment:gone.png) here.")) == [
        "The picture gone.png is missing: it was not there."
    ]
    assert dropped(prose("![](figures/gone.png)")) == [
        "The picture gone.png is missing: it was not there."
    ]
    assert dropped(prose("![](https://example.org/a.png)")) == [
        "Left out, since a page asks for nothing: https://example.org/a.png"
    ]


def test_a_picture_beside_the_notebook_is_put_into_its_page(tmp_path):
    (tmp_path / "map.png").write_bytes(base64.b64decode(PNG))
    made = samples.notebook(new_markdown_cell("![a map](map.png) ![](../map.png)"))
    nbformat.write(made, tmp_path / "mine.ipynb")
    page, _ = QadayaExporter().from_filename(str(tmp_path / "mine.ipynb"))
    pictures = BeautifulSoup(page, "html.parser").find_all("img")
    assert [each["src"] for each in pictures] == [f"data:image/png;base64,{PNG}"]


FORMULAS = {
    "inline": (r"A share $\frac{x}{n}$ of all", "mfrac"),
    "display": (r"$$\hat{p} \pm z\sqrt{\frac{p(1-p)}{n}}$$", "msqrt"),
    "lines": ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", "mtable"),
}


@pytest.mark.parametrize("source, element", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_is_set_when_the_page_is_made(source, element):
    body = prose(f"# T\n\n## S\n\n{source}")
    assert body.find("math").find(element)
    assert "$" not in body.main.text and "\\" not in body.main.text


def test_a_year_in_braces_is_filled_in_words_and_left_alone_in_formulas_and_code():
    made = samples.notebook(
        new_markdown_cell("# In {year}\n\n## S\n\nOf {year}: $n_{year}$ and `{year}`"),
        samples.colophon(),
    )
    text = BeautifulSoup(page_html(made, name="mine"), "html.parser")
    assert text.h1.text == "In 2024"
    words = text.select_one(".prose").get_text()
    assert words.startswith("Of 2024: ") and words.endswith("and {year}")
    assert "2024" not in text.find("math").text


@pytest.mark.parametrize("latex", [r"\foo{x}", r"\left( x"])
def test_what_cannot_be_set_stays_as_typed(latex):
    assert formula_html(latex, display=False) == f"<code>{latex}</code>"


def test_a_formula_leads_nowhere():
    html = formula_html(r"\href{javascript:alert(1)}{x}", display=False)
    assert "javascript" not in clean_html(html, label="")


# ---- outputs ----


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_a_picture_is_shown(kind):
    image = shown(samples.shown({f"image/{kind}": PNG, "text/plain": "<Figure>"})).img
    assert image["src"] == f"data:image/{kind};base64,{PNG}"


def test_html_that_cleans_to_nothing_gives_way_to_the_picture_beside_it():
    video = {"text/html": "<iframe src='https://example.org/v'></iframe>"}
    body = shown(samples.shown(video | {"image/jpeg": PNG, "text/plain": "<x>"}))
    assert body.img["src"].startswith("data:image/jpeg")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            {"application/javascript": "x()", "text/plain": "<J>"},
            "A script stood here.",
        ),
        ({"text/html": "<script>x()</script>"}, "A script stood here."),
        ({"text/html": "<iframe src='https://example.org/v'>"}, "example.org/v"),
        ({"text/html": "<img src='https://example.org/v.png'>"}, "example.org/v.png"),
        ({"text/html": "<p>a</p><canvas></canvas>"}, "Something from another place"),
        ({"application/pdf": "x"}, "no page can show: application/pdf"),
        ({VIEW: {"model_id": "a"}, "text/plain": "HBox()"}, "in the notebook alone"),
    ],
)
def test_what_is_left_out_is_said_where_it_stood(data, words):
    (said,) = dropped(shown(samples.shown(data)))
    assert words in said


def test_latex_json_and_text_are_shown():
    assert shown(samples.shown({"text/latex": r"$\displaystyle x^2$"})).find("msup")
    text = {"application/json": {"a": ["é"]}, "text/plain": "<IPython JSON object>"}
    assert json.loads(shown(samples.shown(text)).select_one(".out pre").text) == {
        "a": ["é"]
    }
    plain = shown(samples.shown({"text/plain": "<not html>"}))
    assert plain.select_one(".out pre").text == "<not html>"


def test_what_was_printed_in_pieces_is_one_text_and_warnings_are_folded():
    body = shown(
        new_output("stream", name="stdout", text="a\n"),
        new_output("stream", name="stdout", text="b\n"),
        new_output("stream", name="stderr", text="/home/x/lib.py:3: a warning\n"),
    )
    assert body.select_one("div.out pre").text == "a\nb"
    assert body.select_one("details.out pre").text == "…/lib.py:3: a warning"


@pytest.mark.parametrize(
    ("printed", "html"),
    [
        ("10%\r 50%\r100%\n", "100%"),
        ("downloading\rdone\n", "doneloading"),
        ("a\r\nb", "a\nb"),
        ("abc\x08\x08X", "aX"),
        ("\x1b]8;;https://example.org\x07link\x1b]8;;\x07", "link"),
        ("\x1b[2K\x1b[1Aup", "up"),
        ("\x1b(B plain", " plain"),
        ("\x1b[31mred\x1b[0m", '<span class="ansi-red-fg">red</span>'),
        (
            "\x1b[38;5;208mo\x1b[0m",
            '<span style="color: rgb(255,135,0)">o</span>',
        ),
        ("\x1b[1;4mb\x1b[0m", '<span class="ansi-bold ansi-underline">b</span>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_what_a_terminal_acts_on_is_acted_on(printed, html):
    assert printed_html(printed) == html


def test_a_styled_table_keeps_its_colours_and_can_be_read_in_the_dark():
    style = (
        "<style>#T_1_row0_col0, #T_1_row0_col1 {background-color: #ffff00}"
        "#T_1_row0_col1 {color: red; position: fixed; background: url(x)}"
        "tr:hover td {color: blue}</style>"
    )
    table = (
        '<table id="T_1"><tr><td id="T_1_row0_col0">3</td>'
        '<td id="T_1_row0_col1">4</td></tr></table>'
    )
    first, second = shown(samples.shown({"text/html": style + table})).find_all("td")
    assert first["style"] == "background-color:#ffff00;color:#000000"
    assert second["style"].endswith("color:red") and "fixed" not in second["style"]
    assert "url" not in second["style"]


def test_a_table_by_classes_keeps_its_own_paper_and_ink():
    html = (
        '<div id="g"><style>#g .gt_table {color: #333; background-color: #fff}</style>'
        '<table class="gt_table"><tr><td>1</td></tr></table></div>'
    )
    table = shown(samples.shown({"text/html": html})).table
    assert "background-color:#fff" in table["style"] and "color:#333" in table["style"]
    assert table["class"] == ["data"]


def test_a_table_that_a_script_would_have_built_is_a_plain_one():
    html = (
        '<table id="itables_1" hidden><tbody><tr><td>Loading</td></tr></tbody></table>'
        '<script type="module">let dt_args = {"data_json": "[[\\"Rabat\\", 3]]", '
        '"table_html": "<table><thead><tr><th>court</th><th>n</th></tr></thead>'
        '</table>"};</script>'
    )
    table = shown(samples.shown({"text/html": html})).table
    assert [cell.text for cell in table.find_all(["th", "td"])] == [
        "court",
        "n",
        "Rabat",
        "3",
    ]


# ---- charts ----


def altair_html(spec):
    return (
        '<div id="altair-viz-1"></div><script>(function(spec, embedOpt){'
        'const paths = {"vega": "https://example.org/vega@6?noext"};'
        f"}})({json.dumps(spec)}, {json.dumps({'mode': 'vega-lite'})});</script>"
    )


@pytest.mark.parametrize(
    "data",
    [
        {"application/vnd.vegalite.v6+json": VEGALITE, "text/plain": "alt.Chart(...)"},
        {"text/html": altair_html(VEGALITE)},
    ],
    ids=["by its kind", "in a script"],
)
def test_a_chart_of_altair_is_drawn_when_the_page_is_made(data):
    image = shown(samples.shown(data)).img
    assert image["alt"] == "Two bars"
    svg = base64.b64decode(image["src"].partition(",")[2]).decode()
    assert "Rabat" in svg and "Fès" in svg


def test_a_chart_whose_data_lie_elsewhere_is_said_to_be_missing():
    spec = VEGALITE | {"data": {"url": "https://example.org/cases.csv"}}
    data = {"application/vnd.vegalite.v6+json": spec}
    assert dropped(shown(samples.shown(data))) == [
        "A chart stood here whose data lie elsewhere: cases.csv"
    ]


def test_a_figure_that_plotly_wrote_as_html_is_a_figure():
    import plotly.graph_objects as go

    html = go.Figure(go.Bar(x=["a"], y=[3])).to_html(
        include_plotlyjs=False, full_html=False
    )
    body = shown(samples.shown({"text/html": html}))
    assert len(body.select("figure.fig")) == 1


def test_a_mark_of_invented_data_stands_under_a_picture_too():
    cell = samples.code("x", samples.shown({"image/png": PNG}))
    assert soup(cell, samples.colophon()).select_one(".out .chip").text == (
        "Synthetic data"
    )


# ---- controls ----


def widget(**models):
    state = {
        name: {"model_name": model.pop("kind"), "state": model}
        for name, model in models.items()
    }
    return {"widgets": {STATE: {"state": state}}}


def test_controls_are_shown_as_they_stood_with_what_they_drew():
    printed = {"output_type": "stream", "name": "stdout", "text": "x is 7\n"}
    metadata = widget(
        box={"kind": "VBoxModel",
             "children": ["IPY_MODEL_s", "IPY_MODEL_d", "IPY_MODEL_o"]},
        s={"kind": "IntSliderModel", "description": "x", "value": 7},
        d={"kind": "DropdownModel", "description": "court", "index": 1,
           "_options_labels": ["Fès", "<Rabat>"]},
        o={"kind": "OutputModel", "outputs": [printed]},
    )  # fmt: skip
    view = samples.shown({VIEW: {"model_id": "box"}, "text/plain": "VBox()"})
    body = shown(view, **metadata)
    assert [p.text for p in body.select("div.out p")] == ["x: 7", "court: <Rabat>"]
    assert body.select_one("div.out pre").text == "x is 7"
    assert dropped(body) == [
        "Controls as they stood; they can be moved in the notebook."
    ]


def test_a_figure_widget_is_a_figure():
    metadata = widget(
        f={"kind": "AnyModel", "_widget_layout": {"title": {"text": "Mine"}},
           "_widget_data": [{"type": "bar", "x": ["a"], "y": {"dtype": "float64",
                                                              "shape": [1]}}]}
    )  # fmt: skip
    packed = base64.b64encode(b"\0\0\0\0\0\0\x08@").decode()
    metadata["widgets"][STATE]["state"]["f"]["buffers"] = [
        {"path": ["_widget_data", 0, "y", "buffer"], "data": packed}
    ]
    page = soup(samples.code("x", samples.shown({VIEW: {"model_id": "f"}})), **metadata)
    assert page.select_one("figure.fig h2").text == "Mine"
    spec = json.loads(page.find(id="figure-1-spec").string)
    assert spec["data"][0]["y"] == [3.0]
    assert not dropped(page)


# ---- cells, tags, options ----

NB = samples.notebook(
    new_markdown_cell("# T\n\nWords."),
    samples.code("secret = 1", samples.shown({"text/plain": "17"}), number=3),
)


def exported(notebook=NB, **options):
    page, _ = QadayaExporter(**options).from_notebook_node(nbformat.from_dict(notebook))
    return BeautifulSoup(page, "html.parser")


@pytest.mark.parametrize(
    ("tag", "code", "output"),
    [
        ("remove_cell", 0, 0),
        ("remove-cell", 0, 0),
        ("remove_input", 0, 1),
        ("remove-input", 0, 1),
        ("hide-input", 0, 1),
        ("remove-output", 1, 0),
        ("remove_output", 1, 0),
        ("hide-output", 1, 1),
        ("hide_cell", 1, 1),
        ("of my own", 1, 1),
    ],
)
def test_tags_do_what_they_say(tag, code, output):
    cell = samples.code("x = 1", samples.shown({"text/plain": "17"}), tags=[tag])
    body = soup(cell).main
    assert len(body.select(".cell")) == code
    assert len(body.select(".out pre")) == output
    assert bool(body.select("details.out")) == tag.startswith("hide") * (code == 1)


def test_options_of_nbconvert_are_honoured():
    assert not exported(exclude_input=True).select(".cell")
    assert exported(exclude_input=True).select_one(".out pre").text == "17"
    assert exported().select_one(".prompt").text == "[3]"
    assert exported(exclude_input_prompt=True).select_one(".prompt").text == ""
    assert not exported(exclude_output=True).select(".out")
    assert not exported(exclude_markdown=True).select(".dek")
    assert not exported(exclude_code_cell=True).select(".cell, .out")


def test_nbconverts_own_preprocessor_of_tags_is_honoured():
    from traitlets.config import Config

    made = samples.notebook(
        samples.code("a = 1", samples.shown({"text/plain": "17"}), tags=["quiet"])
    )
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_input_tags = {"quiet"}
    page = exported(made, config=config)
    assert not page.select(".cell") and page.select_one(".out pre").text == "17"


def test_a_template_of_nbconvert_keeps_the_mark_and_the_policy():
    from traitlets.config import Config

    config = Config()
    config.TemplateExporter.template_name = "basic"
    made = samples.notebook(*NB.cells, samples.colophon())
    page, _ = QadayaExporter(config=config).from_notebook_node(nbformat.from_dict(made))
    assert page.startswith("<p lang=") and "Synthetic data." in page[:400]
    assert "output_area" in page


def test_a_raw_cell_for_html_is_shown_and_one_for_latex_is_not():
    html = new_raw_cell(
        "<b onclick='x()'>bold</b>", metadata={"raw_mimetype": "text/html"}
    )
    latex = new_raw_cell(r"\newpage", metadata={"raw_mimetype": "text/latex"})
    body = soup(html, latex).main
    assert body.find("b").attrs == {} and "newpage" not in body.text


def test_without_sections_cells_keep_their_order():
    cells = [
        samples.code(f"x = {n}", samples.shown({"text/plain": f"out {n}"}), number=n)
        for n in (1, 2)
    ]
    text = soup(*cells).main.get_text(" ", strip=True)
    assert text.index("out 1") < text.rindex("x = 2") < text.index("out 2")


def test_an_error_that_was_expected_is_shown_by_its_name():
    error = new_output(
        "error", ename="ValueError", evalue="in /home/x/a.py", traceback=[]
    )
    body = shown(error, tags=["raises-exception"])
    assert body.select_one(".prose pre").text == "ValueError: in …/a.py"


def test_a_notebook_that_ended_itself_has_no_error():
    ended = new_output("error", ename="SystemExit", evalue="0", traceback=[])
    assert not shown(ended).select(".stopped")


def test_code_is_coloured_with_its_words_unchanged():
    source = "%matplotlib inline\n# a <note>\ndef f(x):\n    return 'text', 12\n"
    html = code_html(source)
    assert BeautifulSoup(html, "html.parser").get_text() == source
    kinds = re.findall(r'class="hl-(\w)">([^<]+)<', html)
    assert ("k", "def") in kinds and ("n", "12") in kinds and ("f", "f") in kinds


# ---- nothing runs, nothing calls, nothing stands in for the page's own ----

ATTACKS = {
    "xlink": '<svg><a xlink:href="javascript:x()"><text>t</text></a></svg>',
    "animation": '<svg><a><animate attributeName="href" '
    'values="javascript:x()"/></a></svg>',
    "set": '<svg><set attributeName="onload" to="x()"/></svg>',
    "use": '<svg><use href="data:image/svg+xml;base64,AA#a"/></svg>',
    "foreign": "<svg><foreignObject><iframe srcdoc='x'></iframe></foreignObject></svg>",
    "unclosed": '<svg onload="x()"><script>x()',
    "case": "<ScRiPt>x()</sCrIpT><IMG SRC=x ONERROR=x()>",
    "math": '<math><maction actiontype="statusline" '
    'xlink:href="javascript:x()">a</maction></math>',
    "reparsed": "<math><mtext><table><mglyph><style><!--</style>"
    '<img title="--&gt;&lt;img src=1 onerror=x()&gt;">',
    "meta": '<meta http-equiv="refresh" content="0;url=https://example.org">',
    "data link": '<a href="data:text/html,<script>x()</script>">t</a>',
    "entity": '<a href="java&#x0A;script:x()">t</a>',
    "form": '<form action="https://example.org"><input name=a></form>',
    "css": '<p style="background-image:url(https://example.org)">t</p>',
    "css escape": '<p style="color:\\75rl(https://example.org)">t</p>',
}  # fmt: skip


@pytest.mark.parametrize("html", ATTACKS.values(), ids=ATTACKS)
def test_nothing_in_an_output_runs_or_calls(html):
    clean = clean_html(html, label="")
    inside = " ".join(
        base64.b64decode(found).decode()
        for found in re.findall(r"svg\+xml;base64,([\w+/=]+)", clean)
    )
    left = BeautifulSoup(clean, "html.parser")
    for each in left.find_all(True):
        assert not [name for name in each.attrs if name.startswith("on")]
        assert each.name not in ("script", "iframe", "form", "meta", "svg", "style")
        assert not str(each.get("href", "")).startswith(("javascript", "data"))
        assert "url" not in str(each.get("style", "")).lower()
    assert not re.search(
        r"javascript:|<animate|<set|onload|<script|foreignObject", inside
    )


def test_names_of_the_author_are_never_the_pages_own():
    html = '<p id="qadaya-plotly">a</p><a href="#qadaya-plotly">b</a><p name="q">c</p>'
    body = soup(
        samples.code("x", samples.shown({"text/html": html})), samples.colophon()
    )
    ids = [each["id"] for each in body.find_all(id=True)]
    assert len(ids) == len(set(ids)) and "qadaya-plotly" not in ids
    assert body.main.a["href"] == "#u-qadaya-plotly"
    assert body.main.find(id="u-qadaya-plotly").text == "a"


@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("open('/home/amina/work/cases.csv')", "open('…/cases.csv')"),
        ("/Users/amina/a.py:12: warning", "…/a.py:12: warning"),
        (r"C:\Users\amina\cases.csv", "…/cases.csv"),
        ("file:///home/amina/a.html", "…/a.html"),
        ("/usr/lib/python3/site-packages/x/y.py", "…/y.py"),
        ("/tmp/ipykernel_123/4.py", "…/4.py"),
        ("https://example.org/home/a/b", "https://example.org/home/a/b"),
        ("and/or, 3/4, /work", "and/or, 3/4, /work"),
    ],
)
def test_a_path_of_a_machine_is_shown_by_its_last_part(told, short):
    assert shortened(told) == short


def test_code_that_names_a_path_makes_a_page_without_it():
    cell = new_code_cell("pd.read_csv('/home/amina/cases.csv')")
    assert "amina" not in str(soup(cell, samples.colophon()))


def test_what_a_drawing_program_keeps_for_itself_is_no_part_of_the_drawing():
    drawn = picture(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:editor" '
        'i:saved-at="/home/amina/plan.svg"><metadata>/home/amina</metadata>'
        '<i:view i:w="9"/><text i:w="3">read from /home/amina/plan.csv</text></svg>'
    )
    content = base64.b64decode(re.search('base64,([^"]+)', drawn)[1]).decode()
    assert "amina" not in content and "i:" not in content.replace("xmlns:i", "")
    assert "read from …/plan.csv" in content
