"""What courts that have not reported would add, in a few words."""

from collections.abc import Sequence

from qadaya.editions.edition import Edition, completeness
from qadaya.views.frames.missing import Missing, missing_returns
from qadaya.views.prose.words import Words


def would_add(left: Missing, words: Words) -> str:
    """How many cases: 0–7, and how many courts nothing bounds; 0 where all reported."""
    if not left.returns:
        return words.number(0)
    if left.most is None:
        return words("not known")
    if left.unknown and not left.most:
        return words.plural(
            "not known: {n} has never reported",
            "not known: {n} have never reported",
            left.unknown,
        )
    span = words.between(0, left.most)
    if not left.unknown:
        return span
    return words.plural(
        "{span}; {n} has never reported",
        "{span}; {n} have never reported",
        left.unknown,
        span=span,
    )


def say_behind(edition: Edition, years: Sequence[int], words: Words) -> str:
    """How many yearly returns stand behind some counts, and what the others would add.

    Nothing where all came.
    """
    counts = [completeness(edition, year) for year in years]
    came, due = sum(one for one, _ in counts), sum(one for _, one in counts)
    others = others_add(missing_returns(edition, years), words)
    if came == due or not others:
        return ""
    return words(
        "{reported} of {expected} yearly returns; {others}.",
        reported=came,
        expected=due,
        others=others,
    )


def others_add(left: Missing, words: Words) -> str:
    """What stands beside a figure of the courts that reported; empty if all did."""
    if not left.returns or left.most is None:
        return ""
    if left.unknown and not left.most:
        return words("the others have never reported")
    return words("the others would add {bound}", bound=would_add(left, words))
