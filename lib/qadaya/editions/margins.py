"""How an edition names a margin: `circuit_id x year`; the total is `country`."""

from collections.abc import Iterable

COUNTRY = "country"
_TIMES = " x "


def margin_name(columns: Iterable[str]) -> str:
    """The name of the margin over these columns, as a manifest and a proof print it."""
    return _TIMES.join(columns) or COUNTRY


def margin_columns(name: str) -> tuple[str, ...]:
    """The columns in the name of a margin; the total has none."""
    return () if name == COUNTRY else tuple(name.split(_TIMES))
