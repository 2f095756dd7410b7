"""Editions held in memory for the explorer, and a page that hosts it alone."""

import base64
import gzip
import json
import random
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path

import pandas as pd

from qadaya.reference import courts
from qadaya.reference.history import circuit_in
from qadaya.views.explorer.module import script
from qadaya.vocabulary import RESULTS, STAGES
from small_edition import CUBE, REPORTING, SmallEdition


@dataclass
class EditionInMemory(SmallEdition):
    path: Path = Path("no-folder")


CELLS = [
    ("tpi-sale", "ca-rabat", "NCMEC", 2023, "closed", "none", 4),
    ("tpi-sale", "ca-rabat", "CPS", 2023, "prosecuted", "pending", 2),
    ("tpi-sale", "ca-rabat", "NCMEC", 2024, "first_instance", "convicted", 6),
    ("ca-rabat", "ca-rabat", "NCMEC", 2024, "appeal", "convicted", 1),
    ("ca-fes", "ca-fes", "CPS", 2022, "cassation", "acquitted", 3),
    ("ca-fes", "ca-fes", "CPS", 2024, "closed", "none", 5),
]
# One circuit with a court each way of reporting, one that did not report in 2023.
STATUSES = [
    ("ca-rabat", "ca-rabat", 2022, "nil"),
    ("ca-rabat", "ca-rabat", 2023, "nil"),
    ("ca-rabat", "ca-rabat", 2024, "reported"),
    ("tpi-sale", "ca-rabat", 2022, "nil"),
    ("tpi-sale", "ca-rabat", 2023, "reported"),
    ("tpi-sale", "ca-rabat", 2024, "reported"),
    ("ca-fes", "ca-fes", 2022, "reported"),
    ("ca-fes", "ca-fes", 2023, "missing"),
    ("ca-fes", "ca-fes", 2024, "reported"),
    ("ca-errachidia", "ca-errachidia", 2022, "not_established"),
    ("ca-errachidia", "ca-errachidia", 2023, "not_established"),
    ("ca-errachidia", "ca-errachidia", 2024, "missing"),
]


def few_courts(**facts):
    return EditionInMemory(
        pd.DataFrame(CELLS, columns=CUBE),
        pd.DataFrame(STATUSES, columns=REPORTING),
        **facts,
    )


def all_courts(seed=7, cases=150, years=(2021, 2022, 2023, 2024), **facts):
    """Cases thrown over the real map of courts, more of them in large circuits."""
    draw = random.Random(seed)
    places = courts()
    weights = [12 if place in LARGE else 1 for place in places["circuit_id"]]
    rows = []
    for _ in range(cases):
        court = draw.choices(list(places.index), weights)[0]
        stage = draw.choices(list(STAGES), [8, 6, 3, 4, 5, 3, 1])[0]
        result = "none" if stage in EARLY else draw.choice(list(RESULTS)[1:])
        platform = draw.choices(["NCMEC", "CPS"], [5, 3])[0]
        year = draw.choice(years)
        n = 3 if facts.get("audience") == "shared" else 1
        rows.append((court, circuit_in(court, year), platform, year, stage, result, n))
    cube = pd.DataFrame(rows, columns=CUBE)
    cube = cube.groupby(CUBE[:-1], as_index=False)["n"].sum()
    return EditionInMemory(cube, _reporting(cube, places, years, draw, facts), **facts)


EARLY = ("under_investigation", "closed", "referred")
LARGE = ("ca-casablanca", "ca-marrakech", "ca-rabat", "ca-tanger", "ca-agadir")


def _reporting(cube, places, years, draw, facts):
    counted = set(zip(cube["court_id"], cube["year"], strict=True))
    rows = []
    for court in places.index:
        since = places.at[court, "valid_from"]
        for year in years:
            status = "reported"
            if (court, year) not in counted:
                nil = "nil" if facts.get("audience") != "shared" else "reported"
                status = draw.choices(["missing", nil], [1, 3])[0]
                if pd.notna(since) and since > year:
                    status = "not_established"
            rows.append((court, circuit_in(court, year), year, status))
    return pd.DataFrame(rows, columns=REPORTING)


SHARED_BOUNDS = {
    "country": {"largest": 1, "mean": 0.5},
    "year": {"largest": 1, "mean": 0.5},
    "platform x year": {"largest": 2, "mean": 0.6},
    "circuit_id": {"largest": 2, "mean": 0.7},
    "circuit_id x year": {"largest": 3, "mean": 0.9},
    "stage": {"largest": 3, "mean": 1.1},
    "result": {"largest": 2, "mean": 1.1},
}


def random_selection(choices, draw):
    """Any selection an edition allows, courts one by one or circuit by circuit."""
    some = draw.random()
    first, last = sorted(draw.choices(choices.years, k=2))
    chosen = [court for court in choices.courts if draw.random() < some]
    if draw.random() < 0.3:
        circuit = draw.choice(list(choices.circuits))
        chosen = list(choices.circuits[circuit])
    platforms = [each for each in choices.platforms if draw.random() < 0.8]
    return {
        "courts": chosen,
        "platforms": platforms or [choices.platforms[0]],
        "years": [first, last],
        "measure": draw.choice(["cases", "prosecuted", "decided", "convicted"]),
        "breakdown": draw.choice(["platform", "circuit", "stage", "result"]),
    }


HOST = """
globalThis.qadayaPlotly = () => (globalThis.coming ??= (async () => {
  if (document.getElementById("plotly").textContent === "") await new Promise(() => {});
  const packed = atob(document.getElementById("plotly").textContent);
  const bytes = Uint8Array.from(packed, (sign) => sign.charCodeAt(0));
  const inflate = new DecompressionStream("gzip");
  const stream = new Blob([bytes]).stream().pipeThrough(inflate);
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  return globalThis.Plotly;
})());
const values = JSON.parse(document.getElementById("state").textContent);
const listeners = {};
globalThis.model = {
  get: (name) => values[name],
  set: (name, value) => {
    values[name] = value;
    for (const each of listeners[`change:${name}`] ?? []) each();
  },
  on: (name, act) => (listeners[name] ??= []).push(act),
  off: () => {},
  save_changes: () => {},
};
explorer.render({ model, el: document.getElementById("live") });
"""


def page(explorer, *, plotly="whole"):
    """A page with nothing but the explorer, under the policy of a shared page.

    `plotly`: "whole", "late" (it never comes) or "broken".
    """
    code = script().replace("export default", "const explorer =") + HOST
    code = code.replace("</script", "<\\/script")
    state = json.dumps(explorer.state()).replace("<", "\\u003c")
    library = b"broken" if plotly == "broken" else b""
    if plotly == "whole":
        path = files("plotly").joinpath("package_data", "plotly.min.js")
        library = base64.b64encode(gzip.compress(path.read_bytes(), 6, mtime=0))
    language = explorer.labels["language"]
    return f"""<!doctype html>
<html lang="{language}" dir="{explorer.labels["direction"]}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';
 script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<title>{escape(explorer.facts["edition"])}</title>
<style>body{{margin:0;padding:0;background:#fcfbf8}}
main{{max-width:856px;margin:auto;padding:1rem}}
@media (prefers-color-scheme:dark){{body{{background:#15181b;color:#eceae4}}}}
@media print{{body{{background:#fff}}main{{max-width:none;padding:0}}}}
@page{{size:A4;margin:17mm 15mm 15mm}}</style></head>
<body><main><h1>Explorer</h1><h2>Cases</h2><div id="live"></div></main>
<script type="application/json" id="state">{state}</script>
<script type="application/octet-stream" id="plotly">{library.decode()}</script>
<script type="module">{code}</script></body></html>"""
