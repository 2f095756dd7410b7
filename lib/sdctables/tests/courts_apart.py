"""Four courts of two circuits, and no margin that keeps the two together."""

import numpy as np
import pandas as pd

from sdctables import Rule, published_cells

HIDE_3 = Rule(method="suppression", threshold=3)
COURTS = pd.DataFrame(
    {
        "court": ["r1", "r2", "f1", "f2"],
        "circuit": ["rabat", "rabat", "fes", "fes"],
        "year": [2023] * 4,
        "n": [2, 5, 3, 7],
    }
)
# No margin keeps court and circuit together; readers know which belongs to which.
APART = [("court", "year"), ("circuit", "year"), ("year",)]


def with_gaps():
    # One in each circuit: of no use, as the circuits are shown.
    gaps = courts()["court"].isin(["r1", "f1"])
    status = np.where(gaps, "primary", "shown")
    return courts().assign(status=status).of(rule=HIDE_3)


def courts():
    return published_cells(COURTS, APART)
