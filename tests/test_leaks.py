import base64
import gzip
import html
import json
import struct
import subprocess
import sys
import zlib
from urllib.parse import quote

import nbformat
import numpy as np
import plotly.graph_objects as go
import plotly.io as pio
import pytest
from nbconvert import HTMLExporter

import page_samples as samples
import small_register
from leak_plants import COUNTS, SHOWN, as_shared, counted
from qadaya.editions.build import build_edition
from qadaya.pages.leaks import scan
from qadaya.pages.leaks.carriers import carried
from qadaya.pages.leaks.pictures import picture_texts
from qadaya.pages.leaks.vectors import is_telling, key_of, variants, vectors_of
from qadaya.pages.render.assets import explorer_payload, packed, plotly_payload
from qadaya.pages.render.exporter import page_html
from sdctables.rule import Rule

# Four cells that a chart by court and year would show; beside them what is published.
TRUE = {("ca-a", 2022): 31, ("ca-a", 2023): 17, ("tpi-a", 2022): 8, ("ca-b", 2023): 14}
ROUNDED = {
    ("ca-a", 2022): 30,
    ("ca-a", 2023): 18,
    ("tpi-a", 2022): 9,
    ("ca-b", 2023): 15,
}


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    protected = counted(ROUNDED, folder / "shared")
    return as_shared(protected), counted(TRUE, folder / "internal")


def page_with(*cells, **metadata):
    closing = samples.colophon(audience="shared")
    return page_html(samples.notebook(*cells, closing, **metadata), name="annual")


def chart(**trace):
    figure = go.Figure(go.Bar(**trace))
    return samples.code("chart", samples.shown(samples.as_json(figure)))


def with_html(html):
    return page_with(samples.code("x", samples.shown({"text/html": html})))


def put_in(page, extra):
    return page.replace("</body>", f"{extra}</body>")


def packed_bytes(counts, kind):
    return base64.b64encode(np.array(counts, dtype=kind).tobytes()).decode()


def gzipped(text):
    return base64.b64encode(gzip.compress(text.encode())).decode()


def numbers_in_words(counts):
    return [
        f"Court {letter}: {n} cases" for letter, n in zip("abcd", counts, strict=True)
    ]


def listed(counts):
    rows = "".join(
        f"<tr><th>{letter}</th><td>{n}</td></tr>"
        for letter, n in zip("abcd", counts, strict=True)
    )
    return f"<table><tbody>{rows}</tbody></table>"


def as_csv(counts):
    rows = [f"{letter},{n}" for letter, n in zip("abcd", counts, strict=True)]
    return "\n".join(["court,n", *rows])


EMPTY = page_with()
PLANTED = {
    "packed array of a chart": lambda n: page_with(
        chart(x=list("abcd"), y=np.array(n))
    ),
    "plain list of a chart": lambda n: page_with(chart(x=list("abcd"), y=n)),
    "sorted bars": lambda n: page_with(chart(x=list("abcd"), y=sorted(n))),
    "bars with a total": lambda n: page_with(chart(x=list("abcde"), y=[*n, sum(n)])),
    "hover text": lambda n: page_with(
        chart(x=list("abcd"), y=[1, 2, 3, 4], hovertext=numbers_in_words(n))
    ),
    "custom data": lambda n: page_with(
        chart(y=[1, 2, 3, 4], customdata=[[c, i] for i, c in enumerate(n)])
    ),
    "packed custom data": lambda n: page_with(
        chart(y=[1, 2, 3, 4], customdata=np.column_stack([n, n]))
    ),
    "twin of a chart": lambda n: page_with(
        samples.code(
            "x",
            samples.shown(
                samples.as_json(
                    go.Figure(
                        layout={
                            "meta": {
                                "qadaya": {
                                    "columns": ["court", "n"],
                                    "rows": [
                                        [x, c] for x, c in zip("abcd", n, strict=True)
                                    ],
                                }
                            }
                        }
                    )
                )
            ),
        )
    ),
    "table": lambda n: with_html(listed(n)),
    "table in Arabic digits": lambda n: with_html(
        listed([str(c).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) for c in n])
    ),
    "text of an output": lambda n: page_with(
        samples.code("x", samples.shown({"text/plain": f"n\n{n}"}))
    ),
    "explorer state": lambda n: page_with(
        samples.code("x", samples.shown({samples.EXPLORER: {"cube": {"n": n}}}))
    ),
    "packed explorer state": lambda n: page_with(
        samples.code(
            "x",
            samples.shown({samples.EXPLORER: {"cube": {"n": packed_bytes(n, "<i4")}}}),
        )
    ),
    "source of a cell": lambda n: page_with(samples.code(f"counts = {n}")),
    "comment": lambda n: put_in(EMPTY, f"<!-- {', '.join(map(str, n))} -->"),
    "data attribute": lambda n: put_in(EMPTY, f"<p data-n='{json.dumps(n)}'>x</p>"),
    "data attributes of many": lambda n: put_in(
        EMPTY, "".join(f"<i data-n={c}></i>" for c in n)
    ),
    "inline JSON": lambda n: put_in(
        EMPTY, f'<script type="application/json">{json.dumps({"a": n})}</script>'
    ),
    "records in JSON": lambda n: put_in(
        EMPTY,
        '<script type="application/json">'
        f"{json.dumps([{'c': i, 'n': c} for i, c in enumerate(n)])}</script>",
    ),
    "JSON in a string in JSON": lambda n: put_in(
        EMPTY,
        '<script type="application/json">'
        f"{json.dumps({'a': json.dumps({'b': n})})}</script>",
    ),
    "script": lambda n: put_in(EMPTY, f"<script>const counts = {n};</script>"),
    "gzip in base64": lambda n: put_in(
        EMPTY, f"<script>{gzipped(json.dumps(n))}</script>"
    ),
    "bytes in base64": lambda n: put_in(
        EMPTY, f'<script>"{packed_bytes(n, "<f8")}"</script>'
    ),
    "data address": lambda n: put_in(
        EMPTY, f"<a href='data:application/json,%5B{'%2C'.join(map(str, n))}%5D'>x</a>"
    ),
    "stock page of plotly": lambda n: pio.to_html(
        go.Figure(go.Bar(x=list("abcd"), y=np.array(n, "i4"))), include_plotlyjs=False
    ),
    "programme of a page": lambda n: (
        f'<script>f(1); Plotly.newPlot("id", [{{"customdata": {[[c] for c in n]}'
        ', "y": {"dtype": "i1", "bdata": "AQIDBA=="}}], {}); done(a)</script>'
    ),
    "short packed array in a programme": lambda n: (
        '<script>Plotly.newPlot("id", [{"y": {"dtype": "i1", "bdata": "'
        f'{packed_bytes(n, "i1")}"}}}}])</script>'
    ),
    "page in a frame": lambda n: f'<iframe srcdoc="{html.escape(listed(n))}"></iframe>',
    "page in an address": lambda n: (
        f'<object data="data:text/html,{quote(listed(n))}"></object>'
    ),
    "drawing with nested groups": lambda n: (
        "<svg><g>"
        + "".join(f"<g><path/><g><text>{c}</text></g></g>" for c in n)
        + "</g></svg>"
    ),
    "table behind a link": lambda n: (
        f'<a download href="data:text/csv,{quote(as_csv(n))}">x</a>'
    ),
    "packed table behind a link": lambda n: (
        '<a download href="data:text/csv;base64,'
        f'{base64.b64encode(as_csv(n).encode()).decode()}">x</a>'
    ),
    "hidden element": lambda n: f"<div hidden>{listed(n)}</div>",
    "element without a style": lambda n: (
        f'<div style="display: none">{listed(n)}</div>'
    ),
    "words for no script": lambda n: f"<noscript>{listed(n)}</noscript>",
    "template": lambda n: f"<template>{listed(n)}</template>",
    "table in a string in JSON": lambda n: (
        '<script type="application/json">'
        f"{json.dumps({'text/html': listed(n)})}</script>"
    ),
    "table in a comment": lambda n: f"<!-- {listed(n)} -->",
    "table without end tags": lambda n: (
        "<table>" + "".join(f"<tr><th>x<td>{c}" for c in n) + "</table>"
    ),
    "metadata of papermill": lambda n: put_in(
        EMPTY,
        '<script type="application/json">'
        f"{json.dumps({'papermill': {'parameters': {'counts': n}}})}</script>",
    ),
}


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED.keys())
def test_true_counts_are_found_wherever_they_hide(editions, plant):
    protected, true = editions
    found = scan(plant(COUNTS), protected=protected, unprotected=true)
    assert any("true counts that are not published" in leak.what for leak in found)
    assert not any("31" in leak.what for leak in found)


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED.keys())
def test_published_counts_in_the_same_places_are_no_leak(editions, plant):
    protected, true = editions
    assert scan(plant(SHOWN), protected=protected, unprotected=true) == []


def test_sums_of_the_true_counts_are_found_too(editions):
    protected, true = editions
    by_year = page_with(chart(x=[2022, 2023], y=[39, 31]))
    by_court = page_with(chart(x=["ca-a", "tpi-a", "ca-b"], y=[48, 8, 14]))
    for page in (by_year, by_court):
        assert scan(page, protected=protected, unprotected=true)
        assert scan(page, protected=true, unprotected=true) == []


@pytest.mark.parametrize(
    "place",
    [
        "comment",
        "data attribute",
        "data attributes of many",
        "inline JSON",
        "gzip in base64",
        "bytes in base64",
    ],
)
def test_without_the_true_counts_hidden_numbers_are_still_reported(editions, place):
    protected, _ = editions
    page = PLANTED[place](COUNTS)
    alone = scan(page, protected=None, unprotected=None)
    assert any("numbers that no reader sees" in leak.what for leak in alone)
    assert scan(page, protected=protected, unprotected=None)
    assert scan(PLANTED[place](SHOWN), protected=protected, unprotected=None) == []


def exif():
    body = b"Exif\x00\x00II*\x00" + b"Artist\x00Amina"
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def png(kind, body):
    def chunk(name, content):
        size = struct.pack(">I", len(content))
        return size + name + content + struct.pack(">I", zlib.crc32(name + content))

    return b"\x89PNG\r\n\x1a\n" + chunk(kind, body) + chunk(b"IEND", b"")


def image(content, kind="image/png"):
    encoded = base64.b64encode(content).decode()
    return put_in(EMPTY, f'<img alt="" src="data:{kind};base64,{encoded}">')


TRACEBACK = "Traceback (most recent call last):\n  File x"
OTHERS = {
    "home folder": (put_in(EMPTY, "<p>/home/amina/register/a.xlsx</p>"), "path"),
    "Windows folder": (put_in(EMPTY, r"<p>C:\Users\amina\a.xlsx</p>"), "path"),
    "folder in JSON": (
        put_in(EMPTY, '<script type="application/json">{"output_path":"a"}</script>'),
        "path",
    ),
    "file address": (put_in(EMPTY, '<a href="file:///data/a">x</a>'), "path"),
    "packages": (put_in(EMPTY, "<!-- lib/site-packages/pandas -->"), "path"),
    "folder of a service": (put_in(EMPTY, "<p>/srv/jobs/a.ipynb</p>"), "path"),
    "folder of data": (put_in(EMPTY, "<!-- /data/register/a.xlsx -->"), "path"),
    "folder of a drive": (put_in(EMPTY, r"<p>D:\Statistics\a.xlsx</p>"), "path"),
    "author of a page": (
        put_in(EMPTY, '<meta name="author" content="Amina B.">'),
        "name of a user",
    ),
    "author": (
        put_in(EMPTY, '<script type="application/json">{"author":"Amina"}</script>'),
        "name of a user",
    ),
    "traceback": (put_in(EMPTY, f"<pre>{TRACEBACK}</pre>"), "traceback"),
    "packed traceback": (
        put_in(EMPTY, f"<script>{gzipped(TRACEBACK)}</script>"),
        "traceback",
    ),
    "error output": (
        put_in(EMPTY, '<script type="application/json">{"evalue":"x"}</script>'),
        "traceback",
    ),
    "widget state": (
        put_in(
            EMPTY,
            '<script type="application/vnd.jupyter.widget-state+json">{}</script>',
        ),
        "widget state",
    ),
    "widget view": (
        put_in(EMPTY, '<script type="application/json">{"model_id":"a"}</script>'),
        "widget state",
    ),
    "EXIF": (image(exif(), "image/jpeg"), "metadata of a picture (exif)"),
    "PNG text": (
        image(png(b"tEXt", b"Author\x00Amina")),
        "metadata of a picture (author)",
    ),
    "packed PNG text": (
        image(png(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"/home/amina/a"))),
        "path",
    ),
}


@pytest.mark.parametrize(
    "words",
    [
        "see /wiki/Rabat and https://example.org/data/cases/a.csv",
        "either/or, 3/4, and /data or /var alone",
        '<a href="/data/cases/a.csv">x</a>',
        '<meta name="author" content="">',
    ],
)
def test_addresses_of_sites_are_no_paths(words):
    assert scan(put_in(EMPTY, words), protected=None, unprotected=None) == []


@pytest.mark.parametrize("page, what", OTHERS.values(), ids=OTHERS.keys())
def test_what_names_people_and_machines_is_found(page, what):
    found = scan(page, protected=None, unprotected=None)
    assert any(what in leak.what for leak in found), found


def test_the_name_of_this_user_and_this_machine_is_found(monkeypatch):
    from qadaya.pages.leaks import telltales

    monkeypatch.setattr("getpass.getuser", lambda: "amina.b")
    telltales._names_here.cache_clear()
    found = scan(
        put_in(EMPTY, "<p>Run by amina.b</p>"), protected=None, unprotected=None
    )
    telltales._names_here.cache_clear()
    assert [leak.what for leak in found] == ["the name of a user or of a machine"]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_page_with_something_of_everything_is_clean(language):
    page = page_html(samples.full(language), name="annual")
    assert scan(page, protected=None, unprotected=None) == []


def test_a_picture_of_matplotlib_is_no_leak():
    page = image(png(b"tEXt", b"Software\x00Matplotlib version 3.10"))
    assert scan(page, protected=None, unprotected=None) == []


@pytest.mark.parametrize("name", ["plotly", "explorer", "published"])
def test_our_programs_are_passed_over_and_what_stands_in_their_place_is_read(name):
    def inside(program):
        kinds = ' data-kinds="bar"' if name == "plotly" else ""
        element = f'<script type="application/octet-stream" id="qadaya-{name}"{kinds}>'
        page = put_in(EMPTY, f"{element}{program}</script>")
        return [one for one in carried(page) if f"qadaya-{name}" in one.where]

    bar = frozenset({"bar"})
    ours = plotly_payload(bar) if name == "plotly" else explorer_payload(name)
    assert inside(ours) == inside("")
    another = inside(packed(b'{"n": [3, 4, 9, 27]}'))
    assert (3, 4, 9, 27) in [one.numbers for one in another]


def exported(*outputs):
    """A page of nbconvert, as it comes."""
    book = nbformat.v4.new_notebook()
    shown = [nbformat.v4.new_output("display_data", data=each) for each in outputs]
    book.cells = [nbformat.v4.new_code_cell("1", outputs=shown)]
    page, _ = HTMLExporter().from_notebook_node(book)
    return page


def test_a_stock_page_of_nbconvert_is_read(editions):
    protected, true = editions
    assert scan(exported({"text/plain": "x"}), protected=None, unprotected=None) == []
    for counts, leaks in ((COUNTS, True), (SHOWN, False)):
        page = exported({"text/html": listed(counts)})
        assert bool(scan(page, protected=protected, unprotected=true)) is leaks


def test_a_column_that_no_words_of_a_chart_show_is_reported_by_itself():
    kept = [[1], [2], [4]]
    hidden = go.Figure(go.Bar(y=[5, 5, 5], customdata=kept))
    told = go.Figure(
        go.Bar(y=[5, 5, 5], customdata=kept, hovertemplate="%{customdata[0]}")
    )
    for figure, leaks in ((hidden, True), (told, False)):
        page = pio.to_html(figure, include_plotlyjs=False)
        assert bool(scan(page, protected=None, unprotected=None)) is leaks


# ---- counts beside names ----


def named_rows(names, counts):
    cells = zip(names, counts, strict=True)
    rows = "".join(f"<tr><th>{name}</th><td>{n}</td></tr>" for name, n in cells)
    return f"<table><tr><th></th><th>n</th></tr>{rows}</table>"


def named_columns(names, counts):
    head = "".join(f"<th>{name}</th>" for name in names)
    cells = "".join(f"<td>{n}</td>" for n in counts)
    return f"<table><tr><th>x</th>{head}</tr><tr><th>n</th>{cells}</tr></table>"


def named_bars(names, counts):
    return pio.to_html(go.Figure(go.Bar(x=names, y=counts)), include_plotlyjs=False)


def named_records(names, counts):
    records = [{"a": name, "n": n} for name, n in zip(names, counts, strict=True)]
    return f'<script type="application/json">{json.dumps(records)}</script>'


def named_object(names, counts):
    found = dict(zip(names, counts, strict=True))
    return f"<script>const n = {json.dumps(found)};</script>"


NAMED = [named_rows, named_columns, named_bars, named_records, named_object]


@pytest.fixture(scope="module")
def by_name(tmp_path_factory):
    folder = tmp_path_factory.mktemp("by-name")
    true = {("ca-a", 2022): 5, ("ca-a", 2023): 5, ("ca-b", 2022): 2, ("ca-b", 2023): 8}
    shown = {("ca-a", 2022): 6, ("ca-a", 2023): 6, ("ca-b", 2022): 3, ("ca-b", 2023): 9}
    published = counted(shown, folder / "shared")
    return as_shared(published), counted(true, folder / "internal")


@pytest.mark.parametrize("page_of", NAMED)
@pytest.mark.parametrize(
    "names, true, shown",
    [
        (["2022", "2023"], [7, 13], [9, 15]),  # two numbers only
        (["٢٠٢٢", "٢٠٢٣"], [7, 13], [9, 15]),
        (["ca-a", "ca-b"], [10, 10], [12, 12]),  # all equal
    ],
)
def test_two_counts_are_told_by_their_names(by_name, page_of, names, true, shown):
    protected, unprotected = by_name
    for counts, leaks in ((true, True), (shown, False)):
        page = page_of(names, counts)
        found = scan(page, protected=protected, unprotected=unprotected)
        assert bool(found) is leaks, found
    other = page_of([f"group {name}" for name in names], true)
    assert not scan(other, protected=protected, unprotected=unprotected)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_names_are_known_in_every_language(tmp_path, language):
    from qadaya.reference import court_name

    cities = ["ca-rabat", "ca-fes", "ca-tanger"]
    courts = small_register.pd.DataFrame({"circuit_id": cities}, index=cities)
    courts["valid_from"] = small_register.pd.array([None] * 3, dtype="Int64")
    courts.index.name = "court_id"
    protected, true = (
        placed(dict(zip(cities, counts, strict=True)), courts, tmp_path / name)
        for name, counts in (("shared", (6, 6, 6)), ("internal", (5, 5, 5)))
    )
    protected = as_shared(protected)
    for short in (False, True):
        names = [court_name(city, language, short=short) for city in cities]
        for n, leaks in ((5, True), (6, False)):
            page = named_rows(names, [n] * 3)
            found = scan(page, protected=protected, unprotected=true)
            assert bool(found) is leaks


def test_what_is_published_of_a_circuit_is_no_count_of_the_court_of_its_town(tmp_path):
    ids = ["ca-kenitra", "tpi-kenitra", "ca-oujda", "tpi-oujda"]
    circuits = ["ca-kenitra", "ca-kenitra", "ca-oujda", "ca-oujda"]
    courts = small_register.pd.DataFrame({"circuit_id": circuits}, index=ids)
    courts["valid_from"] = small_register.pd.array([None] * 4, dtype="Int64")
    courts.index.name = "court_id"
    true = placed(dict(zip(ids, (1, 3, 1, 3), strict=True)), courts, tmp_path / "true")
    shown = placed({"ca-kenitra": 3, "ca-oujda": 3}, courts, tmp_path / "shown")
    by_town = named_rows(["Kenitra", "Oujda"], [3, 3])
    assert scan(by_town, protected=None, unprotected=true)
    assert not scan(by_town, protected=as_shared(shown), unprotected=true)


def placed(counts, courts, folder):
    one = small_register.cases().iloc[[1]].assign(year=2022)
    parts = [
        one.assign(court_id=court, circuit_id=courts["circuit_id"][court])
        for court, n in counts.items()
        for _ in range(n)
    ]
    cases = small_register.pd.concat(parts, ignore_index=True)
    returns = [small_register.a_return(c, 2022, accepted=n) for c, n in counts.items()]
    return build_edition(
        cases,
        small_register.pd.DataFrame(returns),
        small_register.problems()[:0],
        audience="internal",
        folder=folder,
        courts=courts,
    )


# ---- vectors ----


def test_a_vector_is_known_whatever_its_order_its_zeros_and_its_total():
    assert key_of([17, 0, 31, 8]) == (8, 17, 31)
    assert list(variants((8.0, 31.0, 17.0, 56.0))) == [(8, 17, 31, 56), (8, 17, 31)]


@pytest.mark.parametrize(
    "numbers, telling",
    [
        ((31, 17, 8, 14), True),
        ((92, 56), True),
        ((1, 2, 3, 4, 5, 6, 7, 8), False),  # positions
        ((2021, 2022, 2023, 2024), False),  # years
        ((0, 20, 40, 60), False),  # a scale
        ((1, 2, 1), False),
        ((5, 5, 5, 5), False),
        ((0.5, 31.25, 8.125), False),  # shares and sizes are no counts
        ((-3, 17, 31, 8), False),
    ],
)
def test_only_vectors_that_are_hardly_there_by_chance_are_compared(numbers, telling):
    assert is_telling(numbers) is telling


def test_an_edition_holds_its_cells_and_every_sum_of_them(editions):
    _, true = editions
    held = vectors_of(true)
    assert key_of(COUNTS) in held
    assert key_of([39, 31]) in held  # by year
    assert key_of([48, 8, 14]) in held  # by court
    assert key_of([31, 8]) in held  # courts in 2022
    assert key_of([39, 17, 14]) in held  # circuit by year
    assert key_of(SHOWN) not in held


def test_metadata_of_pictures_is_read():
    assert picture_texts(png(b"iTXt", b"Title\x00\x00\x00\x00\x00words")) == [
        ("title", "words")
    ]
    ((name, text),) = picture_texts(exif())
    assert name == "exif"
    assert text.endswith("Artist Amina")
    webp = b"RIFF\x00\x00\x00\x00WEBP" + b"EXIF" + struct.pack("<I", 2) + b"ab"
    assert picture_texts(webp) == [("exif", "ab")]
    assert picture_texts(b"GIF89a\x21\xfe\x02ab\x00") == [("comment", "ab")]
    assert picture_texts(b"BM") is None


# ---- the command and the driver ----


def command(*arguments, cwd):
    code = "import qadaya.cli.pages; from qadaya.cli.command import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "leaks", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
    )


def test_the_command_names_each_place_and_ends_with_one(editions, tmp_path):
    protected, true = editions
    page = tmp_path / "page.html"
    page.write_text(PLANTED["comment"](COUNTS), encoding="utf-8")
    done = command(
        page, "--edition", protected.path, "--internal", true.path, cwd=tmp_path
    )
    assert done.returncode == 1, done.stderr
    assert "page.html: a comment: 4 true counts that are not published" in done.stdout
    page.write_text(EMPTY, encoding="utf-8")
    done = command(page, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "page.html: nothing found\n")
    done = command(tmp_path / "none.html", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_page_that_leaks_is_not_written(project):
    from qadaya.pages.run.choice import Choice
    from qadaya.pages.run.plan import plan
    from qadaya.pages.run.run_all import run_all

    project.edition()
    drawn = "go.Bar(x=['a'], y=[1], customdata=['/home/amina/register'])"
    shown = f"import plotly.graph_objects as go\ngo.Figure({drawn})"
    project.notebook("annual", "1 + 1", shown)
    runs = plan(
        [project.folder / "params" / "2023.yml"],
        Choice(),
        out=project.folder / "reports",
        work=project.folder / "build",
    )
    (result,) = run_all(runs)
    assert result.state == "failed"
    assert "application/vnd.plotly.v1+json: the page is not written: " in result.error
    assert result.error.count("the path of a file") == 1
    assert (result.cell, result.execution) == (5, 5)
    assert not project.page("annual-2023.en").exists()


def test_small_numbers_in_plain_sight_do_not_hold_back_a_page():
    assert not is_telling((7, 4, 1, 6), hidden=False)
    assert is_telling((7, 4, 1, 6), hidden=True)
    assert is_telling((92, 56), hidden=False)


def test_numbers_of_sections_and_headings_are_no_counts():
    page = (
        '<span class="no">1</span><span class="prompt">[4]</span>'
        '<section aria-labelledby="h7"></section><section aria-labelledby="h92">'
        '</section><section aria-labelledby="h56"></section>'
        '<p><span class="no">92</span><span class="no">156</span></p>'
    )
    assert not [one for one in carried(page) if one.numbers]


def test_counts_that_pose_as_numbers_of_sections_are_still_read():
    page = '<p><span class="no">92</span><span class="no">56</span></p>'
    assert (92.0, 56.0) in [one.numbers for one in carried(page)]


@pytest.mark.parametrize(
    "plant",
    [
        lambda counts: page_with(chart(x=list("abc"), y=[9, 9, 9], customdata=counts)),
        lambda counts: page_with(
            chart(x=list("abc"), y=[9, 9, 9], customdata=np.array(counts, "i4"))
        ),
        lambda counts: put_in(page_with(), f"<!-- {counts[::-1]} -->"),
    ],
    ids=["hidden column", "packed hidden column", "comment"],
)
def test_a_few_small_true_counts_are_found_out_of_sight(tmp_path, plant):
    small = {("ca-a", 2022): 1, ("tpi-a", 2022): 4, ("ca-b", 2023): 2}
    shown = {("ca-a", 2022): 3, ("tpi-a", 2022): 4, ("ca-b", 2023): 3}
    true = counted(small, tmp_path / "internal")
    rounded = counted(shown, tmp_path / "shared")
    protected = as_shared(rounded, rule=Rule(base=3))

    found = scan(plant([1, 4, 2]), protected=protected, unprotected=true)

    assert {leak.what for leak in found} == {"3 true counts that are not published"}
    for harmless in ([3, 4, 3], [1, 2, 3]):
        assert not scan(plant(harmless), protected=protected, unprotected=true)


def test_a_slice_of_a_table_is_found_with_all_its_rows(editions):
    cases = {("ca-a", 2022): 31, ("tpi-a", 2022): 8, ("ca-a", 2023): 17}
    held = vectors_of(editions[1])
    assert key_of(cases.values()) in held  # circuit of ca-a by court and year


def test_intervals_in_words_beside_a_chart_are_no_counts():
    words = ["1,2 à 3,4", "2 à 4"]
    chart_page = page_with(chart(x=["a", "b"], y=[9, 9], customdata=words))
    found = [one for one in carried(chart_page) if "customdata" in one.where]
    assert [one for one in found if one.numbers]
    assert all(one.spelled for one in found if one.numbers)
