"""A figure of your own beside the explorer: drawn again when the selection changes.

    explorer = explore(edition)
    follow(explorer, lambda table: table.plot(backend="plotly", x="year", y="n", ...))

Plotly draws it in the colours of our charts, unless it is told otherwise.
Live it is a widget; in a page, or without a front end, it is what was drawn first.
"""

from collections.abc import Callable
from typing import Any

import ipywidgets
import pandas as pd
import plotly.graph_objects as go
from IPython.display import display

from qadaya.views.charts.own import house_style
from qadaya.views.explorer.drawn import error_output, forms_of, output_of
from qadaya.views.explorer.explore import Explorer
from qadaya.views.prose.words import Words

Draw = Callable[[pd.DataFrame], Any]
_PLOTLY = "application/vnd.plotly.v1+json"
_VIEW = "application/vnd.jupyter.widget-view+json"


def follow(explorer: Explorer, draw: Draw) -> "Following":
    """What `draw(table)` gives, and gives again after every choice.

    `table`: as `explorer.tidy()` gives it; its columns are called the same in every
    language and for every choice: year, code, name, n, state and, of an edition,
    reported and expected. `draw` gives a plotly, matplotlib or Altair figure, a frame,
    a styled table or text. What goes wrong in it later is shown under the figure.
    Raises: what `draw` raises for the choice it begins with; ParameterError for a
    result that cannot be shown.
    """
    return Following(explorer, draw)


class Following:
    """What `follow` gives: `.figure` is a plotly widget, or None; `.stop()` ends it."""

    def __init__(self, explorer: Explorer, draw: Draw) -> None:
        self._explorer, self._draw = explorer, draw
        self.figure: go.FigureWidget | None = None
        self._shown = ipywidgets.Output()
        self._fault = ipywidgets.Output()
        self._box = ipywidgets.VBox()
        self._forms: dict[str, Any] = {}
        self._take(self._drawn())
        explorer.observe(self._redraw, names="selection")

    def stop(self) -> None:
        """Leave the figure as it is."""
        self._explorer.unobserve(self._redraw, names="selection")

    def forms(self) -> dict[str, Any]:
        """What was drawn last, as a page takes it."""
        if self.figure is not None:
            return {_PLOTLY: self.spec(), "text/plain": "Figure"}
        return self._forms

    def spec(self) -> dict[str, Any]:
        """The plotly figure as drawn now, as JSON can hold it."""
        return dict(go.Figure(self.figure).to_plotly_json())

    def error(self) -> str:
        """What went wrong when it was drawn last; empty when nothing did."""
        return "".join(f"{o['ename']}: {o['evalue']}" for o in self._fault.outputs)

    def _ipython_display_(self) -> None:
        view = {
            "version_major": 2,
            "version_minor": 0,
            "model_id": self._box.model_id,
        }
        # JupyterLab shows the view; a page takes the rest and leaves the view out.
        display({_VIEW: view, **self.forms()}, raw=True)

    def _redraw(self, _: object) -> None:
        try:
            drawn = self._drawn()
            self._take(drawn)
        except Exception as error:
            # Whatever the function of a researcher raises, they are to see it here:
            # a front end tells nobody of an error in an observer.
            self._fault.outputs = (error_output(error),)
        else:
            self._fault.outputs = ()

    def _drawn(self) -> Any:
        table = self._explorer.tidy()
        with house_style():
            drawn = self._draw(table.copy())
        if isinstance(drawn, go.Figure):
            return _with_twin(drawn, table, self._explorer)
        return forms_of(drawn)

    def _take(self, drawn: Any) -> None:
        """Show it, in the widget that is there where it is of the same kind."""
        if not isinstance(drawn, go.Figure):
            self.figure, self._forms = None, drawn
            self._shown.outputs = (output_of(drawn),)
        elif self.figure is None:
            self.figure = go.FigureWidget(drawn)
        else:
            with self.figure.batch_update():
                self.figure.data = []
                self.figure.add_traces(drawn.data)
                self.figure.update_layout(drawn.layout.to_plotly_json(), overwrite=True)
        self._box.children = (self.figure or self._shown, self._fault)


def _with_twin(figure: go.Figure, table: pd.DataFrame, explorer: Explorer) -> go.Figure:
    """The figure with title, summary and table twin, where it brings none itself."""
    words = Words(explorer.labels["language"])
    columns = explorer.headings(table)
    _name_columns(figure, columns, words)
    _turn_names(figure, words)
    measure = columns["n"]
    title = words("{measure} of the selection by year", measure=measure)
    if not figure.layout.title.text:
        figure.update_layout(title={"text": words.line(title)})
    if figure.layout.legend.y is None:
        # below the name of the axis, where a page puts legends
        figure.update_layout(legend={"orientation": "h", "x": 0, "y": -0.3})
    if not figure.layout.meta:
        rows = table[list(columns)].astype(object)
        total = int(table["n"].fillna(0).sum())
        twin = {
            "summary": words("{title}: {n} in all.", title=title, n=total),
            "columns": list(columns.values()),
            "rows": rows.where(rows.notna(), None).to_numpy().tolist(),
            "source": explorer.facts.get("source", ""),
            "synthetic": bool(explorer.facts["synthetic"]),
        }
        figure.update_layout(meta={"qadaya": twin})
    return figure


def _turn_names(figure: go.Figure, words: Words) -> None:
    """Names of a key as they are read: else NCMEC sets the direction of a line."""
    for trace in figure.data if words.rtl else ():
        if trace.name:
            trace.name = words.line(trace.name)


def _name_columns(figure: go.Figure, headings: dict[str, str], words: Words) -> None:
    """Call axes and legend what the table calls its columns: plotly took their codes.

    A name of the researcher's own stays.
    """
    legend = [figure.layout.legend] if figure.layout.legend.title.text else []
    for named in (*figure.select_xaxes(), *figure.select_yaxes(), *legend):
        if named.title.text in headings:
            named.title.text = words.line(headings[named.title.text])
