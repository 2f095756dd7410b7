"""The difficulties that courts told, as frames: the texts for the desk, the counts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from qadaya.language import LANGUAGES
from qadaya.returns.register.frames import typed_frame
from qadaya.returns.themes import Themes

if TYPE_CHECKING:
    import pandas as pd

TEXT_COLUMNS = (
    "return",
    "file",
    "court_id",
    "circuit_id",
    "year",
    "supplement",
    "current",
    "received_at",
    "themes",
    "text",
)
_NAMES = tuple(f"name_{language}" for language in LANGUAGES)
COUNT_COLUMNS = ("year", "theme", *_NAMES, "courts")


def read_difficulties(connection: sqlite3.Connection, themes: Themes) -> pd.DataFrame:
    """One row per return that told a difficulty; see `Register.difficulties`."""
    found = connection.execute(
        "SELECT returns.id, returns.file, court_id, circuit_id, returns.year, "
        "returns.supplement, current, received_at, difficulties FROM returns "
        "JOIN receipts ON receipts.id = receipt WHERE difficulties IS NOT NULL "
        "ORDER BY place"
    )
    rows = [(*line[:-1], themes.of(line[-1]), line[-1]) for line in found]
    listed = [(*row[:-2], ",".join(row[-2]), row[-1]) for row in rows if row[-2]]
    return typed_frame(listed, TEXT_COLUMNS)


def count_themes(told: pd.DataFrame, themes: Themes) -> pd.DataFrame:
    """How many courts named each theme in the returns that count, without any text.

    Rows: one per year and theme that was named. Unit: courts.
    """
    counting = told[told["current"] & told["court_id"].notna() & told["year"].notna()]
    each = counting.assign(theme=counting["themes"].str.split(",")).explode("theme")
    courts = each.drop_duplicates(["court_id", "year", "theme"])
    counts = Counter(zip(courts["year"].astype(int), courts["theme"], strict=True))
    rows = [
        (year, theme, *(themes.names[theme][one] for one in LANGUAGES), n)
        for year in sorted({year for year, _ in counts})
        for theme in themes.names
        if (n := counts[year, theme])
    ]
    return typed_frame(rows, COUNT_COLUMNS)
