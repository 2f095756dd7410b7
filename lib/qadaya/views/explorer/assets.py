"""plotly for the front end: sent once per kernel, when a chart first asks for it.

The library travels in a message and never in a widget's state, so that no notebook
is saved with it. The file is the one in the installed plotly package.
"""

import gzip
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget

from qadaya.views.explorer.module import assets_script


@cache
def plotly_library() -> bytes:
    """plotly.min.js of the installed plotly package, in gzip, always the same bytes."""
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(script, compresslevel=6, mtime=0)


class PlotlyAssets(anywidget.AnyWidget):
    """Gives every explorer of a kernel `globalThis.qadayaPlotly`; it shows nothing."""

    _esm = assets_script()

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if content == {"wanted": "plotly"}:
            self.send({"sent": "plotly"}, buffers=[plotly_library()])


@cache
def plotly_assets() -> PlotlyAssets:
    """The one assets widget of this kernel, made at the first call."""
    return PlotlyAssets()
