"""Brings what the desk says into view in JupyterLab."""

import anywidget

from qadaya.packaged import packaged_file


class InView(anywidget.AnyWidget):
    """Shows nothing; while it is there, what the desk says is scrolled to."""

    _esm = packaged_file("desk/in_view.js").read_text(encoding="utf-8")
