"""Counts of an edition as one reader sees them: states, twin and notes in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.views.frames.missing import each_missing
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.notes import rounding_note
from qadaya.views.prose.words import Words
from qadaya.vocabulary import HIDDEN, NOT_ESTABLISHED, NOT_REPORTED, SHARED, VALUE, ZERO


@dataclass(frozen=True)
class CountView:
    """Rows of `cases_table` with what it takes to say them.

    error: the largest rounding error of one count, 0 when internal, None where nothing
    bounds it.
    """

    edition: Edition
    counts: pd.DataFrame
    error: int | None
    words: Words

    def state(self, code: str) -> str:
        """What a state means to the reader of this edition.

        In a shared edition a zero may be a small count that was rounded down, and the
        words say no more than that.
        """
        words = self.words
        if code == VALUE and self.error:
            return words("reported, ±{n}", n=self.error)
        if code == ZERO and self.edition.audience == SHARED:
            if self.error is None:
                return words("rounded zero")
            return words("rounded zero: 0 to {n} cases", n=self.error)
        return {
            VALUE: words("reported"),
            ZERO: words("reported zero"),
            NOT_REPORTED: words("not reported"),
            NOT_ESTABLISHED: words("not yet established"),
            HIDDEN: words("hidden to protect people"),
        }[code]

    def twin(self, names: Mapping[str, pd.Series]) -> pd.DataFrame:
        """The table behind a chart: names, count, interval, state, returns, missing.

        Unit of the count and of the limits: cases.
        """
        counts, words = self.counts, self.words
        returns = zip(counts["reported"], counts["expected"], strict=True)
        return pd.DataFrame(
            {
                **names,
                words("Cases"): counts["n"],
                words("95% interval, from"): counts["low"].round(1),
                words("95% interval, to"): counts["high"].round(1),
                words("State"): counts["state"].map(self.state),
                words("Yearly returns received"): [
                    words("{reported} of {expected}", reported=came, expected=due)
                    for came, due in returns
                ],
                words("Missing courts would add"): [
                    would_add(left, words) for left in each_missing(counts)
                ],
            }
        )

    @property
    def rounding(self) -> str:
        """What rounding did to the counts of a chart with intervals, or nothing."""
        return rounding_note(self.error, self.words)

    @property
    def some_missing(self) -> pd.Series:
        """Rows behind which some of the yearly returns are missing, but not all."""
        came, due = self.counts["reported"], self.counts["expected"]
        return (came > 0) & (came < due)


def count_view(
    edition: Edition,
    words: Words,
    *,
    by: Sequence[str],
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> CountView:
    """The counts of an edition by some columns; see `cases_table`.

    Raises: ParameterError for an unknown column, measure or year.
    """
    counts = cases_table(edition, by=by, measure=measure, years=years)
    error = rounding_error(edition, by=by, measure=measure, years=years)
    return CountView(edition, counts, error, words)
