"""Executed notebooks made by hand: what a page can meet, with figures one can check."""

import base64

import nbformat
import numpy as np
import pandas as pd
import plotly.graph_objects as go
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

COLOPHON = "application/vnd.qadaya.page+json"
PLOTLY = "application/vnd.plotly.v1+json"
EXPLORER = "application/vnd.qadaya.explorer+json"
FACTS = {
    "edition": "2026.1",
    "audience": "internal",
    "synthetic": True,
    "as_of": "2026-07-31",
    "years": [2021, 2022, 2023, 2024],
    "year": 2024,
    "language": "en",
    "bounds": {},
    "manifest_sha256": "3f9a71c4" + "0" * 56,
    "courts": {"reported": 98, "expected": 112},
}
TITLES = {
    "en": "Cases before the courts",
    "fr": "Affaires devant les juridictions",
    "ar": "القضايا المعروضة على المحاكم",
}
NAMES = {
    "en": ["Casablanca", "Marrakesh", "Rabat", "Beni Mellal", "Laâyoune"],
    "fr": ["Casablanca", "Marrakech", "Rabat", "Béni Mellal", "Laâyoune"],
    "ar": ["الدار البيضاء", "مراكش", "الرباط", "بني ملال", "العيون"],
}


def figure(language="en", title=None):
    """Two series over four years, as arrays that plotly packs in base64."""
    years = ["2021", "2022", "2023", "2024"]
    made = go.Figure()
    for name, colour, counts in (
        ("NCMEC", "#1f5f99", [21, 24, 19, 28]),
        ("CPS", "#a3520b", [12, 17, 11, 16]),
    ):
        made.add_scatter(
            x=years, y=np.array(counts), name=name, marker={"color": colour}
        )
    made.update_layout(
        title={"text": title or TITLES[language]},
        height=320,
        meta={
            "qadaya": {
                "summary": "From 19 to 28, and from 11 to 16.",
                "columns": ["Year", "NCMEC", "CPS"],
                "rows": [["2021", 21, 12], ["2022", 24, 17], ["2023", 19, None]],
                "source": "Edition 2026.1",
            }
        },
    )
    return made


def bars(language="en"):
    made = go.Figure(
        go.Bar(
            x=np.array([33, 22, 18, 4, 1]),
            y=NAMES[language],
            orientation="h",
            marker={"color": "#55958d"},
        )
    )
    side = "right" if language == "ar" else "left"
    made.update_layout(
        title=TITLES[language],
        yaxis={"side": side, "autorange": "reversed"},
        xaxis={"autorange": "reversed"} if language == "ar" else {},
    )
    return made


def plotly_bundle(made):
    return {PLOTLY: made.to_plotly_json() | {"config": {}}, "text/html": "<div></div>"}


def as_json(made):
    """A bundle as it stands in a saved notebook: plain JSON, arrays packed."""
    import json

    return {PLOTLY: json.loads(made.to_json())}


def display(**kinds):
    data = {key: value for key, value in kinds.items() if key != "metadata"}
    return new_output("display_data", data=data, metadata=kinds.get("metadata", {}))


def shown(data, metadata=None):
    return new_output("display_data", data=data, metadata=metadata or {})


def code(source, *outputs, number=1, tags=()):
    cell = new_code_cell(source, outputs=list(outputs), execution_count=number)
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def colophon(**changes):
    return code("colophon(edition)", shown({COLOPHON: FACTS | changes}), number=9)


def notebook(*cells, **metadata):
    made = new_notebook(cells=list(cells))
    made.metadata.update(
        {
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
            **metadata,
        }
    )
    return nbformat.from_dict(made)


def table(language="en"):
    frame = pd.DataFrame({"n": [33, 22, 18]}, index=NAMES[language][:3])
    return shown({"text/html": frame._repr_html_(), "text/plain": str(frame)})


def full(language="en", audience="internal"):
    """A page with something of everything."""
    return notebook(
        new_markdown_cell(
            f"# {TITLES[language]}, {{year}}\n\nWhat was returned, and what was not."
        ),
        code('year = 2023\nlanguage = "en"', tags=["parameters"]),
        code(
            f'year = 2024\nlanguage = "{language}"\naudience = "{audience}"',
            tags=["injected-parameters"],
            number=2,
        ),
        new_markdown_cell("## Who reported?\n\nA sentence with *stress* and `code`."),
        code("reporting", table(language), number=3),
        new_markdown_cell("### In detail\n\n- one thing\n- another thing"),
        code("chart = by_year(edition)\nchart", shown(as_json(figure(language)))),
        new_markdown_cell("## Where?"),
        code("by_circuit(edition)", shown(as_json(bars(language))), number=5),
        code("print(3)", new_output("stream", name="stdout", text="3 courts\n")),
        colophon(language=language, audience=audience),
    )


def picture(kind="image/png", content=b"\x89PNG\r\n\x1a\n"):
    return shown({kind: base64.b64encode(content).decode()})
