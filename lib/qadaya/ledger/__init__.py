"""The ledger of published figures: what others have printed, beside what we count.

Units are kept apart by type: adding cases, persons and reports raises. Values are never
altered; where sources disagree both stay.
"""

from qadaya.ledger.caseloads import (
    caseload_conflicts,
    circuit_caseloads,
    load_caseloads,
)
from qadaya.ledger.figures import (
    arithmetic,
    company_reports,
    conflicts,
    coverage,
    implied_before,
    ledger_sources,
    load_ledger,
    offences,
    published,
)
from qadaya.ledger.reconcile import reconcile
from qadaya.ledger.units import UNITS, Amount, unit_of

__all__ = [
    "UNITS",
    "Amount",
    "arithmetic",
    "caseload_conflicts",
    "circuit_caseloads",
    "company_reports",
    "conflicts",
    "coverage",
    "implied_before",
    "ledger_sources",
    "load_caseloads",
    "load_ledger",
    "offences",
    "published",
    "reconcile",
    "unit_of",
]
