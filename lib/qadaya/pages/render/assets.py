"""What a page carries besides its words: the style, our scripts, plotly.

Nothing third-party is kept in this repository: plotly.js is cut from the file in the
installed plotly package, gzip and base64 in an element that browsers do not run; the
page's own script, `host/page.js`, inflates it. Everything is embedded as text that
cannot close its own element.
"""

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import deflate
from markupsafe import Markup

from qadaya.errors import QadayaError
from qadaya.pages.render.plotly_bundle import bundle_with
from qadaya.views.explorer.join import joined
from qadaya.views.explorer.module import script
from qadaya.views.palette import DARK, LIGHT, custom_properties

HERE = Path(__file__).resolve().parent
_EXPORT = re.compile(r"^export default\b", re.MULTILINE)
# libdeflate's: 19 kB a page below what zlib makes of plotly.
_DENSEST = 12
# What would end a script element early, or start a comment in it.
_CLOSERS = re.compile(r"<(?=/script|script|!--)", re.IGNORECASE)


@cache
def plotly_source() -> str:
    """plotly.js of the installed package, as its authors ship it."""
    script = files("plotly") / "package_data" / "plotly.min.js"
    return script.read_text(encoding="utf-8")


@cache
def plotly_digest() -> str:
    """The SHA-256 of that file: who finds it in a page need not read it."""
    return hashlib.sha256(plotly_source().encode()).hexdigest()


@cache
def plotly_payload(kinds: frozenset[str]) -> Markup:
    """plotly.js that draws these kinds of charts, gzip and base64: mostly 600 kB.

    The same bytes for every build.
    """
    return Markup(packed(bundle_with(plotly_source(), kinds).encode()))


@cache
def style() -> Markup:
    """The style sheet of every page, without its comments and its indentation."""
    light, dark = custom_properties(LIGHT), custom_properties(DARK)
    colours = (
        f":root{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )
    sheet = colours + (HERE / "page.css").read_text(encoding="utf-8")
    return Markup(" ".join(re.sub(r"/\*.*?\*/", "", sheet, flags=re.S).split()))


@cache
def host_script() -> Markup:
    """The page's own script: it loads plotly, draws figures and hosts the explorer.

    In a scope of its own, as a module has; a module could not be read from `file://`.
    """
    code = joined(HERE / "host" / "page.js")
    return Markup(script_text(f'(() => {{\n"use strict";\n{code}}})();'))


@cache
def explorer_payload(name: str) -> Markup:
    """A front end's module, its default export where the host finds it; packed.

    In a page there is no address that another script could import it from. Packed, it
    leaves a page 60 kB lighter.
    """
    return Markup(packed(hosted(script(name)).encode()))


def packed(content: bytes) -> str:
    """Gzip and base64: the host unpacks it, and it holds no `<`."""
    squeezed = deflate.gzip_compress(content, _DENSEST)
    return base64.b64encode(squeezed).decode("ascii")


def hosted(module: str) -> str:
    """An ES module with its default export as `globalThis.qadayaExplorer`.

    Raises: QadayaError when it has not exactly one default export.
    """
    exports = len(_EXPORT.findall(module))
    if exports != 1:
        raise QadayaError(
            f"the explorer's module: {exports} lines begin with `export default`; "
            "expected one"
        )
    return _EXPORT.sub("globalThis.qadayaExplorer =", module)


def script_text(source: str) -> str:
    """A script that can stand in an element: `<` before a closer becomes its escape.

    In strings, templates and patterns the two read the same, and nowhere else can a
    closer stand.
    """
    return _CLOSERS.sub(r"\\x3c", source)


def json_text(value: Any) -> Markup:
    """JSON that can stand in a script element, whatever names it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    # U+2028 and U+2029 end a line in older scripts; `<` alone could end the element.
    escaped = text.replace("<", "\\u003c")
    return Markup(escaped.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
