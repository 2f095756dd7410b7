"""The front end as one module: pages from `file://` cannot import a second file.

The files of `PARTS` are joined in that order and share one scope; none imports, and
only the last one, `explore.js`, exports. The style sheet goes along as a string.
"""

import json
from functools import cache
from pathlib import Path

from qadaya.views.palette import DARK, LIGHT, custom_properties

_HERE = Path(__file__).parent
PARTS = (
    "dom.js",
    "words.js",
    "cube.js",
    "chance.js",
    "selection.js",
    "bounds.js",
    "tree.js",
    "filters.js",
    "tables.js",
    "figures.js",
    "plots.js",
    "years.js",
    "flow.js",
    "exports.js",
    "headline.js",
    "explore.js",
)


def source(name: str) -> str:
    """The text of one JavaScript or style file of the explorer."""
    return (_HERE / name).read_text(encoding="utf-8")


def style_sheet() -> str:
    """The explorer's rules after the colours that they name, light and dark."""
    light, dark = (custom_properties(each, "qx-") for each in (LIGHT, DARK))
    colours = f".qx{{{light}}}\n.qx[data-theme=dark]{{{dark}}}\n"
    return colours + source("explore.css")


@cache
def script() -> str:
    """The explorer as one ES module with the anywidget contract, its style inside."""
    style = f"const STYLE = {json.dumps(style_sheet())};"
    parts = [f"// {Path(part).name}\n{source(part)}" for part in PARTS]
    return "\n".join([style, *parts])
