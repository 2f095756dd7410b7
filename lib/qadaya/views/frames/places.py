"""The places that a court lies in, and how far rounding moved the count of one."""

from collections.abc import Iterable, Sequence

from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.reference import courts
from qadaya.views.frames.bounds import rounding_error

LEVELS = ("court", "circuit", "region", "country")
COUNTRY = "MA"


def in_map_order(places: Iterable[str]) -> list[str]:
    """Courts or circuits as the map lists them: one order in every language."""
    order = {court: place for place, court in enumerate(courts().index)}
    return sorted({*places}, key=lambda code: (order.get(code, len(order)), code))


def place_of(court_id: str, level: str) -> str:
    """The place that a court lies in at a level: itself, circuit, region, country.

    Raises: ParameterError for a court that data/reference/courts.csv lacks.
    """
    if court_id not in courts().index:
        raise ParameterError(
            f"court is {court_id!r}; expected an identifier of "
            "data/reference/courts.csv, such as tpi-sale"
        )
    if level in ("court", "country"):
        return court_id if level == "court" else COUNTRY
    column = "circuit_id" if level == "circuit" else "region_iso"
    return str(courts().loc[court_id, column])


def courts_of(place: str, level: str) -> list[str]:
    """The courts of a place, on the map of today."""
    table = courts()
    if level in ("court", "country"):
        return [place] if level == "court" else list(table.index)
    column = "circuit_id" if level == "circuit" else "region_iso"
    return list(table.index[table[column] == place])


def place_error(
    edition: Edition, place: str, level: str, *, measure: str, years: Sequence[int]
) -> int | None:
    """The largest rounding error of a place's count over some years, in cases.

    A region is the sum of its circuits, and of single courts where a circuit crosses
    its border; their errors add up. None where no published margin bounds it.
    """
    by_year = ["year"] if len(years) < len(edition.years) else []

    def bound(*by: str) -> int | None:
        return rounding_error(edition, by=[*by, *by_year], measure=measure, years=years)

    if level == "country":
        return bound()
    if level != "region":
        return bound(f"{level}_id")
    whole, single = _parts(place)
    errors = [bound("circuit_id")] * len(whole) + [bound("court_id")] * len(single)
    known = [error for error in errors if error is not None]
    return sum(known) if len(known) == len(errors) else None


def _parts(region: str) -> tuple[list[str], list[str]]:
    """A region's whole circuits, and its courts of circuits that lie across borders."""
    table = courts()
    inside = table[table["region_iso"] == region]
    alone = table.groupby("circuit_id")["region_iso"].nunique() == 1
    whole = [code for code in inside["circuit_id"].unique() if alone[code]]
    return whole, list(inside.index[~inside["circuit_id"].isin(whole)])
