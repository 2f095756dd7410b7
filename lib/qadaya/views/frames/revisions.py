"""The revision triangle: first, second and third figure of each year."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from qadaya.editions.edition import (
    Edition,
    edition_at,
    edition_numbers,
    editions_folder,
)
from qadaya.views.frames.counts import cases_table

# How many returns stand behind a figure, and what the others would add to it.
_RETURNS = ("reported", "expected", "missing_most", "never_reported")


class Step(NamedTuple):
    """How far the figures moved from one place to the next.

    `years`: how many had both figures; `mean_absolute` and `largest` in cases.
    """

    to_place: int
    years: int
    mean_absolute: float
    largest: int


def editions_of(audience: str, folder: object = None) -> list[Edition]:
    """The editions for an audience, oldest first; invented ones beside no real ones.

    Those of the same kind as the newest: invented figures revise no real one.
    """
    place = editions_folder(folder) / audience  # type: ignore[arg-type]
    every = [edition_at(place / number) for number in edition_numbers(place)]
    alike = [edition for edition in every if edition.synthetic == every[-1].synthetic]
    # By the day that was counted: an edition may be made again of an earlier one.
    return sorted(alike, key=lambda each: (each.as_of, every.index(each)))


def triangle(editions: Sequence[Edition]) -> pd.DataFrame:
    """The figures of each year in the order in which editions gave them.

    Rows: one per year and edition that holds it. Columns: year, place (1 for the first
    figure), number, as_of, n (cases), reported and expected (courts), missing_most and
    never_reported (as of `cases_table`), revision (against the figure before; missing
    at the first). Raises: EditionError for an edition whose counts are hidden.
    """
    table = pd.concat([_figures(edition) for edition in editions])
    table = table.sort_values("year", kind="stable", ignore_index=True)
    years = table.groupby("year")
    table.insert(1, "place", years.cumcount() + 1)
    table["revision"] = years["n"].diff().astype("Int64")
    return table


def _figures(edition: Edition) -> pd.DataFrame:
    counts = cases_table(edition, by=["year"])
    counts["n"] = counts["n"].fillna(0).astype("int64")
    counts["missing_most"] = counts["missing_most"].astype("Int64")
    named = counts.assign(number=edition.number, as_of=edition.as_of)
    return named[["year", "number", "as_of", "n", *_RETURNS]]


def steps(table: pd.DataFrame) -> list[Step]:
    """How far figures moved from the first to the second, and so on."""
    moved = table.dropna(subset=["revision"])
    steps_found = []
    for place in sorted(moved["place"].unique().tolist()):
        far = moved.loc[moved["place"] == place, "revision"].abs()
        steps_found.append(Step(place, len(far), float(far.mean()), int(far.max())))
    return steps_found


def mean_absolute_revision(table: pd.DataFrame) -> float | None:
    """Over all steps of all years, in cases; None where no figure has a second one."""
    moved = table["revision"].dropna().abs()
    return float(moved.mean()) if len(moved) else None
