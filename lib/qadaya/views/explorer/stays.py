"""Courts as they are chosen: one that moved is there once for each of its circuits.

Such a choice is a stay, `tpi-guercif.ca-taza`. So whole circuits add up to the counts
by circuit, each year by its own map, and a court is the sum of its stays.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from qadaya.views.frames.bounds import PLACES

_BETWEEN = "."
Moved = Mapping[str, Sequence[str]]  # court -> its stays, the earliest first


def moved_courts(reporting: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The courts that were in several circuits in an edition, each with its stays."""
    places = reporting.sort_values("year")[list(PLACES)].drop_duplicates()
    several = places[places["court_id"].duplicated(keep=False)]
    stays = several["court_id"] + _BETWEEN + several["circuit_id"]
    return {
        str(court): tuple(of_court)
        for court, of_court in stays.groupby(several["court_id"], sort=False)
    }


def chosen_by(rows: pd.DataFrame, moved: Moved) -> pd.Series:
    """What each row, by court_id and circuit_id, is chosen by: a court or a stay."""
    if not moved:
        return rows["court_id"]
    stays = rows["court_id"].astype(str) + _BETWEEN + rows["circuit_id"].astype(str)
    return rows["court_id"].where(~rows["court_id"].isin(list(moved)), stays)


def court_of(choice: str, moved: Moved) -> str:
    """The court of a choice."""
    of_stays = (court for court, stays in moved.items() if choice in stays)
    return next(of_stays, choice)


def in_stays(courts: Sequence[str], moved: Moved) -> set[str]:
    """Courts as choices: a court that moved stands for all of its stays."""
    return {stay for court in courts for stay in moved.get(court, (court,))}
