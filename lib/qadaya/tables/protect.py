"""Disclosure protection: published cells, the public rule, rounding and suppression."""

from qadaya.tables.disclosure.margins import TOTAL, complete_grid, published_cells
from qadaya.tables.disclosure.rounding import RoundingReport, round_counts
from qadaya.tables.disclosure.rule import Rule
from qadaya.tables.disclosure.suppression import as_printed, suppress

__all__ = [
    "TOTAL",
    "RoundingReport",
    "Rule",
    "as_printed",
    "complete_grid",
    "published_cells",
    "round_counts",
    "suppress",
]
