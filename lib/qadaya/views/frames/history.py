"""Editions one after the other: how counts and cohorts have moved between them.

The editions compared are those that stand in the same folder and are not later than the
one opened. A shared kernel is given one edition only, and then there is one vintage.
"""

import pandas as pd

from qadaya.editions.edition import Edition, edition_at, edition_numbers, in_order
from qadaya.views.frames.cohorts import decided_share, percent, percent_span
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words


def editions_until(edition: Edition) -> list[Edition]:
    """The editions for the same audience up to this one, oldest first."""
    place = edition.path.parent
    order = in_order({*edition_numbers(place), edition.number})
    earlier = order[: order.index(edition.number)]
    return [*(edition_at(place / number) for number in earlier), edition]


def revision_counts(edition: Edition) -> pd.DataFrame:
    """Cases of each year as each edition counted them: the revision triangle.

    Rows: one per edition and year that it holds. Columns: number, as_of, year, n
    (cases), courts that reported, `revision` against the edition before (missing at
    the first).
    """
    parts = [_counts(each) for each in editions_until(edition)]
    table = pd.concat(parts, ignore_index=True)
    table["revision"] = table.groupby("year")["n"].diff()
    return table


def revision_table(edition: Edition, *, language: str = "en") -> Table:
    """Years down, editions across: the count each of them gave. Unit: cases."""
    words = Words(language, "views.quality")
    counts = revision_counts(edition)
    grid = counts.pivot(index="year", columns="number", values="n")
    grid = grid.reindex(columns=in_order(grid.columns)).sort_index()
    dates = counts.drop_duplicates("number").set_index("number")["as_of"]
    columns: dict[str, object] = {words("Year of the return"): grid.index.tolist()}
    for number in grid.columns:
        head = words("Edition {number}, {date}", number=number, date=dates[number])
        columns[head] = grid[number].tolist()
    return Table(columns)


def say_revisions(edition: Edition, *, language: str = "en") -> Paragraph:
    """How many editions were compared and how far counts have moved between them."""
    words = Words(language, "views.quality")
    counts = revision_counts(edition)
    if counts["number"].nunique() == 1:
        return Paragraph(
            words(
                "Only edition {number} is at hand here, so no revision can be shown.",
                number=edition.number,
            )
        )
    moved = counts["revision"].dropna().abs()
    return Paragraph(
        words(
            "{editions} editions at hand. Mean absolute revision of a year's count: "
            "{mean} cases; largest: {largest}.",
            editions=counts["number"].nunique(),
            mean=words.decimal(float(moved.mean())) if len(moved) else "0",
            largest=int(moved.max()) if len(moved) else 0,
        )
    )


def maturity(edition: Edition) -> pd.DataFrame:
    """The share decided of each cohort at each age: a right-hand triangle.

    Rows: one per edition and cohort. Columns: number, as_of, year (of the return), age
    (years from that year to the day of the edition), prosecuted, decided, pending,
    share, low, high; see `decided_share`. The form has no dates, so an edition is the
    only clock.
    """
    parts = []
    for each in editions_until(edition):
        shares = decided_share(each).assign(number=each.number, as_of=each.as_of)
        parts.append(shares.assign(age=int(each.as_of[:4]) - shares["year"]))
    columns = ["number", "as_of", "year", "age", "prosecuted", "decided", "pending"]
    table = pd.concat(parts, ignore_index=True)
    return table[[*columns, "share", "low", "high"]]


def maturity_table(edition: Edition, *, language: str = "en") -> Table:
    """Cohorts down, ages across: share decided, its interval, decided of prosecuted.

    A cell is empty where no edition looked at that cohort at that age.
    """
    words = Words(language, "views.cohorts")
    shares = maturity(edition)
    # Of two editions in one year the later one has seen more.
    latest = shares.drop_duplicates(["year", "age"], keep="last")
    texts = latest.assign(text=[_cell(row, words) for row in latest.itertuples()])
    grid = texts.pivot(index="year", columns="age", values="text").sort_index()
    columns: dict[str, object] = {words("Year of the return"): grid.index.tolist()}
    for age in grid.columns:
        head = words.plural("after {n} year", "after {n} years", int(age))
        columns[head] = grid[age].fillna("").tolist()
    return Table(columns)


def _counts(edition: Edition) -> pd.DataFrame:
    n = edition.cube.groupby("year")["n"].sum().reindex(edition.years, fill_value=0)
    return pd.DataFrame(
        {
            "number": edition.number,
            "as_of": edition.as_of,
            "year": edition.years,
            "n": n.tolist(),
        }
    )


def _cell(row: object, words: Words) -> str:
    facts = row._asdict()  # type: ignore[attr-defined]
    if not facts["prosecuted"]:
        return words("no prosecuted case")
    share = percent(float(facts["share"]), words)
    span = percent_span(float(facts["low"]), float(facts["high"]), words)
    return words(
        "{share} ({span}), {n} of {prosecuted}",
        share=share,
        span=span,
        n=facts["decided"],
        prosecuted=facts["prosecuted"],
    )
