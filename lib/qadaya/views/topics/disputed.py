"""Published figures on which sources disagree, and what may be a copy among them."""

import pandas as pd

from qadaya.ledger import conflicts, load_ledger
from qadaya.views.prose.published import printed_value, series_name, unit_name
from qadaya.views.prose.table import Table, quoted
from qadaya.views.prose.words import Words


def conflicts_table(*, language: str = "en") -> Table:
    """Published figures on which sources disagree: every value, none chosen.

    Rows: one per figure and value as printed, with who printed it, and the other years
    for which the very same number is printed: one of the two may be a copy.
    """
    words = Words(language)
    figures = conflicts()
    figures = figures[figures["kind"] == "values"]
    figures = figures.drop_duplicates(["series", "measure", "year", "as_printed"])
    return Table(
        {
            words("Published series"): [
                series_name(code, words) for code in figures["series"]
            ],
            words("Year"): figures["year"],
            words("Unit"): [unit_name(unit, words) for unit in figures["unit"]],
            words("Value as printed"): [
                printed_value(text, words) for text in figures["as_printed"]
            ],
            words("Printed for another year too"): _other_years(figures, words),
            words("Publisher"): quoted(figures["publisher"]),
        }
    )


def _other_years(figures: pd.DataFrame, words: Words) -> list[str | None]:
    """In which years else a number of four digits or more stands; small ones recur."""
    counts = load_ledger()
    counts = counts[counts["unit"] != "percent"]
    years = counts.groupby(counts["value"].astype(float))["year"].agg(set).to_dict()
    found = []
    for value, year in figures[["value", "year"]].to_numpy().tolist():
        others = years[float(value)] - {year} if float(value) >= 1000 else set()
        found.append(words(", ").join(map(str, sorted(others))) or None)
    return found
