"""Controls of a notebook as a still picture: their state, as it was kept by the run.

A widget lives by its kernel. What it showed is in the notebook's metadata: labels and
values become words, the outputs that it holds stand where they stood, figures of plotly
and charts of Altair are drawn as they were.
"""

import base64
import copy
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np
from nbformat import NotebookNode

WIDGET = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_DEEPEST = 20
# Where plotly keeps the bytes of an array, beside its kind and its shape.
_PACKED = ("buffer", "value")

Part = tuple[str, Any]


class Widgets:
    """The widgets of a notebook, by the names of their models."""

    def __init__(self, notebook: NotebookNode) -> None:
        kept = (notebook.metadata.get("widgets") or {}).get(_STATE) or {}
        self.models: dict[str, Any] = kept.get("state") or {}

    def is_silent(self, view: dict[str, Any], cell: NotebookNode) -> bool:
        """Whether it is the explorer's view, beside which its page form stands."""
        explorer = "application/vnd.qadaya.explorer+json"
        outputs = cell.get("outputs", [])
        beside = any(explorer in output.get("data", {}) for output in outputs)
        return beside and view.get("model_id") not in self.models

    def parts(self, model: str, depth: int = 0) -> Iterator[Part]:
        """What a widget shows: ("html", ...), ("outputs", ...), ("plotly", ...) or
        ("vega", ...), in order; nothing where its state was not kept."""
        kept = self.models.get(_name(model))
        if not kept or depth > _DEEPEST:
            return
        state = _with_buffers(kept)
        if "outputs" in state:
            yield "outputs", state["outputs"]
        elif "_widget_data" in state and "_widget_layout" in state:
            figure = {"data": "_widget_data", "layout": "_widget_layout"}
            yield "plotly", {part: state[name] for part, name in figure.items()}
        elif isinstance(state.get("spec"), dict) and "$schema" in state["spec"]:
            yield "vega", state["spec"]
        elif "children" in state:
            titles = state.get("titles") or []
            for place, child in enumerate(state["children"]):
                if place < len(titles) and titles[place]:
                    yield "html", f"<p><b>{escape(str(titles[place]))}</b></p>"
                yield from self.parts(str(child), depth + 1)
        else:
            yield from _words(state)


def _name(model: str) -> str:
    return model.removeprefix("IPY_MODEL_")


def _words(state: dict[str, Any]) -> Iterator[Part]:
    kind = str(state.get("_model_name", ""))
    if kind in ("HTMLModel", "HTMLMathModel"):
        yield "html", str(state.get("value", ""))
        return
    if kind == "ImageModel" and isinstance(state.get("value"), bytes):
        content = base64.b64encode(state["value"]).decode()
        form = escape(str(state.get("format", "png")))
        yield "html", f'<img src="data:image/{form};base64,{content}" alt="">'
        return
    label = escape(str(state.get("description") or ""))
    value = _value(state)
    if label or value:
        yield "html", f"<p>{f'{label}: ' if label and value else label}{value}</p>"


def _value(state: dict[str, Any]) -> str:
    options = state.get("_options_labels")
    index = state.get("index")
    if options and isinstance(index, int) and 0 <= index < len(options):
        return escape(str(options[index]))
    if options and isinstance(index, list | tuple):
        if state.get("_model_name") == "SelectionRangeSliderModel":
            return escape(" – ".join(str(options[place]) for place in index))
        return escape(", ".join(str(options[place]) for place in index))
    value = state.get("value")
    if isinstance(value, bool):
        return "☑" if value else "☐"
    if isinstance(value, list | tuple):
        return escape(" – ".join(map(str, value)))
    if isinstance(value, bytes | dict) or value is None:
        return ""
    return escape(str(value))


def _with_buffers(kept: dict[str, Any]) -> dict[str, Any]:
    """The state with its packed parts where they belong, arrays as lists."""
    state: dict[str, Any] = copy.deepcopy(dict(kept.get("state") or {}))
    state.setdefault("_model_name", kept.get("model_name"))
    for buffer in kept.get("buffers") or []:
        content = base64.b64decode(buffer["data"])
        *path, last = buffer["path"]
        place: Any = state
        for step in path:
            place = place[step]
        # An array of plotly comes with its kind and its shape.
        if isinstance(place, dict) and last in _PACKED and "dtype" in place:
            array = np.frombuffer(content, dtype=place["dtype"])
            place[last] = array.reshape(place.get("shape") or [-1]).tolist()
        elif isinstance(place, dict | list):
            place[last] = content
    return {key: _plain(value) for key, value in state.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        packed = next((name for name in _PACKED if name in value), "")
        if packed and {"dtype", "shape"} <= value.keys():
            return value[packed]
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
