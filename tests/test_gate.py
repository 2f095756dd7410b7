"""Each check of the gate finds its fault, and finds none where there is none."""

import pytest

import gate

PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>t</title>
<style>body{{margin:8px;background:#fff;color:#111;font:16px sans-serif}}
figure{{margin:0}}{style}</style></head><body><main>{body}</main></body></html>"""


def html(body, lang="en", style=""):
    direction = "rtl" if lang == "ar" else "ltr"
    return PAGE.format(lang=lang, dir=direction, body=body, style=style)


def svg(body, style=""):
    return (
        '<figure><svg role="img" aria-label="x" width="200" height="100" '
        f'style="{style}">{body}</svg></figure>'
    )


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context(viewport={"width": 360, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


def scrolled(ground):
    """A table half of which is scrolled under its first column."""
    stays = f"position:sticky;left:0;min-width:90px;background:{ground}"
    return html(
        '<div class="s" style="width:200px;overflow-x:auto"><table><tr>'
        f'<th style="{stays}">Casablanca</th><td style="min-width:90px">2017</td>'
        '<td style="min-width:190px">2018</td></tr></table></div>'
        '<script>document.querySelector(".s").scrollLeft = 60</script>'
    )


FINE = {
    "two lines of text": html("<p>One line.</p><p>Another line.</p>"),
    "a bar with its figure inside": html(
        svg(
            '<rect width="90" height="40" fill="#222"/>'
            '<text x="20" y="25" fill="#fff">44</text>'
        )
    ),
    "a line beside its figure": html(
        svg(
            '<path d="M0 80L200 80" stroke="#000" fill="none"/>'
            '<text x="20" y="25">44</text>'
        )
    ),
    "a wide table that scrolls by itself": html(
        '<div tabindex="0" style="overflow:auto"><p style="width:900px">Wide.</p></div>'
    ),
    "numbers of English": html("<p>36,210,368 and 9618, 20.5 and 0.131, 2024.</p>"),
    "a number within a word": html("<p>sha256 390deb69cd and v1.000a</p>"),
    "numbers of French": html(
        "<p>36\u202f210\u202f368 et 9618, 20,5 et 0,131, édition 2026.1.</p>", "fr"
    ),
    "French with spaces that hold": html(
        "<p>Pourquoi\u202f? Voici\u00a0: ceci.</p>", "fr"
    ),
    "a run that stays on its line": html("<p>نص \u2066p = 0.38\u2069 نص</p>", "ar"),
    "text folded away": html(
        "<details><summary>Fold</summary>Hidden words.</details><p>Seen words.</p>"
    ),
    "a column that scrolls under one that stays": scrolled("#fff"),
    "what only a reader of screens gets": html(
        '<p style="position:absolute;width:1px;height:1px;overflow:hidden;'
        'clip-path:inset(50%)">Hidden words.</p><p>Seen words.</p>'
    ),
}

LAID_OVER = (
    '<p style="position:absolute;top:20px">Seen first</p>'
    '<p style="position:absolute;top:24px;left:30px">Seen later</p>'
)
NARROW = "width:9em;white-space:normal"
FAULTS = [
    ("text over text", "two paragraphs", html(LAID_OVER)),
    ("text over text", "a column that stays, without a ground", scrolled("none")),
    (
        "text over text",
        "two labels of a drawing",
        html(
            svg('<text x="5" y="40">Casablanca</text><text x="40" y="43">Rabat</text>')
        ),
    ),
    (
        "text over marks",
        "a figure struck by a line",
        html(
            svg(
                '<path d="M0 36L200 34" stroke="#000" fill="none"/>'
                '<text x="60" y="40">44</text>'
            )
        ),
    ),
    (
        "text over marks",
        "a figure half inside its bar",
        html(
            svg(
                '<rect width="70" height="60" fill="#ddd"/>'
                '<text x="60" y="40">4400</text>'
            )
        ),
    ),
    (
        "text cut",
        "a box too narrow",
        html('<p style="width:60px;overflow:hidden;white-space:nowrap">Cut in two</p>'),
    ),
    (
        "text cut",
        "a label past the edge of its drawing",
        html(svg('<text x="150" y="40">Marrakech-Safi</text>', "overflow:hidden")),
    ),
    ("sideways scroll", "a box too wide", html('<div style="width:900px">Wide</div>')),
    ("contrast", "grey on white", html('<p style="color:#8a8a8a">Too pale</p>')),
    (
        "contrast",
        "grey on a bar of a drawing",
        html(
            svg(
                '<rect width="90" height="40" fill="#7f7d76"/>'
                '<text x="20" y="25" fill="#333">44</text>'
            )
        ),
    ),
    (
        "empty figure",
        "a figure of nothing",
        html('<figure style="height:90px"></figure>'),
    ),
    (
        "empty figure",
        "a chart that was not drawn",
        html('<div class="plot" id="figure-1" style="height:90px"></div>'),
    ),
    ("number", "English thousands in French", html("<p>322,889 cas</p>", "fr")),
    ("number", "an English decimal in French", html("<p>20.5 millions</p>", "fr")),
    ("number", "French thousands in English", html("<p>36\u202f210 cases</p>")),
    ("number", "thousands with a point in Arabic", html("<p>10.000 قضية</p>", "ar")),
    ("number", "a decimal comma in Arabic", html("<p>33,7 قضية</p>", "ar")),
    ("number", "thousands unparted", html("<p>1087968 children</p>")),
    ("french space", "a plain space", html("<p>Pourquoi ?</p>", "fr")),
    (
        "run broken",
        "a value of p over two lines",
        html(
            f'<p style="{NARROW}">هذا نص طويل \u2066p = 0.38\u2069</p>',
            "ar",
            "p{font:16px monospace}",
        ),
    ),
    (
        "run broken",
        "a value of p over two lines of a drawing",
        html(
            svg(
                '<text y="20"><tspan class="line" x="5">chance (p =</tspan>'
                '<tspan class="line" x="5" dy="20">0.38)</tspan></text>'
            )
        ),
    ),
]


@pytest.mark.parametrize("page", FINE.values(), ids=FINE.keys())
def test_a_page_without_a_fault_passes(tab, page):
    tab.set_content(page)
    assert gate.measured(tab, "") == []


@pytest.mark.parametrize(
    ("check", "page"),
    [each[::2] for each in FAULTS],
    ids=[f"{check}: {said}" for check, said, _ in FAULTS],
)
def test_a_page_with_a_fault_is_held_by_its_check(tab, check, page):
    tab.set_content(page)
    assert {each["check"] for each in gate.measured(tab, "")} == {check}


def test_a_fault_of_one_width_of_the_dark_or_of_paper_is_told_with_its_place(tab):
    style = (
        "@media (max-width:400px) and (min-width:350px){.a{color:#999}}"
        "@media (prefers-color-scheme:dark){.b{color:#999}}"
        "@media print{.c{color:#999}}"
    )
    body = '<p class="a">Narrow</p><p class="b">Dark</p><p class="c">Paper</p>'
    tab.set_content(html(body, style=style))
    found = {(each["check"], each["text"], each["where"]) for each in gate.look(tab)}
    assert found == {
        ("contrast", "Narrow", "360 px"),
        ("contrast", "Dark", "dark"),
        ("contrast", "Paper", "paper"),
    }


def test_a_fault_behind_a_tab_is_told(tab):
    tabs = (
        '<div role="tablist"><button>Chart</button>'
        "<button onclick=\"document.querySelector('.d').hidden = false\">Table"
        "</button></div>"
    )
    style = ".d{color:#999}.d[hidden]{display:none}"
    tab.set_content(html(f'{tabs}<p class="d" hidden>Behind</p>', style=style))
    found = {(each["check"], each["text"], each["where"]) for each in gate.look(tab)}
    assert found == {
        ("contrast", "Behind", "tabs, 1280 px"),
        ("contrast", "Behind", "tabs, 320 px"),
    }


def test_words_broken_over_lines_are_known_as_names(tab):
    label = "<text><tspan>جهة طنجة - تطوان</tspan><tspan>- الحسيمة</tspan></text>"
    drawing = f"<figure><svg><g class='ytick'>{label}</g></svg></figure>"
    tab.set_content(html(drawing, "ar"))
    assert gate.order_of_places(tab, "ar") == ([["MA-01"]], [])


def test_a_name_is_known_whichever_apostrophe_it_is_written_with(tab):
    for name in ("L'Oriental", "L’Oriental"):
        said = f"<p>{name} et Souss-Massa</p>"
        tab.set_content(html(table(name, "Souss-Massa") + said, "fr"))
        order = gate.order_of_places(tab, "fr")
        assert order == ([["MA-02", "MA-09"]], [["MA-02", "MA-09"]])


def test_a_name_is_known_in_a_sentence_that_keeps_it_on_one_line(tab):
    said = "<p>بين جهة درعة\u00a0-\u00a0تافيلالت ودائرة الرشيدية</p>"
    tab.set_content(html(said, "ar"))
    assert gate.order_of_places(tab, "ar") == ([], [["MA-08", "ca-errachidia"]])


def table(*names):
    rows = "".join(f"<tr><th scope='row'>{name}</th><td>3</td></tr>" for name in names)
    return f"<table><tbody>{rows}</tbody></table>"


def test_a_ranking_that_differs_between_languages_is_held(tab):
    orders = {}
    for language, names, said in (
        ("en", ("Fez", "Tangier", "Rabat"), "Fez, Tangier"),
        ("ar", ("فاس", "الرباط", "طنجة"), "فاس وطنجة"),
        ("fr", ("Fès", "Tanger", "Rabat"), "Fès et Rabat"),
    ):
        tab.set_content(html(f"{table(*names)}<p>{said}</p>", language))
        orders[language] = gate.order_of_places(tab, language)
    found = {
        (each["where"], each["text"][:2], each["other"])
        for each in gate.same_order(orders)
    }
    assert found == {
        ("rows", "en", "ar: ['ca-fes', 'ca-rabat', 'ca-tanger']"),
        ("sentence", "en", "fr: ['ca-fes', 'ca-rabat']"),
    }
    assert gate.same_order({"en": orders["en"], "same": orders["en"]}) == []
