"""A small edition held in memory, with the attributes that charts and tables read."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass
class SmallEdition:
    cube: pd.DataFrame
    reporting: pd.DataFrame
    audience: str = "internal"
    synthetic: bool = False
    number: str = "2025.1"
    as_of: str = "2025-06-30"
    bounds: dict = field(default_factory=dict)
    manifest: dict = field(default_factory=dict)
    others: dict = field(default_factory=dict)

    @property
    def years(self):
        return sorted(int(year) for year in self.reporting["year"].unique())

    def table(self, name):
        if name in ("cube", "reporting"):
            return getattr(self, name).copy()
        return self.others[name].copy()


CUBE = ["court_id", "circuit_id", "platform", "year", "stage", "result", "n"]
REPORTING = ["court_id", "circuit_id", "year", "status"]


def small_edition(cells, statuses, **facts):
    """`cells`: rows of the cube; `statuses`: rows of the reporting table."""
    return SmallEdition(
        pd.DataFrame(cells, columns=CUBE),
        pd.DataFrame(statuses, columns=REPORTING),
        **facts,
    )
