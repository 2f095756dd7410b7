"""Qadaya (قضايا, "cases"): court statistics on online child sexual exploitation.

Courts send **returns**, one file a year on the form of a circular of 14 April 2023. A
row of a return is a **case**: not a person. Whatever is wrong with a return is a
**problem**, with a place and a rule. The **register** keeps every return ever received,
the files themselves untouched.

From the register an **edition** is counted: tables as of a date, counted once and
protected once. Its **cube** holds cases by court, platform, year, stage and result. An
edition is for one **audience**: `internal`, with exact counts that never leave the
desk, or `shared`, where small counts are rounded so that no case can be told, with a
proof. Four states of a count stay apart everywhere: a value, a zero, not reported,
hidden.

Notebooks, charts and pages open an edition and nothing else:

    from qadaya import charts, open_edition

    edition = open_edition("latest", audience="internal")
    charts.cases_by_year(edition, language="fr")

`explore(edition)` shows the explorer, `sentences` says changes in words, `arrivals`
what came in, `ledger` what others have published on the same subject, `inference` what
small counts can and cannot tell. `trend` follows the years, `cohorts` the cases of one
year through the instances, `comparison` sets places beside each other, `quality` says
how far returns can be relied on, `follow` hangs a figure of one's own on the explorer.
The words stand in docs/glossary.md, the measures in docs/method.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qadaya.tables import inference, ledger
    from qadaya.tables.edition import Edition, completeness, open_edition
    from qadaya.views import (
        arrivals,
        charts,
        cohorts,
        comparison,
        quality,
        sentences,
        trend,
    )
    from qadaya.views.colophon import colophon
    from qadaya.views.counts import cases_table
    from qadaya.views.explore import explore
    from qadaya.views.follow import follow
    from qadaya.views.paragraph import Paragraph

__all__ = [
    "Edition",
    "Paragraph",
    "arrivals",
    "cases_table",
    "charts",
    "cohorts",
    "colophon",
    "comparison",
    "completeness",
    "explore",
    "follow",
    "inference",
    "ledger",
    "open_edition",
    "quality",
    "sentences",
    "trend",
]

# Where each public name lives. They are imported when first asked for: plotly and
# pandas take a second, which `qadaya --help` and `qadaya check` need not wait for.
_HOUSES = {
    "Edition": "qadaya.tables.edition",
    "Paragraph": "qadaya.views.paragraph",
    "arrivals": "qadaya.views",
    "cases_table": "qadaya.views.counts",
    "charts": "qadaya.views",
    "cohorts": "qadaya.views",
    "colophon": "qadaya.views.colophon",
    "comparison": "qadaya.views",
    "completeness": "qadaya.tables.edition",
    "explore": "qadaya.views.explore",
    "follow": "qadaya.views.follow",
    "inference": "qadaya.tables",
    "ledger": "qadaya.tables",
    "open_edition": "qadaya.tables.edition",
    "quality": "qadaya.views",
    "sentences": "qadaya.views",
    "trend": "qadaya.views",
}


def __getattr__(name: str) -> Any:
    if name not in _HOUSES:
        raise AttributeError(f"module 'qadaya' has no attribute {name!r}")
    house = _HOUSES[name]
    if house in ("qadaya.tables", "qadaya.views"):
        return import_module(f"{house}.{name}")
    return getattr(import_module(house), name)


def __dir__() -> list[str]:
    return __all__
