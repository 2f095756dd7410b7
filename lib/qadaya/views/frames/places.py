"""The places that a court lies in, and how far rounding moved the count of one."""

from collections.abc import Iterable, Sequence

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.errors import ParameterError
from qadaya.reference import courts
from qadaya.reference.history import circuit_in
from qadaya.views.frames.bounds import PLACES, rounding_error

LEVELS = ("court", "circuit", "region", "country")
COUNTRY = "MA"


def in_map_order(places: Iterable[str]) -> list[str]:
    """Courts or circuits as the map lists them: one order in every language."""
    order = {court: place for place, court in enumerate(courts().index)}
    return sorted({*places}, key=lambda code: (order.get(code, len(order)), code))


def place_of(court_id: str, level: str, year: int | None = None) -> str:
    """The place that a court lies in at a level: itself, circuit, region, country.

    The circuit is that of the year, of today where none is given.
    Raises: ParameterError for a court that data/reference/courts.csv lacks.
    """
    if court_id not in courts().index:
        raise ParameterError(
            f"court is {court_id!r}; expected an identifier of "
            "data/reference/courts.csv, such as tpi-sale"
        )
    if level in ("court", "country"):
        return court_id if level == "court" else COUNTRY
    if level == "circuit":
        return circuit_in(court_id, year)
    return str(courts().loc[court_id, "region_iso"])


def lies_in(counts: pd.DataFrame, place: str, level: str) -> pd.Series:
    """Which counts, by court_id and circuit_id, are of a place."""
    if level == "country":
        return pd.Series(True, index=counts.index)
    if level == "region":
        return counts["court_id"].map(courts()["region_iso"]) == place
    return counts[f"{level}_id"] == place


@once_an_edition
def place_error(
    edition: Edition, place: str, level: str, *, measure: str, years: Sequence[int]
) -> int | None:
    """The largest rounding error of a place's count over some years, in cases.

    A region is the sum of its circuits, and of single courts where a circuit crosses
    its border; their errors add up. None where no published margin bounds it.
    """

    def bound(*by: str) -> int | None:
        return rounding_error(edition, by=by, measure=measure, years=years)

    if level == "country":
        return bound()
    if level != "region":
        return bound(f"{level}_id")
    whole, single = _parts(edition, place, years)
    errors = [bound("circuit_id")] * whole + [bound(*PLACES)] * single
    known = [error for error in errors if error is not None]
    return sum(known) if len(known) == len(errors) else None


@once_an_edition
def _parts(edition: Edition, region: str, years: Sequence[int]) -> tuple[int, int]:
    """How many whole circuits make up a region, and how many courts of others.

    A court that moved counts once in each circuit, for its years there.
    """
    reporting = edition.table("reporting")
    reporting = reporting[reporting["year"].isin(years)]
    inside = reporting["court_id"].map(courts()["region_iso"]) == region
    whole = set(reporting["circuit_id"]) - set(reporting.loc[~inside, "circuit_id"])
    alone = reporting[inside & ~reporting["circuit_id"].isin(whole)]
    return len(whole), len(alone[list(PLACES)].drop_duplicates())
