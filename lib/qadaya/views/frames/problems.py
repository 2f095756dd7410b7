"""What is wrong with the returns that count, and with those that were refused."""

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.vocabulary import REFUSED

_COLUMNS = ("rule", "severity", "cell", "row")
_PLACE = ("return", "court_id", "year", "file", "sheet")


def current_problems(edition: Edition) -> pd.DataFrame:
    """The problems of returns that count or were refused, with their places.

    A return that was refused whole never becomes the one that counts, and is the first
    thing a court must hear about. Versions that were replaced are left out.
    Rows: one per problem; none in a shared edition. Columns: rule, severity, cell, row,
    return, court_id, year (missing where not known), file, sheet.
    """
    if "problems" not in edition.tables:
        return pd.DataFrame({name: [] for name in (*_COLUMNS, *_PLACE)})
    returns = edition.table("returns")
    shown = returns[returns["current"] | (returns["state"] == REFUSED)]
    problems = edition.table("problems")[["return", *_COLUMNS]]
    return problems.merge(shown[list(_PLACE)], on="return", validate="many_to_one")
