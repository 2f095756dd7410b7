"""Editions one after the other, in words: revisions of counts, ages of cohorts."""

from qadaya.editions.edition import Edition, in_order
from qadaya.views.frames.history import maturity, revision_counts
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words


def revision_table(edition: Edition, *, language: str = "en") -> Table:
    """Years down, editions across: the count each of them gave. Unit: cases."""
    words = Words(language)
    counts = revision_counts(edition)
    grid = counts.pivot(index="year", columns="number", values="n")
    grid = grid.reindex(columns=in_order(grid.columns)).sort_index()
    dates = counts.drop_duplicates("number").set_index("number")["as_of"]
    columns: dict[str, object] = {words("Year of the return"): grid.index.tolist()}
    for number in grid.columns:
        head = words(
            "Edition {number}, {date}", number=number, date=words.date(dates[number])
        )
        columns[head] = grid[number].tolist()
    return Table(columns)


def say_revisions(edition: Edition, *, language: str = "en") -> Paragraph:
    """How many editions were compared and how far counts have moved between them."""
    words = Words(language)
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


def maturity_table(edition: Edition, *, language: str = "en") -> Table:
    """Cohorts down, ages across: share decided, its interval, decided of prosecuted.

    A cell is empty where no edition looked at that cohort at that age.
    """
    words = Words(language)
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


def _cell(row: object, words: Words) -> str:
    facts = row._asdict()  # type: ignore[attr-defined]
    if not facts["prosecuted"]:
        return words("0 prosecuted")
    share = words.percent(float(facts["share"]))
    span = words.percent_span(float(facts["low"]), float(facts["high"]))
    return words(
        "{share} ({span}), {n} of {prosecuted}",
        share=share,
        span=span,
        n=facts["decided"],
        prosecuted=facts["prosecuted"],
    )
