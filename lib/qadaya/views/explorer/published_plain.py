"""The published figures as plain tables, for where no explorer runs."""

from html import escape
from typing import Any

from qadaya.language import DIRECTION
from qadaya.views.explorer.plain import ONE_OF_TWO

Row = dict[int, str]


def published_html(facts: dict[str, Any], labels: dict[str, Any]) -> str:
    """One table a unit: years across, lines down, as printed; a dash where none is."""
    language = labels["language"]
    tables = "".join(_table(facts, labels, unit) for unit in range(len(facts["units"])))
    return (
        f"{ONE_OF_TWO}<div class='qx-saved' lang='{language}' "
        f"dir='{DIRECTION[language]}'>{tables}</div>"
    )


def _table(facts: dict[str, Any], labels: dict[str, Any], unit: int) -> str:
    lines: dict[int, Row] = {}
    for offence, of_unit, year, printed, *_ in facts["figures"]:
        if of_unit == unit:
            lines.setdefault(offence, {})[year] = printed or "–"
    heads = "".join(f"<th scope='col'>{year}</th>" for year in facts["years"])
    corner = escape(labels["words"]["court"])
    rows = "".join(
        f"<tr><th scope='row'>{escape(facts['offences'][offence]['name'])}</th>"
        + "".join(f"<td>{escape(cells[y])}</td>" for y in range(len(facts["years"])))
        + "</tr>"
        for offence, cells in lines.items()
    )
    name = escape(facts["units"][unit]["name"])
    return (
        f"<table><caption>{name}</caption><thead><tr><th scope='col'>{corner}</th>"
        f"{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
