"""The front ends as one module each, the same text for a page and for JupyterLab.

Their source are the ES modules in `front/`; `join.py` makes one of those that a front
end needs.
"""

from functools import cache
from pathlib import Path

from qadaya.views.explorer.join import joined
from qadaya.views.palette import DARK, LIGHT, custom_properties

FRONT = Path(__file__).resolve().parent / "front"
# The front ends, by the name that a page keeps each under: where one begins, and what
# plotly must be able to draw for it.
EXPLORER, PUBLISHED = "explorer", "published"
_ENTRIES = {EXPLORER: "explore.js", PUBLISHED: "published.js"}
KINDS = {EXPLORER: frozenset({"scatter", "sankey"}), PUBLISHED: frozenset[str]()}


@cache
def script(name: str = EXPLORER) -> str:
    """A front end as one ES module with the anywidget contract, its style inside."""
    return joined(FRONT / _ENTRIES[name], made={"colours.css": colours()})


@cache
def assets_script() -> str:
    """The module that brings plotly to the explorers of a kernel."""
    return joined(FRONT / "assets.js")


def colours() -> str:
    """The colours that `explore.css` names, light and dark."""
    light, dark = (custom_properties(colours, "qx-") for colours in (LIGHT, DARK))
    return f".qx{{{light}}}\n.qx[data-theme=dark]{{{dark}}}\n"
