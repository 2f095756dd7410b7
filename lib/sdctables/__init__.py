"""Disclosure control of any table of counts; nothing here knows of courts.

The rule and the cells: `rule`, `cells` (every published sum), `incidence` (the inner
cells behind them), `order` (one that labels and rows do not change), `solver` (HiGHS).
Protection: `rounding` with its search, model and rows; `suppression` with the choice of
further cells and the reader who tries each choice. `audit`: `evidence` gathers what is
public, a reader turns it into `constraints`, `presolve` and `bounds` bound every count,
`findings` says what falls short and why, `revisions` what two editions tell together.

    from sdctables import Rule, published_cells, round_counts
    from sdctables.audit.audit import audit
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sdctables.cells import TOTAL, complete_grid, published_cells
    from sdctables.errors import DisclosureError, ParameterError, SdcError
    from sdctables.rounding.round import RoundingReport, round_counts
    from sdctables.rule import Rule
    from sdctables.suppression.suppress import as_printed, suppress

# Where each public name lives. It is imported when first asked for: who needs the
# errors alone need not wait for pandas and a solver.
_HOMES = {
    "TOTAL": "sdctables.cells",
    "DisclosureError": "sdctables.errors",
    "ParameterError": "sdctables.errors",
    "RoundingReport": "sdctables.rounding.round",
    "Rule": "sdctables.rule",
    "SdcError": "sdctables.errors",
    "as_printed": "sdctables.suppression.suppress",
    "complete_grid": "sdctables.cells",
    "published_cells": "sdctables.cells",
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
