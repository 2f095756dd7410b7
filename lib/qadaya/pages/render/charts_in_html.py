"""Charts and tables whose data stand in a script of an output's HTML.

Altair, plotly and itables hand a browser a script that loads a library and draws. The
data in it are JSON; a page draws them by its own means.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from bs4 import BeautifulSoup

_DECODER = json.JSONDecoder()
_NEW_PLOT = re.compile(r"Plotly\.(?:newPlot|react)\(\s*[\"'][^\"']*[\"']\s*,\s*")
_BEGINS = re.compile(r"(?<=[(=,:])\s*(?=\{)")
_ITABLE = re.compile(r'"(data_json|table_html)":\s*(?=")')


def vega_in(html: str) -> Iterator[dict[str, Any]]:
    """The specifications of Vega or Vega-Lite in the scripts, whole ones alone."""
    for script in _scripts(html, "vega.github.io/schema/"):
        place = 0
        while found := _BEGINS.search(script, place):
            place = found.end() + 1
            spec = _json_at(script, found.end())
            if isinstance(spec, dict) and "$schema" in spec:
                yield spec
                place = found.end() + len(json.dumps(spec)) // 2


def plotly_in(html: str) -> Iterator[dict[str, Any]]:
    """The figures that scripts would have drawn: `data` and `layout`."""
    for script in _scripts(html, "Plotly."):
        for found in _NEW_PLOT.finditer(script):
            try:
                data, end = _DECODER.raw_decode(script, found.end())
                gap = re.compile(r"\s*,\s*").match(script, end)
                layout = _DECODER.raw_decode(script, gap.end())[0] if gap else {}
            except ValueError:
                continue
            if isinstance(data, list) and isinstance(layout, dict):
                yield {"data": data, "layout": layout}


def table_in(html: str) -> str:
    """The table that itables would have built, as plain HTML; "" where is none."""
    for script in _scripts(html, "data_json"):
        parts = {
            found[1]: _json_at(script, found.end())
            for found in _ITABLE.finditer(script)
        }
        try:
            rows = json.loads(parts["data_json"])
            head = BeautifulSoup(parts["table_html"], "html.parser")
        except (KeyError, TypeError, ValueError):
            continue
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>"
            for row in rows
            if isinstance(row, list)
        )
        return f"<table>{head.thead or ''}<tbody>{body}</tbody></table>"
    return ""


def _cell(value: Any) -> str:
    shown = value.get("display", value) if isinstance(value, dict) else value
    text = str(shown)
    return text if "<" in text else escape(text, quote=False)


def _scripts(html: str, word: str) -> Iterator[str]:
    if word not in html:
        return
    for script in BeautifulSoup(html, "html.parser").find_all("script"):
        text = script.string or ""
        if word in text:
            yield text


def _json_at(text: str, place: int) -> Any:
    try:
        return _DECODER.raw_decode(text, place)[0]
    except ValueError:
        return None
