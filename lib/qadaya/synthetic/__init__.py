"""Invented returns with planted faults and a known truth.

Court-level returns are not public, so the ones shipped are invented; each file says
so in a heading line. They follow the one line that was published: 84 cases in 2024,
13 of them prosecuted (data/ledger). Everything else about them is made up.
"""

from qadaya.synthetic.truth import ExpectedCase, PlantedFault, SentReturn, Truth
from qadaya.synthetic.write import small_returns, write_synthetic_returns

__all__ = [
    "ExpectedCase",
    "PlantedFault",
    "SentReturn",
    "Truth",
    "small_returns",
    "write_synthetic_returns",
]
