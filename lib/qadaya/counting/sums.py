"""The tables of an edition: each is a sum of the inner cells, true or rounded."""

from collections.abc import Sequence

import pandas as pd

from qadaya.counting.bands import BANDS_OF_MEASURE
from qadaya.counting.count import CUBE_COLUMNS, OUTCOME_COLUMNS

TABLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "cube": CUBE_COLUMNS,
    "bodies": ("year", "platform", "body"),
    "subjects": ("year", "platform", "subject"),
    "outcomes": ("year", "platform", *OUTCOME_COLUMNS),
    "sentences": ("year", "measure", "band"),
}
# What each table is made of. The two bands of a sentence are never crossed.
FINEST_COLUMNS: dict[str, tuple[str, ...]] = TABLE_COLUMNS | {
    "sentences": ("year", "result", "imprisonment_band", "fine_band"),
}
BAND_OF_MEASURE = {
    "imprisonment_months": "imprisonment_band",
    "fine_mad": "fine_band",
}


def table_of(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """One table of an edition, from its inner cells.

    Rows: one per combination with a count above zero. Unit of `n`: cases.
    """
    if name == "sentences":
        return _sentences(cells)
    return _sums(cells, TABLE_COLUMNS[name])


def _sums(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    counts = cells.groupby(list(by), observed=True, as_index=False)["n"].sum()
    some: pd.DataFrame = counts[counts["n"] > 0].reset_index(drop=True)
    return some


def _sentences(cells: pd.DataFrame) -> pd.DataFrame:
    """Convicted cases by what was imposed; each measure adds up to all of them."""
    convicted = cells[cells["result"] == "convicted"]
    parts = []
    for measure in BANDS_OF_MEASURE:
        counts = _sums(convicted, ("year", BAND_OF_MEASURE[measure]))
        counts = counts.rename(columns={BAND_OF_MEASURE[measure]: "band"})
        parts.append(counts.assign(measure=measure))
    return pd.concat(parts)[["year", "measure", "band", "n"]].reset_index(drop=True)
