"""Qadaya (قضايا, "cases"): court statistics on online child sexual exploitation.

Courts send **returns**, one file a year on the form of a circular of 14 April 2023. A
row of a return is a **case**: not a person. Whatever is wrong with a return is a
**problem**, with a place and a rule. The **register** keeps every return ever received,
the files themselves untouched.

From the register an **edition** is counted: tables as of a date, counted once and
protected once. Its **cube** holds cases by court, platform, year, stage and result. An
edition is for one **audience**: `internal`, with exact counts that never leave the
desk, or `shared`, where small counts are rounded so that no case can be told, with a
proof. The states of a count stay apart everywhere: a value, a zero, not reported, of a
court not yet established, hidden.

Notebooks, charts and pages open an edition and nothing else:

    from qadaya import charts, open_edition

    edition = open_edition("latest", audience="internal")
    charts.cases_by_year(edition, language="fr")

`edition.counts(by=..., where=...)` gives a tidy frame, `cases_table` one for readers,
`completeness` the courts behind a year. `explore(edition)` shows the explorer,
`explore(frame, ...)` that of any other court statistics, and `explore_published` that
of the ledger; `filters` are plain controls, and `follow` hangs a figure of one's own on
the explorer. `sentences` says changes in words, `arrivals` what came in, `ledger` what
others have published on the same subject, `chapter` what they published of one year,
`inference` what small counts can and cannot tell. `trend` follows the years, `cohorts`
the cases of one year through the instances, `comparison` sets places beside each other,
`quality` says how far returns can be relied on. `headline` opens a page, `glossary` and
`colophon` close it. `open_desk` is the statistics desk in JupyterLab, and the one name
here that sees the register.
The words stand in docs/glossary.md, the measures in docs/method.md.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from qadaya.slow_imports import import_jsonschema

__version__ = "0.1.0"

if TYPE_CHECKING:
    from qadaya import inference, ledger
    from qadaya.desk.panel import open_desk
    from qadaya.editions.edition import completeness
    from qadaya.views import charts
    from qadaya.views.explorer.explore import explore
    from qadaya.views.explorer.filters import filters
    from qadaya.views.explorer.follow import follow
    from qadaya.views.explorer.published import explore_published
    from qadaya.views.frames.counts import cases_table
    from qadaya.views.prose import sentences
    from qadaya.views.prose.paragraph import Paragraph
    from qadaya.views.topics import (
        arrivals,
        chapter,
        cohorts,
        comparison,
        headline,
        quality,
        trend,
    )
    from qadaya.views.topics.colophon import colophon
    from qadaya.views.topics.glossary import glossary
    from qadaya.views.topics.held import HeldEdition as Edition
    from qadaya.views.topics.opened import open_edition

__all__ = [
    "Edition",
    "Paragraph",
    "arrivals",
    "cases_table",
    "chapter",
    "charts",
    "cohorts",
    "colophon",
    "comparison",
    "completeness",
    "explore",
    "explore_published",
    "filters",
    "follow",
    "glossary",
    "headline",
    "inference",
    "ledger",
    "open_desk",
    "open_edition",
    "quality",
    "sentences",
    "trend",
]

# Where each public name lives. They are imported when first asked for: plotly and
# pandas take a second, which `qadaya --help` and `qadaya check` need not wait for.
_MODULES = {
    "arrivals": "qadaya.views.topics.arrivals",
    "chapter": "qadaya.views.topics.chapter",
    "charts": "qadaya.views.charts",
    "cohorts": "qadaya.views.topics.cohorts",
    "comparison": "qadaya.views.topics.comparison",
    "headline": "qadaya.views.topics.headline",
    "inference": "qadaya.inference",
    "ledger": "qadaya.ledger",
    "quality": "qadaya.views.topics.quality",
    "sentences": "qadaya.views.prose.sentences",
    "trend": "qadaya.views.topics.trend",
}
_HOMES = {
    "Edition": "qadaya.views.topics.held:HeldEdition",
    "Paragraph": "qadaya.views.prose.paragraph",
    "cases_table": "qadaya.views.frames.counts",
    "colophon": "qadaya.views.topics.colophon",
    "completeness": "qadaya.editions.edition",
    "explore": "qadaya.views.explorer.explore",
    "explore_published": "qadaya.views.explorer.published",
    "filters": "qadaya.views.explorer.filters",
    "follow": "qadaya.views.explorer.follow",
    "glossary": "qadaya.views.topics.glossary",
    "open_desk": "qadaya.desk.panel",
    "open_edition": "qadaya.views.topics.opened",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return _imported(_MODULES[name])
    if name in _HOMES:
        module, _, other = _HOMES[name].partition(":")
        return getattr(_imported(module), other or name)
    raise AttributeError(f"module 'qadaya' has no attribute {name!r}")


def _imported(module: str) -> ModuleType:
    if module.startswith("qadaya.views"):
        import_jsonschema()
    return import_module(module)


def __dir__() -> list[str]:
    return __all__
