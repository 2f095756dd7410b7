"""What a reader would stumble over in a page, found by opening it in a browser.

`look(page)` goes over one page that is open: five widths, light, dark, on paper, and
what stands behind its tabs; one load, and the window made wider and narrower.
`same_order` compares the languages.
"""

import json
import time
from pathlib import Path

from qadaya.reference import court_name, courts, regions

WIDTHS = (1280, 768, 640, 360, 320)
PAPER = 680  # px of an A4 sheet between its margins
MEASURE = (Path(__file__).parent / "gate.js").read_text(encoding="utf-8")
# All of it is in view, so that no drawing waits to be scrolled to.
TALL = 14_000
SIGNS = """() => {
  const plots = [...document.querySelectorAll('.js-plotly-plot')]
    .filter((one) => one.clientWidth);
  const isDark = (node) => {
    const [r, g, b, a = 1] = getComputedStyle(node).backgroundColor.match(/[\\d.]+/g);
    return a > 0 ? Number(r) + Number(g) + Number(b) < 384 : null;
  };
  const whole = isDark(document.body);
  const undrawn = [...document.querySelectorAll('.plot,.qx-plot')].some((one) =>
    one.clientWidth && one.checkVisibility() && !one.querySelector('svg,.nochart'));
  const late = undrawn || plots.some((one) => {
    const drawn = one.querySelector('.main-svg');
    return !drawn || Math.abs(drawn.clientWidth - one.clientWidth) > 2
      || ![whole, null].includes(isDark(drawn));
  });
  let places = 0;
  for (const mark of document.querySelectorAll('svg text, .sankey-node rect')) {
    const { x, y } = mark.getBoundingClientRect();
    places += x + 3 * y;
  }
  return [late, document.documentElement.scrollHeight, Math.round(places),
    ...plots.map((one) => one.clientWidth)].join();
}"""


# Every figure shows the view of its last, or last but one, tab that can be pressed.
CHOOSE = """(back) => {
  for (const list of document.querySelectorAll('[role=tablist]')) {
    const tabs = [...list.children];
    if (list.checkVisibility()) tabs[Math.max(0, tabs.length - back)].click();
  }
}"""


def look(page, widths=WIDTHS, media=("dark", "paper", "tabs")):
    """The faults of an open page: dictionaries of check, text, other and where."""
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": TALL})
        faults += measured(page, f"{width} px")
    if "dark" in media:
        page.set_viewport_size({"width": widths[0], "height": TALL})
        page.emulate_media(color_scheme="dark")
        faults += measured(page, "dark")
        page.emulate_media(color_scheme="light")
    if "paper" in media:
        page.set_viewport_size({"width": PAPER, "height": TALL})
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        faults += measured(page, "paper")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
    if "tabs" in media:
        for width in (widths[0], widths[-1]):
            page.set_viewport_size({"width": width, "height": TALL})
            for back in (1, 2):
                page.evaluate(CHOOSE, back)
                faults += measured(page, f"tabs, {width} px")
    return faults


def measured(page, where):
    """The faults of a page as it stands now."""
    settle(page)
    return [{**each, "where": where} for each in page.evaluate(MEASURE)]


def settle(page):
    """Wait until nothing of the layout has moved for a while."""
    limit, before, still = time.monotonic() + 300, None, 0
    # A drawing as wide as its place is there; one of another width may be to come.
    while still < (80 if (before or "").startswith("true") else 3):
        assert time.monotonic() < limit, f"still moving: {before}"
        page.wait_for_timeout(40)
        now = page.evaluate(SIGNS)
        still = still + 1 if now == before else 0
        before = now


ROWS = """() => [...document.querySelectorAll('figure,table')].map((one) =>
  [...one.querySelectorAll('tbody th[scope=row],.ytick text')]
    .map((name) => name.textContent))"""
CONTROLS = [0x200E, 0x200F, 0x061C, 0x2060, *range(0x2066, 0x206A)]
# Pages write a typographic apostrophe and keep words on one line; the table of names
# has plain apostrophes and spaces.
PLAIN = dict.fromkeys(CONTROLS) | str.maketrans("’\u00a0\u202f", "'  ")
SENTENCES = (
    """() => [...document.querySelectorAll('main p')].map((one) => one.textContent)"""
)


def order_of_places(page, language):
    """The places that each figure lists, in its order, and each sentence names."""
    names = place_names(language)
    # A name over several lines of a drawing has no spaces where they end.
    short = {unspaced(name): code for name, code in names.items()}
    listed = [
        [short[text] for row in rows if (text := unspaced(row)) in short]
        for rows in page.evaluate(ROWS)
    ]
    named = [
        sorted({code for name, code in names.items() if name in text})
        for text in (each.translate(PLAIN) for each in page.evaluate(SENTENCES))
    ]
    return [rows for rows in listed if rows], [each for each in named if len(each) > 1]


def unspaced(text):
    return "".join(text.translate(PLAIN).split())


def place_names(language):
    """Circuits and regions by the names that pages give them."""
    circuits = {
        court_name(code, language, short=True): code
        for code in courts()["circuit_id"].unique()
    }
    return circuits | {
        name: code for code, name in regions()[f"name_{language}"].items()
    }


def same_order(orders):
    """Faults where the languages of one page list places in another order.

    `orders`: what `order_of_places` gives, by language.
    """
    [first, *others] = orders
    faults = []
    for other in others:
        for what, one, two in zip(
            ("rows", "sentence"), orders[first], orders[other], strict=True
        ):
            faults += [
                {
                    "check": "ranking",
                    "text": f"{first}: {a}",
                    "other": f"{other}: {b}",
                    "where": what,
                }
                for a, b in zip(one, two, strict=False)
                if a != b
            ]
            if len(one) != len(two):
                faults.append(
                    {
                        "check": "ranking",
                        "text": f"{first}: {len(one)} {what}",
                        "other": f"{other}: {len(two)}",
                        "where": what,
                    }
                )
    return faults


def told(faults):
    """The faults in lines: each once, with all the places it was met at."""
    places = {}
    for fault in faults:
        key = (fault["check"], fault["text"], fault["other"])
        places.setdefault(key, []).append(fault["where"])
    return [
        f"{check}: {json.dumps(text, ensure_ascii=False)} {other} ({', '.join(where)})"
        for (check, text, other), where in places.items()
    ]
