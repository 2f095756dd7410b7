"""How an edition names a margin: `circuit_id x year`; the total is `country`."""

from collections.abc import Iterable, Sequence

COUNTRY = "country"
_TIMES = " x "


def margin_name(columns: Iterable[str]) -> str:
    """The name of the margin over these columns, as a manifest and a proof print it."""
    return _TIMES.join(columns) or COUNTRY


def margin_columns(name: str) -> tuple[str, ...]:
    """The columns in the name of a margin; the total has none."""
    return () if name == COUNTRY else tuple(name.split(_TIMES))


def parts_by_circuit(margin: Sequence[str]) -> tuple[str, ...]:
    """A margin by court parted by circuit as well: a court that moved has two parts."""
    whole = "court_id" not in margin or "circuit_id" in margin or "year" in margin
    return (*margin,) if whole else (*margin, "circuit_id")
