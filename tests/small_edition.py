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
    def _worked_out(self):
        return {}  # nothing is kept: a test may change what is in it

    @property
    def years(self):
        return sorted(int(year) for year in self.reporting["year"].unique())

    @property
    def tables(self):
        return ["cube", "reporting", *self.others]

    def table(self, name):
        if name in ("cube", "reporting"):
            return getattr(self, name).copy()
        return self.others[name].copy()


def small_manifest(**changes):
    """What stands in the manifest of an edition with one table."""
    return {
        "layout": 1,
        "number": "2024.1",
        "audience": "internal",
        "as_of": "2024-03-05",
        "synthetic": True,
        "years": [2023],
        "rows": {"accepted": 5, "refused": 1},
        "reporting": {"2023": {"reported": ["tpi-sale"]}},
        "inputs": [{"court_id": "tpi-sale", "year": 2023}],
        "parameters": {"as_of": "2024-03-05"},
        "versions": {"python": "3.11.2"},
        "fingerprint": "f" * 64,
        "bounds": {},
        "tables": {"cube": {"file": "cube.parquet", "rows": 5, "sha256": "a" * 64}},
    } | changes


CUBE = ["court_id", "circuit_id", "platform", "year", "stage", "result", "n"]
REPORTING = ["court_id", "circuit_id", "year", "status"]


def small_edition(cells, statuses, **facts):
    """`cells`: rows of the cube; `statuses`: rows of the reporting table."""
    return SmallEdition(
        pd.DataFrame(cells, columns=CUBE),
        pd.DataFrame(statuses, columns=REPORTING),
        **facts,
    )
