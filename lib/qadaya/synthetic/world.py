"""Who sends, and how many cases there are: the invented country behind the returns."""

from collections.abc import Sequence
from random import Random

import pandas as pd

from qadaya.reference import courts

# The published line: 84 cases detected through the two platforms in 2024, 13 of them
# prosecuted (data/ledger). The earlier years are invented.
CASES = {2021: 47, 2022: 62, 2023: 71, 2024: 84}
PROSECUTED = {2021: 21, 2022: 23, 2023: 19, 2024: 13}
CASES_OF_OTHER_YEARS, PROSECUTED_OF_OTHER_YEARS = 60, 18
# In the year of the published line every court sends; before, some do not.
COMPLETE_YEAR = 2024
SILENT = {2021: 15, 2022: 11, 2023: 7}

# Larger cities first; all other courts follow in the order of the register.
_LARGEST = (
    "casablanca-penale rabat fes tanger marrakech agadir sale meknes oujda kenitra "
    "tetouan temara safi mohammedia inezgane beni-mellal khouribga el-jadida nador "
    "laayoune settat berrechid taza larache khemisset berkane guelmim errachidia"
)
LARGEST_COURTS = tuple(f"tpi-{city}" for city in _LARGEST.split())
# These two Casablanca courts hear no criminal case.
NO_CRIMINAL_CASES = ("tpi-casablanca-civile", "tpi-casablanca-sociale")
# How often a case comes first before the court of appeal of a city (felonies).
_APPEAL_WEIGHT = 0.18


def case_weights() -> pd.Series:
    """How often a case falls on each court, by court_id: Zipf-like, sum 1."""
    first = [c for c in courts().index if courts().loc[c, "level"] == "first_instance"]
    others = [c for c in first if c not in LARGEST_COURTS]
    ranks = {c: 1 / rank for rank, c in enumerate((*LARGEST_COURTS, *others), start=1)}
    smallest = min(ranks.values())
    weights = {
        court_id: ranks[court_id]
        if court_id in ranks
        else _APPEAL_WEIGHT * ranks.get(_same_city(court_id), smallest)
        for court_id in map(str, courts().index)
    }
    weights |= dict.fromkeys(NO_CRIMINAL_CASES, 0.0)
    return pd.Series(weights) / sum(weights.values())


def senders(rng: Random, year: int, only: Sequence[str] | None = None) -> list[str]:
    """The courts that send a return for a year, in the order of the register."""
    chosen = [str(c) for c in courts().index if only is None or c in only]
    if year == COMPLETE_YEAR or only is not None:
        return chosen
    opened = courts()["valid_from"]
    established = [c for c in chosen if pd.isna(opened[c]) or opened[c] <= year]
    # A small court forgets more often than a large one.
    may_forget = [c for c in established if c not in LARGEST_COURTS[:12]]
    silent = set(rng.sample(may_forget, SILENT.get(year, 8)))
    return [court_id for court_id in established if court_id not in silent]


def _same_city(appeal_court_id: str) -> str:
    city = appeal_court_id.removeprefix("ca-")
    return "tpi-casablanca-penale" if city == "casablanca" else f"tpi-{city}"
