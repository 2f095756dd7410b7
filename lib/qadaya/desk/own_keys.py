"""The keys of the desk in JupyterLab, whose own shortcuts would take them away."""

import anywidget

from qadaya.packaged import packaged_file


class OwnKeys(anywidget.AnyWidget):
    """Shows nothing; while it is there, keys pressed in the desk reach its fields."""

    _esm = packaged_file("desk/own_keys.js").read_text(encoding="utf-8")
