"""The revision triangle: first, second and third figure of each year."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from qadaya.editions.edition import (
    Edition,
    completeness,
    edition_at,
    edition_numbers,
    editions_folder,
)
from qadaya.views.frames.missing import missing_returns

# How many returns stand behind a figure, and what the others would add to it.
RETURNS = ("reported", "expected", "missing_most", "never_reported")


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
    alike = [each for each in every if each.synthetic == every[-1].synthetic]
    # By the day that was counted: an edition may be made again of an earlier one.
    return sorted(alike, key=lambda each: (each.as_of, every.index(each)))


def triangle(editions: Sequence[Edition]) -> pd.DataFrame:
    """The figures of each year in the order in which editions gave them.

    Rows: one per year and edition that holds it. Columns: year, place (1 for the first
    figure), number, as_of, n (cases), reported and expected (courts), missing_most and
    never_reported (as of `cases_table`), revision (against the figure before; missing
    at the first). Raises: EditionError for an edition whose counts are hidden.
    """
    table = pd.DataFrame(
        [_figure(each, year) for each in editions for year in each.years],
        columns=["year", "number", "as_of", "n", *RETURNS],
    )
    table = table.sort_values("year", kind="stable", ignore_index=True)
    table["missing_most"] = table["missing_most"].astype("Int64")
    years = table.groupby("year")
    table.insert(1, "place", years.cumcount() + 1)
    table["revision"] = years["n"].diff().astype("Int64")
    return table


def _figure(edition: Edition, year: int) -> tuple[Any, ...]:
    n = int(edition.cube.loc[edition.cube["year"] == year, "n"].sum())
    left = missing_returns(edition, [year])
    # Of silent courts alone nothing is known, which is not the same as none.
    most = None if left.unknown and not left.most else left.most
    came = completeness(edition, year)
    return year, edition.number, edition.as_of, n, *came, most, left.unknown


def steps(table: pd.DataFrame) -> list[Step]:
    """How far figures moved from the first to the second, and so on."""
    moved = table.dropna(subset=["revision"])
    found = []
    for place in sorted(moved["place"].unique().tolist()):
        far = moved.loc[moved["place"] == place, "revision"].abs()
        found.append(Step(place, len(far), float(far.mean()), int(far.max())))
    return found


def mean_absolute_revision(table: pd.DataFrame) -> float | None:
    """Over all steps of all years, in cases; None where no figure has a second one."""
    moved = table["revision"].dropna().abs()
    return float(moved.mean()) if len(moved) else None
