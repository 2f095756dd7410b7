"""What stands in a saved notebook and in a page before the explorer of a frame runs."""

import html
from typing import Any

import pandas as pd

from qadaya.language import DIRECTION
from qadaya.views.explorer.labels import WORDS
from qadaya.views.explorer.plain import ONE_OF_TWO
from qadaya.views.prose.words import Words


def frame_html(
    facts: dict[str, Any], labels: dict[str, Any], tidy: pd.DataFrame, corner: str
) -> str:
    """The source and the plain table: years across, the breakdown down."""
    language = labels["language"]
    words = Words(language)
    mark = f"<b>{html.escape(words(WORDS['synthetic']))}.</b> "
    source = words("Source: {source}", source=facts["source"])
    name = facts["measures"][0]["name"]
    return (
        f"{ONE_OF_TWO}<div class='qx-saved' lang='{language}' "
        f"dir='{DIRECTION[language]}'><p>{mark if facts['synthetic'] else ''}"
        f"{html.escape(name)}. {html.escape(source)}</p>"
        f"{_table(tidy, corner, labels['words']['state_not_given'])}</div>"
    )


def _table(tidy: pd.DataFrame, corner: str, nothing: str) -> str:
    years = sorted(set(tidy["year"]))
    head = "".join(f"<th scope='col'>{year}</th>" for year in years)
    rows = "".join(
        _row(str(group["name"].iloc[0]), group.sort_values("year"), nothing)
        for _, group in tidy.groupby("code", sort=False)
    )
    return (
        f"<table><thead><tr><th scope='col'>{html.escape(corner)}</th>{head}</tr>"
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _row(name: str, group: pd.DataFrame, nothing: str) -> str:
    cells = "".join(
        f"<td>{html.escape(nothing) if pd.isna(n) else n}</td>" for n in group["n"]
    )
    return f"<tr><th scope='row'>{html.escape(name)}</th>{cells}</tr>"
