"""A notebook to begin with: parameters, an edition, a question, a table, a chart.

It is written in English, as ours are; a page of it comes in every language.
"""

import json
import re
from pathlib import Path
from typing import Any

from qadaya.atomic import file_beside
from qadaya.errors import ParameterError
from qadaya.workbench import NOTEBOOKS, home

# What goes by other names in a folder of notebooks, or would not be a file's name.
_NAME = re.compile(r"[^\W_][\w .()+-]*")
_DRAFT = re.compile(r"Untitled\d*|.+-Copy\d+")

_PARAMETERS = """\
# What may be set from outside: `qadaya report -p top=3`, or a line in params/2023.yml.
year = 2024
edition = "latest"
audience = "internal"
language = "en"
top = 5"""
_CELLS = (
    (
        "markdown",
        "# {title}, {{year}}\n\nWhat is asked here, in a sentence or two, and for "
        "whom. The counts are those of edition {{edition}}, register as of {{as_of}}.",
    ),
    ("parameters", _PARAMETERS),
    (
        "code",
        "from qadaya import charts, explore, open_edition\n\n"
        "edition = open_edition(edition, audience=audience, language=language)\n"
        "edition",
    ),
    ("markdown", "## Which circuits had most cases?\n\nSay what the table shows."),
    (
        "code",
        'counts = edition.counts(by="circuit", where={"year": year}, intervals=True)\n'
        'counts.nlargest(top, "n")[["circuit_name", "n", "low", "high", "state"]]',
    ),
    ("markdown", "## How did the years go?\n\nSay what the chart shows, and what not."),
    ("code", "charts.cases_by_year(edition, language=language)"),
    ("markdown", "## Look for yourself"),
    ("code", "explore(edition, language=language)"),
)


def write_starter(name: str) -> Path:
    """The path of a new notebook of that name in the workbench.

    Raises: ParameterError for a name that cannot be a notebook's, or is taken.
    """
    stem = name.removesuffix(".ipynb").strip()
    if not _NAME.fullmatch(stem) or _DRAFT.fullmatch(stem):
        raise ParameterError(
            f"the name {name!r} cannot be a notebook's; expected letters and digits, "
            "such as regions, and neither Untitled nor a -Copy1"
        )
    path = home() / NOTEBOOKS / f"{stem}.ipynb"
    if path.exists():
        raise ParameterError(
            f"{path}: exists; nothing was written. Choose another name"
        )
    text = json.dumps(_notebook(stem), ensure_ascii=False, indent=1) + "\n"
    with file_beside(path, replace=False) as part:
        part.write_text(text, encoding="utf-8")
    return path


def _notebook(stem: str) -> dict[str, Any]:
    title = stem[0].upper() + stem[1:].replace("-", " ").replace("_", " ")
    return {
        "cells": [
            _cell(kind, source.format(title=title) if kind == "markdown" else source, n)
            for n, (kind, source) in enumerate(_CELLS, start=1)
        ],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(kind: str, source: str, number: int) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    cell: dict[str, Any] = {"id": f"cell-{number}", "metadata": {}, "source": lines}
    if kind == "markdown":
        return {"cell_type": "markdown", **cell}
    if kind == "parameters":
        cell["metadata"] = {"tags": ["parameters"]}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **cell}
