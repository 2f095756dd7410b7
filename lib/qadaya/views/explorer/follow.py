"""A figure of your own beside the explorer: drawn again when the selection changes.

    explorer = explore(edition)
    follow(explorer, lambda table: table.plot(backend="plotly", kind="bar", ...))

Live it is a plotly FigureWidget; in a page, or without a front end, it is the figure as
it was drawn first.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from IPython.display import display

from qadaya.errors import ParameterError
from qadaya.reference import court_name
from qadaya.views.explorer.explore import Explorer
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import label

Draw = Callable[[pd.DataFrame], go.Figure]
_PLOTLY = "application/vnd.plotly.v1+json"
_VIEW = "application/vnd.jupyter.widget-view+json"


def selected(explorer: Explorer) -> Table:
    """The table behind the explorer's selection, in the words of its reader.

    Rows: one per year and code of the breakdown. Columns: year, breakdown, cases
    (missing where nothing is known), returns received and due.
    """
    language = explorer.labels["language"]
    words = Words(language)
    table = explorer.table()
    kind = str(table.columns[1])
    return Table(
        {
            words("Year"): table["year"],
            _kind_name(kind, words): [
                _code_name(kind, code, language) for code in table[kind].astype(str)
            ],
            label("measure", explorer.selection["measure"], language): table["n"],
            words("Returns received"): table["reported"],
            words("Returns due"): table["expected"],
        }
    )


def follow(explorer: Explorer, draw: Draw) -> "Following":
    """A figure that `draw(table)` makes, and makes again after every choice.

    `table`: as `selected(explorer)` gives it.
    Raises: ParameterError when `draw` gives anything but a plotly Figure.
    """
    return Following(explorer, draw)


class Following:
    """What `follow` gives: `.figure` is the widget; `.stop()` ends the following."""

    def __init__(self, explorer: Explorer, draw: Draw) -> None:
        self._explorer, self._draw = explorer, draw
        self.figure = go.FigureWidget(self._drawn())
        explorer.observe(self._redraw, names="selection")

    def stop(self) -> None:
        """Leave the figure as it is."""
        self._explorer.unobserve(self._redraw, names="selection")

    def _ipython_display_(self) -> None:
        view = {
            "version_major": 2,
            "version_minor": 0,
            "model_id": self.figure.model_id,
        }
        # JupyterLab shows the view; a page takes the figure and leaves the view out.
        display({_VIEW: view, _PLOTLY: self.spec(), "text/plain": "Figure"}, raw=True)

    def spec(self) -> dict[str, Any]:
        """The figure as drawn now, as JSON can hold it."""
        return dict(go.Figure(self.figure).to_plotly_json())

    def _redraw(self, _: object) -> None:
        drawn = self._drawn()
        with self.figure.batch_update():
            self.figure.data = []
            self.figure.add_traces(drawn.data)
            self.figure.update_layout(drawn.layout.to_plotly_json(), overwrite=True)

    def _drawn(self) -> go.Figure:
        table = selected(self._explorer)
        figure = self._draw(table)
        if not isinstance(figure, go.Figure):
            raise ParameterError(
                f"draw gave {type(figure).__name__}; expected a plotly Figure"
            )
        return _with_twin(figure, table, self._explorer)


def _with_twin(figure: go.Figure, table: pd.DataFrame, explorer: Explorer) -> go.Figure:
    """The figure with title, summary and table twin, where it brings none itself."""
    words = Words(explorer.labels["language"])
    title = words("{measure} of the selection by year", measure=str(table.columns[2]))
    if not figure.layout.title.text:
        figure.update_layout(title={"text": words.line(title)})
    if figure.layout.legend.y is None:
        # below the name of the axis, where a page puts legends
        figure.update_layout(legend={"orientation": "h", "x": 0, "y": -0.3})
    if not figure.layout.meta:
        rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
        total = int(table.iloc[:, 2].fillna(0).sum())
        twin = {
            "summary": words("{title}: {n} in all.", title=title, n=total),
            "columns": list(table.columns),
            "rows": rows,
            "source": "",
            "synthetic": bool(explorer.facts["synthetic"]),
        }
        figure.update_layout(meta={"qadaya": twin})
    return figure


def _kind_name(column: str, words: Words) -> str:
    return {
        "platform": words("Platform"),
        "circuit_id": words("Circuit"),
        "stage": words("Stage"),
        "result": words("Result"),
    }[column]


def _code_name(column: str, code: str, language: str) -> str:
    if column == "circuit_id":
        return court_name(code, language, short=True)
    return label(column, code, language)
