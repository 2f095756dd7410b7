"""Disclosure control of any table of counts; nothing here knows of courts.

The rule of a table stands in `rule`. `cells`: every published sum, the inner cells
behind it (incidence), an order of cells that labels and rows do not change. Two
methods: `rounding` changes small inner cells and adds everything up again;
`suppression` hides small cells and further ones, so that none can be worked out.
`auditing`: what is public becomes the `constraints` of a reader, `presolve` and
`bounds` bound every count, `findings` says what falls short and why. `solver` is HiGHS.

    from sdctables import Rule, audit, published_cells, round_counts
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sdctables.auditing.audit import audit
    from sdctables.cells.published import TOTAL, complete_grid, published_cells
    from sdctables.errors import DisclosureError, ParameterError, SdcError
    from sdctables.rounding.round import RoundingReport, round_counts
    from sdctables.rule import Rule
    from sdctables.suppression.suppress import as_printed, suppress

# Where each public name lives. It is imported when first asked for: who needs the
# errors alone need not wait for pandas and a solver.
_HOMES = {
    "TOTAL": "sdctables.cells.published",
    "DisclosureError": "sdctables.errors",
    "ParameterError": "sdctables.errors",
    "RoundingReport": "sdctables.rounding.round",
    "Rule": "sdctables.rule",
    "SdcError": "sdctables.errors",
    "audit": "sdctables.auditing.audit",
    "as_printed": "sdctables.suppression.suppress",
    "complete_grid": "sdctables.cells.published",
    "published_cells": "sdctables.cells.published",
    "round_counts": "sdctables.rounding.round",
    "suppress": "sdctables.suppression.suppress",
}
__all__ = [
    "TOTAL",
    "DisclosureError",
    "ParameterError",
    "RoundingReport",
    "Rule",
    "SdcError",
    "as_printed",
    "audit",
    "complete_grid",
    "published_cells",
    "round_counts",
    "suppress",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sdctables' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
