"""Disclosure control of any table of counts; nothing here knows of courts.

The rule of a table stands in `rule`. `cells`: every published sum, the table that they
make with all that is known of it, the inner cells behind it (incidence), an order of
cells that labels and rows do not change. Two methods: `rounding` changes small inner
cells and adds everything up again; `suppression` hides small cells and further ones, so
that none can be worked out. `auditing`: what is public becomes the `constraints` of a
reader, `presolve` and `bounds` bound every count, `findings` says what falls short and
why. `solver` is HiGHS.

    from sdctables import Rule, audit, published_cells, round_counts
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sdctables.auditing.audit import audit
    from sdctables.auditing.compare import compare_editions
    from sdctables.auditing.findings import (
        certain_shares,
        explain,
        require_width,
        shortfalls,
    )
    from sdctables.cells.checks import TOTAL
    from sdctables.cells.files import read_table, write_table
    from sdctables.cells.nesting import Nesting
    from sdctables.cells.published import complete_grid, published_cells
    from sdctables.cells.table import CellTable
    from sdctables.errors import DisclosureError, ParameterError, SdcError
    from sdctables.rounding.report import RoundingReport
    from sdctables.rounding.round import round_counts
    from sdctables.rule import Reader, Rule
    from sdctables.suppression.suppress import suppress

# Where each public name lives. It is imported when first asked for: who needs the
# errors alone need not wait for pandas and a solver.
_HOMES = {
    "TOTAL": "sdctables.cells.checks",
    "CellTable": "sdctables.cells.table",
    "DisclosureError": "sdctables.errors",
    "Nesting": "sdctables.cells.nesting",
    "ParameterError": "sdctables.errors",
    "Reader": "sdctables.rule",
    "RoundingReport": "sdctables.rounding.report",
    "Rule": "sdctables.rule",
    "SdcError": "sdctables.errors",
    "audit": "sdctables.auditing.audit",
    "certain_shares": "sdctables.auditing.findings",
    "compare_editions": "sdctables.auditing.compare",
    "complete_grid": "sdctables.cells.published",
    "explain": "sdctables.auditing.findings",
    "published_cells": "sdctables.cells.published",
    "read_table": "sdctables.cells.files",
    "require_width": "sdctables.auditing.findings",
    "round_counts": "sdctables.rounding.round",
    "shortfalls": "sdctables.auditing.findings",
    "suppress": "sdctables.suppression.suppress",
    "write_table": "sdctables.cells.files",
}
__all__ = [
    "TOTAL",
    "CellTable",
    "DisclosureError",
    "Nesting",
    "ParameterError",
    "Reader",
    "RoundingReport",
    "Rule",
    "SdcError",
    "audit",
    "certain_shares",
    "compare_editions",
    "complete_grid",
    "explain",
    "published_cells",
    "read_table",
    "require_width",
    "round_counts",
    "shortfalls",
    "suppress",
    "write_table",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sdctables' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
