"""What stands in a saved notebook and in a page before the explorer runs."""

import html
from typing import Any

import pandas as pd

from qadaya.language import DIRECTION, translator
from qadaya.views.explorer.facts import place_name
from qadaya.views.explorer.labels import WORDS
from qadaya.views.explorer.selection import BREAKDOWNS
from qadaya.vocabulary import label

# Hides the message "Error displaying widget" of the output before the table. Once the
# explorer is drawn it takes this rule away and hides the table (`stepForward`).
ONE_OF_TWO = (
    "<style>.jp-OutputArea-child:has(+ .jp-OutputArea-child .qx-saved)"
    ":not(:has(.qx)){display:none}</style>"
)


def plain_html(
    facts: dict[str, Any], labels: dict[str, Any], table: pd.DataFrame
) -> str:
    """One sentence and the plain table, for where no explorer runs.

    `table`: as `Explorer.table()` gives it; its second column names the breakdown.
    """
    language = labels["language"]
    _ = translator(language, "views").gettext
    sentence = _(
        "The explorer of edition {edition} needs a running kernel or a page; this is "
        "its table, register as of {date}."
    ).format(edition=facts["edition"], date=facts["as_of"])
    mark = (
        f"<b>{html.escape(_(WORDS['synthetic']))}.</b> " if facts["synthetic"] else ""
    )
    return (
        f"{ONE_OF_TWO}<div class='qx-saved' lang='{language}' "
        f"dir='{DIRECTION[language]}'><p>{mark}{html.escape(sentence)}</p>"
        f"{_plain_table(table, language)}</div>"
    )


def _plain_table(table: pd.DataFrame, language: str) -> str:
    """Years across, the breakdown down."""
    _ = translator(language, "views").gettext
    column = table.columns[1]
    breakdown = next(name for name, known in BREAKDOWNS.items() if known == column)
    years = sorted(set(table["year"]))
    rows = "".join(
        _row(_code_name(breakdown, str(code), language), group, _)
        for code, group in table.groupby(column, sort=False)
    )
    head = "".join(f"<th scope='col'>{year}</th>" for year in years)
    corner = html.escape(_(WORDS[f"by_{breakdown}"]))
    return (
        f"<table><thead><tr><th scope='col'>{corner}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _row(name: str, group: pd.DataFrame, _: Any) -> str:
    """A name and a cell a year; a state in words where there is no figure."""
    ordered = group.sort_values("year")
    cells = "".join(
        f"<td>{html.escape(_(WORDS[f'state_{state}']) if pd.isna(n) else str(n))}</td>"
        for n, state in zip(ordered["n"], ordered["state"], strict=True)
    )
    return f"<tr><th scope='row'>{html.escape(name)}</th>{cells}</tr>"


def _code_name(breakdown: str, code: str, language: str) -> str:
    if breakdown == "circuit":
        return place_name(code, language)
    return label(breakdown, code, language)
