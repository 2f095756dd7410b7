"""Rates per child by region, as a table."""

from collections.abc import Sequence
from math import isnan

from qadaya.editions.edition import Edition
from qadaya.views.frames.regions import region_units
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words


def rates_table(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> Table:
    """Cases a year per 100,000 children aged 0 to 14, by region, in the official order.

    Rows: one per region with a return. The interval covers chance and rounding; "–"
    where nothing bounds the rounding.
    """
    words = Words(language)
    rates = region_units(edition, years=years, language=language)

    def written(column: str) -> list[str | None]:
        return [None if isnan(x) else words.decimal(x, 2) for x in rates[column]]

    limits = rates[["low_per_100k", "high_per_100k"]].to_numpy().tolist()
    return Table(
        {
            words("Region"): rates["name"],
            words("Cases"): rates["observed"].astype(int),
            words("Children aged 0 to 14"): [
                words.number(n) for n in rates["children"]
            ],
            words("Cases a year per 100,000 children"): written("rate_per_100k"),
            words("95% interval"): [
                None if isnan(low) else words.span(low, high, 2) for low, high in limits
            ],
            words("Missing courts would add"): [
                would_add(left, words) for left in rates["missing"]
            ],
        }
    )
