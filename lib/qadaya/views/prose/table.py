"""A table that a notebook shows whole: every row, every word, no row numbers."""

import html
from typing import Any, ClassVar

import pandas as pd

from qadaya.views.prose.words import kept_together

NOTHING = "–"


class Quoted(str):
    """Words of another, such as a title, whose numbers stay as they were printed."""


def quoted(texts: pd.Series) -> pd.Series:
    """Each text as `Quoted`; of `object`, as a column of texts makes them plain."""
    kept = [Quoted(text) if isinstance(text, str) else text for text in texts]
    return pd.Series(kept, index=texts.index, dtype=object)


class Table(pd.DataFrame):
    """A frame for readers; in every other respect a DataFrame.

    pandas leaves out rows after the sixtieth and cuts long texts, which is no way to
    print a list of courts or a reason. The first column names the row. Where no row is
    not the same as none, `nothing` says what it is.
    """

    nothing: str | None = None
    _metadata: ClassVar[list[str]] = ["nothing"]  # so that pandas copies it along

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        # What is worked out of it is a plain frame again.
        return pd.DataFrame

    def _repr_html_(self) -> str:
        if self.empty and self.nothing is not None:
            return f"<p>{html.escape(self.nothing)}</p>"
        head = "".join(_cell("th", name) for name in self.columns)
        rows = self.astype(object).where(self.notna(), None).to_numpy().tolist()
        body = "".join(_row(row) for row in rows)
        return (
            f'<table class="dataframe"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )


def _row(values: list[Any]) -> str:
    first, *others = values
    cells = "".join(_cell("td", value) for value in others)
    return f"<tr>{_cell('th', first)}{cells}</tr>"


def _cell(tag: str, value: Any) -> str:
    text = html.escape(kept_together(_text(value)))
    if isinstance(value, Quoted):
        text = f'<span translate="no">{text}</span>'
    return f"<{tag}>{text}</{tag}>"


def _text(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.1f}"
    return str(value)
