"""The figures of an edition on which the ledger has published ones to set beside."""

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.vocabulary import STAGES_OF_MEASURE, SUBJECTS


def figures_of(edition: Edition) -> pd.DataFrame:
    """The figures of an edition that the ledger speaks about, by year.

    Rows: one per year and measure or subject. Columns: ours, year, n (cases), as_of.
    """
    cube, subjects = edition.cube, edition.table("subjects")
    prosecuted = cube["stage"].isin(STAGES_OF_MEASURE["prosecuted"])
    parts = {"cases": cube, "prosecuted": cube[prosecuted]}
    parts |= {name: subjects[subjects["subject"] == name] for name in SUBJECTS}
    rows = [
        (name, year, int(part.loc[part["year"] == year, "n"].sum()), edition.as_of)
        for year in edition.years
        for name, part in parts.items()
    ]
    return pd.DataFrame(rows, columns=["ours", "year", "n", "as_of"])
