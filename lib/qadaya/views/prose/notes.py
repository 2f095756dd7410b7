"""What stands under a figure: where its counts come from, what rounding did to them."""

from qadaya.editions.edition import Edition
from qadaya.views.prose.words import Words
from qadaya.vocabulary import SHARED, label


def source_of(edition: Edition, words: Words) -> str:
    """Where the counts come from, as of when, and for whom they are: one sentence."""
    origin = (
        words("Source: invented returns, made to show the form")
        if edition.synthetic
        else words("Source: returns of the courts on the form of 14 April 2023")
    )
    status = label("audience", edition.audience, words.language)
    return words(
        "{origin}. Edition {number}, as of {date}. {status}.",
        origin=origin,
        number=edition.number,
        date=words.date(edition.as_of),
        status=status,
    )


def denominator_note(beside: str, words: Words) -> str:
    """Who printed what counts are set beside; "" where that is counted by us too.

    It stands before the source of the counts, which may be invented: this never is.
    """
    return {
        "children": words("The children are those of the census of 2024."),
        "caseload": words(
            "The caseloads are those of the ledger of published figures."
        ),
        "own_cases": "",
    }[beside]


def rounding_note(error: int | None, words: Words) -> str:
    """What rounding did to counts with intervals; nothing where it did nothing."""
    if error == 0:
        return ""
    if error is None:
        return words(
            "Counts are rounded; no bound of the error is published for these."
        )
    return words("Largest error from rounding: ±{n}; the lines cover it.", n=error)


def rounded_note(edition: Edition, words: Words) -> str:
    """That counts are rounded, for a chart that draws no interval around them."""
    if edition.audience != SHARED:
        return ""
    return words(
        "Counts are rounded to protect people; small differences mean nothing."
    )
