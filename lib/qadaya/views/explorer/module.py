"""The front end as one module, the same text for a page and for JupyterLab.

Its source are the ES modules in `front/`; `join.py` makes one of them.
"""

from functools import cache
from pathlib import Path

from qadaya.views.explorer.join import joined
from qadaya.views.palette import DARK, LIGHT, custom_properties

FRONT = Path(__file__).resolve().parent / "front"
# What plotly must be able to draw for it.
KINDS = frozenset({"scatter", "sankey"})


@cache
def script() -> str:
    """The explorer as one ES module with the anywidget contract, its style inside."""
    return joined(FRONT / "explore.js", made={"colours.css": colours()})


@cache
def assets_script() -> str:
    """The module that brings plotly to the explorers of a kernel."""
    return joined(FRONT / "assets.js")


def colours() -> str:
    """The colours that `explore.css` names, light and dark."""
    light, dark = (custom_properties(each, "qx-") for each in (LIGHT, DARK))
    return f".qx{{{light}}}\n.qx[data-theme=dark]{{{dark}}}\n"
